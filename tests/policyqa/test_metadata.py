"""Questions about the documents themselves, answered from the catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from policyqa.ground import checked
from policyqa.metadata import answered
from policyqa.papers_asked import Entry, people_in, requested
from policyqa.question import understand
from policyqa.schema import Answer, Document, Proposal, Span

TODAY = date(2026, 3, 1)


def _letter(
    number: int,
    issuer: str,
    day: date,
    topic: str,
    person: str,
    outcome: str = "",
    kind: str = "proposal",
) -> Document:
    title = f"{issuer}关于第{number:03}号的答复"
    body = f"{title}\n{person}：\n您提出的《{topic}》收悉。\n办复类别：{outcome}\n"
    at = body.index(topic)
    located = {
        "title": Span(0, len(title)),
        "addressee": Span(body.index(person), body.index(person) + len(person)),
        "proposal_title": Span(at, at + len(topic)),
    }
    if outcome:
        located["outcome"] = Span(body.index("办复"), len(body) - 1)
    proposal = Proposal(f"{number:03}", kind, topic, proposers=(person.removesuffix("委员"),))  # type: ignore[arg-type]
    return Document(
        f"d{number}",
        f"{number}.txt",
        body,
        title=title,
        document_type="reply",
        issuers=(issuer,),
        proposals=(proposal,),
        addressee=person,
        signed_on=day,
        outcome=outcome,
        located=located,
    )


NOTICE = "甲山区财政局关于申报的通知"
DOCUMENTS = [
    _letter(1, "甲山区教育委员会", date(2024, 5, 1), "关于增加学位的提案", "王小川委员", "A"),
    _letter(2, "甲山区教育委员会", date(2024, 6, 1), "关于改善午餐的提案", "李远山委员", "B"),
    _letter(3, "甲山区教育委员会", date(2023, 6, 1), "关于教师培训的提案", "王小川委员", "B"),
    _letter(4, "乙水县民政局", date(2024, 7, 1), "关于农村养老的建议", "赵平等8名代表", kind="suggestion"),
    Document(
        "n", "n.txt", NOTICE, title=NOTICE, document_type="notice", issuers=("甲山区财政局",),
        signed_on=date(2025, 1, 9), located={"title": Span(0, len(NOTICE))},
    ),
]  # fmt: skip
ENTRIES = [Entry.of(d) for d in DOCUMENTS]


def _ask(text: str, places: Sequence[str] = (), issuers: Sequence[str] = ()) -> Answer:
    question = understand(text, TODAY)
    request = requested(question, people_in(question.folded, ENTRIES))
    assert request is not None, text
    known = {d.id: d for d in DOCUMENTS}
    found, counted = answered(question, request, ENTRIES, places, issuers, known.get)
    assert checked(found, counted) == found, "what is said stands in the documents or was counted"
    return found


def test_letters_of_an_agency_in_a_year_are_counted_over_all_documents() -> None:
    found = _ask("区教委2024年答复了多少件？", ["甲山"], ["甲山区教育委员会"])
    assert found.short == "2件"
    assert found.text.startswith("共2件（按目录统计，收录5份文件）：\n1. 甲山区教育委员会关于第002号的答复（")
    assert {c.document.id for c in found.citations} == {"d1", "d2"}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("王小川委员提了哪些提案？", "《关于增加学位的提案》；《关于教师培训的提案》"),
        ("王小川提了几件提案？", "2件"),
        ("谁提的关于午餐的提案？", "李远山"),
        ("哪些提案被列为B类？", "《关于改善午餐的提案》；《关于教师培训的提案》"),
        ("A类和B类提案一共多少件？", "3件"),
        ("2023年有哪些答复函？", "甲山区教育委员会关于第003号的答复"),
        ("B类的答复是哪几份？", "《关于改善午餐的提案》；《关于教师培训的提案》"),
        ("最新的一份文件是什么？", NOTICE),
        ("最早的答复函是哪一份？", "甲山区教育委员会关于第003号的答复"),
        ("有哪些通知？", NOTICE),
        ("关于养老的建议有哪些？", "乙水县民政局关于第004号的答复"),
        ("一共收录了多少份文件？", "5件"),
    ],
)
def test_what_the_catalog_says(text: str, short: str) -> None:
    assert _ask(text).short == short


@pytest.mark.parametrize("text", ["2019年有哪些答复函？", "C类提案有多少件？", "关于航天的提案有哪些？"])
def test_what_the_catalog_does_not_hold_is_said_over_how_many_documents(text: str) -> None:
    found = _ask(text)
    assert found.status == "not_found"
    assert "收录的5份文件中没有符合条件的" in found.text
    assert "2023年至2025年" in found.text


def test_a_place_limits_what_is_counted() -> None:
    assert _ask("乙水县答复了多少件提案建议？", ["乙水"]).short == "1件"


def test_a_session_limits_what_is_counted() -> None:
    of = [
        replace(d, proposals=(replace(d.proposals[0], term=11, session=n),))
        for n, d in enumerate(DOCUMENTS[:3], 1)
    ]
    question = understand("政协十一届二次会议的提案有几件？", TODAY)
    request = requested(question, ())
    assert request is not None
    found, _ = answered(question, request, [Entry.of(d) for d in of], (), (), {d.id: d for d in of}.get)
    assert found.short == "1件"


def test_no_more_than_a_page_is_listed_and_the_rest_is_counted() -> None:
    many = [
        _letter(100 + i, "甲山区教育委员会", date(2024, 1, 1), f"关于事项的提案{'甲' * i}", "王小川委员")
        for i in range(23)
    ]
    question = understand("2024年有哪些答复函？", TODAY)
    request = requested(question, ())
    assert request is not None
    known = {d.id: d for d in many}
    found, counted = answered(question, request, [Entry.of(d) for d in many], (), (), known.get)
    assert checked(found, counted) == found
    assert found.text.startswith("共23件")
    assert found.text.splitlines()[-1] == "其余3件未列出，可在文件列表中查看。"


@pytest.mark.parametrize(
    "text",
    [
        "2023年新培育了多少家企业？",
        "第035号提案是谁提的？",
        "乙经信委函〔2024〕58号一并答了几件提案？",
        "提案的建议采纳了哪些？",
        "有哪些措施支持养老？",
        "下一步有哪些打算？",
        "答复里说完成了多少件实事？",
        "法院最后签发了几份？",
        "2023年核发了多少份证照？",
        "报销比例提了几个点，从多少到多少？",
        "违约金最多收到多少封顶？",
        "课后服务那件提案有哪些部门会办？",
    ],
)
def test_other_questions_are_left_to_reading(text: str) -> None:
    question = understand(text, TODAY)
    assert requested(question, people_in(question.folded, ENTRIES)) is None


OPINION = replace(
    _letter(9, "甲山区商务委员会", date(2024, 2, 26), "关于夜间消费的提案", "区文化和旅游委员会"),
    title="关于第009号提案的会办意见",
)
CITIZEN = Document(
    "w", "w.txt", "家庭医生怎么签\n尊敬的网友：\n您的留言收悉。\n", title="家庭医生怎么签",
    document_type="reply", issuers=("甲山区卫生健康委员会",), addressee="尊敬的网友",
    signed_on=date(2023, 4, 12),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("一共有几份会办意见", "1件"),
        ("甲山区的提案答复（会办意见不算）有几件", "3件"),
        ("甲山区答复委员的一共几份", "3件"),
        ("办复为B类的有几件", "2件"),
        ("回复网友的那几篇都是哪些部门写的", "甲山区卫生健康委员会"),
        ("出过会办意见的是哪几个单位", "甲山区商务委员会"),
        ("2024年答复过哪几位委员", "李远山；王小川"),
        ("答复人大代表建议的有几件，是哪几家答的", "1件；乙水县民政局"),
    ],
)
def test_replies_are_told_apart_by_their_sort(text: str, short: str) -> None:
    documents = {d.id: d for d in (*DOCUMENTS, OPINION, CITIZEN)}
    entries = [Entry.of(d) for d in documents.values()]
    question = understand(text, TODAY)
    request = requested(question, ())
    assert request is not None
    places = ("甲山",) if "甲山" in text else ()
    found, _ = answered(question, request, entries, places, (), documents.get)
    assert set(found.short.split("；")) >= set(short.split("；"))


@pytest.mark.parametrize("text", ["李远山委员提案的答复抄送了哪些单位", "发工资有什么办法可想"])
def test_what_is_copied_to_whom_is_no_list_of_documents(text: str) -> None:
    request = requested(understand(text, TODAY), ())
    assert request is None or request.show != "issuers"


def test_a_reply_to_a_party_that_tells_of_other_opinions_is_none() -> None:
    reply = replace(DOCUMENTS[0], addressee="九三学社甲山市委员会", body="根据各单位会办意见，现答复如下：\n")
    assert Entry.of(reply).sort == "member"
    assert Entry.of(replace(reply, addressee="市政协农业和农村委员会")).sort == "member"
    assert Entry.of(replace(reply, addressee="市卫生健康委员会（主办单位）")).sort == "opinion"
