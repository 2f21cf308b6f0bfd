"""The tail: signature, dates, notes, copies, contacts, attachments, outcome."""
# Tables of cases read better in one line each.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date

import pytest

from ingest.lines import split_lines
from ingest.tail import Tail, is_signature, read_tail

MAIN = "您提出的提案收悉。\n\n一、工作情况\n\n全年新增36家。\n"


def tail_of(text: str) -> Tail:
    return read_tail(split_lines(MAIN + text), 0)


@pytest.mark.parametrize(
    ("text", "issuers", "day"),
    [
        ("\n乙区教育局\n2024年6月14日\n", ("乙区教育局",), date(2024, 6, 14)),
        ("\n乙区教育局 2024年6月14日\n", ("乙区教育局",), date(2024, 6, 14)),
        ("\n乙区教育局　　2024年6月14日\n", ("乙区教育局",), date(2024, 6, 14)),
        ("\n乙区教育局2024年6月14日\n", ("乙区教育局",), date(2024, 6, 14)),
        ("\n乙区教育局\n二〇二四年六月十四日\n", ("乙区教育局",), date(2024, 6, 14)),
        ("\n乙区教育局\n２０２４年６月１４日\n", ("乙区教育局",), date(2024, 6, 14)),
        ("\n乙区民政局　乙区财政局\n2024年6月14日\n", ("乙区民政局", "乙区财政局"), date(2024, 6, 14)),
        ("\n乙市医疗保障局\n乙市财政局\n2024年6月14日\n", ("乙市医疗保障局", "乙市财政局"), date(2024, 6, 14)),
        ("\n乙区教育局\n", ("乙区教育局",), None),
        ("\n2024年6月14日\n", (), date(2024, 6, 14)),
        ("专此函复。乙区科学技术局，2024年6月14日。\n（依申请公开）\n", ("乙区科学技术局",), date(2024, 6, 14)),
        ("以上答复如有不妥，请批评指正。乙区城市管理局2024年6月14日\n联系人：贺某\n", ("乙区城市管理局",), date(2024, 6, 14)),
        ("\n", (), None),
    ],
)  # fmt: skip
def test_the_signature_gives_issuer_and_date(text: str, issuers: tuple[str, ...], day: date | None) -> None:
    tail = tail_of(text)
    assert tail.issuers == issuers
    assert tail.signed_on == day
    body = MAIN + text
    if day:
        span = tail.located["signed_on"]
        assert "日" in body[span.start : span.end]
    if issuers:
        span = tail.located["issuer"]
        assert all(issuer in body[span.start : span.end] for issuer in issuers)


@pytest.mark.parametrize(
    "line", ["截至2024年6月14日", "自2024年6月14日起施行", "2024年6月14日前完成", "于2024年6月14日答复。"]
)
def test_a_date_in_a_sentence_is_no_signature(line: str) -> None:
    assert tail_of(line + "\n").signed_on is None


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("抄送：区政协提案委、区政府办公室。", "copied_to", ("区政协提案委", "区政府办公室")),
        (" 抄送：区政协提案委，区政府办公室", "copied_to", ("区政协提案委", "区政府办公室")),
        ("抄送:市政协提案委员会，市政府督查室；各会办单位。", "copied_to", ("市政协提案委员会", "市政府督查室", "各会办单位")),
        ("抄 送：县府办。", "copied_to", ("县府办",)),
        ("联系人：滕树生  电话：000-0000582", "contact", "联系人：滕树生  电话：000-0000582"),
        ("（联系人：肖东　　电话：000-0000412）", "contact", "联系人：肖东　　电话：000-0000412"),
        ("联系电话：000-0000733", "contact", "联系电话：000-0000733"),
        ("联系单位：乙区教育局，000-6620448", "contact", "联系单位：乙区教育局，000-6620448"),
        ("承办科室：城市更新科，000-0000528", "contact", "承办科室：城市更新科，000-0000528"),
        ("咨询电话：000-5391200（工作日）", "contact", "咨询电话：000-5391200（工作日）"),
        ("附件：申请表（略）", "attachments", ("申请表（略）",)),
        ("附：征询意见表一份", "attachments", ("征询意见表一份",)),
        ("附件：1.申请表（略）；2.承诺书（略）", "attachments", ("申请表（略）", "承诺书（略）")),
        ("附件：1.名单（首批，略）　2.样式（略）", "attachments", ("名单（首批，略）", "样式（略）")),
        ("附件：1.申请表\n2.承诺书\n3.名单", "attachments", ("申请表", "承诺书", "名单")),
        ("（此件公开发布）", "note", "此件公开发布"),
        ("（本文有删减）", "note", "本文有删减"),
        ("【样例·虚构内容】", "note", "样例·虚构内容"),
        ("——样例，均为虚构——", "note", "——样例，均为虚构——"),
        ("办复类别：B", "outcome", "B"),
        ("办理结果：A类。", "outcome", "A"),
        ("类别：C类", "outcome", "C"),
        ("类别：由C类调整为B类", "outcome", "B"),
        ("文号：乙教函〔2024〕31号", "document_number", "乙教函〔2024〕31号"),
    ],
)  # fmt: skip
def test_a_line_of_the_tail_fills_its_field(line: str, field: str, value: object) -> None:
    text = f"\n乙区教育局\n2024年6月14日\n{line}\n"
    tail = tail_of(text)
    assert getattr(tail, field) == value
    span = tail.located[field]
    assert line.split("\n")[0].strip() in (MAIN + text)[span.start : span.end]
    assert tail.signed_on == date(2024, 6, 14)


