"""Passages: one sentence each, whole, in order, with section and role."""
# Tables of cases read better in one line each.
# ruff: noqa: E501

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import is_clutter, split_lines
from ingest.parse import clean, parse
from ingest.split import embedded_text
from policyqa.schema import Document, Passage, Role

HEAD = "乙区教育局\n乙教函〔2024〕8号\n\n关于第035号提案的答复函\n\n李某委员：\n\n"
TAIL = "\n\n乙区教育局\n2024年6月14日\n"


def roles(main: str) -> dict[str, Role]:
    _, passages = parse(HEAD + main + TAIL, "a.txt")
    return {passage.text: passage.role for passage in passages}


@pytest.mark.parametrize(
    "sentence",
    [
        "您提出每个镇街每年补助20万元，合计280万元。",
        "您建议在大道以东新建一所54个班的学校。",
        "您在提案中提出“未来三年学位缺口约1.2万个”。",
        "您在建议中说，柚子“好吃卖不远”，希望建一座直播基地。",
        "你们还提到“学校场馆应全部无条件开放”。",
        "提案建议对每个产品奖励壹佰万元。",
        "提案还建议在集中区内建设一所医院。",
        "提案所称缺口达6000个。",
        "代表们提出“全县中小学生午餐一律免费”。",
        "三位委员提案中提到“我区失能老年人不少于1.2万人”。",
        "贵会认为诊断服务“千企一面”。",
        "提案人的诉求一：新能源车占比不足五成，建议增加线路20条。",
        "提案人的诉求：规上企业普遍缺工，缺工率达20%。",
    ],
)
def test_what_the_asker_says_is_a_claim(sentence: str) -> None:
    assert roles(sentence)[sentence] == "claim"


@pytest.mark.parametrize(
    "sentence",
    [
        "您提出的《关于加快发展的提案》（第035号）收悉。",
        "您建议达到每万人1处，确有道理，今年先新建5处。",
        "您建议“亮灯率达到100%”，实事求是地说难以做到，承诺值为98.5%以上。",
        "提案建议床位翻番，实际增长以400张左右为宜，不再扩容。",
        "提案所称“不升反降”，与2022年314天、2023年316天、2024年325天的监测结果不符。",
        "您反映的“有的收80元、有的收200元”确实存在。",
        "您提到的1.5万元，按169个点计算年需253.5万元。",
        "提案建议“五年培训5万人”，按现有师资和场地测算，年培训能力约6000人，暂按3万人安排。",
        "您提出取消路内停车，考虑到路外空间不足，不宜一刀切。",
        "你们提出的“林农零缴费”，不符合自担保费比例的要求，不能实行。",
        "你们建议“三年内全域通公交”，因路面宽度不足，近期无法实施，改为先达到60%。",
        "您建议运营补助翻一番，市财政局意见为暂维持现标准。",
        "全年新增36家。",
    ],
)
def test_a_sentence_that_answers_the_asker_is_not(sentence: str) -> None:
    assert roles(sentence)[sentence] == "body"


def test_under_a_claim_stands_what_answers_it() -> None:
    found = roles(
        "【请求一】扩大种植规模。\n办理意见：2023年末，茶园18.6万亩。干茶产量1.27万吨。\n【请求二】品牌保护。\n"
    )
    assert found["办理意见：2023年末，茶园18.6万亩。"] == "body"
    assert found["干茶产量1.27万吨。"] == "body"
    assert found["品牌保护。"] == "claim"


@pytest.mark.parametrize(
    "sentence",
    [
        "感谢您对教育工作的关心支持。",
        "再次感谢您，并请您继续监督指导。",
        "此答复函已经唐军主任审签。",
        "本答复已经韩立峰主任签批。",
        "对以上答复您有什么意见，请您填写在回执上。",
        "以上答复妥否，请在15日内将意见寄至我局。",
        "专此答复。",
        "特此函复。",
        "此复。",
        "特此更正。",
    ],
)
def test_the_words_that_close_a_letter_are_tail(sentence: str) -> None:
    assert roles("全年新增36家。\n" + sentence)[sentence] == "tail"


