"""Old Word files: read by antiword where it can be trusted, else by LibreOffice, else refused."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from compound_files import compound, word_header
from hostile import damaged, read_or_refused
from office_samples import REPLIES, add_table, number_headings, word_document

from corpus.texts import letter
from ingest import office_program, old_word
from ingest.compound import MAGIC
from ingest.formats import doc
from ingest.formats.doc import read
from ingest.office_program import find_office, office
from ingest.parse import parse
from policyqa.errors import UnreadableFile

pytest.importorskip("docx")

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
needs_antiword = pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")

PLAIN = letter(REPLIES[1])


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Temporary files go where a test can see what is left of them."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    office.close()
    yield folder
    office.close()
    assert list(folder.iterdir()) == [], "temporary files are left"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with real .doc files, made by LibreOffice: a letter with lists and a table; plain text."""
    program = find_office()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("real")
    document = word_document(letter(REPLIES[0]))
    number_headings(document)
    document.add_paragraph("表1 小区改造情况表（单位：万元）")
    add_table(
        document, [["年度", "小区数（个）", "投资"], ["2022年", "15", "3200"], ["2023年", "18", "4100"]]
    )
    document.add_paragraph("以上。")
    document.save(folder / "letter.docx")
    (folder / "plain.txt").write_text(PLAIN, "utf-8-sig")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    files = [str(folder / "letter.docx"), str(folder / "plain.txt")]
    subprocess.run(
        [*command, "--convert-to", "doc:MS Word 97", "--outdir", str(folder), *files],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder


@needs_office
def test_a_letter_with_lists_and_a_table_is_read_by_libreoffice(real: Path, tmp_path: Path) -> None:
    path = tmp_path / "答复 1.wps"
    shutil.copy(real / "letter.doc", path)
    raw = read(path)
    assert raw.how == "libreoffice"
    expected, _ = parse(letter(REPLIES[0]), "a.doc")
    found, _ = parse(raw.text, "a.doc")
    assert (found.title, found.issuers) == (expected.title, expected.issuers)
    assert (found.document_number, found.addressee) == (expected.document_number, expected.addressee)
    assert [s.path for s in found.sections] == [s.path for s in expected.sections]
    assert "小区改造情况，2023年：小区数18个，投资4100万元。" in raw.text
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == [], "lock files are left"


@needs_office
@needs_antiword
def test_a_plain_letter_is_read_by_antiword(real: Path) -> None:
    raw = read(real / "plain.doc")
    assert raw.how == "antiword"
    assert raw.text.split() == PLAIN.split()


RTF = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0 "
    r"\qc\'ca\'d0\u21457?\u25913?\u22996?\par\pard "
    r'{\field{\*\fldinst{INCLUDEPICTURE "http://127.0.0.1:PORT/x.png" \\d}}{\fldrslt{}}}'
    r"2023\u24180?36\'bc\'d2\'a1\'a3\par}"
)


@needs_office
def test_rich_text_is_read_and_fetches_nothing(tmp_path: Path) -> None:
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(self.client_address)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    path = tmp_path / "a.rtf"
    path.write_text(RTF.replace("PORT", str(server.server_port)), "ascii")
    raw = read(path)
    server.shutdown()
    server.server_close()
    assert raw.text.split() == ["市发改委", "2023年36家。"]
    assert asked == []


# --- which program is asked: with stand-ins for both ------------------------------------------------


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which alone programs are looked for, beside those of the system's shell."""
    folder = tmp_path / "bin"
    folder.mkdir()
    found = shutil.which

    def which(name: str) -> str | None:
        own = folder / name
        if name in ("antiword", "soffice", "libreoffice", "catdoc"):
            return str(own) if own.exists() else None
        return found(name)

    monkeypatch.setattr(shutil, "which", which)
    return folder


