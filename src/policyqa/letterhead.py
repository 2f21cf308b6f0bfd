"""Questions about a letter itself — its number, date, addressee, proposal — from its head and tail.

They are answered from the fields of the document, never from a passage that looks alike; a field
that the document does not have is said to be missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa.letter_fields import FIELDS, Field
from policyqa.other_letter import names_said, other_year, replies_to
from policyqa.places import PARTY, home
from policyqa.question import Question, normal_number
from policyqa.schema import Answer, Citation, Document, Proposal, Span
from policyqa.text import fold

# 文号和日期, 联系人和日期, 几号发的，跟谁联合发: beside another field a bare name is enough.
_BESIDE = {
    "成文日期": re.compile(r"日期|时间|(?:哪天|几号|什么时候)(?:发|答|出|定|写)"),
    "联系方式": re.compile(r"联系人|电话|经办"),
    "提案人": re.compile(r"提案人|谁提|(?<!复)谁的|哪位委员|领衔"),
    "提案标题": re.compile(r"(?<!提)案由|题目|标题"),
    "办复类别": re.compile(r"类别|[abc]类|什么类|哪类"),
    "发文机关": re.compile(r"哪[两三几]家|谁(?:答|发|办)"),
}


_OWN = frozenset(
    ("分管领导", "会办单位", "附件", "主持人", "记录人", "列席", "出席", "请假缺席", "合并的提案", "校对人")
)
_EARLIER = re.compile(
    r"(?:首次|第一次|头一次|上一?次|前一?次|之前|先前)的?[^，。？]{0,2}(?:答复|回复|复函)|原来|原先|原为"
)
_OF_EACH = frozenset(("发文字号", "成文日期", "办复类别"))


def asks_for_earlier(question: Question) -> bool:
    """Whether a question asks for the number, day or class of an earlier reply than the one at hand."""
    return _EARLIER.search(question.folded) is not None and any(
        f.asked.search(question.folded) for f in FIELDS if f.name in _OF_EACH
    )


def names_reply_of_year(question: Question, fields: Sequence[Field]) -> bool:
    """Whether a question for number, day or class names the reply by its year: 2024年那份答复是几号文."""
    dated = re.search(r"年(?:度)?的?[^，。年]{0,6}(?:答复|复函|回复)", question.folded)
    return dated is not None and bool(question.years) and all(f.name in _OF_EACH for f in fields)


_WHOSE = re.compile("哪(?:些|几位|位|几个)(?:委员|代表)")
_OVERSEEN = re.compile(r"督办")
"""Who sees to it that a proposal is handled stands in no head."""
_LOOSE = frozenset(("发文机关", "提案标题", "提案人", "主送"))


def fields_asked(question: Question) -> list[Field]:
    """The fields that a question asks for, in the order in which it names them."""
    found = [(m.start(), f) for f in FIELDS if (m := f.asked.search(question.folded))]
    if found:
        known = {f.name for _, f in found}
        found += [
            (m.start(), f)
            for f in FIELDS
            if f.name in _BESIDE and f.name not in known and (m := _BESIDE[f.name].search(question.folded))
        ]
    # 首次答复的文号, 原来是几类: of another letter, which this one may speak of.
    earlier = _EARLIER.search(question.folded)
    found = [(at, f) for at, f in found if not (earlier and f.name in _OF_EACH)]
    if _OVERSEEN.search(question.folded):
        return []
    if _WHOSE.search(question.folded):
        found = [(at, f) for at, f in found if f.name != "合并的提案"]  # whose they are, not how many
    names = {f.name for _, f in found}
    # 会办单位有哪几家, 附件有哪些: asks for these alone.
    if names & _OWN:
        found = [(at, f) for at, f in found if f.name not in _LOOSE]
    if any(f.name == "提案号" for _, f in found):
        found = [(at, f) for at, f in found if f.name != "提案标题" or "标题" in question.folded]
    return [f for _, f in sorted(found, key=lambda item: item[0])]


_ABOUT_LETTER = re.compile(
    r"((?:委员|代表)提的|提案|建议|议案|答复|复函|回[复信]|来信|函|文件|通知|办法|方案|细则|措施|简报|文号|意见|报告|总结|留言|字号|成文|发文|抄送|主送|办复|热线|索引号|审签|审定|签发|分管|的件(?!事)|作废|废止|停止执行|次(?:会议|全会)上?[^，。？]{0,3}提|纪要|通报|期号|[这那][件封份](?!事)|\d号|\d\)\d)"
)


_ABOUT_MEETING = re.compile(r"纪要|会议|全会|的会(?=是?谁|哪)|协商会|座谈会|常务会|专题会")


def is_about_letter(question: Question, fields: Sequence[Field]) -> bool:
    """Whether a question for some fields speaks of a letter, or of a meeting whose minutes have them."""
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
    # Of a place that has documents no other place's letter is meant, however near its matter.
    if places:
        letters = [d for d in letters if not (own := home(d)) or _among(own, places)]
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
    return list(dict.fromkeys(letter.id for letter in found if not other_year(letter, question)))


def _strays(letter: Document, question: Question, issuers: Sequence[str], places: Sequence[str]) -> int:
    """How much of issuer, place and year that a question names a letter does not have."""
    other_issuer = bool(issuers) and letter.issuer not in issuers
    own = home(letter)
    other_issuer = other_issuer or bool(places and own and not _among(own, places))
    of_other_year = other_year(letter, question)
    # 纪要是谁记录的: minutes, not the letter about the same.
    other_kind = any(w in question.folded and w not in fold(letter.body[:_HEAD]) for w in _KINDS)
    other_matter = _other_matter(letter, question) or _other_body(letter, question)
    nowhere = bool(places) and not own
    return 16 * other_kind + 8 * other_issuer + 4 * other_matter + 2 * of_other_year + nowhere


def _among(own: Sequence[str], places: Sequence[str]) -> bool:
    """Whether a document's place is one of some: 政协汜岚 is 汜岚."""
    return any(name.endswith(place) for name in own for place in places)