def test_the_sentences_that_close_a_letter_are_of_no_section() -> None:
    main = (
        "一、现状\n\n全年新增36家。\n\n二、下一步打算\n\n年底前新建5处。\n\n三位委员长期关注此项工作，我们深表谢意。"
        "如有意见，请与我局办公室联系。欢迎继续提出宝贵意见。随函附《意见反馈单》，请于十日内返回。\n办复类别定为B类。"
    )
    document, passages = parse(HEAD + main + TAIL, "a.txt")
    closing = [p for p in passages if p.start > document.body.index("年底前新建5处。")]
    assert {(p.role, p.section) for p in closing} == {("tail", ())}
    assert (
        document.body[document.sections[-1].start : document.sections[-1].end].strip().endswith("新建5处。")
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "如仍有疑问，请拨打000-5527719。",
        "我局将于每季度末公布准点率，届时欢迎您监督。",
    ],
)
def test_a_last_sentence_that_tells_something_is_no_closing(sentence: str) -> None:
    assert roles("全年新增36家。\n" + sentence)[sentence] != "tail"


def test_thanks_at_the_beginning_close_nothing() -> None:
    found = roles("感谢您对教育工作的关注。经研究，现答复如下：\n\n全年新增36家。\n\n感谢您的支持。")
    assert found["感谢您对教育工作的关注。"] == "body"
    assert found["感谢您的支持。"] == "tail"


@pytest.mark.parametrize(
    "sentence",
    [
        "计划将补助由6元提高到8元，目前已报县政府审定，未批复前仍执行原标准。",
        "方案拟于2025年春季学期前报市政府审定。",
        "办法经区司法局合法性审查。",
    ],
)
def test_a_sentence_about_approval_is_not(sentence: str) -> None:
    assert roles(sentence)[sentence] == "body"


@pytest.mark.parametrize(
    "sentence",
    [
        "我们将重点抓好四项工作，年底前落实到位。",
        "我局将会同市财政局在明年预算编制前提出方案。",
        "我局将对这41所学校列出清单，逐校整改。",
        "为此，我们将维持现行标准。",
        "今后两年，我们将围绕百户目标，每年新增6家。",
        "2025年，力争接待游客1230万人次。",
        "今年计划再开工学校8所。",
        "力争年底总量超过3800个。",
        "拟采取“县聘乡管村用”方式，选聘40名。",
        "我们将重点抓好四项工作：普惠贷款利率较上年再降0.1个百分点。",
        "下一步分三步走：今年秋季起对配送企业实行月度考核。",
        "今后三年市财政每年安排专项1200万元。",
        "今后坚持一业一平台。",
        "到2027年，茶园面积稳定在17万亩。",
    ],
)
def test_what_the_issuer_will_do_is_a_promise_in_any_section(sentence: str) -> None:
    assert roles("一、现状\n\n" + sentence + "\n\n二、其他\n\n全年新增36家。")[sentence] == "commitment"


@pytest.mark.parametrize(
    "sentence",
    [
        "我们将原来的诊断表拆分为五个版本，自今年3月起启用。",
        "2023年计划投资78.5亿元，已全部到位。",
        "2023年计划新建36家。",
        "计划全年更换186公里，到6月末完成97公里。",
        "计划停水须提前24小时公告。",
        "拟录取人数不足的班级不单独开班。",
        "全区现有3座，2025年拟新建4座。",
        "到2023年，全市386所学校全部开展。",
        "今后您如遇到同类情况，可向我局投诉。",
        "下步建议：区教委对近视率开展干预。",
    ],
)
def test_what_is_done_or_required_is_no_promise(sentence: str) -> None:
    assert roles("一、现状\n\n" + sentence)[sentence] == "body"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("2023年底，参保率96.8%，参保人数246.9万人。", "body"),
        ("提案所附名录中的4个产品，经核实有2个已通过论证，其余2个不具备条件。", "body"),
        ("关于设立基金一事，受财力所限暂不设立。", "body"),
        ("传统工匠我市仅有57人。", "body"),
        ("2024年底，参保率不低于97%。", "commitment"),
        ("上半年完成专员全员轮训。", "commitment"),
        ("2024年计划新增11700个，上半年已新增5310个。", "commitment"),
        ("对已通过的资金，审批时限由30日压减到15日。", "commitment"),
        ("修订工作规则，首批纳入6项政策。", "commitment"),
    ],
)
def test_a_fact_in_a_section_of_plans_is_no_promise(sentence: str, role: Role) -> None:
    assert roles("一、现状\n\n全年新增36家。\n\n二、下一步打算\n\n" + sentence)[sentence] == role


