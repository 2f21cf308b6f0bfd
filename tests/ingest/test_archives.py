"""Archives and attachments: what is in them comes out one by one, under names fit to be shown."""

from __future__ import annotations

import binascii
import io
import stat
import struct
import tempfile
import unicodedata
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import archives, zips
from ingest.archives import members
from policyqa.errors import UnreadableFile

LETTER = "您提出的建议收悉，现答复如下。".encode()


@pytest.fixture(autouse=True)
def _temporary_files_are_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))


def left_over(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "temporary").iterdir())


def packed(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def saved(folder: Path, data: bytes, name: str = "a.zip") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def unpacked(path: Path) -> dict[str, bytes]:
    return {name: file.read_bytes() for name, file in members(path)}


def refused(path: Path) -> dict[str, str]:
    """What is left out, and why; the rest must come out whole."""
    found: dict[str, str] = {}
    for _, file in members(path, lambda name, error: found.update({name: str(error)})):
        assert file.read_bytes() == LETTER
    return found


def test_files_come_out_one_at_a_time_and_go(tmp_path: Path) -> None:
    path = saved(tmp_path, packed(("2024/第035号答复.txt", LETTER), ("说明.TXT", b"x")))
    seen: list[Path] = []
    for name, file in members(path):
        assert not any(earlier.exists() for earlier in seen)
        assert (name, file.suffix) in {("2024/第035号答复.txt", ".txt"), ("说明.TXT", ".txt")}
        seen.append(file)
    assert len(seen) == 2
    assert not left_over(tmp_path)


def test_nothing_is_left_when_the_reader_stops_early(tmp_path: Path) -> None:
    inner = packed(("a.txt", LETTER), ("b.txt", LETTER))
    files = members(saved(tmp_path, packed(("内.zip", inner))))
    next(iter(files))
    assert left_over(tmp_path)
    files.close()  # type: ignore[attr-defined]
    assert not left_over(tmp_path)


def test_folders_and_litter_are_passed_over(tmp_path: Path) -> None:
    names = (
        "2024/",
        "__MACOSX/._a.txt",
        ".DS_Store",
        "2024/~$答复.docx",
        "Thumbs.db",
        "2024/desktop.ini",
        "a/.git/x",
    )
    path = saved(tmp_path, packed(*((name, b"") for name in names), ("2024/答复.txt", LETTER)))
    assert unpacked(path) == {"2024/答复.txt": LETTER}


def test_equal_names_are_told_apart(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(
            ("答复.txt", b"1"), ("答复.txt", b"2"), (".\\答复.txt", b"3"), ("无", b"4"), ("无/", b"")
        )
    assert unpacked(saved(tmp_path, data)) == {
        "答复.txt": b"1",
        "答复 (2).txt": b"2",
        "答复 (3).txt": b"3",
        "无": b"4",
    }


# --- names ----------------------------------------------------------------------------------------


def named(raw: bytes, extra: bytes = b"", flag: int = 0) -> bytes:
    """A zip with one member whose name is some bytes, as packers without Unicode write it."""
    data = packed((zipfile.ZipInfo("#" * len(raw)), LETTER))
    data = data.replace(b"#" * len(raw), raw)
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    for at in (local + 6, central + 8):
        struct.pack_into("<H", changed, at, flag)
    if extra:
        struct.pack_into("<H", changed, central + 30, len(extra))
        at = central + 46 + len(raw)
        changed[at:at] = extra
        end = changed.index(b"PK\x05\x06")
        struct.pack_into("<I", changed, end + 12, end - central)
    return bytes(changed)


NAME = "关于区政协第035号提案的答复函.txt"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_names_without_the_unicode_flag_are_decoded(tmp_path: Path, encoding: str) -> None:
    assert unpacked(saved(tmp_path, named(NAME.encode(encoding)))) == {NAME: LETTER}


def test_the_unicode_name_beside_the_other_is_taken(tmp_path: Path) -> None:
    raw = b"????.txt"
    field = b"\x01" + struct.pack("<I", binascii.crc32(raw)) + NAME.encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert unpacked(saved(tmp_path, named(raw, extra))) == {NAME: LETTER}
    stale = extra.replace(struct.pack("<I", binascii.crc32(raw)), b"\0\0\0\0")
    assert unpacked(saved(tmp_path, named(raw, stale))) == {"????.txt": LETTER}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2024\\答复.txt", "2024/答复.txt"),
        ("./2024//答复.txt", "2024/答复.txt"),
        ("答\x1b[2J复\r\n.txt", "答[2J复.txt"),
        ("答\u202etxt.exe\u200b复.txt", "答txt.exe复.txt"),
        ("e\u0301.txt", "é.txt"),
        ("a" * 5000 + ".txt", "a" * 100 + "….txt"),
        ("/".join("abcdefghijkl") + "/答复.txt", "f/g/h/i/j/k/l/答复.txt"),
        ("答复.txt ", "答复.txt"),
        ("CON.txt", "CON.txt"),
    ],
)
def test_names_are_made_fit_to_be_shown(tmp_path: Path, written: str, shown: str) -> None:
    assert unpacked(saved(tmp_path, packed((written, LETTER)))) == {shown: LETTER}


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "a/../../b.txt",
        "/etc/passwd",
        "C:/a.txt",
        "..\\a.txt",
        "\\\\host\\a.txt",
        "c:a.txt",
        "\x01",
        "./.",
    ],
)
def test_names_that_lead_out_are_refused_and_the_rest_kept(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, packed((name, b"x"), ("答复.txt", LETTER)))
    (reason,) = refused(path).values()
    assert "name" in reason
    with pytest.raises(UnreadableFile, match="name") as error:
        unpacked(path)
    assert error.value.hint
    assert not left_over(tmp_path)


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_name_is_made_fit_or_refused(name: str) -> None:
    try:
        shown = zips.safe_name(name)
    except UnreadableFile:
        return
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert not shown.startswith("/")
    assert ".." not in shown.split("/")
    shown.encode("utf-8")


