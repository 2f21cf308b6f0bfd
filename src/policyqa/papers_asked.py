"""What a question asks of the documents themselves: how many letters, whose proposals, which are class B.

By patterns (``requested``), or by what a question was read to ask for (``requested_as``).
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from policyqa.evidence import bare
from policyqa.numerals import to_number
from policyqa.places import PARTY, home
from policyqa.question import Question, content_terms, expanded_terms
from policyqa.schema import Document, DocumentType
from policyqa.text import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """A document's head: what the catalog knows of it without its text."""

    id: str
    name: str
    document_type: DocumentType
    issuers: tuple[str, ...]
    dated: date | None
    outcome: str
    proposers: tuple[str, ...]
    numbers: tuple[str, ...]
    topic: str
    kinds: tuple[str, ...]
    answers: bool
    home: tuple[str, ...]
    sessions: tuple[tuple[int, int], ...]
    sort: str = ""
    """Of a reply: ``opinion`` to the agency that leads (会办意见), ``citizen`` to who wrote in, ``member`` or
    ``deputy`` by whose proposal it answers."""

    @classmethod
    def of(cls, document: Document) -> Entry:
        topics = [p.title for p in document.proposals if p.title]
        return cls(
            document.id,
            document.name,
            document.document_type,
            document.issuers,
            document.dated,
            document.outcome.upper(),
            tuple(person for p in document.proposals for person in p.proposers),
            tuple(p.number for p in document.proposals if p.number),
            bare(" ".join([document.title, *topics])),
            tuple(p.kind for p in document.proposals),
            document.document_type == "reply" and any(p.number or p.proposers for p in document.proposals),
            home(document),
            tuple((p.term, p.session) for p in document.proposals if p.term and p.session),
            _sort(document),
        )


_HEAD = 400
"""How much of a letter's beginning says of which sort it is, in characters."""


def _sort(document: Document) -> str:
    """Of which sort a reply is; empty for what is none."""
    if document.document_type != "reply":
        return ""
    # To another agency; a reply to a party's branch may tell of the opinions of others.
    asker = PARTY.search(document.addressee) or "政协" in document.addressee
    to_agency = not asker and _TO_AGENCY.search(fold(document.addressee)) is not None
    said = "会办意见" in document.title or (to_agency and "会办" in document.body[:_HEAD])
    if said and not _MEMBER.search(document.addressee):
        return "opinion"
    if not document.proposals:
        return "citizen"
    return "deputy" if all(p.kind == "suggestion" for p in document.proposals) else "member"


_TO_AGENCY = re.compile(r"(?:局|委员会|委|办公室|办|厅|联合会)(?:\([^()]*\))?[:：]?$")
_MEMBER = re.compile("委员$|代表$|委员(?!会)|党派|支部")


@dataclass(frozen=True, slots=True)
class Request:
    """What of the catalog is asked for.

    ``show`` is what an answer lists: documents, or a field of one (``issuers``, ``proposers``).
    ``sort`` is that of the replies asked for (``Entry.sort``), ``but`` one that is not to be counted. The
    conditions that a document must meet are empty where none was named.
    """

    show: str
    count: bool = False
    types: tuple[DocumentType, ...] = ()
    years: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    session: tuple[int, int] | None = None
    newest: bool = False
    oldest: bool = False
    sort: str = ""
    but: str = ""


