"""The head: issuer, number, title, addressee, proposals — each where it belongs."""
# Tables of cases read better in one line each.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date

import pytest

from ingest.agencies import agencies
from ingest.document_types import document_type
from ingest.head import Head, read_head
from ingest.lines import split_lines
from ingest.outcome import read_outcome
from policyqa.schema import DocumentType


def head_of(text: str) -> Head:
    return read_head(split_lines(text))


@pytest.mark.parametrize(
    ("meeting", "issuers"),
    [
        ("——2024年1月9日在乙水区第九届人民代表大会第三次会议上", ("乙水区人民政府",)),
        ("——2024年1月9日在全区工业大会上", ()),
    ],
)
def test_a_work_report_is_of_the_place_whose_congress_heard_it(
    meeting: str, issuers: tuple[str, ...]
) -> None:
    text = f"政府工作报告\n{meeting}\n区长 甲某\n\n一、2023年工作回顾\n过去一年，全区新增企业23家。\n"
    head = head_of(text)
    assert (head.issuers, head.signed_on) == (issuers, date(2024, 1, 9))
    if issuers:
        assert text[head.located["issuer"].start : head.located["issuer"].end] == "乙水区"


TEXT = "\n您提出的《关于某事的提案》（第035号）收悉。现答复如下：\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "甲市乙区经信委\n\n乙经信委函〔2024〕58号\n\n甲市乙区经信委\n\n"
            "关于区政协十五届三次会议第035号提案的\n\n答复函\n\n李某委员：",
            "关于区政协十五届三次会议第035号提案的答复函",
        ),
        (
            "乙区教育局\n关于区政协十五届三次会议\n第24106号提案的\n答复函\n李某委员：",
            "乙区教育局关于区政协十五届三次会议第24106号提案的答复函",
        ),
        (
            "对县十八届人大四次会议第127号建议的答复\n郭某等8名代表：",
            "对县十八届人大四次会议第127号建议的答复",
        ),
        ("关于第88号提案办理情况的\n答　复　函\n冯某委员：", "关于第88号提案办理情况的答复函"),
        ("乙区民政局关于第63号建议办理情况的答复\n傅某代表：", "乙区民政局关于第63号建议办理情况的答复"),
        (
            "关于区政协九届二次会议闭会期间\n第BH035号提案的复函\n农工党乙区支部：",
            "关于区政协九届二次会议闭会期间第BH035号提案的复函",
        ),
        ("关于第126号提案的会办意见\n区文化和旅游发展委员会：", "关于第126号提案的会办意见"),
        ("关于第72号、第105号提案的\n答复函\n邵某委员：", "关于第72号、第105号提案的答复函"),
        ("关于印发《乙区某某补助办法》的通知\n各镇人民政府：", "关于印发《乙区某某补助办法》的通知"),
        ("李某委员：", ""),
    ],
)
def test_the_title_may_run_over_several_lines(head: str, title: str) -> None:
    assert head_of(head + TEXT).title == title


def test_a_title_that_begins_with_its_year_has_its_subject_above() -> None:
    text = "甲市12345政务服务热线\n2024年第三季度运行情况通报\n（第15期）\n甲市数据局　2024年10月14日\n\n一、总体情况\n受理12件。"
    assert head_of(text).title == "甲市12345政务服务热线2024年第三季度运行情况通报"
    issued = head_of("甲市数据局\n2024年第三季度运行情况通报\n\n一、总体情况\n受理12件。")
    assert issued.issuers == ("甲市数据局",)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("南川经信委函〔2024〕58号", "南川经信委函〔2024〕58号"),
        ("文旅函字〔2024〕157号", "文旅函字〔2024〕157号"),
        ("桐科函[2016]31号", "桐科函[2016]31号"),
        ("枫水函【2021】15号", "枫水函【2021】15号"),
        ("乙教函（2024）8号", "乙教函（2024）8号"),
        ("枫农函〔2023〕26号　　　　　　B类", "枫农函〔2023〕26号"),
        ("枫农函〔2025〕38号　　　签发人：卢某", "枫农函〔2025〕38号"),
        ("〔2024〕28号", "〔2024〕28号"),
        ("（2021）南中法提复第4号", "（2021）南中法提复第4号"),
        ("（2021）南中法提复字4号", "（2021）南中法提复字4号"),
    ],
)
def test_the_document_number_is_the_one_of_the_letterhead(line: str, number: str) -> None:
    head = head_of(
        f"乙区教育局\n{line}\n关于第035号提案的答复函\n李某委员：{TEXT}按照乙教规〔2022〕4号执行。"
    )
    assert head.document_number == number


def test_a_number_that_only_the_body_cites_is_not_the_letters() -> None:
    head = head_of(f"关于第035号提案的答复函\n李某委员：{TEXT}按照《办法》（乙教规〔2022〕4号）执行。")
    assert head.document_number == ""