# --- what is refused ------------------------------------------------------------------------------


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    files = []
    for kind in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR):
        info = zipfile.ZipInfo(f"{kind}.txt")
        info.external_attr = (kind | 0o777) << 16
        files.append((info, b"/etc/passwd"))
    found = refused(saved(tmp_path, packed(*files, ("答复.txt", LETTER))))
    assert len(found) == 3
    assert all("link" in reason for reason in found.values())


def encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.index(mark) + at] |= 1
    return bytes(changed)


def test_an_archive_with_a_password_is_refused_once(tmp_path: Path) -> None:
    path = saved(tmp_path, encrypted(packed(("a.txt", LETTER), ("b.txt", LETTER))))
    with pytest.raises(UnreadableFile, match="password"):
        refused(path)
    outer = saved(tmp_path, packed(("内.zip", path.read_bytes()), ("答复.txt", LETTER)), "b.zip")
    assert list(refused(outer)) == ["内.zip"]


def test_a_damaged_member_is_refused_and_the_rest_kept(tmp_path: Path) -> None:
    data = bytearray(packed(("坏.txt", bytes(range(256)) * 9), ("答复.txt", LETTER)))
    data[60] ^= 0xFF
    found = refused(saved(tmp_path, bytes(data)))
    assert list(found) == ["坏.txt"]
    assert "damaged" in found["坏.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_uncommon_packing_is_refused(tmp_path: Path, method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", LETTER, compress_type=method)
        archive.writestr("b.txt", LETTER)
    assert "uncommon" in refused(saved(tmp_path, buffer.getvalue()))["a.txt"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\xff" * 18,
        b"text",
        packed(("a.txt", LETTER))[:-5],
        packed(("a.docx", LETTER))[9:],
    ],
)
def test_what_is_no_whole_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableFile) as error:
        unpacked(saved(tmp_path, data))
    assert error.value.hint
    assert not left_over(tmp_path)


# --- bombs ----------------------------------------------------------------------------------------


def test_too_much_for_its_size_is_refused_before_anything_comes_out(tmp_path: Path) -> None:
    path = saved(tmp_path, packed(("a.txt", LETTER), ("零.txt", b"\0" * 20_000_000)))
    seen = []
    with pytest.raises(UnreadableFile, match="times its size"):
        seen += [name for name, _ in members(path)]
    assert not seen


def test_more_than_200_mb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(packed(("a.txt", LETTER)))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 201 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="201 MB, more than 200 MB"):
        unpacked(saved(tmp_path, bytes(data)))


def test_more_members_than_reason_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, packed(*((f"{n}.txt", b"") for n in range(2001))))
    with pytest.raises(UnreadableFile, match="more than 2000 files"):
        unpacked(path)


def test_a_list_of_contents_beyond_reason_is_not_read(tmp_path: Path) -> None:
    data = bytearray(packed(("a.txt", LETTER)))
    end = data.index(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, 5 * 1024 * 1024)
    data = bytearray(5 * 1024 * 1024) + data
    data[:4] = b"PK\x03\x04"
    with pytest.raises(UnreadableFile, match="list of contents"):
        unpacked(saved(tmp_path, bytes(data)))