_LETTER = r"(?:答复函?|复函|回复|答复件|办复件|会办意见|回信|答复信|(?<=的)信(?![息访用贷号任心]))"
_PAPER = rf"(?:{_LETTER}|文件|公文|通知|办法|政策|报告|提案|建议|议案|函)"
_COUNT = re.compile(
    rf"(?<!快递)(?<!邮件)(?<!包裹)(?:答复|办理|办复|回复|收录|收到|提交?|(?<![签核颁下外寄])发)(?:出|了|过)*(?:多少|(?<!哪)几)(?:[件份篇]|封(?!顶)|个(?=提案|建议|议案|答复|文件|[，。？?]|$))|(?:多少|(?<!哪)几)(?:件|份|封|篇)(?:提案|建议|议案|{_LETTER}|文件|公文|通知|报告|政策)"
    rf"|{_PAPER}(?:\([^()]*\))?(?:一共|总共|共|都|加起来)*(?:有|是)?(?:多少|几)(?:件|份|封|篇)"
    # 办复为C类的有几件, 五届五次会议的有几件
    rf"|(?:[a-e]类|会议|答复|办复|{_PAPER})[^。？]{{0,16}}的(?:一共|总共|共)?有?(?:多少|几)(?:件|份|封|篇)"
    rf"|(?:多少|(?<!哪)几)(?:件|份|封|篇)(?:[a-e]类|会办|办复)"
)
_LIST = re.compile(
    rf"(?:有|是|提|提了|提过|提出|答复|答复了|办理|办理了|办|办了|发|发了|出台|出台了|印发|印发了)?过?(?:哪些|哪几(?:件|份|封|个|篇)|什么)(?:关于[㐀-鿿a-z0-9]{{1,12}}的)?{_PAPER}"
    # C类的答复是哪一份, 哪份答复是C类
    rf"|[a-e]类的?{_PAPER}?(?:都)?(?:是|有)哪[一些几两三]?[件份封篇个家]|哪一?[件份封篇]{_PAPER}[^，。？]{{0,6}}[a-e]类"
    rf"|哪(?:些|几[件份封篇号])(?:提案|建议|{_LETTER}|文件)|{_PAPER}(?:都)?有哪(?:些|几)(?![个家]?(?:部门|单位|局|委|机关))"
    rf"|{_PAPER}[^，。？]{{0,6}}(?:都)?[是有]哪(?:些|[几两三四五][个家])(?:部门|单位|局|委)?(?:写|出|发|答|回)?的?(?=[，。？?]|$)"
    rf"|(?:出|发|写|给)(?:过|了)?{_PAPER}的(?:都)?(?:是|有)哪(?:些|[几两三四五][个家])(?:部门|单位|局|委)"
)
_ABOUT = re.compile(
    rf"(?:关于|有关|涉及)(?P<topic>[㐀-鿿a-z0-9“”]{{1,14}}?)(?:方面|问题|工作)?的?(?:{_PAPER})"
)
_WHO = re.compile(r"谁提(?:出|交)?(?:了|过|的)|(?:哪些|哪几位|哪位)(?:委员|代表|人|单位|党派)(?:提|关注)")
# 2025年答复过哪几位委员
_REPLIED_TO = re.compile(r"(?:答复|回复|办理)(?:过|了)?(?:的是)?哪(?:些|几位|几个)(?:委员|代表|党派)")
_NEWEST = re.compile(
    rf"(?:最新|最近|最晚|最后)的?(?:一?[份件封个篇])?(?:的)?(?:{_PAPER})|(?:{_PAPER})(?:里|中|里面|当中)?(?:最新|最近|最晚)的?"
)
_OLDEST = re.compile(
    rf"(?:最早|最老|最先)的?(?:一?[份件封个篇])?(?:的)?(?:{_PAPER})|(?:{_PAPER})(?:里|中|里面|当中)?最早的?"
)
_OUTCOME = re.compile(r"(?<![a-z])([a-e])(?=类|[、和及或/][a-e])")
_TYPES: tuple[tuple[DocumentType, re.Pattern[str]], ...] = (
    ("reply", re.compile(_LETTER)),
    ("notice", re.compile(r"通知")),
    ("report", re.compile(r"报告|简报|总结")),
    ("policy", re.compile(r"政策|办法|方案|细则|规定")),
)
_JOINT = re.compile("合并|并案")
# 都是哪些部门写的, 哪几家答的
_ISSUERS = re.compile(
    r"哪(?:些|[几两三][个家]?)(?:部门|单位|局|委|机关)?(?:写|出|发|答复?|回复?|办)过?的|(?:出|发|写)过?[^，。？]{0,8}的(?:都)?(?:是|有)哪(?:些|[几两三四五][个家])(?:部门|单位|局|委)"
)
_NOT_COUNTED = re.compile(r"会办意见(?:的)?(?:不算|不含|除外|不计|不要)|(?:不含|除了?|不算|不包括)会办")
_COUNTED_TOO = re.compile(
    r"会办意见[^，。？]{0,3}(?:都算|也算|在内|都计)|(?:含|包括|连|和|与|加)[^，。？]{0,4}会办"
)
_CITIZENS = re.compile(
    r"(?:回复|答复|答|回)[^，。？]{0,4}(?:网友|网民|市民|群众|留言|来信)|(?:网友|网民|市民)(?:留言|来信)的?(?:回复|答复)"
)
_MEMBERS = re.compile(r"(?:回复|答复|答|回)[^，。？]{0,4}委员")
_FIGURE_WORDS = re.compile(r"采纳|落实|完成|培育|新增|同意|收悉")