def test_a_promise_goes_on_to_the_end_of_its_paragraph() -> None:
    found = roles("全年新增36家。下一步，我局将抓好三件事。年底前新建5处。\n全年修复97块。")
    assert [found[s] for s in ("全年新增36家。", "下一步，我局将抓好三件事。", "年底前新建5处。", "全年修复97块。")] == [
        "body", "commitment", "commitment", "body",
    ]  # fmt: skip


def test_a_section_of_plans_is_commitment_throughout() -> None:
    found = roles(
        "一、现状\n\n全年新增36家。\n\n二、下一步打算\n\n年底前新建5处。\n\n（一）抓产业。引进一批项目。"
    )
    assert found["全年新增36家。"] == "body"
    assert found["年底前新建5处。"] == found["引进一批项目。"] == "commitment"


def test_request_and_answer_alternate() -> None:
    main = "【提案人的诉求】\n\n缺口达6000个。\n\n【办理意见】\n\n测算约为3300个。\n\n【提案人的诉求】\n\n建议每月补贴1000元。\n\n【办理意见】\n\n暂不实施。\n"
    found = roles(main)
    assert found["缺口达6000个。"] == found["建议每月补贴1000元。"] == "claim"
    assert found["测算约为3300个。"] == found["暂不实施。"] == "body"


def test_a_labelled_request_ends_where_the_answer_is_labelled() -> None:
    found = roles("提案人的诉求一：车辆偏少。希望增加20辆。办理意见：已增加12辆。\n办理意见：今年再增8辆。")
    assert found["提案人的诉求一：车辆偏少。"] == found["希望增加20辆。"] == "claim"
    assert found["办理意见：已增加12辆。"] == found["办理意见：今年再增8辆。"] == "body"


def test_head_and_tail_lines_are_passages_of_their_own_in_reading_order() -> None:
    document, passages = parse(HEAD + "全年新增36家。" + TAIL, "a.txt")
    assert [(p.role, p.text) for p in passages] == [
        ("head", "乙区教育局"),
        ("head", "乙教函〔2024〕8号"),
        ("head", "关于第035号提案的答复函"),
        ("head", "李某委员："),
        ("body", "全年新增36家。"),
        ("tail", "乙区教育局"),
        ("tail", "2024年6月14日"),
    ]
    assert [p.ordinal for p in passages] == list(range(7))
    assert len({p.id for p in passages}) == 7
    assert all(p.id.startswith(document.id) for p in passages)


def test_a_signature_run_into_the_last_paragraph_is_tail() -> None:
    text = (
        HEAD
        + "二、下一步打算\n\n年底前新建5处。以上答复妥否，请批评。乙区教育局 2024年6月14日\n联系人：王某\n"
    )
    document, passages = parse(text, "a.txt")
    assert document.signed_on is not None
    assert {p.text: p.role for p in passages}["乙区教育局 2024年6月14日"] == "tail"


def test_clutter_is_no_passage() -> None:
    text = "首页 > 政务公开\n" + HEAD + "全年新增36家。\n【打印本页】【关闭窗口】\n" + TAIL + "责任编辑：XX\n"
    _, passages = parse(text, "a.txt")
    assert not [p.text for p in passages if re.search("首页|打印|责任编辑", p.text)]