def test_a_contact_may_stand_behind_the_outcome() -> None:
    text = "\n乙区教育局\n2024年6月14日\n办复类别：A    联系部门：基教科 滕树生\n"
    tail = tail_of(text)
    span = tail.located["contact"]
    assert (tail.outcome, tail.contact) == ("A", "联系部门：基教科 滕树生")
    assert (MAIN + text)[span.start : span.end] == tail.contact


@pytest.mark.parametrize(
    "line",
    [
        "（发布日期：2024-07-03）",
        "发布时间：2024-07-03　　来源：县发展和改革局　　责任编辑：XX",
        "来源：区发展改革委　　发布日期：2024年7月3日　　责任编辑：XX",
    ],
)
def test_the_day_of_publication_is_not_that_of_signing(line: str) -> None:
    tail = tail_of(f"\n乙区教育局\n2024年6月14日\n{line}\n")
    assert tail.published_on == date(2024, 7, 3)
    assert tail.signed_on == date(2024, 6, 14)


def test_an_outcome_said_in_the_last_sentence_is_found() -> None:
    tail = tail_of("少数事项需继续研究，办复类别定为B类。\n\n乙区教育局\n2024年6月14日\n")
    assert tail.outcome == "B"


def test_the_tail_begins_behind_the_last_paragraph() -> None:
    text = "\n乙区教育局\n2024年6月14日\n（此件公开发布）\n抄送：区政协提案委。\n"
    lines = split_lines(MAIN + text)
    assert lines[read_tail(lines, 0).start].text == "乙区教育局"


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("报：市政府，省生态环境厅。", "报：市政府，省生态环境厅。"),
        ("送：各区县工业主管部门，市统计局", "送：各区县工业主管部门，市统计局"),
        ("编辑：鲁可桢　核稿：江若谷", "编辑：鲁可桢　核稿：江若谷"),
        ("——乙区招商投资促进局办公室", "——乙区招商投资促进局办公室"),
    ],
)
def test_to_whom_it_was_sent_is_of_the_tail(line: str, first: str) -> None:
    lines = split_lines(f"{MAIN}\n{line}\n本简报为样例。\n")
    assert lines[read_tail(lines, 0).start].text == first


def test_numbered_notes_are_no_attachments() -> None:
    lines = split_lines(f"{MAIN}\n附注：\n1.规上指年收入2000万元以上。\n2.利润为快报数。\n编辑：鲁某\n")
    tail = read_tail(lines, 0)
    assert lines[tail.start].text == "编辑：鲁某"
    assert tail.attachments == ()


def test_attachments_at_the_very_end_are_of_the_tail() -> None:
    lines = split_lines(f"{MAIN}\n乙区教育局\n2024年6月14日\n附件：1.名录\n2.意见表\n")
    tail = read_tail(lines, 0)
    assert lines[tail.start].text == "乙区教育局"
    assert tail.attachments == ("名录", "意见表")


def test_a_notice_with_an_annex_is_signed_above_the_annex() -> None:
    text = "现印发给你们，请执行。\n\n乙区民政局　乙区财政局\n2022年3月15日\n\n补助办法\n\n第一条　为规范资金使用，制定本办法。\n第二条　本办法自2022年4月1日起施行。\n"
    tail = read_tail(split_lines(text), 0)
    assert tail.signed_on == date(2022, 3, 15)
    assert tail.issuers == ("乙区民政局", "乙区财政局")


@pytest.mark.parametrize(
    ("text", "following", "alone", "is_one"),
    [
        ("松垭区商务委员会　　2024年7月11日", "", False, True),
        ("桐浦区科学技术局，2025年5月30日。", "", False, True),
        ("松垭区城市管理局2023年10月12日", "", False, True),
        ("2024年6月14日", "", True, True),
        ("松垭区交通局", "2023年7月14日", False, True),
        ("松垭区民政局　　松垭区财政局", "2022年3月15日", True, True),
        ("县财政局", "县水利局", True, False),
        ("提案还建议建设一所二级医院。", "", True, False),
        ("2024年6月14日前完成。", "", True, False),
        ("截至2024年6月14日", "", True, False),
        ("全年新增36家。", "", True, False),
    ],
)
def test_a_signature_is_known_wherever_it_stands(
    text: str, following: str, alone: bool, is_one: bool
) -> None:
    assert is_signature(text, following, alone) is is_one


@pytest.mark.parametrize(
    "line",
    [
        "印发：各县（区）人民政府，市有关部门　　2024年3月11日印发",
        "抄送：乙区人大常委会。　2024年3月11日印发",
        "乙区人民政府办公室　2024年3月11日印发",
    ],
)
def test_the_day_of_printing_stands_behind_who_gets_it(line: str) -> None:
    assert tail_of(f"\n乙区人民政府\n2024年3月8日\n\n{line}\n").printed_on == date(2024, 3, 11)
