"""What can answer a question on content, and what stands behind a claim."""

from datetime import date

import pytest

from policyqa.asked import Asked
from policyqa.beside import (
    opposed,
    other_name,
    other_rate,
    other_side,
)
from policyqa.content import can_answer, decided_beside
from policyqa.evidence import gather
from policyqa.figures import find_figures
from policyqa.findings import Candidate
from policyqa.indicators import describe
from policyqa.premise import foretold, not_granted, planned_only, unsupported
from policyqa.question import understand
from policyqa.schema import Document, Hit, Passage, Role, Section
from policyqa.unnamed import counted_only, no_number, unnamed


def able(question: str, text: str, role: Role = "body") -> bool:
    passage = Passage("d:0", Document("d", "d.txt", text), 0, len(text), role=role)
    return can_answer(understand(question, date(2025, 1, 1)), passage)


@pytest.mark.parametrize(
    "text", ["您好！", "您提出的《关于修路的提案》（第9号）收悉。", "尊敬的李代表：", "感谢您的关心。"]
)
def test_forms_answer_nothing(text: str) -> None:
    assert not able("修路有哪些安排？", text)


def test_a_question_answers_no_question() -> None:
    assert not able("2024年装好的能补吗", "问：办法会不会追溯？2024年装好的能补吗？")
    assert able("2024年装好的能补吗", "答：不能。2024年底前取得登记证的仍按原标准。")


@pytest.mark.parametrize(
    ("text", "answers"), [("② 60岁以上老人免费乘车。", False), ("② 60岁以上老人免费乘车不予采纳。", True)]
)
def test_a_heading_that_ends_as_sentences_do_is_one(text: str, answers: bool) -> None:
    document = Document("d", "d.txt", text)
    passage = Passage("d:0", document, 0, len(text), section=(text.rstrip("。"),))
    assert can_answer(understand("60岁的老人能免费坐车吗", date(2025, 1, 1)), passage) is answers


def test_why_letters_were_merged_is_no_reason_for_else() -> None:
    text = "两件提案因内容相近，合并答复。"
    assert not able("大桥为什么不能取消收费", text)
    assert able("两件提案为什么合并答复", text)


@pytest.mark.parametrize("text", ["③路。", "（三）提经费。", "二、下一步"])
def test_a_numbered_name_answers_nothing(text: str) -> None:
    assert not able("能修路不？", text)
    assert not able("修路多少条？", text)


def test_a_letter_does_not_know_the_end_of_its_year() -> None:
    letter = Document("d", "d.txt", "", signed_on=date(2024, 6, 14))
    assert foretold(understand("2024年底有多少张床位？", date(2026, 1, 1)), letter)
    assert not foretold(understand("2023年底有多少张床位？", date(2026, 1, 1)), letter)
    assert not foretold(understand("2024年有多少张床位？", date(2026, 1, 1)), letter)


def test_a_plan_is_no_answer_to_what_was_done() -> None:
    today = date(2026, 1, 1)
    assert planned_only(understand("2023年新增停车位多少个？", today), -1.0)
    assert planned_only(understand("实际新增停车位多少个？", today), -1.0)
    assert not planned_only(understand("2023年新增停车位多少个？", today), 0.0)
    assert not planned_only(understand("2022年说到2023年底要新增停车位多少个？", today), -1.0)
    assert not planned_only(understand("2026年新增停车位多少个？", today), -1.0)


@pytest.mark.parametrize(
    ("text", "sentence", "other"),
    [
        ("糖尿病患者签约率多少？", "糖尿病患者规范管理率为69.8%。", True),
        ("2024年漏损率多少？", "优良中等路率90.4%。", True),
        ("重点人群签约率多少？", "重点人群签约率78.2%。", False),
        ("普惠园占比多少？", "普惠性幼儿园覆盖率88.7%。", False),
        ("抽检达标率多少？", "抽检合格率98.3%。", False),
        ("泊位使用率多少？", "泊位利用率61%。", False),
        ("负责人出庭率多少？", "行政机关负责人出庭应诉率97.6%。", False),
    ],
)
def test_one_rate_is_not_another(text: str, sentence: str, other: bool) -> None:
    [figure] = find_figures(sentence)
    assert other_rate(understand(text, date(2026, 1, 1)), figure) is other


