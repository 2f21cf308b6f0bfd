"""E-mails saved as files (.eml): who wrote to whom, the text, and what is attached."""

from __future__ import annotations

import re
from email.message import Message
from pathlib import Path

from ingest.formats import RawText
from policyqa.errors import UnreadableFile

SUFFIXES = (".eml",)

# 答复： · 转发: · Re: · Fwd:
_REPLY_MARKS = re.compile(
    r"^(?:(?:Re|Fwd?|回复|答复|转发|转)\s*(?:\[\d+\])?\s*[：:]\s*)+(?=\S)", re.IGNORECASE
)
_SEALED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


def read(path: Path) -> RawText:
    """The labels 发件人, 发送时间, 收件人, 抄送, the subject, the text and the names of attachments.

    The subject is the title unless the text begins with one of its own. The attachments themselves
    are documents of their own: see ``ingest.archives.members``.

    Raises:
        UnreadableFile: no e-mail, encrypted, too large, or without text.
        OSError: passed on.
    """
    from ingest import mail
    from ingest.head import read_head
    from ingest.lines import split_lines
    from ingest.parse import clean

    message = mail.load(path)
    _refuse_encrypted(message)
    lines, how, notices = _text(message)
    names = [_one_line(attachment.name) for attachment in mail.attachments(message)]
    if not lines and not names:
        raise UnreadableFile("is an e-mail without text", "give what was sent with it")
    labels = [
        ("发件人", mail.header(message, "From")),
        ("发送时间", mail.sent_at(message)),
        ("收件人", mail.header(message, "To")),
        ("抄送人", mail.header(message, "Cc")),
    ]
    subject = _REPLY_MARKS.sub("", mail.header(message, "Subject"))
    own = read_head(split_lines(clean("\n".join(lines)))).title
    if own:
        labels.append(("标题", subject))
    blocks = ["\n".join(f"{name}：{value}" for name, value in labels if value)]
    blocks += ["" if own else subject, "\n".join(lines)]
    if names:
        blocks.append("附件：" + "；".join(f"{n}.{name}" for n, name in enumerate(names, start=1)))
    return RawText("\n\n".join(block for block in blocks if block), how, notices=notices)


def _refuse_encrypted(message: Message) -> None:
    from ingest import mail

    if message.get_content_type() in _SEALED and "signed" not in str(message.get("Content-Type", "")).lower():
        raise UnreadableFile("is an encrypted e-mail", "open it in the mail program and save its text")
    if not any(True for _ in mail.parts(message)):
        raise UnreadableFile("is an e-mail without any part", "save it again")


def _text(message: Message) -> tuple[list[str], str, tuple[str, ...]]:
    """The lines of the body: the plain text, or the HTML where that alone holds tables or is alone."""
    from ingest import mail

    plain: list[str] = []
    pages: list[str] = []
    encodings: list[str] = []
    lost = 0
    for part in mail.bodies(message):
        decoded = mail.text_of(part)
        if decoded is None:
            lost += 1
            continue
        encodings.append(decoded.encoding)
        if part.get_content_type() == "text/html":
            pages.append(decoded.text)
        elif decoded.text.strip():
            text = mail.CONTROLS.sub("", decoded.text)
            plain += ["", *_unflowed(text, "flowed" in str(part.get("Content-Type", "")).lower())]
    lines = [line.strip() for line in plain]
    if pages and (not any(lines) or any(re.search(r"<table\b", page, re.IGNORECASE) for page in pages)):
        lines = [line for page in pages for line in ["", *_page_lines(page)]]
    while lines and not lines[0]:
        lines.pop(0)
    notices = (f"正文有 {lost} 个部分的编码无法识别",) if lost else ()
    return lines, ", ".join(["e-mail", *dict.fromkeys(encodings)]), notices


def _page_lines(page: str) -> list[str]:
    from ingest.flow import flow, parse_html

    soup = parse_html(page)
    return [line.text for line in flow(soup.body or soup)]


def _unflowed(text: str, flowed: bool) -> list[str]:
    """The lines of a plain text; in format=flowed a blank at the end of a line joins the next to it."""
    lines: list[str] = []
    joined = False
    for line in re.split(r"\r\n|\r|\n", text):
        if joined and line.strip():
            lines[-1] += line
        else:
            lines.append(line)
        joined = flowed and line.endswith(" ") and line != "-- "
    return lines


def _one_line(name: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+", "", name)[:200]
