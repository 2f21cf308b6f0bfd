"""Questions about a letter itself — its number, date, addressee, proposal — from its head and tail.

They are answered from the fields of the document, never from a passage that looks alike; a field
that the document does not have is said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from policyqa import labelled
from policyqa.places import PARTY, home
from policyqa.question import Question, normal_number
from policyqa.schema import Answer, Citation, Document, Span
from policyqa.text import fold


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a document that can be asked for.

    ``asked`` matches questions for it; ``value`` gives what to say, empty when absent; ``place``
    says where in the document it stands.
    """

    name: str
    asked: re.Pattern[str]
    value: Callable[[Document], str]
    place: Callable[[Document], Sequence[Span]]


def _located(*names: str) -> Callable[[Document], Sequence[Span]]:
    def place(document: Document) -> Sequence[Span]:
        return [document.located[name] for name in names if name in document.located][:1]

    return place


def _titles(document: Document) -> Sequence[Span]:
    names = [n for n in document.located if n.startswith("proposal_title")]
    return [document.located[n] for n in sorted(names)] or _located("title")(document)


def _proposal_titles(document: Document) -> str:
    several = len(document.proposals) > 1
    return "；".join(
        p.title + (f"（第{p.number}号）" if several and p.number else "")
        for p in document.proposals
        if p.title
    )


def _numbers(document: Document) -> str:
    return "；".join(f"第{p.number}号" for p in document.proposals if p.number)


def _day(name: str) -> Callable[[Document], str]:
    def value(document: Document) -> str:
        day = getattr(document, name)
        return f"{day.year}年{day.month}月{day.day}日" if day else ""

    return value


def _contact(document: Document) -> str:
    return document.contact or next(filter(None, (labelled.said(document, n) for n in _CONTACTS)), "")


def _contact_places(document: Document) -> Sequence[Span]:
    found = _located("contact")(document)
    return found or next(filter(None, (labelled.place(document, n) for n in _CONTACTS)), [])


_CONTACTS = ("phone", "person")
"""What a sentence may say of whom to ask, where no line of its own does."""


def _proposers(document: Document) -> str:
    return "；".join(dict.fromkeys("、".join(p.proposers) for p in document.proposals if p.proposers))


# A类（第031号、第112号）、C类（第077号）
_CLASS_OF = re.compile(r"(?P<letter>[A-Ea-e])\s*类?\s*[（(](?P<whose>[^（）()]*\d[^（）()]*)[）)]")


def _outcome(document: Document) -> str:
    """The class of a letter; where its proposals have each their own, those of the ones that are meant."""
    span = document.located.get("outcome")
    said = list(_CLASS_OF.finditer(document.body[span.start : span.end])) if span else []
    numbers = {normal_number(p.number) for p in document.proposals if p.number}
    own = [m for m in said if numbers & {normal_number(n) for n in re.findall(r"\d+", m["whose"])}]
    if len(own) > 1:
        return "、".join(m.group() for m in own)
    letter = own[0]["letter"] if own else document.outcome
    return f"{letter.upper()}类" if letter else ""


def _label(name: str) -> tuple[Callable[[Document], str], Callable[[Document], Sequence[Span]]]:
    """The value of a labelled word, and where it stands."""
    return lambda d: labelled.said(d, name), lambda d: labelled.place(d, name)


def _attachments(document: Document) -> str:
    return f"{len(document.attachments)}个：{'；'.join(document.attachments)}" if document.attachments else ""


