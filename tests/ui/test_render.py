"""HTML of answers and documents: nothing given becomes markup, and every mark stands where it should."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from fake_assistant import HOSTILE, SME, TWO, UNKNOWN, FakeAssistant, hostile_letter, letter

from policyqa.schema import Answer, Citation, Document, Section, Span, Turn
from ui import render
from ui.body import body_html
from ui.conversation import Conversation, Failure, Reference


class Page(HTMLParser):
    """Collects the tags, the text, and the text of each kind of mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.text = ""
        self.marked = ""
        self.active = ""
        self.feed(html)
        self.close()
        assert self.open == [], "every tag is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "br":
            self.open.append(f"{tag} {dict(attrs).get('class') or ''}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().split(" ")[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(entry.startswith("mark") for entry in self.open):
            self.marked += data
        if any("pq-active" in entry for entry in self.open):
            self.active += data


def document(body: str, **fields: object) -> Document:
    return replace(Document(id="d", source="d.txt", body=body), **fields)  # type: ignore[arg-type]


BODY = "第一句甲。第二句乙。\n\n　　第三句丙；第四句丁。\n"
#       0    5    10     12      ^14        20


@pytest.mark.parametrize(
    ("marks", "active", "marked", "strong"),
    [
        pytest.param([], None, "", "", id="nothing cited"),
        pytest.param([Span(5, 10)], Span(5, 10), "第二句乙。", "第二句乙。", id="one sentence"),
        pytest.param(
            [Span(0, 5), Span(5, 10)], Span(0, 5), "第一句甲。第二句乙。", "第一句甲。", id="side by side"
        ),
        pytest.param(
            [Span(0, 7), Span(5, 10)], Span(5, 10), "第一句甲。第二句乙。", "第二句乙。", id="overlapping"
        ),
        pytest.param(
            [Span(0, 10), Span(2, 4)], Span(2, 4), "第一句甲。第二句乙。", "句甲", id="one inside another"
        ),
        pytest.param([Span(2, 4)], Span(2, 4), "句甲", "句甲", id="inside a sentence"),
        pytest.param(
            [Span(5, 19)], Span(5, 19), "第二句乙。第三句丙；", "第二句乙。第三句丙；", id="across lines"
        ),
        pytest.param([Span(10, 14)], Span(10, 14), "", "", id="only blanks between lines"),
        pytest.param(
            [Span(14, 999)], Span(14, 999), "第三句丙；第四句丁。", "第三句丙；第四句丁。", id="past the end"
        ),
        pytest.param([Span(50, 60)], Span(50, 60), "", "", id="outside"),
        pytest.param([Span(7, 7), Span(9, 3)], Span(7, 7), "", "", id="empty and reversed"),
        pytest.param(
            [Span(0, 5)],
            Span(5, 10),
            "第一句甲。第二句乙。",
            "第二句乙。",
            id="the active one is not among them",
        ),
    ],
)
def test_marks_stand_at_their_offsets(
    marks: list[Span], active: Span | None, marked: str, strong: str
) -> None:
    page = Page(body_html(document(BODY), marks, active))
    assert page.text == "第一句甲。第二句乙。第三句丙；第四句丁。", "all of the text is there, once"
    assert page.marked == marked
    assert page.active == strong


def test_every_citation_of_the_real_letter_is_marked_with_its_quote() -> None:
    answer = FakeAssistant().ask(TWO)
    for citation in answer.citations:
        place = Span(citation.start, citation.end)
        assert Page(body_html(citation.document, [place], place)).active == citation.quote


def test_no_character_of_the_real_letter_is_lost() -> None:
    body = letter().body
    squeezed = re.sub(r"\s+", "", body)
    assert re.sub(r"\s+", "", Page(body_html(letter(), [Span(3, 900)])).text) == squeezed


@pytest.mark.parametrize(
    ("line", "look"),
    [
        ("重庆市南川区经济和信息化委员会", "pq-centred"),  # the letterhead, the first time
        ("南川经信委函〔2024〕58号", "pq-centred"),
        ("关于区政协十五届三次会议第035号提案的", "pq-centred"),
        ("答复函", "pq-centred"),  # the title's second line
        ("李德勇委员：", "pq-flush"),
        ("您提出的《关于加快我区先进制造业发展的建议》", "pq-par"),
        ("2024年6月14日", "pq-signed"),
    ],
)
def test_lines_look_as_in_a_printed_letter(line: str, look: str) -> None:
    html = body_html(letter())
    assert re.search(rf'<p class="([a-z-]+)">(?:<strong>)?{re.escape(line)}', html).group(1) == look  # type: ignore[union-attr]


def test_the_signature_is_to_the_right() -> None:
    assert body_html(letter()).count('<p class="pq-signed">重庆市南川区经济和信息化委员会</p>') == 1


def test_headings_are_bold_also_where_a_mark_begins_inside() -> None:
    body = "（一）抓产业。完成89个。"
    letter_of_one = document(body, sections=(Section(("（一）抓产业",), 0, len(body)),))
    mark = Span(3, len(body))
    assert body_html(letter_of_one, [mark], mark) == (
        '<p class="pq-par"><strong>（一）</strong>'
        '<mark class="pq-mark pq-active"><strong>抓产业</strong>。完成89个。</mark></p>'
    )


@pytest.mark.parametrize(
    ("figure", "brought_out"),
    [("36家", ["36家"]), ("6家", []), ("79家", []), ("家", ["家", "家"]), ("（", []), ("", [])],
)
def test_the_bare_answer_is_brought_out_in_the_active_place_only(figure: str, brought_out: list[str]) -> None:
    body = "新培育36家，比6.36家多。累计79家。"
    html = body_html(document(body), [Span(0, 13)], Span(0, 13), [figure] if figure else [])
    assert re.findall(r'<b class="pq-figure">(.*?)</b>', html) == brought_out


def test_columns_keep_their_spaces() -> None:
    assert 'class="pq-columns">年份\t家数</p>' in body_html(document("年份\t家数\n2023\t36"))


def hostile_answer() -> Answer:
    return FakeAssistant().ask(f"{HOSTILE} 多少？")


HOSTILE_CONVERSATION = Conversation(
    (
        Turn(HOSTILE, hostile_answer()),
        Turn(HOSTILE, replace(FakeAssistant().ask(UNKNOWN), text=HOSTILE)),
        Failure(HOSTILE, HOSTILE),
    ),
    HOSTILE,
)


def hostile_source_html() -> str:
    source = HOSTILE_CONVERSATION.find(Reference(0, "citation", 0))
    assert source is not None
    return render.document_html(source)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(render.conversation_html(HOSTILE_CONVERSATION), id="conversation"),
        pytest.param(render.streaming_html(hostile_answer(), 60), id="streaming"),
        pytest.param(hostile_source_html(), id="document"),
        pytest.param(body_html(hostile_letter(), [Span(3, 30)], Span(3, 30)), id="body"),
        pytest.param(render.welcome_html([HOSTILE], HOSTILE), id="welcome"),
        pytest.param(render.waiting_html(HOSTILE), id="waiting"),
        pytest.param(render.caution_html(HOSTILE), id="caution"),
        pytest.param(render.status_html(HOSTILE, HOSTILE), id="status"),
        pytest.param(render.empty_document_html(HOSTILE), id="no document"),
    ],
)
def test_nothing_given_becomes_markup(html: str) -> None:
    page = Page(html)
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "<script>window.pwned" in page.text, "it is shown as text"