def test_limits_hold_over_archives_in_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = packed(*((f"{n}.txt", LETTER) for n in range(1100)))
    path = saved(tmp_path, packed(("甲.zip", inner), ("乙.zip", inner), ("答复.txt", LETTER)))
    found = refused(path)
    assert list(found) == ["乙.zip"]
    assert "more than 2000 files" in found["乙.zip"]
    small = archives._Budget(bytes=340_000)
    monkeypatch.setattr(archives, "_Budget", lambda: small)
    found = refused(path)
    assert list(found) == ["甲.zip", "乙.zip"]
    assert "archives inside it included" in found["甲.zip"]


def wrapped(depth: int) -> bytes:
    data = packed(("答复.txt", LETTER))
    for level in range(depth - 1, 0, -1):
        data = packed((f"{level}.zip", data), (f"{level}.txt", LETTER))
    return data


def test_archives_in_archives_are_opened_three_deep(tmp_path: Path) -> None:
    assert list(unpacked(saved(tmp_path, wrapped(3)))) == ["1.zip/2.zip/答复.txt", "1.zip/2.txt", "1.txt"]
    found = refused(saved(tmp_path, wrapped(4)))
    assert list(found) == ["1.zip/2.zip/3.zip"]
    assert "3 archives deep" in found["1.zip/2.zip/3.zip"]
    with pytest.raises(UnreadableFile, match=r"^1\.zip/2\.zip/3\.zip in it lies"):
        unpacked(saved(tmp_path, wrapped(4)))
    assert len(refused(saved(tmp_path, wrapped(40)))) == 1
    assert not left_over(tmp_path)


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    """A quine: Russ Cox's r.zip, here by its effect, a member that is again such an archive."""
    data = wrapped(30)
    assert len(refused(saved(tmp_path, data))) == 1


def test_overlapping_members_unpack_to_no_more_than_they_declare(tmp_path: Path) -> None:
    data = packed(("a.txt", LETTER))
    central, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[central:end]
    many = entry * 1500
    changed = data[:central] + many + bytearray(data[end:])
    tail = bytearray(changed)
    at = tail.index(b"PK\x05\x06")
    struct.pack_into("<HHI", tail, at + 8, 1500, 1500, len(many))
    try:
        found = unpacked(saved(tmp_path, bytes(tail)))
    except UnreadableFile:
        return
    assert all(value == LETTER for value in found.values())


# --- e-mails --------------------------------------------------------------------------------------


def mail(*attached: tuple[str, bytes]) -> bytes:
    found = EmailMessage()
    found["From"], found["To"], found["Subject"] = "a@example.cn", "b@example.cn", "答复函"
    found.set_content("请查收附件。")
    for name, data in attached:
        found.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return found.as_bytes()


def test_attachments_come_out(tmp_path: Path) -> None:
    path = saved(tmp_path, mail(("第035号.docx", LETTER), ("材料.zip", packed(("表.xlsx", b"1")))), "a.eml")
    assert unpacked(path) == {"第035号.docx": LETTER, "材料.zip/表.xlsx": b"1"}
    assert not left_over(tmp_path)


def test_an_e_mail_without_attachments_holds_nothing(tmp_path: Path) -> None:
    assert unpacked(saved(tmp_path, mail(), "a.eml")) == {}


def test_an_e_mail_in_an_archive_is_a_file_and_holds_files(tmp_path: Path) -> None:
    letter = mail(("../../第035号.docx", LETTER))
    path = saved(tmp_path, packed(("信.eml", letter)))
    assert unpacked(path) == {"信.eml": letter, "信.eml/..／..／第035号.docx": LETTER}


def test_a_forwarded_e_mail_is_an_attachment(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Message-ID"] = "c@example.cn", "关于停车/泊位的答复", "<1@x>"
    inner.set_content("收悉。")
    inner.add_attachment(LETTER, maintype="application", subtype="pdf", filename="答复.pdf")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "a@example.cn", "b@example.cn", "转发"
    outer.set_content("见附件。")
    outer.add_attachment(inner)
    found = unpacked(saved(tmp_path, outer.as_bytes(), "a.eml"))
    assert list(found) == ["关于停车／泊位的答复.eml", "关于停车／泊位的答复.eml/答复.pdf"]
    assert found["关于停车／泊位的答复.eml/答复.pdf"] == LETTER


# --- anything -------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_archives_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(packed(("答复.txt", LETTER), ("内.zip", packed(("a.txt", LETTER)))))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(
        bytes(whole[: data.draw(st.integers(0, len(whole)))] if data.draw(st.booleans()) else whole)
    )
    hints = []
    try:
        for name, file in members(path):
            assert name
            assert file.is_file()
    except UnreadableFile as error:
        hints.append(error.hint)
    assert all(hints)