_WHEN = r"(?:哪一?天|何时|几时|什么时[候间]|啥时候?|几月几[日号]|几号|哪年哪月)"
_FIELDS: tuple[Field, ...] = (
    Field("提案标题", re.compile(r"(?:提案|建议|议案)的?(?:标题|题目|题名|案由|名称|全称|全名|叫什么)|(?:标题|题目|案由)(?:是|叫)|哪[一两三几]?[件份](?:提案|建议)|什么(?:提案|建议)|(?:提案|建议|议案)[^，。？]{0,8}叫什么名字|(?:委员|代表)(?:们)?提的?(?:是什么|是啥|啥|什么)(?=[，。？?]|$)"), _proposal_titles, _titles),
    Field("文件标题", re.compile(r"(?:答复函?|复函|文件|通知|办法|方案|函|信)的?(?:标题|题目|全称|全名)|号(?:文件?)?的?(?:全称|全名|名称)"), lambda d: d.title, _located("title")),
    Field("发文字号", re.compile(r"文号|发文字号|字号|(?:几|多少|哪个?)号文"), lambda d: d.document_number, _located("document_number")),
    Field("提案号", re.compile(r"(?:提案|建议|议案)的?(?:编号|号码|号(?!提案|建议))|(?:提案|建议|议案)(?:分别)?(?:是|为)第?(?:几|哪|多少)号|第?哪?[几哪]号(?:提案|建议|议案)|多少号(?:提案|建议)"), _numbers, _located("title", "proposal_title")),
    Field("主送", re.compile(r"答复(?:给)?(?:的是)?(?:谁|哪位|哪个|哪些|哪几)(?![只不最提说觉满])|回复(?:给)?(?:的是)?(?:谁|哪位|哪个|哪些|哪几)|(?:写|发|寄|主送)给?(?:的是)?(?:谁|哪位|哪个|哪几|哪两|哪些)|给谁的|主送|称谓"), lambda d: d.addressee, _located("addressee")),
    Field("提案人", re.compile(r"(?:谁|哪位|哪几位|哪些|哪个|哪两位)(?:委员|代表|人|党派|单位|名)?们?(?:联名|领衔|牵头)?提(?:出|交|的|了|案)?|提案人|(?:谁|哪位|哪个)(?:委员|代表)?(?:领衔|牵头|联名)|领衔的?(?:是谁|代表|委员)|由(?:谁|哪位|哪个)[^，。]{0,6}提|(?:提案|建议)是?谁写|(?:提案|建议|议案)的?是(?:哪[个位家]|谁)(?![答回办主承牵负督][复办管头责]?|[㐀-鿿]{0,3}(?:部门|单位|局))|哪个党派"), _proposers, _located("addressee")),
    Field("发文机关", re.compile(r"(?:哪些|什么|哪[一两三四几]?[个家])(?:部门|单位|机关|局|委|机构|委办局)(?:联合|共同|一起|联名)?(?:答复|回复|办(?!公)|发|印发|出|制定|写|承办)|(?:哪个|哪家|什么)(?:部门|单位|机关)(?:说|讲|提供|给出)的?|谁(?:答复|回复|发|印发|办理|(?<!提案是谁)(?<!提案谁)(?<!建议是谁)写|说)的?|发文(?:机关|单位)|承办单位|哪[两三几]家(?:联合|共同)?(?:发|印发|出台|制定|联合)|[和跟与同]谁联合|谁联合"), lambda d: d.issuer, _located("issuer")),
    Field("主办单位", re.compile(r"主办单位(?!的)|(?:哪个|哪家|什么)(?:部门|单位|机关|局|委)主办|谁主办|主办的?是(?:谁|哪)"), lambda d: d.lead_unit or d.issuer, _located("lead_unit", "issuer")),
    Field("会办单位", re.compile(r"会同(?:了)?(?:哪|谁)|(?:会办|协办)(?:的?单位|的?部门|的?是)|谁(?:会办|协办)|哪(?:些|几个|几家)(?:部门|单位|局)?(?:会办|协办|一起|共同(?:办理|研究))|(?:和|跟|与|同)哪(?:些|几)"), lambda d: "、".join(d.co_units), lambda d: _opening(d)),
    Field("抄送", re.compile(r"抄送"), lambda d: "、".join(d.copied_to), _located("copied_to")),
    Field("办复类别", re.compile(r"办复类别|办理结果|办理类别|办复结果|[abc]类?还是|哪一?类(?:答复|办理|件)|什么类(?:别|件)|几类件|(?:定为|属于|列为|列入|算|评为|是|[改办答][成为])(?:了|的)?(?:哪一?|几|什么)类"), _outcome, _located("outcome")),
    Field("公开方式", re.compile(r"公开方式|公不公开|(?:是否|能不能|主动|可以|依申请)公开|公开(?:了)?[没吗不]"), lambda d: labelled.said(d, "openness"), lambda d: labelled.place(d, "openness")),
    Field("联系方式", re.compile(r"联系(?:电话|人|方式|谁|哪位)|(?:电话|热线)(?:是|号码|多少|几号)|打(?:哪个|什么|啥)电话|找谁联系|怎么联系|(?:谁|哪位)经办|经办人?(?:是谁|[，。？?]|$)"), _contact, _contact_places),
    Field("索引号", re.compile(r"索引号"), lambda d: labelled.said(d, "index"), lambda d: labelled.place(d, "index")),
    Field("留言编号", re.compile(r"(?:留言|来信|信件|受理)[^，。？]{0,4}编号"), lambda d: labelled.said(d, "message"), lambda d: labelled.place(d, "message")),
    Field("审签人", re.compile(r"(?:谁|哪位|哪个)[^，。？]{0,6}(?:审签|审定|签发|签批|审核)|(?:审签|审定|签发|签批)的?(?:人|领导|是谁)"), lambda d: labelled.said(d, "approved"), lambda d: labelled.place(d, "approved")),
    Field("主持人", re.compile(r"(?:谁|哪位|哪个|什么人)[^，。？]{0,8}(?:主持|召集|召开|开的)|主持(?:人|会议)?的?(?:是谁|是哪|[，。？?]|$)"), *_label("chair")),
    Field("记录人", re.compile(r"(?:谁|哪位|哪个)[^，。？]{0,6}(?:做的?)?(?:记录|记的)|记录(?:人|员)?(?:的?是谁|[，。？?]|$)"), *_label("recorder")),
    Field("校对人", re.compile(r"(?:谁|哪位|哪个)[^，。？]{0,6}校对|校对(?:人|的?是谁)"), *_label("checker")),
    Field("请假缺席", re.compile(r"(?:谁|哪[些几个]|哪位)[^，。？]{0,8}(?:请假|缺席|没来|没到|未到会|没参加)|(?:请假|缺席|没来|没到会?|没参加)的?(?:[有是]|都有)?(?:谁|哪)"), *_label("absent")),
    Field("列席", re.compile(r"(?:谁|哪[些几个]|哪位)[^，。？]{0,6}列席|列席的?(?:[有是]|都有)?(?:谁|哪)"), *_label("sitting_in")),
    Field("出席", re.compile(r"(?:谁|哪[些几个]|哪位)[^，。？]{0,6}(?:出席|参会|参加(?:了)?(?:会议|协商会|座谈会|这次会))|(?:出席|参会)的?(?:委员|人员|领导|单位)?(?:[有是]|都有)(?:谁|哪)"), *_label("attending")),
    Field("合并的提案", re.compile(r"(?:合并|并案|一并)(?:答复|办理|办复)?[^，。？]{0,6}(?:哪|几件|几份|几个|多少件)|(?:几件|几份|多少件)[^，。？]{0,4}(?:合并|并案)|(?:答|答复|回复|办理|涉及)了?(?:(?:几|多少)[件份个]|哪几个)(?:提案|建议)"), lambda d: f"{len(d.proposals)}件：{_numbers(d)}" if d.proposals else "", _located("title", "proposal_title")),
    Field("附件", re.compile(r"附件(?:一共|总共|都|共)?(?:有|是|包括)?(?:哪|什么|啥|几|多少)|(?:几|多少|哪些)个?附件"), _attachments, _located("attachments")),
    Field("停止执行的文件", re.compile(r"(?:哪|什么|啥)[^，。？]{0,6}(?:文件?|办法|规定|通知|标准|政策|规矩)[^，。？]{0,6}(?:作废|废止|停止执行|失效|废了|不再执行)|(?:作废|废止|停止执行|废|取代|代替)了?的?(?:文件)?(?:是|了)?(?:哪|什么)"), lambda d: labelled.said(d, "repealed"), lambda d: labelled.place(d, "repealed")),
    Field("成文日期", re.compile(rf"成文|落款(?:日期|时间)?|{_WHEN}(?:答复|回复|答的|发文|签发|成文|出的|写的|复的|发的|发出)|(?:答复|回复|复函|签发|发文)的?(?:日期|时间)|(?:答复|回复|复函|[^，。？]函)(?:提案|建议)?(?:的函)?是(?:几号(?!文|提案|建议|函)|哪天)|(?:答复|回复|复函|发文|签发|出台)(?:是)?(?:在)?{_WHEN}"), _day("signed_on"), _located("signed_on")),
    Field("印发日期", re.compile(rf"{_WHEN}印发|印发的?(?:日期|时间)|印发(?:是)?(?:在)?{_WHEN}"), lambda d: _day("printed_on")(d) or _day("signed_on")(d), lambda d: _located("printed_on")(d) or _located("signed_on")(d)),
    Field("发布日期", re.compile(rf"(?:挂网|上网|网上|对外|公开)?发布(?:日期|时间|的)?(?:是)?(?:{_WHEN})?|挂网|{_WHEN}(?:公布|公开|发布)"), _day("published_on"), _located("published_on")),
)  # fmt: skip


