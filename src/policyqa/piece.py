"""The piece of a sentence that answers: the decision, the reason, the person, the clause on the matter.

A short answer is always a slice of its passage; what is cut away stands in the answer's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Weights, covered
from policyqa.evidence import Evidence, bare
from policyqa.question import Question
from policyqa.schema import Span
from policyqa.text import fold

_MARK = re.compile(r"[，；。！？]|：(?!\d)|(?<!\d)[：,;:?!]")
_OPEN, _CLOSE = "“（《‘「(【", "”）》’」)】"
_LONG = 50
"""Characters of a piece above which it is cut at commas."""
_NO = (
    r"不宜|暂不|不予|未予|不成熟|不具备|不赞成|不同意|不得|严禁|禁止|暂缓|不搞|不纳入|不列入|不属于|不计入|不适用|不享受|不作"
    r"|不能越权|无权|不在[^，。]{0,8}范围|未作|未开展|不符|不一致|有出入|并非"
)
_STRONG = re.compile(_NO + r"|同意|采纳|免费|仍按|属实")
REFUSES = re.compile(
    _NO + r"|不能(?!不)|无法|难以|不再|没有|尚未|并未|未[㐀-鿿]"
    r"|不(?!少于|低于|超过|断|同|仅|足|含|限于|到|高于|小于|良|适|均|必|动产|锈|等|满|论|管)"
)
"""Words that a refusal or a denial is worded with."""
AGREES = re.compile(
    r"同意|采纳|已[经全]?[^，。]{0,6}(?:列入|纳入|完成|启动|建成|办理|开展|实施)|可以|可[参按由向在到申享]|免费|应当|允许|支持|仍按|按[^，。]{1,12}执行|属实|一致|确[有实]|不用|无需|不必|不动|继续|均|提前"
)
_REFUSED = re.compile(r"不宜|暂不|不予|不再|近期不|不要求|不赞成|不搞|难以|无权|不能越权|因此|所以")
_DECIDING = re.compile(r"同意|采纳|支持|允许|可以|答应|能|批准|认可|属实|统计|意见|态度")
_CONCEDES = re.compile(r"^(?:但是?|不过|可依法|同时)")
_CONDITION = re.compile(r"[^目人]的$")
_CLAIMED = re.compile(
    r"^(?:您|你们?|贵[委局])?(?:同时|还|在提案中)?(?:关于|对于?|建议|提出|提案|提议|代表|委员|要求|针对|若|如果|如全)"
)
_CAUSE = re.compile(
    r"(?:主要)?(?:原因|理由)(?:主要)?(?:是|在于|为|有|：)|主要考虑[是到：:]*|主要(?:是|因|由于)(?:因为|由于)?|问题(?:在于|是)|由于|因为|考虑到?|鉴于|为(?:避免|防止)|系(?=[^，。]{2,30}所致)|(?<=[，。；：])因(?![此而地素])|^因(?![此而地素])|因(?![此而地素])(?=[^，。；]{2,40}(?:所致|未|不|尚|推迟|终止|停|延))"
)
_EFFECT = re.compile(
    r"不宜|暂不|不予|不再|近期|不要求|无权|不能越权|预计|推迟|实际于|终止|因此|所以|故|我们正|正在|计划|已"
)
_GOES_ON = re.compile(r"^(?:且|并且|并|也|又|而|还|导致|造成|容易|会|将影响)")
_MEANS = re.compile(r"(?:是指|指的是|即)[：，]?")
_MEANING = re.compile(r"指(?:的是)?(?:什么|哪|啥)|是什么意思|定义|指哪|什么样的|怎么理解|算什么")
_PERSON = re.compile(
    r"(?:分管(?:领导)?)?(?:(?![由被向请经的])[㐀-鿿]{2,3})?副?(?:主任|局长|区长|县长|市长|省长|镇长|书记|科长|处长|秘书长|院长|校长|所长|部长|会长|主席|组长|队长|行长|经理)(?:[㐀-鿿]{2,3}(?=同志))?"
    r"|(?:委员|代表)(?!会)[㐀-鿿]{2,3}(?=《|，|。|提|等)|[㐀-鿿·]{2,3}(?:等\d+[名位])?(?<!政协)(?<!人大)(?:委员(?!会)|代表|同志|老师|医生|先生|女士)"
)
_BODY = r"(?:[㐀-鿿]{1,18}?(?:委员会|办公室|管委会|办事处|供销社|街道|政府|部门|中心|公司|银行|集团|支队|大队|联合会|单位|工会|主体|企业|学校|医院|法院|局|委(?!员|托)|厅|部(?!分|件|位|署|门)|院|办(?!公室|事处|理|法|好|学)|站|所(?!有|需|在|称|以)))"  # noqa: E501
_AGENCIES = re.compile(rf"{_BODY}(?:(?:[、和及与]|会同|联合|（[^）]*）|以及|，)?{_BODY})*")
_BEFORE_AGENCY = re.compile(r"^.*?(?:由|向|经|归|被|请|找|到|会同|联合|依托|委托)(?=[㐀-鿿]{2})")


def clauses(text: str) -> list[Span]:
    """The clauses of a sentence, each without its mark; marks inside quotes and brackets do not cut.

    >>> [("甲（一，二），乙；丙。")[s.start:s.end] for s in clauses("甲（一，二），乙；丙。")]
    ['甲（一，二）', '乙', '丙']
    """
    found: list[Span] = []
    depth = start = 0
    for at, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and _MARK.match(text, at):
            if text[start:at].strip():
                found.append(Span(start, at))
            start = at + 1
    if text[start:].strip():
        found.append(Span(start, len(text)))
    return found


def piece_of(question: Question, terms: Weights, evidence: Evidence) -> Span:
    """The slice of the passage that answers the question most closely; offsets into its text."""
    text = evidence.passage.text
    found = clauses(text)
    if len(found) < 2 and question.want not in ("who", "agency", "reason"):
        return found[0] if found else Span(0, len(text))
    if question.want == "yesno":
        return _decision(terms, text, found) or _matter(question, terms, text, found)
    if question.want == "reason":
        return _reason(terms, text, found)
    if question.want == "who":
        return _named(_PERSON, terms, text, found) or _matter(question, terms, text, found)
    if question.want == "agency":
        return _agency(terms, text, found) or _matter(question, terms, text, found)
    return _matter(question, terms, text, found)


def _near(terms: Weights, text: str, found: Sequence[Span], at: int) -> float:
    """How much of the question a clause holds, with the three before it in its part of the sentence."""
    first = at
    while first > max(0, at - 3) and text[found[first - 1].end : found[first - 1].end + 1] != "；":
        first -= 1
    own = bare(text[found[at].start : found[at].end])
    before = bare(text[found[first].start : found[at].start])
    return covered(terms, (own, 1.0), (before, 0.8))


def decides(clause: str) -> float:
    """How plainly a clause decides: 0 not at all, 1.2 with the words that letters decide with."""
    clause = fold(clause)
    if _CLAIMED.match(clause) and not re.search(r"不宜|暂不|不予|采纳|不成熟", _unquoted(clause)):
        return 0.0
    clause = _unquoted(clause)
    # What is conceded beside a decision: 暂不单设，但同意把空气质量纳入指标.
    if _CONCEDES.match(clause):
        return 0.3
    return 1.2 if _STRONG.search(clause) else 0.5 if REFUSES.search(clause) or AGREES.search(clause) else 0.0


def _unquoted(text: str) -> str:
    """A text without what it quotes: the asker's 不 is no decision."""
    return re.sub(r'"[^"]*"|《[^》]*》', "", text)