def test_the_figure_of_another_name_is_told_apart() -> None:
    figures = find_figures("页岩气、中医药产业增加值分别增长30.4%、2.3倍。")
    question = understand("中医药产业增加值增长多少？", date(2026, 1, 1))
    assert [other_name(question, f, figures) for f in figures] == [True, False]
    both = understand("产业增加值增长多少？", date(2026, 1, 1))
    assert not any(other_name(both, f, figures) for f in figures)


def test_a_name_beside_takes_nothing_from_a_figure_of_another_unit() -> None:
    figures = find_figures("每家一次性奖励5万元（两年内接待研学学生少于3000人次的收回奖励）。")
    question = understand("研学基地评上给多少钱？", date(2026, 1, 1))
    assert not other_name(question, figures[0], figures)


def test_who_somebody_is_needs_his_name() -> None:
    assert not able("寇行舟是干什么的？", "厉行舟在会上强调纪律。")
    assert able("寇行舟是干什么的？", "市住建局总工程师寇行舟到会。")


def test_content_answers_and_a_letter_is_asked_for_by_its_forms() -> None:
    assert able("修路有哪些安排？", "今年修路三条、建桥两座。")
    assert not able("修路有哪些安排？", "关于修路的答复", "head")
    assert able("这件提案的题目是什么？", "您提出的《关于修路的提案》（第9号）收悉。")


def test_a_reason_needs_its_event() -> None:
    question = understand("为什么取消了护林补贴？", date(2025, 1, 1))
    assert unsupported(question, "护林补贴每亩5元，按季发放。")
    assert not unsupported(question, "因政策到期，护林补贴自2024年起取消。")
    assert not unsupported(understand("为什么不能取消护林补贴？", date(2025, 1, 1)), "补贴每亩5元。")


def test_a_name_asked_for_must_be_there() -> None:
    question = understand("供餐的两家企业叫什么名字？", date(2025, 1, 1))
    assert unnamed(question, "由两家企业供餐。")
    assert not unnamed(question, "由禾丰餐饮公司供餐。")
    assert unnamed(question, "全市中小学校由两家企业供餐。")  # a school is no firm
    listed = understand("没通过复核的12家企业名单", date(2025, 1, 1))
    assert unnamed(listed, "同时有12家到期复核未通过。")
    assert not unnamed(listed, "未通过的有禾丰、云锦、长岭等12家。")


@pytest.mark.parametrize(
    ("question", "text", "only"),
    [
        ("时间银行在哪两个街道试点", "我们已与两个街道商定，自今年7月起试点。", True),
        ("时间银行在哪两个街道试点", "我们已与柳埠、南弦两个街道商定。", False),
        ("时间银行在哪两个街道试点", "试点在柳埠街道，一期两个街道。", False),
        ("反对涨价的是哪两个人", "参加人21名，其中17名同意，2名反对。", True),
        ("长护险由哪两家保险公司承办", "委托2家商业保险公司承办。", True),
        ("反对涨价的有几个人", "参加人21名，其中17名同意，2名反对。", False),
    ],
)
def test_how_many_there_are_does_not_tell_which(question: str, text: str, only: bool) -> None:
    assert counted_only(understand(question, date(2026, 1, 1)), text) is only


@pytest.mark.parametrize(
    ("text", "passage", "lacks"),
    [
        ("两名省级传承人叫什么名字", "现有代表性传承人9名，其中省级2名、市级7名。", True),
        ("省级传承人叫什么名字", "现有省级传承人王守成、李某两人。", False),
        ("收费的那所民办小学叫什么名字", "属实的1所，为乙区一所民办小学，已责令退费。", True),
        ("收费的那所小学叫什么名字", "属实的1所，为乙区芦汀小学，已责令退费。", False),
        ("破产的开发商叫啥", "因开发商破产、产权归属正在诉讼中。", True),
        ("测评委托的哪个第三方", "每半年委托第三方开展满意度测评。", True),
        ("哪家公司中标", "由禾丰餐饮公司承担。", False),
    ],
)
def test_a_name_is_asked_for_that_the_text_lacks(text: str, passage: str, lacks: bool) -> None:
    assert unnamed(understand(text, date(2026, 1, 1)), passage) is lacks