def _other_body(letter: Document, question: Question) -> bool:
    """Whether a question names a deputy's suggestion and a letter answers a member, or the other way."""
    deputies = re.search("人大|代表(?!性)", question.folded) is not None
    members = re.search("政协|委员|提案", question.folded) is not None
    kinds = {p.kind for p in letter.proposals}
    if deputies == members or not kinds:
        return False
    return "proposal" in kinds if deputies else "proposal" not in kinds


def _other_matter(letter: Document, question: Question) -> bool:
    """Whether a question says what a letter is about, 养犬提案答复, and it has no word of that."""
    said = [m["of"] for m in _MATTER.finditer(question.folded)]
    topics = [t for t in question.terms if len(t) > 1 and any(t in one for one in said)]
    titles = fold(" ".join([letter.title, *(p.title for p in letter.proposals)]))
    body = fold(letter.body)
    topics = [t for t in topics if not any(t in fold(name) for name in (letter.issuer, *home(letter)))]
    return bool(topics) and not any(t in titles or body.count(t) > 1 for t in topics)


# 泾渚养犬提案答复的联系人 · 关于养老的那份答复
_MATTER = re.compile(r"(?P<of>[㐀-鿿]{2,14}?)(?:的|那[份件封])*(?:提案|建议|议案)?的?(?:答复|复函|回复|提案)")


def to_member(question: Question, letters: Sequence[Document]) -> list[Document]:
    """Of some letters those that name the member whom a question names; all when it names none.

    穆某某委员的提案是几号 is not told by a letter to somebody else, however near its matter.
    """
    names = names_said(question)
    return [letter for letter in letters if replies_to(names, letter)] if names else list(letters)


_KINDS = ("纪要", "协商会", "座谈会", "常务会", "专题会议")


_POINTS_BACK = re.compile(
    r"(这(?!些年)|那(?!么)|该|它|上面|刚才|说的|依据|出自|来源|原文|文号|哪个部门|哪家)"
)


def points_back(question: Question) -> bool:
    """Whether a question is about the answer just given: 这是哪个部门说的, 文号多少."""
    return _POINTS_BACK.search(question.folded) is not None and len(question.terms) <= 3


NAMED = 0.95
MEANT = 0.9
SEVERAL = 0.83
"""How sure a field of a letter is that the question names, or only means; how sure several fields are. Of 149
such answers 72 of 75, 28 of 31 and 38 of 45 were right."""