def _opening(document: Document) -> Sequence[Span]:
    """The sentence that names the agencies that took part."""
    if not document.co_units:
        return []
    at = document.body.find(document.co_units[0])
    if at < 0:
        return []
    start = max(document.body.rfind(mark, 0, at) for mark in "。\n") + 1
    ends = [i for mark in "。：\n" if (i := document.body.find(mark, at)) >= 0]
    return [Span(start, min(ends, default=len(document.body)))]


# 文号和日期, 联系人和日期, 几号发的，跟谁联合发: beside another field a bare name is enough.
_BESIDE = {
    "成文日期": re.compile(r"日期|时间|(?:哪天|几号|什么时候)(?:发|答|出|定|写)"),
    "联系方式": re.compile(r"联系人|电话|经办"),
    "提案人": re.compile(r"提案人|谁提|(?<!复)谁的|哪位委员|领衔"),
    "提案标题": re.compile(r"案由|题目|标题"),
    "办复类别": re.compile(r"类别|[abc]类|什么类|哪类"),
    "发文机关": re.compile(r"哪[两三几]家|谁(?:答|发|办)"),
}


_OWN = frozenset(("会办单位", "附件", "主持人", "记录人", "列席", "出席", "请假缺席", "合并的提案", "校对人"))
_EARLIER = re.compile(
    r"(?:首次|第一次|头一次|上一?次|前一?次|之前|先前)的?[^，。？]{0,2}(?:答复|回复|复函)|原来|原先|原为"
)
_OF_EACH = frozenset(("发文字号", "成文日期", "办复类别"))
_OVERSEEN = re.compile(r"督办")
"""Who sees to it that a proposal is handled stands in no head."""
_LOOSE = frozenset(("发文机关", "提案标题", "提案人", "主送"))