@pytest.mark.parametrize(
    ("question", "sentence", "denied"),
    [
        ("发改委为什么支持恢复指导价？", "提案建议恢复指导价，我委认为不符合方向，不建议采纳。", True),
        ("为啥同意把质保金提到10%？", "质保金上限为3%，我市无权突破。", True),
        ("为啥不同意把质保金提到10%？", "质保金上限为3%，我市无权突破。", False),
        ("发改委为啥不赞成恢复指导价？", "我委认为不符合方向，不建议采纳。", False),
        ("为什么支持延长末班车？", "客流增长，同意延长，但不宜全线延长。", False),
    ],
)
def test_why_something_was_granted_that_was_not(question: str, sentence: str, denied: bool) -> None:
    assert not_granted(understand(question, date(2025, 1, 1)), sentence) is denied


def test_a_number_asked_for_must_be_there() -> None:
    question = understand("甲委员的手机号", date(2025, 1, 1))
    assert no_number(question, "甲委员提出加装电梯。")
    assert not no_number(question, "联系电话：000-5223300")


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("没投产的茶园多少亩？", "茶园12.4万亩，其中投产10.1万亩。", True),
        ("没投产的茶园多少亩？", "茶园12.4万亩，其中未投产2.3万亩。", False),
        ("欠账还剩多少？", "欠账4.62亿元，清偿3.95亿元。", True),
        ("为什么没法把补助提高的标准定下来？", "补助每月500元。", False),
        ("投产的茶园多少亩？", "茶园12.4万亩，其中投产10.1万亩。", False),
        ("没办结的报装多少户？", "受理报装5160户，办结4630户。", True),
        ("还没整治的排口甲山区几个？", "剩下53个，乙水区6个、甲山区28个。", False),
        ("还剩多少处渡口？", "截至2023年4月底，全市共有在册渡口47处。", False),
        ("补习班还剩多少家？", "培训机构由312家压减至9家。", False),
        ("积水点还有几处没整治？", "完成整治47处，其中甲山区8处。", True),
        ("不合格几批次？", "抽检212批次，合格204批次。", True),
        ("街上没主的狗收了几只？", "收容流浪犬2873只。", False),
        ("没单位的有多少人交公积金？", "灵活就业缴存人数6420人。", False),
        ("造纸作坊还剩多少家？", "作坊由1985年的83家减少到2023年的17家。", False),
        ("乙水区还剩几条黑水沟？", "按县区分，剩余35条中甲山区14条、乙水区12条。", False),
    ],
)
def test_what_is_left_is_not_what_is_done(question: str, sentence: str, other: bool) -> None:
    figure = find_figures(sentence)[-1]
    assert other_side(understand(question, date(2025, 1, 1)), figure) is other


@pytest.mark.parametrize(
    ("text", "sentence", "other"),
    [
        ("进口多少亿元？", "其中出口168.5亿元。", True),
        ("进出口多少亿元？", "进出口总额214.8亿元。", False),
        ("公办机构几家？", "公办机构41家。", False),
        ("公办机构几家？", "民办57家。", True),
        ("民办转公办的几所？", "公办园3所。", False),
        ("居民医保参保多少人？", "职工医保4.3万人。", True),
    ],
)
def test_one_side_of_a_matter_is_not_the_other(text: str, sentence: str, other: bool) -> None:
    [figure] = find_figures(sentence)
    [figure] = describe(sentence, [figure])
    assert opposed(understand(text, date(2026, 1, 1)), figure) is other


def test_the_heading_of_a_section_does_not_decide_for_its_sentences() -> None:
    heading, told = "② 全市60岁以上老人免费乘车。", "60至64岁的可办半价卡。"
    body = f"{heading}{told}"
    document = Document("d", "d.txt", body, sections=(Section((heading[:-1],), 0, len(body)),))
    passage = Passage("d:1", document, len(heading), len(body), section=(heading[:-1],))
    found = Candidate(Hit(passage, 1.0), gather(passage), {}, 1.0)
    asked = Asked(understand("60岁的老人能免费坐车吗", date(2025, 1, 1)), {}, {})
    assert decided_beside(asked, found).hit.passage.text == told


def test_whom_to_ask_is_told_of_nothing_else() -> None:
    text = "（联系单位：甲山区教育局营养中心，000-6620448）"
    passage = Passage("p", Document("d", "d", text), 0, len(text))
    assert not can_answer(understand("学校的菜单是请哪家单位编的", date(2025, 1, 1)), passage)
    assert can_answer(understand("联系电话是多少", date(2025, 1, 1)), passage)