def people_in(folded: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The proposers that a question names."""
    names = {name for entry in entries for name in entry.proposers}
    parties = PARTY.findall(folded)
    return tuple(
        n
        for n in names
        if len(n) > 1
        and (
            re.sub(r"等\d+[名位].*$", "", fold(n)) in folded or any(party in fold(n)[:4] for party in parties)
        )
    )


def requested_as(
    question: Question,
    people: Sequence[str],
    intents: Sequence[str],
    entries: Sequence[Entry],
    asking: Container[str] = (),
) -> Request | None:
    """The request that a question makes by what it was read to ask for, in words that no pattern knows.

    What it is about are its words that some document's topic has; None where it has another one, for what it
    asks of the documents then is not known.

    Args:
        people: the proposers that it names.
        intents: some of ``intents.CATALOG``.
        asking: words of asking, that no document is about.
    """
    text = question.folded
    if question.numbers or not intents or _FIGURE_WORDS.search(text):
        return None
    names = "".join(fold(i) for e in entries for i in (*e.issuers, *e.home, *e.proposers))
    rest = [t for t in question.terms if t not in names and not _OF_PAPERS.search(t) and len(t) > 1]
    topics = [t for t in rest if any(about(t, e.topic) for e in entries)]
    if any(t not in topics and t not in asking for t in rest):
        return None
    return Request(
        show="issuers"
        if "list_issuers" in intents
        else "proposers"
        if "list_proposers" in intents
        else "documents",
        count="count" in intents,
        types=() if people or re.search("提案|建议", text) else _types(text),
        years=question.years,
        people=tuple(people),
        outcomes=_outcomes(text),
        kinds=_kinds(text),
        topics=tuple(topics),
        session=_session(text),
        newest="newest" in intents,
        oldest="oldest" in intents,
        sort=_sort_asked(text),
        but="opinion" if _NOT_COUNTED.search(text) else "",
    )


# 材料, 东西, 落款, 名单: words of papers as such, and of asking for them
_OF_PAPERS = re.compile(
    r"[文信件函稿纸]|答复|回复|提案|建议|意见|材料|东西|资料|通知|办法|政策|方案|细则|简报|报告|总结|落款|名单|单子|清单"
    r"|部门|单位|机关|[局委办]|委员|代表|党派|政协|人大|市里|区里|县里|全市|日期|日子|年头|最[早近新晚后先老]|类|正式|个人|组织"
)


def _types(text: str) -> tuple[DocumentType, ...]:
    return tuple(name for name, pattern in _TYPES if pattern.search(text))


def requested(question: Question, people: Sequence[str]) -> Request | None:
    """What a question asks of the catalog, or None when it is not about the documents themselves.

    Args:
        people: the proposers that it names.
    """
    text = question.folded
    newest, oldest = _NEWEST.search(text) is not None, _OLDEST.search(text) is not None
    count, listed = _COUNT.search(text) is not None, _LIST.search(text) is not None
    about = _ABOUT.search(text)
    who = (_WHO.search(text) is not None and about is not None) or _REPLIED_TO.search(text) is not None
    outcomes = _outcomes(text) if listed or count else ()
    if not (newest or oldest or count or listed or who) or _FIGURE_WORDS.search(text) or _JOINT.search(text):
        return None
    if question.numbers:
        return None  # one letter's field: policyqa.letterhead
    types = _types(text)
    if re.search(r"提案|建议|议案", text) or people or re.search(r"答复了?(?:多少|几)件", text):
        types = ()
    show = (
        "issuers" if _ISSUERS.search(text) else "proposers" if who and not (count or listed) else "documents"
    )
    return Request(
        show=show,
        count=count,
        types=types,
        years=question.years,
        people=tuple(people),
        outcomes=outcomes,
        kinds=_kinds(text),
        topics=_topics(text, about),
        session=_session(text),
        newest=newest,
        oldest=oldest,
        sort=_sort_asked(text),
        but="opinion" if _NOT_COUNTED.search(text) else "",
    )


def _sort_asked(text: str) -> str:
    """The sort of reply that a question is about; empty for any."""
    if "会办意见" in text and not _NOT_COUNTED.search(text) and not _COUNTED_TOO.search(text):
        return "opinion"
    if _CITIZENS.search(text):
        return "citizen"
    return "member" if _MEMBERS.search(text) else ""


def _outcomes(text: str) -> tuple[str, ...]:
    return tuple(letter.upper() for letter in _OUTCOME.findall(text))


# 市政协十一届二次会议的提案
_SESSION = re.compile(
    r"(?P<term>[一二三四五六七八九十]{1,3}|\d{1,2})届(?P<session>[一二三四五六七八九十]{1,2}|\d{1,2})次"
)


def _session(text: str) -> tuple[int, int] | None:
    match = _SESSION.search(text)
    term, session = (to_number(match[name]) for name in ("term", "session")) if match else (None, None)
    return (int(term), int(session)) if term and session else None


def _kinds(text: str) -> tuple[str, ...]:
    if "提案" in text and "建议" not in text:
        return ("proposal",)
    if "人大" in text and "建议" in text:
        return ("suggestion",)
    return ()


def _topics(text: str, about: re.Match[str] | None) -> tuple[str, ...]:
    if about is None:
        return ()
    terms = content_terms(about["topic"])
    return terms or (about["topic"],)


def about(topic: str, text: str) -> bool:
    """Whether a text is about a topic, by any of its names."""
    return any(fold(name) in text for name in expanded_terms(topic))
