"""PDFs with a text layer: letters and tables printed and read back; what is refused."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from fpdf.enums import EncryptionMethod
from hostile import damaged, read_or_refused

from corpus.texts import letter
from corpus.writers.printing import Printer, Style
from ingest.formats.pdf import MAX_PAGES, read
from ingest.pages.guard import MAX_FILE, MAX_STREAM
from ingest.parse import parse
from policyqa.errors import UnreadableFile

LETTERS = ("songya-mzj-2024-19", "fengdu-slj-2024-15", "tongpu-jxj-2024-9", "songya-jtj-2023-42")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def paragraphs(text: str) -> list[str]:
    return [squeezed(line) for line in text.split("\n") if "。" in line]


# --- letters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LETTERS)
def test_a_printed_letter_is_understood_as_from_plain_text(tmp_path: Path, name: str) -> None:
    typed = letter(name)
    raw = read(Printer().write(typed).save(tmp_path / "a.pdf"))
    assert squeezed(raw.text) == squeezed(typed)
    expected, found = parse(typed, name)[0], parse(raw.text, name)[0]
    for field in ("title", "issuers", "document_number", "addressee", "signed_on", "outcome"):
        assert getattr(found, field) == getattr(expected, field), field
    assert [s.path for s in found.sections] == [s.path for s in expected.sections]
    assert raw.confidence is None
    assert raw.how == "PDF"


@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(align="L"),
        Style(indent=False),
        Style(size=12, leading=7),
        Style(head="松垭区政协提案办理汇编", numbers="第 {} 页"),
        Style(head="内部资料", numbers="{}"),
    ],
    ids=["usual", "ragged", "flush", "small", "running head", "bare numbers"],
)
def test_line_breaks_inside_paragraphs_are_healed(tmp_path: Path, style: Style) -> None:
    typed = letter("songya-mzj-2024-19")
    raw = read(Printer(style).write(typed).save(tmp_path / "a.pdf"))
    wanted, found = paragraphs(typed), paragraphs(raw.text)
    kept = [line for line in wanted if line in found]
    # Without indents a full line that ends a paragraph looks like any other.
    assert len(kept) >= len(wanted) * (0.8 if not style.indent else 1), set(wanted) - set(kept)


def test_page_numbers_and_running_heads_are_dropped_and_heads_told(tmp_path: Path) -> None:
    style = Style(head="松垭区政协提案办理汇编")
    raw = read(Printer(style).write(letter("songya-mzj-2024-19")).save(tmp_path / "a.pdf"))
    assert len(raw.pages) > 1
    assert style.head not in raw.text
    assert not re.search(r"—\s*\d\s*—", raw.text)
    assert f"作为页眉页脚略去：{style.head}" in raw.notices


def test_offsets_tell_where_each_page_begins(tmp_path: Path) -> None:
    printer = Printer(Style(numbers=""))
    printer.line("第一页的话。")
    printer.paper.add_page()
    printer.paper.add_page()
    printer.line("第三页的话。")
    raw = read(printer.save(tmp_path / "a.pdf"))
    assert raw.text.split() == ["第一页的话。", "第三页的话。"]
    assert len(raw.pages) == 3
    assert raw.text[raw.pages[2] :].startswith("第三页")
    assert "没有文字的页：2" in raw.notices


def test_a_paragraph_runs_over_the_page(tmp_path: Path) -> None:
    typed = letter("songya-mzj-2024-19")
    raw = read(Printer().write(typed).save(tmp_path / "a.pdf"))
    inside = [at for at in raw.pages[1:] if raw.text[at - 1] != "\n"]
    assert inside, "the letter should break a page inside a paragraph"
    assert raw.pages == tuple(sorted(raw.pages))


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = "左栏第一段说的是停车位建设的情况，今年新建停车位一百二十个。" * 6
    right = "右栏第一段说的是养老床位建设的情况，今年新建床位八十张。" * 6
    printer = Printer(Style(size=12))
    printer.line("工作简报", "C")
    paper = printer.paper
    top = paper.get_y()
    for x, text in ((28, left), (110, right)):
        paper.set_xy(x, top)
        paper.set_font("cjk", size=12)
        paper.multi_cell(72, 7, text, align="J", wrapmode="CHAR")
    assert squeezed(read(printer.save(tmp_path / "a.pdf")).text) == "工作简报" + left + right


def test_a_watermark_is_no_text(tmp_path: Path) -> None:
    printer = Printer()
    paper = printer.paper
    paper.set_font("cjk", size=60)
    with paper.rotation(45, 100, 150):
        paper.text(60, 150, "内部资料注意保存")
    printer.write(letter("songya-mzj-2024-19"))
    assert "注意保存" not in read(printer.save(tmp_path / "a.pdf")).text


# --- tables -------------------------------------------------------------------------------------------

ROWS = [
    ["镇街", "养老机构（家）", "床位（张）", "补助"],
    ["石枰镇", "5", "320", "58.5"],
    ["云岚镇", "1", "80", "12"],
]
SAID = [
    "2023年养老服务设施情况，石枰镇：养老机构5家，床位320张，补助58.5万元。",
    "2023年养老服务设施情况，云岚镇：养老机构1家，床位80张，补助12万元。",
]


@pytest.mark.parametrize("borders", ["ALL", "INTERNAL", "HORIZONTAL_LINES", "SINGLE_TOP_LINE", "NONE"])
def test_rows_are_sentences_with_their_headings(tmp_path: Path, borders: str) -> None:
    printer = Printer()
    printer.line("现将有关情况公布如下。")
    printer.line("表1 2023年养老服务设施情况表", "C", 12).line("单位：万元", "R", 10)
    printer.table([*ROWS, ["合计", "6", "400", "70.5"]], borders_layout=borders)
    printer.paper.ln(8)
    printer.line("特此公布。")
    lines = [line for line in read(printer.save(tmp_path / "a.pdf")).text.split("\n") if line]
    assert [line for line in lines if "：" in line][:2] == SAID
    assert lines[0] == "现将有关情况公布如下。"
    assert lines[-1] == "特此公布。"


def columns(printer: Printer, rows: list[list[str]], places: tuple[int, ...] = (40, 90, 140)) -> Printer:
    """Rows whose cells stand below one another, with nothing but blanks between."""
    paper = printer.paper
    for row in rows:
        paper.set_font("cjk", size=11)
        for x, cell in zip(places, row, strict=False):
            paper.text(x, paper.get_y() + 5, cell)
        paper.ln(8)
    return printer


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [["镇街", "床位（张）"], ["石枰镇", "320"], ["云岚镇", "80"]],
            ["石枰镇：床位320张。", "云岚镇：床位80张。"],
        ),
        (
            [
                ["任务", "责任单位", "完成时限"],
                ["新建停车场", "区城市管理局", "2024年12月"],
                ["完善养老设施", "区民政局", "2024年10月"],
            ],
            [
                "新建停车场：责任单位为区城市管理局，完成时限为2024年12月。",
                "完善养老设施：责任单位为区民政局，完成时限为2024年10月。",
            ],
        ),
        # No headings can be told: rows stay rows, and nothing is made up.
        (
            [["一、总体情况", "1"], ["二、重点工作", "5"], ["三、下一步打算", "9"]],
            ["一、总体情况  1", "二、重点工作  5", "三、下一步打算  9"],
        ),
        (
            [
                ["联系人：王明", "电话：71420000"],
                ["传真：71420001", "邮编：408400"],
                ["地址：南街", "网址：无"],
            ],
            ["联系人：王明  电话：71420000", "传真：71420001  邮编：408400", "地址：南街  网址：无"],
        ),
        (
            [["王明", "李华", "赵强"], ["周军", "吴敏", "郑洁"], ["冯刚", "陈静", "曹伟"]],
            ["王明  李华  赵强", "周军  吴敏  郑洁", "冯刚  陈静  曹伟"],
        ),
    ],
    ids=["two columns", "words", "contents", "contacts", "names"],
)
def test_columns_by_blanks_are_rows_with_headings_where_these_can_be_told(
    tmp_path: Path, rows: list[list[str]], said: list[str]
) -> None:
    raw = read(columns(Printer(), rows).save(tmp_path / "a.pdf"))
    assert raw.text.split("\n") == said


@pytest.mark.parametrize("gap", ["\u3000", " ", "\u3000\u3000"])
def test_agencies_beside_one_another_are_several_issuers(tmp_path: Path, gap: str) -> None:
    printer = Printer()
    printer.line(f"松垭区经信委{gap}松垭区财政局", "C", 20).line("松经信函〔2024〕8号", "C")
    printer.line("关于区政协十五届三次会议第35号提案的答复函", "C", 18).line("李华委员：")
    printer.line("\u3000\u3000您提出的建议收悉，现答复如下：\n\u3000\u30002023年新培育企业36家。")
    document = parse(read(printer.save(tmp_path / "a.pdf")).text, "a")[0]
    assert document.issuers == ("松垭区经信委", "松垭区财政局")
    assert document.addressee == "李华委员"
    assert document.title == "关于区政协十五届三次会议第35号提案的答复函"


def test_merged_headings_stand_in_every_column_below(tmp_path: Path) -> None:
    from fpdf.enums import TableSpan

    printer = Printer()
    printer.table(
        [
            ["镇街", "养老床位（张）", TableSpan.COL, "补助（万元）"],
            [TableSpan.ROW, "总数", "护理型", TableSpan.ROW],
            ["石枰镇", "320", "120", "58.5"],
            ["云岚镇", "80", "40", "12"],
        ],  # type: ignore[list-item]
        num_heading_rows=2,
    )
    text = read(printer.save(tmp_path / "a.pdf")).text
    assert "石枰镇：养老床位总数320张，养老床位护理型120张，补助58.5万元。" in text


def test_a_table_over_many_pages_keeps_its_headings(tmp_path: Path) -> None:
    printer = Printer()
    rows = [["小区", "停车位（个）"], *([f"第{n}小区", str(100 + n)] for n in range(120))]
    printer.table(rows, repeat_headings=0)
    raw = read(printer.save(tmp_path / "a.pdf"))
    assert len(raw.pages) >= 4
    assert raw.text.split("\n") == [f"第{n}小区：停车位{100 + n}个。" for n in range(120)]


def test_cells_of_several_lines_are_one_value(tmp_path: Path) -> None:
    printer = Printer()
    rows = [
        ["任务", "责任单位", "完成时限"],
        ["新建改造城区公共停车场并同步建设电动汽车充电设施", "区城市管理局、区住房城乡建设委", "2024年12月"],
        ["完善养老服务设施", "区民政局", "2024年10月"],
    ]
    printer.table(rows, col_widths=(2, 2, 1))
    text = read(printer.save(tmp_path / "a.pdf")).text
    assert "新建改造城区公共停车场并同步建设电动汽车充电设施" in text
    assert "责任单位为区城市管理局、区住房城乡建设委" in text


# --- refused ------------------------------------------------------------------------------------------


def printed(text: str = "您提出的建议收悉。", **options: object) -> bytes:
    return Printer(**options).line(text).bytes()  # type: ignore[arg-type]


CIPHERS = pytest.mark.parametrize(
    "cipher", [EncryptionMethod.RC4, EncryptionMethod.AES_128, EncryptionMethod.AES_256]
)


@CIPHERS
def test_a_password_is_told(cipher: EncryptionMethod, tmp_path: Path) -> None:
    printer = Printer()
    printer.line("您提出的建议收悉。").paper.set_encryption(
        owner_password="a", user_password="b", encryption_method=cipher
    )
    with pytest.raises(UnreadableFile, match="password") as refused:
        read(printer.save(tmp_path / "a.pdf"))
    assert "without password" in refused.value.hint


@CIPHERS
def test_a_pdf_that_only_forbids_changes_is_read(cipher: EncryptionMethod, tmp_path: Path) -> None:
    printer = Printer()
    printer.line("您提出的建议收悉。").paper.set_encryption(owner_password="a", encryption_method=cipher)
    assert read(printer.save(tmp_path / "a.pdf")).text == "您提出的建议收悉。"


def forbidding(orders: str = "") -> bytes:
    """A PDF that opens without a password and is encrypted, with some drawing orders more."""
    printer = Printer()
    printer.line("您提出的建议收悉。").paper.set_encryption(owner_password="a")
    printer.paper._out(orders)
    return printer.bytes()


def test_a_bomb_is_refused_also_where_it_is_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(forbidding(" " * (MAX_STREAM + 1)))
    with pytest.raises(UnreadableFile, match="unpacks to more than 24 MiB"):
        read(path)


def test_a_pdf_that_hides_its_encryption_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(forbidding().replace(b"/Encrypt", b"/Encryp#74"))
    with pytest.raises(UnreadableFile, match="encrypted"):
        read(path)


def test_an_encrypted_pdf_that_takes_too_much_to_open_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pages.unlock._MEMORY", 2**20)
    path = tmp_path / "a.pdf"
    path.write_bytes(forbidding())
    with pytest.raises(UnreadableFile, match="more memory"):
        read(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"hello", "no PDF"),
        (b"%PDF-1.4\n", "cut off"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=says) as refused:
        read(path)
    assert refused.value.hint


def test_a_download_that_broke_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(printed()[:-2000])
    with pytest.raises(UnreadableFile, match="cut off"):
        read(path)


def test_a_pdf_without_anything_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read(Printer(Style(numbers="")).save(tmp_path / "a.pdf"))


def test_damaged_pdfs_are_read_or_refused(tmp_path: Path) -> None:
    data = Printer().line("您提出的建议收悉。").table(ROWS).bytes()
    for copy in damaged(data, 4):
        raw = read_or_refused(read, tmp_path / "a.pdf", copy)
        assert raw is None or getattr(raw, "text", "").strip()


def with_stream(data: bytes, description: bytes = b"/Filter /FlateDecode") -> bytes:
    """A PDF of one page whose orders are this stream."""
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d %b>>stream\n%b\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"
        % (len(data), description, data)
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (with_stream(zlib.compress(b" " * (MAX_STREAM + 1))), "unpacks to more than 24 MiB"),
        (
            with_stream(zlib.compress(b" " * (MAX_STREAM + 1)), b"/Encrypt 1 /Filter /FlateDecode"),
            "unpacks to more than 24 MiB",
        ),
        (
            with_stream(zlib.compress(zlib.compress(b" " * 9_000)), b"/Filter [/FlateDecode /FlateDecode]"),
            "packed twice",
        ),
        (with_stream(b"\x80" * 300_000, b"/Filter /LZWDecode"), "old-style"),
        (
            with_stream(b"x", b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000"),
            "60,000 × 60,000 pixels",
        ),
    ],
    ids=["bomb", "bomb said to be encrypted", "bomb in a bomb", "old bomb", "huge picture"],
)
def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=says):
        read(path)


@pytest.mark.parametrize(
    "data",
    [
        with_stream(b"q " * 400_000, b""),
        with_stream(b"BT /F1 12 Tf (a) Tj ET " * 50_000, b""),
        with_stream(b"0 0 m 1 1 l S " * 20_000, b""),
        with_stream(b"x", b"").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
        with_stream(b"x", b"").replace(b"0 0 600 800", b"0 0 9e9 9e9"),
        with_stream(b"x", b"").replace(b"0 0 600 800", b"0 0 0 0"),
        with_stream(b"x", b"").replace(b"/Count 1", b"/Count 999999999"),
        with_stream(b"(" * 200_000, b""),
        with_stream(b"[" * 200_000, b""),
        with_stream(b"<<" * 100_000, b""),
    ],
    ids=range(10),
)
def test_hostile_pdfs_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    read_or_refused(read, tmp_path / "a.pdf", data)


def test_a_file_beyond_all_measure_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(MAX_FILE + 1)
    with pytest.raises(UnreadableFile, match="300 are read"):
        read(path)


def test_the_most_pages_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    def of_pages(count: int) -> Path:
        printer = Printer(Style(size=12))
        for number in range(1, count + 1):
            if number > 1:
                printer.paper.add_page()
            printer.line(f"{number}号小区新建停车位{number + 1000}个。")
        return printer.save(tmp_path / "a.pdf")

    raw = read(of_pages(MAX_PAGES))
    assert len(raw.pages) == MAX_PAGES
    assert raw.text.count("新建停车位") == MAX_PAGES
    with pytest.raises(UnreadableFile, match="501 pages"):
        read(of_pages(MAX_PAGES + 1))