def fields_asked(question: Question) -> list[Field]:
    """The fields that a question asks for, in the order in which it names them."""
    found = [(m.start(), f) for f in _FIELDS if (m := f.asked.search(question.folded))]
    if found:
        known = {f.name for _, f in found}
        found += [
            (m.start(), f)
            for f in _FIELDS
            if f.name in _BESIDE and f.name not in known and (m := _BESIDE[f.name].search(question.folded))
        ]
    # 首次答复的文号, 原来是几类: of another letter, which this one may speak of.
    earlier = _EARLIER.search(question.folded)
    found = [(at, f) for at, f in found if not (earlier and f.name in _OF_EACH)]
    if _OVERSEEN.search(question.folded):
        return []
    names = {f.name for _, f in found}
    # 会办单位有哪几家, 附件有哪些: asks for these alone.
    if names & _OWN:
        found = [(at, f) for at, f in found if f.name not in _LOOSE]
    if any(f.name == "提案号" for _, f in found):
        found = [(at, f) for at, f in found if f.name != "提案标题" or "标题" in question.folded]
    return [f for _, f in sorted(found, key=lambda item: item[0])]


_ABOUT_LETTER = re.compile(
    r"((?:委员|代表)提的|提案|建议|议案|答复|复函|回复|来信|函|文件|通知|办法|方案|细则|措施|简报|文号|意见|报告|总结|留言|字号|成文|发文|抄送|主送|办复|热线|索引号|审签|审定|签发|作废|废止|停止执行|纪要|[这那][件封份](?!事)|\d号|\d\)\d)"
)