def install(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def install_office(folder: Path, tmp_path: Path) -> None:
    """A stand-in that makes the same .docx of every file."""
    word_document("甲局\n\n由LibreOffice读出的文字。").save(tmp_path / "made.docx")
    # … --outdir made source.doc
    script = (
        f'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; cp {tmp_path}/made.docx "$2/source.docx"'
    )
    install(folder, "soffice", script)


def old(tmp_path: Path, **header: bool | int) -> Path:
    path = tmp_path / "a.doc"
    path.write_bytes(compound({"WordDocument": word_header(**header)}))
    return path


def test_without_any_program_the_package_is_named(programs: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(old(tmp_path))
    assert "libreoffice-writer" in refused.value.hint


def test_antiword_is_trusted_with_plain_letters_only(programs: Path, tmp_path: Path) -> None:
    install(programs, "antiword", 'printf "甲局\\n\\n由antiword读出的文字。\\n"')
    install_office(programs, tmp_path)
    assert read(old(tmp_path)).how == "antiword"
    for header in ({"lists": 200}, {"boxes": 9}, {"notes": 9}, {"fast_saved": True}):
        assert read(old(tmp_path, **header)).how == "libreoffice", header


@pytest.mark.parametrize("printed", ["|甲 |乙 |", "一? 总体情况", "\\377"])
def test_doubtful_text_of_antiword_is_not_taken(programs: Path, tmp_path: Path, printed: str) -> None:
    install(programs, "antiword", f'printf "{printed}\\n"')
    install_office(programs, tmp_path)
    assert read(old(tmp_path)).how == "libreoffice"


def test_without_libreoffice_staff_are_told_what_may_be_missing(programs: Path, tmp_path: Path) -> None:
    install(
        programs,
        "antiword",
        'printf "甲局\\n\\n\\n\\n[pic]\\n|年度 |户数（户）|\\n|2022年|15 |\\n|2023年|18 |\\n"',
    )
    raw = read(old(tmp_path, lists=200))
    assert raw.text == "甲局\n\n2022年：户数15户。\n2023年：户数18户。\n"
    assert "libreoffice-writer" in raw.notices[0]


def test_a_program_that_hangs_is_ended(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "pid"
    install(programs, "soffice", f"sleep 60 & echo $! > {mark}; wait")
    monkeypatch.setattr(office_program, "OFFICE_SECONDS", 0.5)
    with pytest.raises(UnreadableFile, match="could not read it within"):
        read(old(tmp_path, lists=200))
    # The child of the killed shell is gone, or a zombie that no one waits for any more.
    state = Path(f"/proc/{mark.read_text().strip()}/stat")
    for _ in range(100):
        if not state.exists() or state.read_text().split()[2] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the child is alive")


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "mkdir made; echo x > made/source.docx"])
def test_a_program_that_fails_is_reported(programs: Path, tmp_path: Path, script: str) -> None:
    install(programs, "soffice", script)
    with pytest.raises(UnreadableFile):
        read(old(tmp_path, lists=200))


def test_what_a_program_prints_is_bounded(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_program, "MAX_BYTES", 100_000)
    install(programs, "antiword", "while echo 甲甲甲甲甲甲甲甲甲甲甲甲甲; do :; done")
    if shutil.which("prlimit"):
        assert old_word.read_with_antiword(old(tmp_path)) is None


# --- what is refused --------------------------------------------------------------------------------


def test_a_password_is_named(programs: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="password"):
        read(old(tmp_path, encrypted=True))
    path = tmp_path / "b.doc"
    path.write_bytes(compound({"EncryptedPackage": b"x"}))
    with pytest.raises(UnreadableFile, match="password"):
        read(path)


def test_other_office_files_are_named(programs: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(compound({"Workbook": b"x"}))
    with pytest.raises(UnreadableFile, match=r"\.xls file"):
        read(path)


@pytest.mark.parametrize(
    "data", [b"\x00\x01", "甲乙".encode(), b"<html>", b"%PDF-1.4", MAGIC, MAGIC + bytes(3000)]
)
def test_other_content_is_refused(programs: Path, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        read(path)


def test_a_word_document_under_the_ending_of_wps_is_read(programs: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.wps"
    word_document(PLAIN).save(path)
    assert read(path).how == "docx"


def test_an_empty_document_has_no_text(programs: Path, tmp_path: Path) -> None:
    install(programs, "antiword", "exit 0")
    assert read(old(tmp_path)).text.strip() == ""


def test_any_damage_is_refused_or_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "find_office", lambda: None)
    whole = compound({"WordDocument": word_header(), "1Table": bytes(5000)})
    for data in damaged(whole, 60):
        read_or_refused(read, tmp_path / "b.doc", data)


@needs_office
@needs_antiword
def test_any_damage_of_a_real_file_is_refused_or_read(
    real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doc, "find_office", lambda: None)
    for data in damaged((real / "plain.doc").read_bytes(), 30):
        read_or_refused(read, tmp_path / "b.doc", data)
