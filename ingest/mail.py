"""Messages in MIME: e-mails (.eml) and web pages saved with all their parts (.mhtml).

The standard library parses them; what it raises for broken ones is turned into UnreadableFile here.
"""

from __future__ import annotations

import email
import email.errors
import email.header
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from ingest.charset import Decoded, decode_declared
from policyqa.errors import UnreadableFile

MAX_BYTES = 50 * 1024 * 1024
"""A message is parsed in memory at some four times its size; mail servers refuse larger ones."""

MAX_PARTS = 2000

# What the standard library raises for malformed headers and bodies.
_SURPRISES = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    email.errors.HeaderParseError,
)

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no text holds, but a part that is called text may."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a message: its name as written (not safe as a path) and its bytes."""

    name: str
    data: bytes


def load(path: Path) -> Message:
    """Parse a message.

    Raises:
        UnreadableFile: too large, without a header, or nested beyond reason.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableFile(
            f"is a message of {size >> 20} MB, more than {MAX_BYTES >> 20} MB",
            "save its attachments as files",
        )
    try:
        message = email.message_from_bytes(path.read_bytes())
    except (RecursionError, *_SURPRISES) as error:
        raise UnreadableFile("is a message whose parts cannot be told apart", "save it again") from error
    if not message.keys():
        raise UnreadableFile("is no message: it has no header lines", "give it the ending of its true format")
    return message


def parts(message: Message) -> Iterator[Message]:
    """The parts of a message that hold something, not looking into messages attached to it.

    Raises:
        UnreadableFile: more than 2,000 parts.
    """
    waiting: list[Message] = [message]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MAX_PARTS:
            raise UnreadableFile(f"has more than {MAX_PARTS} parts", "save its attachments as files")
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [child for child in reversed(inner) if isinstance(child, Message)]
        else:
            yield part


def payload(part: Message) -> bytes:
    """The bytes of a part, decoded; an attached message as it would be saved."""
    if part.get_content_maintype() == "message" and isinstance(part.get_payload(), list):
        inner = part.get_payload()
        try:
            return b"\n".join(child.as_bytes() for child in inner if isinstance(child, Message))
        except (RecursionError, *_SURPRISES):
            return b""
    try:
        data = part.get_payload(decode=True)
    except _SURPRISES:
        return b""
    return data if isinstance(data, bytes) else b""


def charset(part: Message) -> str:
    """The encoding that a part declares; empty when none."""
    try:
        return part.get_content_charset() or ""
    except _SURPRISES:
        return ""


def text_of(part: Message) -> Decoded | None:
    """The text of a part by its declared encoding; None when it is in none that is known."""
    return decode_declared(payload(part), charset(part))


def header(message: Message, name: str) -> str:
    """A header as people read it: encoded words decoded, raw GBK too, on one line."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return _decoded_header(str(value))
    return ""


def _decoded_header(value: str) -> str:
    value = re.sub(r"\r?\n[ \t]*", " ", value)
    raw = value.encode("utf-8", "surrogateescape")
    if any(byte > 127 for byte in raw):
        decoded = decode_declared(raw)
        value = decoded.text if decoded else raw.decode("utf-8", "replace")
    return re.sub(r"\s+", " ", CONTROLS.sub("", "".join(_words(value)))).strip()


def _words(value: str) -> Iterator[str]:
    """The pieces of a header with =?charset?B?…?= decoded.

    Neighbours in one encoding are joined before decoding: mailers cut between the bytes of a letter.
    """
    try:
        pieces = email.header.decode_header(value)
    except _SURPRISES:
        yield value
        return
    for data, declared in pieces:
        if isinstance(data, str):
            yield data
            continue
        if declared is None:
            # decode_header writes what is not encoded in this way.
            yield data.decode("raw-unicode-escape", "replace")
            continue
        decoded = decode_declared(data, declared)
        yield decoded.text if decoded else data.decode("ascii", "replace")


def sent_at(message: Message) -> str:
    """When a message was sent, in its sender's time: 2024年6月14日 09:41; empty when not said."""
    try:
        when = email.utils.parsedate_to_datetime(header(message, "Date"))
    except (*_SURPRISES, OverflowError, IndexError):
        return ""
    return f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}"


def file_name(part: Message) -> str:
    """The name that a part gives to its file; empty when none."""
    try:
        name = part.get_filename("")
    except _SURPRISES:
        name = ""
    return _decoded_header(name) if name else ""


def attachments(message: Message) -> Iterator[Attachment]:
    """The files attached to a message, one at a time; not the pictures inside its text.

    Mail programs give both kinds names and ids, and call either an attachment; a picture of the text
    is one that is bundled with it (multipart/related), or that is not called an attachment.

    Raises:
        UnreadableFile: more than 2,000 parts.
    """
    body = {id(part) for part in bodies(message)}
    bundled = {id(part) for part in _bundled(message)}
    for part in parts(message):
        if part is message or id(part) in body:
            continue
        name = file_name(part)
        shown = part.get("Content-Disposition", "")
        attached = str(shown).strip().lower().startswith("attachment")
        picture = part.get_content_maintype() == "image" and part.get("Content-ID") is not None
        if part.get_content_maintype() == "message":
            yield Attachment(name or f"{_subject_inside(part) or '转发的邮件'}.eml", payload(part))
        elif (attached or name) and not (picture and (id(part) in bundled or not attached)):
            yield Attachment(name or "附件", payload(part))


def _bundled(message: Message) -> Iterator[Message]:
    """The parts that are sent together with a text because it shows them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += (children := [child for child in inner if isinstance(child, Message)])
            if part.get_content_subtype() == "related":
                yield from children


def _subject_inside(part: Message) -> str:
    """The subject of an attached message."""
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    return header(first, "Subject") if isinstance(first, Message) else ""


def bodies(message: Message) -> list[Message]:
    """The parts that are the text of a message: plain and HTML, not those attached as files."""
    found = []
    for part in parts(message):
        shown = str(part.get("Content-Disposition", "")).strip().lower()
        if part.get_content_type() in ("text/plain", "text/html") and not (
            shown.startswith("attachment") or (file_name(part) and part is not message)
        ):
            found.append(part)
    return found