_ABOUT_MEETING = re.compile(r"纪要|会议|协商会|座谈会|常务会|专题会")


def is_about_letter(question: Question, fields: Sequence[Field]) -> bool:
    """Whether a question for some fields speaks of a letter at all, or of a meeting whose minutes have them."""
    if _ABOUT_LETTER.search(question.folded) is not None:
        return True
    return all(f.name in _OWN for f in fields) and _ABOUT_MEETING.search(question.folded) is not None


_NUMBERED = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:期|次(?!会议))")
_HEAD = 400
"""How much of a document's beginning says which of a series it is, in characters."""


def meant(
    question: Question, issuers: Sequence[str], places: Sequence[str], letters: Sequence[Document]
) -> list[str]:
    """Ids of the letters that a question for a field means, which names no number and no person.

    The first that has the issuer, the place and the year named; one for each issuer when the field
    of each one's letter is asked for: 文号分别是什么.

    Args:
        letters: those of the best passages, best first.
    """
    if not letters:
        return []
    # 第3期协商会, 第4次常务会: no other one's minutes.
    if numbered := _NUMBERED.findall(question.folded):
        letters = [d for d in letters if all(n in fold(d.body[:_HEAD]).replace(" ", "") for n in numbered)]
    if not letters:
        return []
    each = re.search("分别|各", question.folded) is not None
    asked = [[issuer] for issuer in issuers] if each and len(issuers) > 1 else [issuers]
    found = [min(letters, key=lambda letter: _strays(letter, question, one, places)) for one in asked]
    if each and len(question.years) > 1:
        # 23年和25年的联系人分别是谁: one letter of each year.
        for year in question.years:
            of_year = [d for d in letters if d.dated is not None and d.dated.year == year]
            found += sorted(of_year, key=lambda letter: _strays(letter, question, issuers, places))[:1]
        found = [d for d in found if d.dated is not None and d.dated.year in question.years]
    # 2024年那份答复: a letter of 2025 is another one.
    return list(dict.fromkeys(letter.id for letter in found if not _other_year(letter, question)))


def _strays(letter: Document, question: Question, issuers: Sequence[str], places: Sequence[str]) -> int:
    """How much of issuer, place and year that a question names a letter does not have."""
    other_issuer = bool(issuers) and letter.issuer not in issuers
    own = home(letter)
    other_issuer = other_issuer or bool(places and own and not set(own) & set(places))
    other_year = _other_year(letter, question)
    # 纪要是谁记录的: minutes, not the letter about the same.
    other_kind = any(w in question.folded and w not in fold(letter.body[:_HEAD]) for w in _KINDS)
    return 4 * other_kind + 2 * other_issuer + other_year


def _other_year(letter: Document, question: Question) -> bool:
    """Whether a question names the year of a letter and this one is of another."""
    # 2022年有一份答复 names the letter's year; 2023年新增多少 the figure's.
    dated = re.search(r"年(?:度)?的?[^，。年]{0,6}(?:答复|复函|回复|文件|通知|办法|方案|函)", question.folded)
    wanted = question.years if dated else ()
    return bool(wanted) and (letter.dated is None or letter.dated.year not in wanted)


