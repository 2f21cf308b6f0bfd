"""The proposals that a letter replies to: their numbers, titles, proposers, and who handled them."""

from __future__ import annotations

import pytest

from ingest.proposals import read_handling, read_proposals
from policyqa.schema import Proposal


@pytest.mark.parametrize(
    ("title", "addressee", "opening", "proposals"),
    [
        (
            "关于区政协十五届三次会议第035号提案的答复函",
            "李德勇委员",
            "您提出的《关于加快发展的建议》（第035号）收悉。",
            [Proposal("035", "proposal", "关于加快发展的建议", 15, 3, ("李德勇",))],
        ),
        (
            "对县十八届人大四次会议第127号建议的答复",
            "郭砚舟等8名代表",
            "你们提出的《关于办好午餐的建议》收悉，现答复如下：",
            [Proposal("127", "suggestion", "关于办好午餐的建议", 18, 4, ("郭砚舟等8名代表",))],
        ),
        (
            "关于区政协六届三次会议第72号、第105号提案的答复函",
            "邵景文、冯沛、祝兰委员",
            "邵景文委员提出的《关于招商的提案》（第72号）和冯沛、祝兰委员联名提出的《关于服务的提案》（第105号）收悉。",
            [
                Proposal("72", "proposal", "关于招商的提案", 6, 3, ("邵景文",)),
                Proposal("105", "proposal", "关于服务的提案", 6, 3, ("冯沛", "祝兰")),
            ],
        ),
        (
            "关于市政协闭会期间第BH035号提案的复函",
            "农工党栖川市委会",
            "《关于医保的提案》（第BH035号）收悉。",
            [Proposal("BH035", "proposal", "关于医保的提案", None, None, ("农工党栖川市委会",))],
        ),
        (
            "关于第20250118040114号提案的答复",
            "谢听澜委员",
            "您提出的《关于托育的提案》（第20250118040114号）已转我局办理。",
            [Proposal("20250118040114", "proposal", "关于托育的提案", None, None, ("谢听澜",))],
        ),
        (
            "关于县政协十一届三次会议第９７号提案的答复",
            "覃玉梅委员",
            "您提出的《关于水库的提案》（第９７号）收悉。",
            [Proposal("97", "proposal", "关于水库的提案", 11, 3, ("覃玉梅",))],
        ),
        (
            "枫渡县教育局关于县政协十一届二次会议第53号提案的答复",
            "程望舒委员",
            "您提出的“稳定乡村教师队伍、缩小城乡师资差距”的提案收悉。",
            [Proposal("53", "proposal", "稳定乡村教师队伍、缩小城乡师资差距", 11, 2, ("程望舒",))],
        ),
        (
            "关于第BH012号提案的会办意见",
            "区财政局",
            "贵局主办的区政协委员冉济川《关于资金的提案》（第BH012号）转来收悉。",
            [Proposal("BH012", "proposal", "关于资金的提案", None, None, ("冉济川",))],
        ),
        (
            "关于市政协五届一次会议第076号提案的会办意见",
            "市生态环境局",
            "关于霍延青委员提出的《关于修复湖泊的提案》（第076号），涉及我局职责部分，提出如下会办意见：",
            [Proposal("076", "proposal", "关于修复湖泊的提案", 5, 1, ("霍延青",))],
        ),
        (
            "",
            "戴维岳委员",
            "您在区政协十五届二次会议上提交的《关于停车的提案》收悉。",
            [Proposal("", "proposal", "关于停车的提案", 15, 2, ("戴维岳",))],
        ),
        (
            "关于市政协五届一次会议109号提案的答复函",
            "闻人岱委员",
            "《关于助餐的建议》收悉。",
            [Proposal("109", "proposal", "关于助餐的建议", 5, 1, ("闻人岱",))],
        ),
        (
            "关于支持中小企业的答复",
            "市工商联",
            "你们提出的第B08号提案《关于支持中小企业的提案》，由我局主办，答复如下：",
            [Proposal("B08", "proposal", "关于支持中小企业的提案", None, None, ("市工商联",))],
        ),
        (
            "关于市政协六届五次会议第3-107号提案的答复",
            "闻人锦书委员",
            "您提出的《关于停车的提案》收悉。",
            [Proposal("3-107", "proposal", "关于停车的提案", 6, 5, ("闻人锦书",))],
        ),
        (
            "关于市政协七届四次会议第203号提案的会办意见",
            "市应急管理局",
            "贺临川委员提出的《关于急救设备的提案》（第203号）由你局主办、我委会办。",
            [Proposal("203", "proposal", "关于急救设备的提案", 7, 4, ("贺临川",))],
        ),
        (
            "关于第203号提案的会办意见",
            "市应急管理局",
            "市政协委员提出的《关于急救设备的提案》（第203号）由你局主办。",
            [Proposal("203", "proposal", "关于急救设备的提案", None, None, ())],
        ),
        ("关于印发《某某办法》的通知", "各镇人民政府", "现将《某某办法》印发给你们。", []),
        ("2023年全市工业经济运行情况", "", "2023年，全市工业经济恢复。", []),
    ],
)
def test_proposals_come_from_title_addressee_and_opening(
    title: str, addressee: str, opening: str, proposals: list[Proposal]
) -> None:
    found, located = read_proposals(title, addressee, opening, 100)
    assert list(found) == proposals
    quoted = [p.title for p in proposals if p.title]
    spans = [located[name] for name in sorted(located) if name.startswith("proposal_title")]
    assert [opening[span.start - 100 : span.end - 100] for span in spans] == quoted