def answer_from(
    question: Question, fields: Sequence[Field], documents: Sequence[Document], sure: float = NAMED
) -> Answer:
    """Answer from the fields of documents: one line a document; ``not_found`` when none has them."""
    shorts: list[str] = []
    lines: list[str] = []
    citations: list[Citation] = []
    missing: list[str] = []
    for whole in documents:
        said = []
        document = _of_number(whole, question)
        for field in fields:
            # How many were answered together is asked of all of them, whichever one the question names.
            about = whole if field.name == "合并的提案" else document
            value = field.value(about)
            spans = field.place(about)
            if field.name == "发文字号" and (cited := _cited_number(document, question, value)):
                value, spans = document.body[cited[0].start : cited[0].end], [cited[1]]
            if field.name == "联系方式" and "手机" in question.folded and not _MOBILE.search(value):
                missing.append(f"《{document.name}》没有写明手机号。")
                continue
            if field.name == "联系方式" and _NAME_ASKED.search(question.folded) and not _person_in(value):
                missing.append(f"《{document.name}》没有写明联系人姓名。")
                continue
            if (
                field.name == "联系方式"
                and _PHONE_ASKED.search(question.folded)
                and value
                and not _NUMBER.search(value)
            ):
                missing.append(f"《{document.name}》没有写明联系电话。")
                continue
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
        confidence=min(sure, SEVERAL) if len(fields) > 1 else sure,
    )


# 市财政局会办意见认为，…: in the letter of another bureau.
_SPEAKS = re.compile(
    r"(?:^|[，。；：])(?P<who>(?![我本贵该])[㐀-鿿]{2,14}?(?:局|委员会|委|办|厅|部|公司|中心|院))(?:会办|反馈|书面)?(?:意见|答复)?(?:认为|表示|提出|指出|反馈|说|解释)"
)


def spoken_by(question: Question, citation: Citation) -> Answer | None:
    """Who says what a quote says, where it names another agency than the letter's own; else None."""
    match = _SPEAKS.search(citation.quote)
    if match is None:
        return None
    return Answer(
        question.text,
        "answered",
        f"{match['who']}（见{citation.document.name}）",
        match["who"],
        (citation,),
        confidence=0.9,
    )


_PHONE_ASKED = re.compile(r"(?<!人和)(?<!人、)(?<!人及)电话(?!是谁)|热线")
_NUMBER = re.compile(r"[\dXx*×]{4}")
_NAME_ASKED = re.compile(
    r"(?:联系|经办)人[^，。？]{0,4}(?:姓名|名字|姓什么|叫什么|是谁|是哪)|(?:谁|哪位)经办"
)


def _person_in(contact: str) -> bool:
    """Whether a line that says whom to ask names a person: 市民政局养老科 刘某, not 联系电话：0731-….

    >>> _person_in("联系电话：XXXX-7733XX"), _person_in("联系人：唐XX，电话XXXX")
    (False, True)
    """
    return (
        re.search(r"(?:联系|经办)人[^\d，；\n]{0,3}[㐀-鿿]|(?:^|[\s　])[㐀-鿿]{2,3}(?:[\s　，；]|$)", contact)
        is not None
    )


_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def _of_number(document: Document, question: Question) -> Document:
    """A letter that answers several proposals with only those whose number or proposer the question names."""
    named = tuple(p for p in document.proposals if p.number and normal_number(p.number) in question.numbers)
    parties = PARTY.findall(question.folded)
    named = named or tuple(
        p
        for p in document.proposals
        if any(fold(n) in question.folded or fold(n).startswith(tuple(parties)) for n in p.proposers)
    )
    named = named or _of_title(document, question)
    return replace(document, proposals=named) if named else document


def _of_title(document: Document, question: Question) -> tuple[Proposal, ...]:
    """Of several proposals those that a question names by a word that no other's title has: 莲藕那件."""
    titles = [fold(p.title) for p in document.proposals]
    return tuple(
        p
        for p, title in zip(document.proposals, titles, strict=True)
        if any(t in title and sum(t in other for other in titles) == 1 for t in question.terms if len(t) > 1)
    )


# 《…管理办法》（桐政办规〔2024〕6号）
_CITED = re.compile(
    r"《(?P<title>[^《》\n]{4,80})》\s*\((?P<number>[㐀-鿿]{2,14}\s*\(\d{4}\)\s*第?\d{1,5}号)(?=[),，;；])"
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