def test_what_is_embedded_stands_alone() -> None:
    main = "您提出的《关于加快发展的建议》（第035号）收悉。\n\n一、培育企业\n\n全年新增36家。\n"
    _, passages = parse(HEAD + main + TAIL, "a.txt")
    embedded = {p.text: embedded_text(p) for p in passages}
    assert embedded["全年新增36家。"] == "乙区教育局 关于加快发展的建议 培育企业：全年新增36家。"


def test_what_is_embedded_of_a_bare_text_is_the_text() -> None:
    document = Document("d", "a.txt", "全年新增\n36家。")
    assert embedded_text(Passage("d:0", document, 0, len(document.body))) == "全年新增36家。"


# --- properties ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "一、工作情况", "（一）抓产业。", "（二）企业", "1.规模。", "2、结构。", "①用电。", "第一章 总则", "第一条 为规范管理，制定本办法。",
        "您提出的《关于某事的提案》（第035号）收悉。", "提案建议奖励100万元。", "全年新增36家，累计79家。", "增长2.5%；利润1.28亿元。",
        "下一步，我局将继续努力。", "感谢您的关心！", "他说：“好不好？大家说好。”", "（好。）", "《怎么签？》", "。", "？！", "没有结尾",
        "乙区教育局", "2024年6月14日", "乙区教育局2024年6月14日", "（此件公开发布）", "抄送：区政协。", "附件：1.表", "2.表二", "李某委员：",
        "关于第035号提案的", "答复函", "乙教函〔2024〕8号", "首页 > 公开", "【办理意见】", "【提案人的诉求】", "&nbsp;", "\u200b", " ", "　", "\t",
    ]
)  # fmt: skip
LETTERS = st.lists(st.tuples(PIECES, st.sampled_from(["", "", "\n", "\n\n", " "])), max_size=30).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)
# 【办理意见】 in front of a text is its heading, on the same line.
RUN_IN = re.compile(r"【[^】]+】")
# A remark behind a title, such as （此件公开发布）, is no part of it.
REMARK = re.compile(r"[（(].*[）)]")
END = re.compile(r"[。！？!?][”’』」）)》]*$")


def _check(text: str) -> None:
    document, passages = parse(text, "a.txt")
    body = document.body
    assert body == clean(text)
    at = 0
    for passage in passages:
        assert passage.text == body[passage.start : passage.end] != ""
        assert passage.start >= at, "in order, without overlap"
        at = passage.end
        # A passage never begins or ends inside a sentence.
        line_start = body.rfind("\n", 0, passage.start) + 1
        before = body[line_start : passage.start].rstrip()
        begins = before == "" or END.search(before) or RUN_IN.fullmatch(before.strip())
        assert begins, (before, passage.text)
        line_end = body.find("\n", passage.end)
        after = body[passage.end : line_end if line_end >= 0 else None].strip()
        ends = after == "" or END.search(passage.text) or REMARK.fullmatch(after.strip())
        assert ends, (passage.text, after)
    for section in document.sections:
        assert 0 <= section.start <= section.end <= len(body)
        assert body[section.start : section.end].strip().startswith(section.path[-1][:2])
    for span in document.located.values():
        assert 0 <= span.start <= span.end <= len(body)


@given(LETTERS)
def test_passages_are_whole_sentences_in_order(text: str) -> None:
    _check(text)


@given(st.text())
def test_any_text_can_be_parsed(text: str) -> None:
    _check(text)


@given(LETTERS)
def test_nothing_but_headings_and_clutter_is_left_out(text: str) -> None:
    document, passages = parse(text, "a.txt")
    kept = {i for p in passages for i in range(p.start, p.end)}
    left = "".join(
        document.body[i]
        for line in split_lines(document.body)
        for i in range(line.start, line.end)
        if not is_clutter(line.text) and i not in kept
    )
    left = re.sub(r"\s", "", left)
    for section in document.sections:
        left = left.replace(re.sub(r"\s", "", section.path[-1]), "", 1)
    # The remark behind a title is the document's note.
    left = left.replace("（此件公开发布）", "")
    assert re.sub(r"[。：；]", "", left) == ""


@given(LETTERS)
def test_parsing_is_the_same_every_time(text: str) -> None:
    assert parse(text, "a.txt") == parse(text, "a.txt")