def _decision(terms: Weights, text: str, found: Sequence[Span]) -> Span | None:
    """The clause that decides, with denials right behind it."""
    # Who asks 同意单独设立吗 finds 同意 in what was agreed to beside the refusal.
    terms = {t: w for t, w in terms.items() if not _DECIDING.search(t)} or terms
    worth = [decides(text[span.start : span.end]) for span in found]
    if not any(worth):
        return None
    at = max(
        (i for i, w in enumerate(worth) if w), key=lambda i: (worth[i] + _near(terms, text, found, i), -i)
    )
    last = at
    while (
        last + 1 < len(found)
        and text[found[last].end] == "，"
        and worth[last + 1]
        and REFUSES.search(fold(text[found[last + 1].start : found[last + 1].end]))
        and found[last + 1].end - found[at].start < 2 * _LONG
    ):
        last += 1
    first = at
    # 30万平方米的目标受用地指标限制，难以在一年内实现: what it is about, when the clause does not say.
    while (
        first
        and text[found[first - 1].end] == "，"
        and not covered(terms, (bare(text[found[first].start : found[last].end]), 1.0))
        and found[last].end - found[first - 1].start <= _LONG
        and not _CLAIMED.match(text[found[first - 1].start : found[first - 1].end])
    ):
        first -= 1
    return Span(found[first].start, found[last].end)


