"""What a sentence leaves unsaid is taken from where it stands."""

from __future__ import annotations

from datetime import date

import pytest

from policyqa.evidence import gather, leading
from policyqa.schema import Document, Passage


def _passage(body: str, sentence: str) -> Passage:
    document = Document("d", "d.txt", body, title="关于供水的答复", signed_on=date(2023, 6, 1))
    start = body.index(sentence)
    return Passage("p", document, start, start + len(sentence))


@pytest.mark.parametrize(
    ("body", "sentence", "lead"),
    [
        ("供水管网漏损率为12.4%。按县区看，甲山区10.2%，乙水区11.5%。",
         "按县区看，甲山区10.2%，乙水区11.5%。", "供水管网漏损率为12.4%："),
        ("全市新增学位8150个。其中甲山区3100个。", "其中甲山区3100个。", "全市新增学位8150个："),
        ("全市有充电桩4527个。按属地分，甲山区1688个。", "按属地分，甲山区1688个。", "全市有充电桩4527个："),
        ("各县区床位如下：\n甲山区　1745张\n乙水区　3615张\n", "乙水区　3615张", "各县区床位如下："),
        ("全市新增学位8150个。甲山区优良天数345天。", "甲山区优良天数345天。", ""),
        ("其中甲山区3100个。", "其中甲山区3100个。", ""),
    ],
)  # fmt: skip
def test_what_leads_a_sentence_in(body: str, sentence: str, lead: str) -> None:
    assert leading(_passage(body, sentence)) == lead


@pytest.mark.parametrize(
    ("sentence", "figure", "years"),
    [
        ("2021年，全市开工86个，剩余7个于2022年3月底前收尾；甲山区41个。", "41个", (2021,)),
        ("2021年全市开工86个；2022年3月底前，甲山区完工41个。", "41个", (2022,)),
        ("2021年，全市开工86个；2022年甲山区41个。", "41个", (2022,)),
    ],
)
def test_a_deadline_within_a_clause_is_no_year_of_what_follows(
    sentence: str, figure: str, years: tuple[int, ...]
) -> None:
    found = gather(_passage(sentence, sentence)).figures
    assert next(f.years for f in found if f.text == figure) == years


def test_what_is_there_now_is_of_no_year_since_which_something_was_done() -> None:
    sentence = "全市原有敬老院64家，2021年以来撤并23家，现存41家。"
    document = Document("d", "d.txt", sentence, signed_on=date(2023, 9, 12))
    found = gather(Passage("p", document, 0, len(sentence))).figures
    assert {f.text: f.years for f in found} == {"64家": (), "23家": (2021,), "41家": (2023,)}


def test_minutes_are_of_the_day_of_the_meeting() -> None:
    body = "关于公交的会议纪要\n2024年11月14日下午，副市长主持召开会议。\n去年底有公交车812辆。\n"
    document = Document("d", "d.txt", body, title="关于公交的会议纪要")
    start = body.index("去年底")
    found = gather(Passage("p", document, start, len(body) - 1)).figures
    assert [(f.text, f.years) for f in found] == [("812辆", (2023,))]


def test_a_period_in_brackets_behind_a_figure_holds_for_it_alone() -> None:
    body = "截至2024年6月底，保有量3.21万辆（2023年底为2.68万辆）。分布是：甲山区1846个。"
    found = gather(_passage(body, "分布是：甲山区1846个。")).figures
    assert [(f.text, f.years) for f in found] == [("1846个", (2024,))]


@pytest.mark.parametrize(
    ("before", "years"),
    [
        ("2024年客运量4380万人次，2023年是4539万人次，2019年是7920万人次。", (2024,)),
        ("2022年新建5所。2021年新建3所。", (2021,)),
        ("截至2023年6月底有97所；2022年底为58所。", (2023,)),
        ("2024年检查931家次，剩余5个限期2025年6月底前完成。", (2024,)),
        ("2021年、2022年、2023年新建5所、6所、8所。", (2023,)),
    ],
)
def test_the_year_that_goes_on_to_hold(before: str, years: tuple[int, ...]) -> None:
    sentence = "票款收入3860万元。"
    assert gather(_passage(before + sentence, sentence)).figures[0].years == years


@pytest.mark.parametrize(
    ("body", "sentence", "years"),
    [
        ("2022年补贴1.36亿元。经测算，每年需增加1900万元。", "经测算，每年需增加1900万元。", ()),
        ("2022年安排补贴1.36亿元。若扩大到全市每年需增加1900万元。", "若扩大到全市每年需增加1900万元。", ()),
        ("2022年安排补贴1.36亿元。其中老年人2870万元。", "其中老年人2870万元。", (2022,)),
        ("2022年每餐补2元。由每餐2元提高到3元，每天限1餐，自2023年5月1日起执行。",
         "由每餐2元提高到3元，每天限1餐，自2023年5月1日起执行。", (2023,)),
        ("2010年PM10年均浓度61微克/立方米。综合指数排第5。", "综合指数排第5。", (2010,)),
        ("PM10年均浓度61微克/立方米。综合指数排第5。", "综合指数排第5。", ()),
    ],
)  # fmt: skip
def test_the_year_of_a_figure(body: str, sentence: str, years: tuple[int, ...]) -> None:
    figures = gather(_passage(body, sentence)).figures
    assert next(f for f in reversed(figures) if f.unit != "餐").years == years


def test_a_notice_on_a_quarter_is_of_it() -> None:
    document = Document(
        "d",
        "d.txt",
        "供水问题环比上升58.2%。",
        title="2024年第三季度热线办理情况通报",
        signed_on=date(2024, 10, 9),
    )
    (figure,) = gather(Passage("p", document, 0, len(document.body))).figures
    assert figure.years == (2024,)


@pytest.mark.parametrize(
    ("body", "sentence", "figure", "years"),
    [
        (
            "一是法庭原定2023年底竣工，推迟到2024年8月；二是24个法庭中仍有9个不具备条件。",
            "",
            "9个",
            (),
        ),
        (
            "2024年，优良天数324天；浓度31.4微克/立方米，2023年为33.8微克/立方米，在14个市州中排第8位。",
            "",
            "第8位",
            (2024,),
        ),
        ("距规划确定的2025年达到0.85名仍有差距。全市儿科床位1064张。", "全市儿科床位1064张。", "1064张", ()),
        (
            "2023年安排资金3826万元，用于运营补助392万元（按2022年底在册的78个站核发）、高龄津贴1034万元。",
            "",
            "1034万元",
            (2023,),
        ),
        ("五年来，我国同30个国家建交，建交的国家总数现已达到155个。", "", "155个", (2024,)),
    ],
)
def test_of_which_year_a_figure_is(body: str, sentence: str, figure: str, years: tuple[int, ...]) -> None:
    document = Document("d", "d.txt", body, signed_on=date(2024, 1, 19))
    start = body.index(sentence or body)
    passage = Passage("p", document, start, start + len(sentence or body))
    found = {f.text: f.years for f in gather(passage).figures}
    assert found[figure] == years


def test_minutes_are_of_the_day_of_the_meeting_whatever_their_title() -> None:
    head = "甲市人民政府专题会议纪要\n研究城乡供水工作\n2023年10月17日下午，副市长主持召开会议。\n"
    body = head + "今年7月水位21.37米。\n"
    document = Document("d", "d.txt", body, title="研究城乡供水工作")
    start = body.index("今年")
    found = gather(Passage("p", document, start, len(body) - 1)).figures
    assert [(f.text, f.years) for f in found] == [("21.37米", (2023,))]
