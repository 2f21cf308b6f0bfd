"""Reading one file of an ingest: what it holds, parsed, archives and e-mails opened.

Everything here can run in another process: it takes and gives plain values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ingest.archives import SUFFIXES, members
from ingest.formats import RawText, read_file, too_large
from ingest.parse import parse
from ingest.recognise import kind_of
from ingest.sources import file_hash
from ingest.split import embedded_text
from policyqa.catalog import Marks, PassageRow
from policyqa.errors import UnreadableFile
from policyqa.evidence import read_figures
from policyqa.likeness import letters, sketch
from policyqa.schema import Document, Figure, Passage
from policyqa.text import fold


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read. ``known`` holds members that need not be read again while their hash is the same.

    Each with its hash, empty where it is the same for sure, and the reason when it could not be read;
    ``lost`` holds members that an earlier try could not survive, with the reason; ``told`` those
    that it has told already.
    """

    root: str
    source: str
    path: Path
    hash: str
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was read."""

    document: Document
    passages: tuple[PassageRow, ...]
    figures: Mapping[str, Sequence[Figure]]
    marks: Marks
    how: str
    confidence: float | None
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: ``found``, or the reason in ``error``, or neither.

    Neither: a member that is as it was known, or an archive, which is no document itself. ``told_again``
    when it failed earlier and was not read now.
    """

    source: str
    hash: str
    found: Found | None = None
    error: str = ""
    told_again: bool = False


def read_task(task: Task, begin: Callable[[str], None] = lambda _: None) -> Iterator[Outcome]:
    """Read a file and what is in it; the outcome of the file itself comes last.

    Args:
        begin: told the source that is read next.
    """
    begin(task.source)
    try:
        holds = kind_of(task.path)
    except OSError as error:
        yield Outcome(task.source, task.hash, error=f"cannot be opened: {error.strerror or error}")
        return
    if holds not in SUFFIXES:
        yield _read(task.source, task.hash, task.path)
        return
    own = Outcome(task.source, task.hash)
    if holds != ".zip":
        own = _read(task.source, task.hash, task.path)
    count = 0
    try:
        for outcome in _members(task, begin):
            count += 1
            if outcome.source not in task.told:
                yield outcome
    except UnreadableFile as error:
        own = Outcome(task.source, task.hash, own.found, str(error))
    except MemoryError as error:
        own = Outcome(task.source, task.hash, own.found, str(too_large(error)))
    except Exception as error:
        own = Outcome(task.source, task.hash, own.found, _surprise(error))
    if holds == ".zip" and not count and not own.error:
        empty = UnreadableFile("is an archive that holds no files", "replace it with a whole copy")
        own = Outcome(task.source, task.hash, error=str(empty))
    yield own


def _members(task: Task, begin: Callable[[str], None]) -> Iterator[Outcome]:
    refused: list[Outcome] = []

    def refuse(name: str, error: UnreadableFile) -> None:
        refused.append(Outcome(f"{task.source}/{name}", "", error=str(error)))

    with closing(members(task.path, refuse)) as files:  # type: ignore[type-var]
        for name, path in files:
            source = f"{task.source}/{name}"
            while refused:
                yield refused.pop(0)
            if source in task.lost:
                yield Outcome(source, "", error=task.lost[source])
            elif kind_of(path) == ".zip" or source in task.told:
                continue
            else:
                begin(source)
                digest = file_hash(path)
                before, error = task.known.get(source, (None, ""))
                if before == digest or (error and not before):
                    yield Outcome(source, digest, error=error, told_again=bool(error))
                else:
                    yield _read(source, digest, path)
                begin(task.source)
        yield from refused


def _read(source: str, digest: str, path: Path) -> Outcome:
    try:
        return Outcome(source, digest, _parsed(source, read_file(path)))
    except UnreadableFile as error:
        return Outcome(source, digest, error=str(error))
    except MemoryError as error:
        return Outcome(source, digest, error=str(too_large(error)))
    except Exception as error:
        # A reader that trips over one odd file must not keep a thousand others out.
        return Outcome(source, digest, error=_surprise(error))


def _surprise(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return (
            f"cannot be opened: {error.strerror or error} → check the permissions and the space on the disk"
        )
    what = f"{type(error).__name__}: {error}"[:300]
    # It may name the file, whose name need not be UTF-8.
    what = what.encode("utf-8", "backslashreplace").decode()
    return str(UnreadableFile(f"reading it went wrong ({what})", "save it in another format, and report it"))


def _parsed(source: str, raw: RawText) -> Found:
    document, passages = parse(raw, source)
    marks = marks_of(document, passages)
    figures = {passage.id: read_figures(passage) for passage in passages}
    rows = tuple(_rows(document, passages))
    return Found(document, rows, figures, marks, raw.how, raw.confidence, raw.notices)


def marks_of(document: Document, passages: Sequence[Passage]) -> Marks:
    """By what a document is compared with others: its title and main text, without its furniture.

    Head and tail stay out: a copied web page or a scan has more or less of them.
    """
    main = [p.text for p in passages if p.role not in ("head", "tail")]
    wording = letters(document.title + "".join(main)) if main else letters(document.body)
    number = letters(fold(document.document_number))
    return Marks(
        hashlib.sha256(wording.encode()).hexdigest()[:32] if wording else "",
        f"{letters(document.issuer)} {number}" if number and document.issuers else "",
        sketch(wording),
    )


def _rows(document: Document, passages: Sequence[Passage]) -> Iterator[PassageRow]:
    for p in passages:
        text = embedded_text(p)
        content_hash = hashlib.sha256(text.encode()).hexdigest()[:32]
        yield PassageRow(p.id, document.id, p.ordinal, p.start, p.end, p.section, p.role, text, content_hash)