def _reason(terms: Weights, text: str, found: Sequence[Span]) -> Span:
    """From the word that gives a cause to where its effect is said; else what leads to a decision."""
    folded = fold(text)
    quoted = [m.span() for m in re.finditer(r'"[^"]*"', folded)]
    causes = [m for m in _CAUSE.finditer(folded) if not any(a < m.start() < b for a, b in quoted)]
    if causes:
        cause = max(
            causes, key=lambda m: (_near(terms, text, found, _clause_at(found, m.start())), -m.start())
        )
        return Span(cause.start(), _cause_end(text, found, cause))
    for at, span in enumerate(found):
        if not _REFUSED.search(fold(text[span.start : span.end])) or _is_claim(text, span):
            continue
        if text[span.end : span.end + 1] == "：":
            return Span(span.end + 1, found[-1].end)  # 不宜采纳：一是…；二是…
        before = [s for s in found[:at] if not _is_claim(text, s)]
        while before and span.start - before[0].start > 2 * _LONG:
            before = before[1:]
        if before:
            return Span(before[0].start, span.end)
    return Span(found[0].start, found[-1].end) if found else Span(0, len(text))


def _is_claim(text: str, span: Span) -> bool:
    clause = fold(text[span.start : span.end])
    return re.match(r"^(?:您|你们?|贵[委局])?(?:同时)?(?:关于|对于?|建议|提出|提案|要求)", clause) is not None


def _cause_end(text: str, found: Sequence[Span], cause: re.Match[str]) -> int:
    """Where a cause ends: 原因是… with its sentence, 因… where the effect begins."""
    rest = found[_clause_at(found, cause.end()) :]
    if not rest:
        return len(text)
    if re.search(r"原因|理由|考虑[是：:]|问题", cause.group()):
        return rest[-1].end
    end = rest[0].end
    effect = next((i for i, s in enumerate(rest[1:], 1) if _EFFECT.search(fold(text[s.start : s.end]))), None)
    stop = next((i for i, s in enumerate(rest[1:], 1) if text[s.start - 1] == "；"), len(rest))
    if effect is not None and effect < stop:
        return rest[effect - 1].end
    for span in rest[1:stop]:
        if not _GOES_ON.match(fold(text[span.start : span.end])):
            break
        end = span.end
    return end


def _clause_at(found: Sequence[Span], offset: int) -> int:
    return next((i for i, span in enumerate(found) if span.end >= offset), len(found) - 1)


def _named(pattern: re.Pattern[str], terms: Weights, text: str, found: Sequence[Span]) -> Span | None:
    """The name in the clause nearest to the question."""
    hits = [
        (_near(terms, text, found, at), -match.start(), match.start(), match.end())
        for at, span in enumerate(found)
        for match in pattern.finditer(text, span.start, span.end)
    ]
    return Span(*max(hits)[2:]) if hits else None


def _agency(terms: Weights, text: str, found: Sequence[Span]) -> Span | None:
    """The agencies named in the clause nearest to the question, a run of them as one."""
    hits = []
    for at, span in enumerate(found):
        clause = text[span.start : span.end]
        led = _BEFORE_AGENCY.match(clause)
        match = _AGENCIES.search(clause, led.end() if led else 0) or _AGENCIES.search(clause)
        if match:
            near = covered(terms, (bare(clause), 1.0)) + 0.5 * _near(terms, text, found, at)
            hits.append((near, -at, span.start + match.start(), span.start + match.end()))
    return Span(*max(hits)[2:]) if hits else None


def _matter(question: Question, terms: Weights, text: str, found: Sequence[Span]) -> Span:
    """The part of a sentence that completes the question: a segment between ；, or clauses of it."""
    if _MEANING.search(question.folded):
        meant = [m for m in _MEANS.finditer(text) if m.end() < len(text) - 2]
        if meant:
            start = max(meant, key=lambda m: _near(terms, text, found, _clause_at(found, m.start()))).end()
            end = text.find("；", start)
            return Span(start, end if end >= 0 else found[-1].end)
    segments: list[list[Span]] = []
    for span in found:
        if segments and text[segments[-1][-1].end : segments[-1][-1].end + 1] not in "；。！？":
            segments[-1].append(span)
        else:
            segments.append([span])

    def holds(segment: Sequence[Span]) -> float:
        return covered(terms, (bare(text[segment[0].start : segment[-1].end]), 1.0))

    best = max(segments, key=holds)
    if len(best) > 1 and _CONDITION.search(text[best[0].start : best[0].end]):
        return Span(best[1].start, best[-1].end)  # 挪用经费的，责令退还: what follows from it
    if best[-1].end - best[0].start <= _LONG:
        return Span(best[0].start, best[-1].end)
    at = max(range(len(best)), key=lambda i: (_near(terms, text, best, i), -i))
    if at + 1 < len(best) and _is_claim(text, best[at]):
        at += 1
    last = at
    while last + 1 < len(best) and best[last + 1].end - best[at].start <= _LONG:
        last += 1
    return Span(best[at].start, best[last].end)