def test_attributes_hold_what_they_were_given() -> None:
    page = Page(render.welcome_html([HOSTILE]))
    assert ("data-ask", HOSTILE) in page.attributes


def test_an_answer_has_its_short_answer_and_a_labelled_chip_for_each_citation() -> None:
    page = Page(render.reply_html(FakeAssistant().ask(TWO), 3))
    assert page.tags.count("strong") == 2
    assert [value for name, value in page.attributes if name == "data-open"] == [
        "3-citation-0",
        "3-citation-1",
    ]
    labels = [value for name, value in page.attributes if name == "aria-label"]
    assert labels[1] == (
        "打开引用 2：关于区政协十五届三次会议第035号提案的答复函，"
        "重庆市南川区经济和信息化委员会 · 南川经信委函〔2024〕58号 · 2024年6月14日"
    )


def test_of_a_comparison_only_what_was_computed_is_shown_large() -> None:
    rows = "| 项目 | 数字 | 原文 |\n|---|---|---|\n| 短住 | 174户 | 短住174户 |\n| 上门 | 389户 | 上门389户 |"
    answer = Answer("问", "answered", f"{rows}\n\n最多的是上门。", "上门；215户；174户；389户")
    page = Page(render.reply_html(answer, 0))
    assert page.tags.count("strong") == 2, "the side and the difference"
    alone = Answer("问", "answered", rows, "174户；389户")
    assert Page(render.reply_html(alone, 0)).tags.count("strong") == 2, "nothing was computed"


def test_an_answer_without_short_answer_or_citations_is_only_its_text() -> None:
    html = render.reply_html(Answer("问", "answered", "第一行\n第二行"), 0)
    assert html == '<div class="pq-reply pq-answered"><p class="pq-text">第一行<br>第二行</p></div>'


def test_what_is_nearest_is_listed_only_when_nothing_was_found() -> None:
    found = FakeAssistant().ask(UNKNOWN)
    html = render.reply_html(found, 0)
    assert "未找到" in html
    assert "最接近的内容（不一定回答您的问题）" in html
    assert html.count("data-open") == len(found.nearest)
    assert "不一定回答" not in render.reply_html(replace(found, nearest=()), 0)


@pytest.mark.parametrize(
    ("length", "shown"), [(0, ""), (5, "2023年"), (10_000, FakeAssistant().ask(SME).text)]
)
def test_streaming_shows_a_beginning_of_the_text(length: int, shown: str) -> None:
    html = render.streaming_html(FakeAssistant().ask(SME), length)
    assert f'<p class="pq-text">{shown}</p></div>' in unescape(html)


