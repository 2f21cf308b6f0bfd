"""Questions about a letter itself, answered from its head and tail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policyqa.letterhead import (
    answer_from,
    asks_for_earlier,
    fields_asked,
    is_about_letter,
    meant,
    names_reply_of_year,
    spoken_by,
    to_member,
)
from policyqa.question import understand
from policyqa.schema import Citation, Document, Proposal, Span

BODY = """甲市乙区经济和信息化委员会

乙经信委函〔2024〕58号

关于区政协十五届三次会议第035号提案的答复函

李某某委员：

您提出的《关于加快制造业发展的建议》（第035号）收悉。经我委会同区财政局、工业园区管委会研究，现答复如下：

甲市乙区经济和信息化委员会
2024年6月14日
（发布日期：2024-07-01）
办复类别：B
联系人：王某，000-0000001
抄送：区政协提案委、区政府办公室。
"""


def _span(text: str) -> Span:
    start = BODY.index(text)
    return Span(start, start + len(text))


LETTER = Document(
    id="d1",
    source="a.txt",
    body=BODY,
    title="关于区政协十五届三次会议第035号提案的答复函",
    document_type="reply",
    issuers=("甲市乙区经济和信息化委员会",),
    document_number="乙经信委函〔2024〕58号",
    proposals=(Proposal("035", "proposal", "关于加快制造业发展的建议", 15, 3, ("李某某",)),),
    addressee="李某某委员",
    signed_on=date(2024, 6, 14),
    published_on=date(2024, 7, 1),
    co_units=("区财政局", "工业园区管委会"),
    copied_to=("区政协提案委", "区政府办公室"),
    contact="联系人：王某，000-0000001",
    outcome="B",
    located={
        "title": _span("关于区政协十五届三次会议第035号提案的答复函"),
        "issuer": _span("甲市乙区经济和信息化委员会"),
        "document_number": _span("乙经信委函〔2024〕58号"),
        "addressee": _span("李某某委员"),
        "proposal_title": _span("关于加快制造业发展的建议"),
        "proposal_session": _span("十五届三次"),
        "signed_on": _span("2024年6月14日"),
        "published_on": _span("发布日期：2024-07-01"),
        "outcome": _span("办复类别：B"),
        "contact": _span("联系人：王某，000-0000001"),
        "copied_to": _span("抄送：区政协提案委、区政府办公室。"),
    },
)
BARE = Document(id="d2", source="b.txt", body="正文。", title="关于某事的答复", located={})

QUESTIONS = [
    ("第035号提案的标题是什么？", "关于加快制造业发展的建议"),
    ("这件提案叫什么名字？", "关于加快制造业发展的建议"),
    ("答复函的标题是什么？", "关于区政协十五届三次会议第035号提案的答复函"),
    ("这份答复的文号是多少？", "乙经信委函〔2024〕58号"),
    ("发文字号是什么？", "乙经信委函〔2024〕58号"),
    ("这是第几号提案？", "第035号"),
    ("这是几届几次会议的提案？", "十五届三次"),
    ("这份答复什么时候发网上的？", "2024年7月1日"),
    ("提案的编号是多少？", "第035号"),
    ("这封函答复给谁？", "李某某委员"),
    ("回复的是哪位委员？", "李某某委员"),
    ("这件提案是谁提出的？", "李某某"),
    ("提案人是谁？", "李某某"),
    ("这件提案是哪个部门答复的？", "甲市乙区经济和信息化委员会"),
    ("谁答复的这件提案？", "甲市乙区经济和信息化委员会"),
    ("提案的承办单位是谁？", "甲市乙区经济和信息化委员会"),
    ("提案的主办单位是哪家？", "甲市乙区经济和信息化委员会"),
    ("这件提案由哪位委员领衔？", "李某某"),
    ("这件提案办复定为几类？", "B类"),
    ("办理提案会同了哪些部门？", "区财政局、工业园区管委会"),
    ("提案的会办单位有哪些？", "区财政局、工业园区管委会"),
    ("035号提案是跟谁一块儿办的？", "区财政局、工业园区管委会"),
    ("035号提案联合了哪两个部门？", "区财政局、工业园区管委会"),
    ("李某某委员的提案，案号是多少？", "第035号"),
    ("035号提案的答复是谁答复的，什么时候？", "2024年6月14日"),
    ("答复函抄送给谁？", "区政协提案委、区政府办公室"),
    ("提案的办复类别是什么？", "B类"),
    ("提案的办理结果是A类还是B类？", "B类"),
    ("答复函的联系电话是多少？", "联系人：王某，000-0000001"),
    ("这份答复是哪天答复的？", "2024年6月14日"),
    ("答复函什么时候印发的？", "2024年6月14日"),
    ("答复的成文日期？", "2024年6月14日"),
    ("答复函的发布日期是哪天？", "2024年7月1日"),
    ("这份答复是几号文？", "乙经信委函〔2024〕58号"),
    ("乙经信委函〔2024〕58号全名叫啥？", "关于区政协十五届三次会议第035号提案的答复函"),
    ("乙经信委函〔2024〕58号一并答了几件提案？", "1件：第035号"),
    ("那件讲制造业的提案是谁写的？", "李某某"),
    ("第035号提案那件联系谁？", "联系人：王某，000-0000001"),
    ("李某某委员的提案分别是几号？", "第035号"),
    ("第035号提案的委员叫什么？", "李某某"),
    ("第035号提案的全名", "关于加快制造业发展的建议"),
    ("讲制造业的那个提案的是谁？", "李某某"),
    ("第035号提案办成哪一类了？", "B类"),
    ("答复函几时签发的？", "2024年6月14日"),
    ("第035号提案是哪位委员联名的？", "李某某"),
    ("035号提案是哪两位委员", "李某某"),
    ("乙经信委函〔2024〕58号是答谁的提案", "李某某"),
    ("乙经信委函〔2024〕58号是给哪个部门的函", "李某某委员"),
    ("乙经信委函〔2024〕58号并案答复了哪几件提案？", "1件：第035号"),
    ("乙经信委函〔2024〕58号合并答复是回给哪几位委员的？", "李某某委员"),
]


@pytest.mark.parametrize(("question", "short"), QUESTIONS)
def test_a_field_is_answered_from_the_document(question: str, short: str) -> None:
    understood = understand(question, date(2024, 8, 1))
    assert is_about_letter(understood, fields_asked(understood))
    answer = answer_from(understood, fields_asked(understood), [LETTER])
    assert answer.status == "answered"
    assert short in answer.short.split("；")
    assert answer.citations
    for citation in answer.citations:
        assert BODY[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("question", [question for question, _ in QUESTIONS])
def test_a_field_that_the_document_lacks_is_said_to_be_missing(question: str) -> None:
    understood = understand(question, date(2024, 8, 1))
    fields = [f for f in fields_asked(understood) if f.name not in ("文件标题", "提案标题")]
    if fields:
        answer = answer_from(understood, fields, [BARE])
        assert answer.status == "not_found"
        assert fields[0].name in answer.text
        assert not answer.citations


def test_two_fields_asked_in_one_question_are_both_answered() -> None:
    understood = understand("这份答复函的文号是多少，哪天印发的？", date(2024, 8, 1))
    answer = answer_from(understood, fields_asked(understood), [LETTER])
    assert answer.short == "乙经信委函〔2024〕58号；2024年6月14日"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("这份答复的文号和日期", "乙经信委函〔2024〕58号；2024年6月14日"),
        ("答复函的联系人和日期是什么？", "联系人：王某，000-0000001；2024年6月14日"),
        ("第035号提案答的是谁的哪号提案，什么类别", "李某某；第035号；B类"),
        ("这封函几号发的，是A还是B？", "2024年6月14日；B类"),
    ],
)
def test_beside_one_field_a_bare_name_asks_for_another(question: str, short: str) -> None:
    understood = understand(question, date(2024, 8, 1))
    answer = answer_from(understood, fields_asked(understood), [LETTER])
    assert set(answer.short.split("；")) >= set(short.split("；"))


def test_of_a_joint_letter_the_proposal_meant_is_told() -> None:
    second = Proposal("036", "proposal", "关于修路的提案", 15, 3, ("赵某",))
    letter = replace(LETTER, proposals=(*LETTER.proposals, second))
    for question in ("第036号提案是谁提的？", "赵某委员的提案是谁提的？", "修路那件提案是谁提的？"):
        understood = understand(question, date(2024, 8, 1))
        assert answer_from(understood, fields_asked(understood), [letter]).short == "赵某"
    understood = understand("修路那份答复一次合并了几件提案？", date(2024, 8, 1))
    assert answer_from(understood, fields_asked(understood), [letter]).short == "2件：第035号；第036号"
    understood = understand("这封函答复了哪几件提案？", date(2024, 8, 1))
    both = "关于加快制造业发展的建议（第035号）；关于修路的提案（第036号）"
    assert answer_from(understood, fields_asked(understood), [letter]).short == both


@pytest.mark.parametrize("question", ["第035号提案是谁答复的？", "这件提案是哪个部门办的？"])
def test_who_answered_is_not_who_proposed(question: str) -> None:
    understood = understand(question, date(2024, 8, 1))
    assert [f.name for f in fields_asked(understood)] == ["发文机关"]


def test_of_a_joint_letter_each_proposal_has_its_own_class() -> None:
    body = BODY.replace("办复类别：B", "办理结果：A类（第035号、第112号）、C类（第077号）")
    start = body.index("办理结果")
    numbers = [Proposal(number, "proposal") for number in ("035", "077", "112")]
    located = {**LETTER.located, "outcome": Span(start, body.index("\n", start))}
    letter = replace(LETTER, body=body, outcome="A", proposals=tuple(numbers), located=located)

    def said(text: str) -> str:
        question = understand(text, date(2024, 8, 1))
        return answer_from(question, fields_asked(question), [letter]).short

    assert said("第077号提案办理结果是哪一类？") == "C类"
    assert said("第112号提案办理结果是哪一类？") == "A类"
    assert said("这封函的办理结果是什么？") == "A类（第035号、第112号）、C类（第077号）"


def test_a_class_that_only_a_sentence_gives() -> None:
    body = BODY.replace("办复类别：B\n", "").replace("现答复如下：", "本件由C类改为B类。现答复如下：")
    located = {name: span for name, span in LETTER.located.items() if name != "outcome"}
    letter = replace(LETTER, body=body, outcome="", located=located)
    question = understand("第035号提案的办理类别改成什么了？", date(2024, 8, 1))
    answer = answer_from(question, fields_asked(question), [letter])
    assert (answer.short, "由C类改为B类" in answer.citations[0].quote) == ("B类", True)


def test_a_line_at_the_desk_is_no_mobile() -> None:
    question = understand("第035号提案答复联系人的手机号", date(2024, 8, 1))
    answer = answer_from(question, fields_asked(question), [LETTER])
    assert answer.status == "not_found"
    assert "手机号" in answer.text


def test_the_number_of_an_earlier_reply_is_not_that_of_this_one() -> None:
    for text, earlier in (
        ("首次答复的文号是多少？", True),
        ("答复的文号是多少？", False),
        ("首次答复说了什么？", False),
    ):
        assert asks_for_earlier(understand(text, date(2024, 8, 1))) is earlier


def test_a_reply_named_by_its_year() -> None:
    for text, named in (("2023年那份答复是几号文？", True), ("2023年建成几处，答复是几号文？", False)):
        question = understand(text, date(2024, 8, 1))
        assert names_reply_of_year(question, fields_asked(question)) is named


CITING = (
    "《甲市电梯管理办法》（甲政办规〔2024〕6号）自2024年9月1日起施行。"
    "《甲市水费办法》（甲价〔2020〕3号，以下简称《办法》）废止。"
)


@pytest.mark.parametrize(
    ("question", "own", "short"),
    [
        ("电梯管理办法的文号是多少？", "", "甲政办规〔2024〕6号"),
        ("水费办法的文号是多少？", "", "甲价〔2020〕3号"),
        ("电梯管理办法的文号是多少？", "甲建函〔2024〕9号", "甲政办规〔2024〕6号"),
        ("这份答复的文号是多少？", "甲建函〔2024〕9号", "甲建函〔2024〕9号"),
        ("停车办法的文号是多少？", "", ""),
    ],
)
def test_the_number_of_a_measure_that_is_cited(question: str, own: str, short: str) -> None:
    body = f"{own}\n{CITING}"
    located = {"document_number": Span(0, len(own))} if own else {}
    letter = Document("d", "d.txt", body, title="某事的答复", document_number=own, located=located)
    understood = understand(question, date(2024, 8, 1))
    assert answer_from(understood, fields_asked(understood), [letter]).short == short


def test_the_letter_on_what_is_named_is_meant() -> None:
    dogs = replace(LETTER, id="d5", title="关于养犬管理提案的答复", proposals=())
    meals = replace(LETTER, id="d6", title="关于老年助餐提案的答复", proposals=())
    question = understand("养犬提案答复的联系人是谁？", date(2026, 1, 1))
    assert meant(question, (), (), [meals, dogs]) == ["d5"]


def test_a_deputy_is_answered_by_another_letter_than_a_member() -> None:
    deputy = replace(LETTER, id="d7", proposals=(Proposal("12", "suggestion"),))
    question = understand("答复人大代表的那件建议是谁提的？", date(2026, 1, 1))
    assert meant(question, (), (), [LETTER, deputy]) == ["d7"]
    assert meant(understand("这件提案是谁提的？", date(2026, 1, 1)), (), (), [deputy, LETTER]) == ["d1"]


def test_of_two_years_the_letter_of_each_is_meant() -> None:
    later = replace(LETTER, id="d3", signed_on=date(2025, 5, 6))
    other = replace(LETTER, id="d4", signed_on=date(2023, 5, 6))
    question = understand("2024年和2025年的答复联系人分别是谁？", date(2026, 1, 1))
    assert meant(question, (), (), [other, LETTER, later]) == ["d1", "d3"]


def test_of_two_letters_each_is_answered_on_a_line() -> None:
    understood = understand("这两份答复函的文号是多少？", date(2024, 8, 1))
    answer = answer_from(understood, fields_asked(understood), [LETTER, BARE])
    assert "乙经信委函〔2024〕58号" in answer.text
    assert "关于某事的答复" in answer.text, "what the second lacks is said"


@pytest.mark.parametrize(
    "question",
    [
        "2023年新培育专精特新中小企业多少家？",
        "工业投资增长多少？",
        "养老床位有多少张？",
        "补贴标准是多少？",
        "什么时候建成投用？",
        "哪些企业获得了补助？",
        "教育局承办的提案由谁领衔督办？",
        "118号提案首次答复的文号是多少？",
        "第035号提案第一次答复是哪天答复的？",
    ],
)
def test_questions_about_the_subject_ask_for_no_field(question: str) -> None:
    assert fields_asked(understand(question, date(2024, 8, 1))) == []


def test_the_lead_unit_of_a_letter_that_only_helps_is_not_its_issuer() -> None:
    body = "乙区农业农村委员会\n区财政局：\n贵局主办的第012号提案转来收悉。"
    at = body.index("区财政局")
    letter = Document(
        "d", "d.txt", body, title="会办意见", issuers=("乙区农业农村委员会",), lead_unit="区财政局",
        located={"issuer": Span(0, 9), "lead_unit": Span(at, at + 4)},
    )  # fmt: skip
    question = understand("这件提案的主办单位是哪家？", date(2025, 1, 1))
    answer = answer_from(question, fields_asked(question), [letter])
    assert (answer.short, answer.citations[0].quote) == ("区财政局", "区财政局")


def test_a_letter_of_another_year_than_named_is_not_meant() -> None:
    def of(text: str) -> list[str]:
        return meant(understand(text, date(2026, 1, 1)), (), (), [LETTER])

    assert of("2024年那份答复的文号是多少？") == ["d1"]
    assert of("2023年那份答复的文号是多少？") == []
    assert of("2023年新增多少家，答复的文号是多少？") == ["d1"], "the year of the figure"


def test_who_is_quoted_said_it() -> None:
    question = understand("这话是哪个部门说的？", date(2024, 8, 1))

    def said(quote: str) -> str:
        document = Document("d", "d.txt", quote, title="答复")
        answer = spoken_by(question, Citation(document, (), quote, 0, len(quote)))
        return answer.short if answer else ""

    assert said("市财政局会办意见认为，近期难以实施。") == "市财政局"
    assert said("我局认为近期难以实施。") == ""
    assert said("近期难以实施。") == ""


def test_a_letter_to_somebody_else_is_not_the_members() -> None:
    question = understand("赵小山委员的提案是几号", date(2024, 8, 1))
    other = replace(LETTER, id="d2", body="赵小山委员：\n您提出的提案收悉。")
    assert to_member(question, [LETTER, other]) == [other]
    assert to_member(question, [LETTER]) == []
    assert to_member(understand("提案是几号", date(2024, 8, 1)), [LETTER]) == [LETTER]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("赵小山委员的提案第几号", ["提案号"]),
        ("充电那个提案几号、几类", ["提案号", "办复类别"]),
        ("乙经信委函〔2024〕58号的经办人和日期", ["联系方式", "成文日期"]),
        ("乙经信委函〔2024〕58号啥时候发的、谁签的", ["成文日期", "审签人"]),
        ("乙经信委函〔2024〕58号是讲什么的", ["文件标题"]),
        ("合并答复是哪位局领导分管", ["分管领导"]),
        ("一起提第035号提案的另外四位委员叫什么", []),
    ],
)
def test_fields_named_in_a_hurry(question: str, names: list[str]) -> None:
    assert [f.name for f in fields_asked(understand(question, date(2024, 8, 1)))] == names


def test_a_bulletin_says_which_issue_it_is() -> None:
    bulletin = Document(
        "d3", "c.txt", "热线运行通报\n第3期（总第37期）\n一季度受理诉求。", title="热线运行通报"
    )
    question = understand("热线通报是总第几期？", date(2025, 6, 1))
    fields = fields_asked(question)
    assert answer_from(question, fields, [bulletin]).short == "第3期（总第37期"


def test_minutes_without_a_date_are_of_the_day_of_the_meeting() -> None:
    body = "专题会议纪要\n〔2024〕19号\n2024年3月27日下午，副市长温怀远主持召开专题会议。"
    minutes = Document("d4", "d.txt", body, title="专题会议纪要")
    question = understand("会议纪要的成文日期？", date(2025, 6, 1))
    assert answer_from(question, fields_asked(question), [minutes]).short == "2024年3月27日"


def test_a_telephone_number_is_no_name() -> None:
    line = Span(0, 11)
    nameless = replace(LETTER, body="电话：0000-12345", contact="电话：0000-12345", located={"contact": line})
    question = understand("第035号提案答复的联系人姓名？", date(2025, 6, 1))
    assert answer_from(question, fields_asked(question), [nameless]).status == "not_found"
    assert answer_from(question, fields_asked(question), [LETTER]).short == "联系人：王某，000-0000001"


def test_who_signs_is_no_title() -> None:
    fields = fields_asked(understand("0217号提案由卫健委哪位同志签发？", date(2025, 6, 1)))
    assert [field.name for field in fields] == ["审签人"]


def test_whose_proposals_were_answered_together_is_no_number() -> None:
    fields = fields_asked(understand("合并答复函是哪些委员的提案？", date(2025, 6, 1)))
    assert [field.name for field in fields] == ["提案人"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("那件提案是哪天回的", "成文日期"),
        ("给李某某委员回信是哪一天", "成文日期"),
        ("区交通局的回复是几号文", "发文字号"),
        ("农产品上行，是哪次会议上提的", "届次"),
        ("第171号提案归哪个局答", "发文机关"),
        ("公开属性写的什么", "公开方式"),
        ("有什么事找谁", "联系方式"),
        ("两份答复的电话分别是多少", "联系方式"),
        ("后面附了哪两个附件", "附件"),
        ("被它替掉的是哪个文件", "停止执行的文件"),
        ("有两件第118号提案，各是讲啥的", "提案标题"),
    ],
)
def test_fields_asked_for_in_everyday_words(text: str, field: str) -> None:
    assert [f.name for f in fields_asked(understand(text, date(2026, 1, 1)))] == [field]