_KINDS = ("纪要", "协商会", "座谈会", "常务会", "专题会议")


_POINTS_BACK = re.compile(
    r"(这(?!些年)|那(?!么)|该|它|上面|刚才|说的|依据|出自|来源|原文|文号|哪个部门|哪家)"
)


def points_back(question: Question) -> bool:
    """Whether a question is about the answer just given: 这是哪个部门说的, 文号多少."""
    return _POINTS_BACK.search(question.folded) is not None and len(question.terms) <= 3


def answer_from(question: Question, fields: Sequence[Field], documents: Sequence[Document]) -> Answer:
    """Answer from the fields of documents: one line a document; ``not_found`` when none has them."""
    shorts: list[str] = []
    lines: list[str] = []
    citations: list[Citation] = []
    missing: list[str] = []
    for whole in documents:
        said = []
        document = _of_number(whole, question)
        for field in fields:
            value = field.value(document)
            spans = field.place(document)
            if field.name == "发文字号" and (cited := _cited_number(document, question, value)):
                value, spans = document.body[cited[0].start : cited[0].end], [cited[1]]
            if not value or not spans:
                missing.append(f"《{document.name}》没有写明{field.name}。")
                continue
            said.append(f"{field.name}：{value}")
            shorts.append(value)
            citations += [_cite(document, span) for span in spans]
        if said:
            lines.append("；".join(said) + f"（{document.name}）")
    if not shorts:
        return Answer(question.text, "not_found", "".join(dict.fromkeys(missing)), confidence=0.2)
    return Answer(
        question.text,
        "answered",
        "\n".join([*lines, *dict.fromkeys(missing)]),
        "；".join(dict.fromkeys(shorts)),
        _unique(citations),
        confidence=0.95,
    )


def _of_number(document: Document, question: Question) -> Document:
    """A letter that answers several proposals with only those whose number or proposer the question names."""
    named = tuple(p for p in document.proposals if p.number and normal_number(p.number) in question.numbers)
    parties = PARTY.findall(question.folded)
    named = named or tuple(
        p
        for p in document.proposals
        if any(fold(n) in question.folded or fold(n).startswith(tuple(parties)) for n in p.proposers)
    )
    return replace(document, proposals=named) if named else document


# 《…管理办法》（桐政办规〔2024〕6号）
_CITED = re.compile(
    r"《(?P<title>[^《》\n]{4,80})》\s*\((?P<number>[㐀-鿿]{2,14}\s*\(\d{4}\)\s*第?\d{1,5}号)\)"
)
_PAPERS = ("办法", "方案", "细则", "规定", "规划", "措施", "意见", "通知")


def _cited_number(document: Document, question: Question, own: str) -> tuple[Span, Span] | None:
    """Where a document gives the number of another that it cites, when that one is asked about.

    That is so when it has no number itself, or is itself no 办法 and the question asks about one.
    """
    papers = [w for w in _PAPERS if w in question.folded]
    if own and (not papers or any(w in document.title for w in papers)):
        return None
    folded = fold(document.body)
    best, most = None, 0
    for match in _CITED.finditer(folded):
        words = [t for t in question.terms if t in match["title"]]
        fits = sum(map(len, words)) if not papers or any(w in match["title"] for w in papers) else 0
        if fits > most:
            best, most = match, fits
    if best is None or most < 4:
        return None
    start = max(folded.rfind(mark, 0, best.start()) for mark in "。\n") + 1
    ends = [at for mark in "。\n" if (at := folded.find(mark, best.end())) >= 0]
    return Span(*best.span("number")), Span(start, min(ends, default=len(folded)))


def _cite(document: Document, span: Span) -> Citation:
    return Citation(document, (), document.body[span.start : span.end], span.start, span.end)


def _unique(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    seen: dict[tuple[str, int, int], Citation] = {}
    for citation in citations:
        seen.setdefault((citation.document.id, citation.start, citation.end), citation)
    return tuple(seen.values())