def test_the_reader_waits_while_an_answer_is_under_way() -> None:
    assert 'aria-busy="true"' in render.conversation_html(Conversation().asking("问"))
    assert 'aria-busy="false"' in render.conversation_html(Conversation())


def test_absent_facts_have_no_row() -> None:
    bare = document("只有一句。")
    answer = Answer("问", "answered", "答", citations=(Citation(bare, (), bare.body, 0, len(bare.body)),))
    source = Conversation((Turn("问", answer),)).find(Reference(0, "citation", 0))
    assert source is not None
    html = render.document_html(source)
    assert re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', html) == [("标题", "d.txt")]


@pytest.mark.parametrize("line", ["（样例，内容虚构）", "（此件公开发布）"])
def test_an_invented_document_is_marked_in_the_chip_and_in_its_head(line: str) -> None:
    shown = document(f"新培育36家。\n{line}\n")
    answer = Answer("问", "answered", "36家", citations=(Citation(shown, (), "新培育36家。", 0, 7),))
    source = Conversation((Turn("问", answer),)).find(Reference(0, "citation", 0))
    assert source is not None
    marked = "虚构" in line
    assert ("虚构样例" in render.reply_html(answer, 0)) is marked
    assert ("虚构样例" in Page(render.document_html(source)).text) is marked


# The second page begins inside of a line, the third before one.
PAGED = "第一页有这样一句话，说到了36家。这一句从第一页写到第二页，共有79家。\n\n　　第三页只有这一句。\n"
PAGES = (0, PAGED.index("写到"), PAGED.index("第三页只有"))


def paged_source_html(start: int, **fields: object) -> str:
    shown = document(PAGED, pages=PAGES, **fields)
    answer = Answer(
        "问", "answered", "答", citations=(Citation(shown, (), PAGED[start:], start, len(PAGED)),)
    )
    source = Conversation((Turn("问", answer),)).find(Reference(0, "citation", 0))
    assert source is not None
    return render.reply_html(answer, 0) + render.document_html(source)


@pytest.mark.parametrize("name", ["第1页", "第2页", "第3页"])
def test_the_page_stands_in_the_chip_in_its_label_and_above_the_document(name: str) -> None:
    html = paged_source_html(PAGES[int(name[1]) - 1])
    assert re.search(rf'<span class="pq-meta">[^<]*{name}</span>', html)
    assert f'<p class="pq-note">第 1 处引用，共 1 处 · {name}</p>' in html
    assert any(k == "aria-label" and (v or "").endswith(name) for k, v in Page(html).attributes)


def test_a_nearest_passage_tells_its_page() -> None:
    shown = replace(letter(), pages=(0, 300))
    found = FakeAssistant().ask(UNKNOWN)
    hits = tuple(replace(h, passage=replace(h.passage, document=shown)) for h in found.nearest)
    assert "第2页" in Page(render.reply_html(replace(found, nearest=hits), 0)).text
    assert "页</span>" not in render.reply_html(found, 0)


def test_pages_are_parted_where_they_begin_and_add_no_text() -> None:
    place = Span(PAGED.index("这一句从"), PAGED.index("。\n\n") + 1)
    html = body_html(document(PAGED, pages=PAGES), [place], place, ["79家"])
    page = Page(html)
    assert re.sub(r"\s+", "", page.text) == re.sub(r"\s+", "", PAGED)
    assert page.active == PAGED[place.start : place.end]
    assert '这一句从第一页<span class="pq-page" data-page="第2页"></span>写到第二页' in html
    assert '</p><div class="pq-page" data-page="第3页"></div><p class="pq-par">第三页' in html
    assert html.count("data-page") == 2
    assert "data-page" not in body_html(document(PAGED))


def facts(html: str) -> dict[str, str]:
    return dict(re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', html))


def test_the_printing_date_and_another_leading_agency_are_facts() -> None:
    told = facts(paged_source_html(0, printed_on=date(2024, 6, 17), lead_unit="甲局", issuers=("乙局",)))
    assert (told["印发日期"], told["主办单位"]) == ("2024年6月17日", "甲局")
    assert "主办单位" not in facts(paged_source_html(0, lead_unit="甲局", issuers=("甲局",)))


@pytest.mark.parametrize(
    ("confidence", "percent", "doubtful"), [(0.996, "99%", False), (0.9, "90%", False), (0.8999, "89%", True)]
)
def test_a_scan_asks_to_be_checked_the_more_the_less_sure_its_reading(
    confidence: float, percent: str, doubtful: bool
) -> None:
    html = paged_source_html(0, confidence=confidence)
    assert f"由扫描件识别（平均置信度 {percent}），" in facts(html)["识别"]
    assert "核对原件" in facts(html)["识别"]
    assert ("pq-doubtful" in html) is doubtful
    assert "识别" not in facts(paged_source_html(0))