@pytest.mark.parametrize(
    ("line", "addressee"),
    [
        ("李德勇委员：", "李德勇委员"),
        ("陆时雨、纪明垣、邵予安委员：", "陆时雨、纪明垣、邵予安委员"),
        ("沈秋白委员、顾南乔委员：", "沈秋白委员、顾南乔委员"),
        ("覃国栋等8名代表：", "覃国栋等8名代表"),
        ("郭砚舟代表并转各联名代表：", "郭砚舟代表并转各联名代表"),
        ("民建栖川市委员会：", "民建栖川市委员会"),
        ("区文化和旅游发展委员会：", "区文化和旅游发展委员会"),
        ("尊敬的网友：", "尊敬的网友"),
        ("各镇人民政府，区级有关部门，有关企业：", "各镇人民政府，区级有关部门，有关企业"),
        ("各街道办事处，区属各培训机构，有关企业：", "各街道办事处，区属各培训机构，有关企业"),
        ("李德勇委员:", "李德勇委员"),
    ],
)
def test_the_addressee_is_the_line_that_ends_with_a_colon(line: str, addressee: str) -> None:
    head = head_of(f"关于第035号提案的答复函\n{line}{TEXT}")
    assert head.addressee == addressee


@pytest.mark.parametrize("line", ["发布机构：", "索引号：", "附件：", "现答复如下：", "成文日期："])
def test_a_label_is_no_addressee(line: str) -> None:
    assert head_of(f"关于第035号提案的答复函\n{line}{TEXT}").addressee == ""


@pytest.mark.parametrize(
    ("lines", "issuers"),
    [
        ("乙区教育局\n乙教函〔2024〕8号\n关于第035号提案的答复函", ("乙区教育局",)),
        ("乙区教育局文件\n乙教函〔2024〕8号\n关于第035号提案的答复函", ("乙区教育局",)),
        (
            "乙区民政局\n乙区财政局　文件\n乙民规〔2022〕2号\n关于印发《办法》的通知",
            ("乙区民政局", "乙区财政局"),
        ),
        (
            "乙区城市管理局　乙区发展和改革委员会\n关于规范收费的通知",
            ("乙区城市管理局", "乙区发展和改革委员会"),
        ),
        ("乙 区 财 政 局\n乙财函〔2024〕8号\n关于第035号提案的答复函", ("乙区财政局",)),
        ("乙教函〔2024〕8号\n乙区教育局关于第035号提案的答复函", ("乙区教育局",)),
        ("乙教函〔2024〕8号\n乙区教育局\n关于第035号提案的\n答复函", ("乙区教育局",)),
        (
            "工业经济运行简报\n第1期（总第113期）\n乙市经济和信息化局　　2024年1月29日\n2023年全市工业经济运行情况",
            ("乙市经济和信息化局",),
        ),
        ("索引号|发文机关|成文日期\nA-1|乙区教育局|2024-05-28\n关于第035号提案的答复函", ("乙区教育局",)),
        ("关于第035号提案的答复函", ()),
    ],
)
def test_the_issuers_stand_on_the_letterhead_or_begin_the_title(lines: str, issuers: tuple[str, ...]) -> None:
    assert head_of(f"{lines}\n李某委员：{TEXT}").issuers == issuers


def test_a_bulletin_has_its_date_beside_its_issuer() -> None:
    head = head_of(
        "工业经济运行简报\n乙市经济和信息化局　　2024年1月29日\n2023年全市工业经济运行情况\n\n"
        "2023年，全市工业经济在承压中恢复，主要指标完成情况好于预期，但企业效益分化、区县差异明显。"
    )
    assert head.signed_on == date(2024, 1, 29)
    assert head.title == "2023年全市工业经济运行情况"


def test_a_title_in_brackets_is_no_label() -> None:
    head = head_of(f"乙区教育局\n【再次答复】关于第035号提案的答复\n李某委员：{TEXT}")
    assert head.title.endswith("关于第035号提案的答复")


@pytest.mark.parametrize(
    "table",
    [
        "索引号|发文机关|成文日期|发布日期\nA-1|乙区教育局|2024-05-28|2024-07-03",
        "索引号 | 发文机关 | 成文日期 | 发布日期\nA-1 | 乙区教育局 | 2024-05-28 | 2024-07-03",
        "索引号：A-1｜发文机关：乙区教育局｜成文日期：2024-05-28｜发布日期：2024-07-03",
        "【索引号】A-1　【发文机关】乙区教育局　【成文日期】2024年5月28日　【发布日期】2024年7月3日",
        "【发文机关】乙区教育局\n【成文日期】2024年5月28日\n【发布日期】：2024年7月3日",
        "索引号：A-1\n发文机关：乙区教育局\n成文日期：2024年5月28日　　发布日期：2024年7月3日",
    ],
)
def test_a_table_above_the_letter_gives_issuer_and_dates(table: str) -> None:
    text = f"{table}\n乙教函〔2024〕8号\n关于第035号提案的答复\n李某委员：{TEXT}"
    head = head_of(text)
    assert head.issuers == ("乙区教育局",)
    assert (head.signed_on, head.published_on) == (date(2024, 5, 28), date(2024, 7, 3))
    assert head.title == "关于第035号提案的答复"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("办复类别：B", "B"),
        ("办复类别：C类", "C"),
        ("办理结果：A类", "A"),
        ("类别：A类", "A"),
        ("A类", "A"),
        ("办复类别：B　公开属性：主动公开", "B"),
        ("公开", ""),
        ("企业A类评级", ""),
        ("", ""),
    ],
)
def test_the_outcome_class_is_read_from_its_line(line: str, outcome: str) -> None:
    assert read_outcome(line) == outcome


