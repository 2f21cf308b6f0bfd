"""Parts of Office's zip files (.docx, .xlsx) and of OpenDocument's, parsed safely.

An entity, a document type or a part beyond the limits makes the file unreadable: office programs
write none of them.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ingest.compound import MAGIC, root_names
from ingest.zips import open_zip, read_member
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_PARTS = 10_000

MAX_TREE = 25 * 1024 * 1024
"""Bytes of XML that are made a tree, which takes up to thirty times as much; a book has less."""

MAX_STREAM = 150 * 1024 * 1024
"""Bytes of XML that are read element by element."""

_MAX_HELD = 300_000
"""Elements kept at one time while streaming: a row of a sheet has at most 16,384 cells of three."""

# "Strict" files of newer Office versions differ in these names alone.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main",
     b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
     b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
)  # fmt: skip


class Package:
    """The parts of an office file by name; to be closed."""

    def __init__(self, path: Path, what: str) -> None:
        """Open a file.

        Args:
            what: the kind of file, for messages: "Word document".

        Raises:
            UnreadableFile: password-protected, of another kind, damaged, or beyond a limit.
        """
        with path.open("rb") as file:
            head = file.read(8)
        if head == MAGIC:
            if "EncryptedPackage" in root_names(path):
                raise UnreadableFile("is protected by a password", "save a copy without the password")
            raise UnreadableFile(f"is an old Office file, not a {what}", "save it in the newer format")
        self.what = what
        self._zip = open_zip(path, MAX_PARTS, what)
        # Some writers begin names with a slash or use backslashes.
        self._members = {_normal(info.filename): info for info in self._zip.infolist()}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._members

    def names(self, folder: str) -> list[str]:
        """The parts in a folder, such as ``word/media/``."""
        return [name for name in self._members if name.startswith(folder.lower())]

    def tree(self, name: str) -> Element | None:
        """A part as a tree; None when there is no such part."""
        data = self._bytes(name, MAX_TREE)
        return None if data is None else parse_xml(data, self.what)

    def elements(self, name: str, *tags: str) -> Iterator[Element]:
        """The elements of some names of a large part, one after another, each gone after its turn.

        Args:
            tags: names in braces notation.
        """
        data = self._bytes(name, MAX_STREAM)
        if data is None:
            return
        yield from stream_xml(data, self.what, *tags)

    def related(self, name: str = "") -> dict[str, tuple[str, str]]:
        """Parts that a part (or the whole package) refers to: id → last word of its type, and name."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not target:
                continue
            where = target if target.startswith("/") else posixpath.join(folder, target)
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = (kind, posixpath.normpath(where).lstrip("/"))
        return found

    def main_part(self, usual: str) -> str:
        """The name of the document itself."""
        named = [where for kind, where in self.related().values() if kind == "officeDocument"]
        return next((name for name in [*named, usual] if name in self), "")

    def _bytes(self, name: str, limit: int) -> bytes | None:
        member: zipfile.ZipInfo | None = self._members.get(_normal(name))
        if member is None:
            return None
        data = read_member(self._zip, member, limit)
        if b"purl.oclc.org/ooxml/" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def parse_xml(data: bytes, what: str) -> Element:
    """XML as a tree, without entities, document types, comments or anything from outside.

    Raises:
        UnreadableFile: not well formed, or with a document type.
    """
    from lxml import etree

    _refuse_types(data, what)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(what, error) from error


def stream_xml(data: bytes, what: str, *tags: str) -> Iterator[Element]:
    """The elements of some names in reading order, each emptied after its turn.

    Raises:
        UnreadableFile: not well formed, with a document type, or one of them beyond all measure.
    """
    from lxml import etree

    _refuse_types(data, what)
    events = etree.iterparse(
        BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    inside = held = depth = 0
    try:
        for event, element in events:
            wanted = element.tag in tags
            if event == "start":
                depth += 1
                held += 1
                inside += wanted
                if held > _MAX_HELD:
                    raise UnreadableFile(
                        f"is a {what} with too much in one place", "split it into smaller ones"
                    )
                continue
            depth -= 1
            if wanted:
                yield element
                inside -= 1
            if not inside:
                # Everything that is done with goes, or a large part would be kept whole. The element
                # itself stays in its place: the parser still hangs what follows on it.
                element.clear(keep_tail=True)
                parent = element.getparent()
                while parent is not None and (above := element.getprevious()) is not None:
                    parent.remove(above)
                held = depth + 1
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(what, error) from error


def _refuse_types(data: bytes, what: str) -> None:
    """Entities are declared in a document type; libxml2 would expand some even when told not to."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
    plain = data.replace(b"\x00", b"") if wide else data
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnreadableFile(
            f"is no ordinary {what}: it declares a document type", "save it again in Office or WPS"
        )


def _damaged(what: str, error: Exception) -> UnreadableFile:
    return UnreadableFile(f"is a damaged {what} ({error})", "replace it with a whole copy")