@pytest.mark.parametrize(
    ("opening", "units"),
    [
        (
            "经我委会同区招商投资局、工业园区管委会等相关部门研究，现答复如下：",
            ("区招商投资局", "工业园区管委会"),
        ),
        (
            "我局会同县商务局、县市场监督管理局、县供销社认真办理。",
            ("县商务局", "县市场监督管理局", "县供销社"),
        ),
        (
            "该件由我局主办，市科技局、市财政局、市通信发展办公室会办。",
            ("市科技局", "市财政局", "市通信发展办公室"),
        ),
        ("经商区发展改革局、区财政局，现答复如下：", ("区发展改革局", "区财政局")),
        ("经商区财政局、区住房城乡建委，答复如下。", ("区财政局", "区住房城乡建委")),
        ("由我局牵头，会同县财政局、县水利局共同承办。", ("县财政局", "县水利局")),
        ("我局已按程序与市财政局、市税务局会商，现复函如下：", ("市财政局", "市税务局")),
        ("我局与区民政局、云磴街道办事处共同研究办理。", ("区民政局", "云磴街道办事处")),
        ("我局立即会同城区公交集团、北苑街道办事处到现场踏勘。", ("城区公交集团", "北苑街道办事处")),
        ("我局与区教委、区财政局作了认真对接。", ("区教委", "区财政局")),
        ("我局高度重视，现答复如下：", ()),
        ("", ()),
    ],
)
def test_the_agencies_that_took_part_are_named(opening: str, units: tuple[str, ...]) -> None:
    assert read_handling(opening, 0, "", "").co_units == units


@pytest.mark.parametrize(
    ("opening", "lead", "words"),
    [
        ("由我局主办，区财政局会办。", "乙区教育局", "我局主办"),
        ("我局作为主办单位，会同区财政局研究。", "乙区教育局", "我局作为主办"),
        ("贵局主办的《关于资金的提案》收悉。", "区财政局", "贵局主办"),
        ("你局转来的《关于资金的提案》收悉。", "区财政局", "你局转来"),
        ("该件由区商务委主办，我局会办。", "区商务委", "由区商务委主办"),
        ("您提出的提案收悉，现答复如下：", "", ""),
        ("政府主办的活动有17场。", "", ""),
    ],
)
def test_the_agency_that_leads_is_the_one_the_letter_names(opening: str, lead: str, words: str) -> None:
    found = read_handling(opening, 100, "乙区教育局", "区财政局")
    assert found.lead == lead
    span = found.located.get("lead_unit")
    assert (opening[span.start - 100 : span.end - 100] if span else "") == words


def test_the_headings_of_a_joint_letter_name_who_made_each_proposal() -> None:
    body = "【第31号　闻人岱委员　关于助餐】\n…\n【第118号　农工党市委会　关于殡葬】\n…"
    title, addressee = "对第31号、第118号提案的合并答复", "闻人岱委员、农工党市委会"
    found, _ = read_proposals(title, addressee, "两件提案由我局主办，现合并答复。", 0, body)
    assert [p.proposers for p in found] == [("闻人岱",), ("农工党市委会",)]
    found, _ = read_proposals(title, addressee, "两件提案由我局主办，现合并答复。", 0)
    assert [p.proposers for p in found] == [("闻人岱", "农工党市委会")] * 2


def test_that_the_proposers_agree_names_nobody() -> None:
    opening = (
        "你们分别提出的《关于建食堂的提案》（第112号）、《关于农村助餐的提案》（第145号）收悉。"
        "两件提案内容相近，经商提案人同意，现合并答复如下："
    )
    title, addressee = "关于第112号、145号提案的合并答复函", "闻人岱委员、农工党市委会"
    found, _ = read_proposals(title, addressee, opening, 0)
    assert [(p.number, p.proposers) for p in found] == [("112", ("闻人岱",)), ("145", ("农工党市委会",))]


def test_the_number_in_the_opening_is_of_the_proposal_that_the_title_names() -> None:
    opening = "上述提案（七届三次会议第7号，重点提案）收悉。"
    found, _ = read_proposals("关于“做强两大产业”提案的复函", "市政协农业委员会", opening, 0)
    assert [(p.number, p.title) for p in found] == [("7", "做强两大产业")]