@pytest.mark.parametrize(
    "line", ["枫教函字〔2024〕18号　　　办理结果：B类", "枫农函〔2023〕26号　　　　　　B类"]
)
def test_an_outcome_beside_the_number_is_found_with_its_place(line: str) -> None:
    text = f"{line}\n关于第035号提案的答复\n李某委员：{TEXT}"
    head = head_of(text)
    assert head.outcome == "B"
    assert "B类" in text[head.located["outcome"].start : head.located["outcome"].end]


def test_flags_above_the_title_are_not_part_of_it() -> None:
    head = head_of(f"A类\n公开\n乙区交通局\n乙交函〔2023〕42号\n关于第88号提案的\n答复函\n冯某委员：{TEXT}")
    assert (head.outcome, head.title) == ("A", "关于第88号提案的答复函")


def test_located_fields_are_slices_that_hold_their_value() -> None:
    text = f"乙区教育局\n乙教函〔2024〕8号\n乙区教育局\n关于第035号提案的\n答复函\n李某委员：{TEXT}"
    head = head_of(text)
    at = {name: text[span.start : span.end] for name, span in head.located.items()}
    assert at["issuer"] == "乙区教育局"
    assert at["document_number"] == "乙教函〔2024〕8号"
    assert at["addressee"] == "李某委员"
    assert at["title"].replace("\n", "") == head.title


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("重庆市南川区经济和信息化委员会", ["重庆市南川区经济和信息化委员会"]),
        ("松垭区民政局　　松垭区财政局", ["松垭区民政局", "松垭区财政局"]),
        ("松垭区民政局、松垭区财政局", ["松垭区民政局", "松垭区财政局"]),
        ("松垭区财政局　文件", ["松垭区财政局"]),
        ("栖川市发展和改革委员会文件", ["栖川市发展和改革委员会"]),
        ("南 川 区 财 政 局", ["南川区财政局"]),
        ("桐浦区残疾人联合会", ["桐浦区残疾人联合会"]),
        ("松垭区妇女儿童工作委员会办公室", ["松垭区妇女儿童工作委员会办公室"]),
        ("关于财政局", []),
        ("财政局的工作", []),
        ("文件", []),
        ("一、工作开展情况", []),
        ("李德勇委员：", []),
        ("", []),
    ],
)
def test_a_line_of_agencies_is_known(line: str, names: list[str]) -> None:
    found = agencies(line)
    assert [name for name, _, _ in found] == names
    for name, start, end in found:
        assert line[start:end].replace(" ", "") == name


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于区政协十五届三次会议第035号提案的答复函", "reply"),
        ("对第127号建议的答复", "reply"),
        ("关于第BH035号提案的复函", "reply"),
        ("关于第126号提案的会办意见", "reply"),
        ("关于印发《某某办法》的通知", "policy"),
        ("某某管理办法", "policy"),
        ("某某实施方案（2023—2025年）", "policy"),
        ("关于组织申报专项资金的通知", "notice"),
        ("关于停水的公告", "notice"),
        ("乙局2024年工作总结和2025年工作打算", "report"),
        ("2023年全市工业经济运行情况", "report"),
        ("2023年政府工作报告", "report"),
        ("枫渡县的一封信", "other"),
        ("", "other"),
    ],
)
def test_the_type_is_what_the_title_ends_with(title: str, kind: DocumentType) -> None:
    assert document_type(title, "") == kind


def test_a_letter_without_title_that_replies_is_a_reply() -> None:
    assert document_type("", "您提出的《关于某事的提案》收悉。") == "reply"


def test_a_table_of_labels_names_who_handles_and_when_it_was_printed() -> None:
    text = "承办单位：乙区教育局　　会办单位：区财政局、区人力社保局\n印发日期：2024-06-20\n关于第035号提案的答复函\n李某委员："
    head = head_of(text + TEXT)
    assert head.lead_unit == "乙区教育局"
    assert head.co_units == ("区财政局", "区人力社保局")
    assert head.printed_on == date(2024, 6, 20)


def test_a_class_that_was_changed_is_the_one_it_was_changed_to() -> None:
    assert head_of("类别：由C类调整为B类\n关于第1号提案的答复\n\n李某委员：\n").outcome == "B"
