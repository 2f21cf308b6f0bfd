"""What is left of something, computed from the whole and the part that one sentence gives.

收到申报318项，通过247项 says how many were 没通过 without naming the figure,
进出口总额214.8亿元，其中出口168.5亿元 how much was 进口.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.asked import Asked, covered
from policyqa.compute import Operand, computed, magnitude_of, written
from policyqa.evidence import Evidence
from policyqa.figures import figure_of
from policyqa.findings import Candidate
from policyqa.match import unit_fit
from policyqa.question import Question
from policyqa.schema import Answer, Figure
from policyqa.text import fold
from policyqa.undone import HAVE_NOT, told_of
from policyqa.units import UNIT, canonical
from policyqa.worked_out import COUNTED, sentences_about, worked_out

_NOT_DONE = re.compile(
    r"(?:没有?|未|尚未|还没|不(?=合格|达标|满意|及格))(?!法|能|办法|有)(?P<done>[㐀-鿿]{1,4}?)(?:的|[？?]?$|(?=几|多少))"
)
# 不能采的茶园, beside 可采茶园27.4万亩
_NOT_ABLE = re.compile(r"(?:不能|不可|没法)(?P<done>[㐀-鿿]{1,3}?)的")
# 除了中央资金和专项债，别的还有几个亿
_EXCEPT = re.compile(
    r"(?:除[了掉去]?|扣[除掉]|去掉|不算|刨[去掉])(?P<parts>[^，。？]{2,40}?)(?:以外|之外|外)?[，,]?(?:别的|其他|其它|其余|剩下|余下|还[有剩]|剩)"
    r"|(?:年(?:的)?)?(?P<outside>(?!年)[㐀-鿿]{2,6}?)(?:以外|之外)(?:的[㐀-鿿]{0,8}?(?:是|有)?|还?有|是)(?=多少|几)"
)
_LEFT = re.compile(r"还剩|剩下|剩余|余下|还欠")
_SETTLED = re.compile(r"清偿|偿还|归还|支付|完成|整改|办结|化解|销号|拆除|兑现|拨付|迁移|清理|处置")
NAMED = 0.4
"""The least share of what is asked that a whole must be called by, where only its part is said to be done."""
_WHOLE_IN_TWO = (("进口", "出口"), ("城镇", "农村"), ("上半年", "下半年"))
"""Two sides that are the whole together; not 公办 and 民办, beside which there is 公建民营."""


def answer(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """What is left, as a computed answer; None when that is not asked or no sentence gives whole and part."""
    question = asked.question
    if _EXCEPT.search(question.folded):
        return None
    if found := _left_to(asked, candidates):
        return found
    if (gone := _GIVEN_GONE.search(question.folded)) and (found := _less(asked, candidates, gone)):
        return found
    able = _NOT_ABLE.search(question.folded)
    not_done = able or _NOT_DONE.search(question.folded)
    has_not = None if not_done else HAVE_NOT.search(question.folded)
    side = _side_asked(question)
    if question.want not in COUNTED or not (not_done or has_not or side or _LEFT.search(question.folded)):
        return None
    if has_not:
        done = re.compile(re.escape(has_not["what"]))
    elif not_done:
        own = ("[可能]" if able else "") + re.escape(not_done["done"])
        # 计划更新1260公里，已完成742公里: 没换的, though it does not say 换.
        done = re.compile(own if able else f"{own}|已(?:经)?完成")
    else:
        done = re.compile(re.escape(side[1])) if side else _SETTLED
    terms = {t: w for t, w in asked.terms.items() if not done.search(t) and not _LEFT.search(t)}
    terms = {t: w for t, w in terms.items() if not side or side[0] not in t}
    terms = {t: w for t, w in terms.items() if not has_not or t not in has_not.group()}
    for candidate in sentences_about(candidates, terms):
        evidence = candidate.evidence
        if pair := _of_a_place(asked, evidence, done):
            result = computed("difference", [Operand("", figure) for figure in pair])
            if result is not None:
                return worked_out(asked, candidate, pair, f"{pair[0].text} − {pair[1].text}", result[0])
        for part in evidence.figures:
            fits = done.search(fold(part.indicator)) or (has_not and told_of(has_not["what"], part))
            fits = fits and unit_fit(question, part) > 0
            whole = _whole(part, evidence.figures) if fits else None
            if whole is not None and not side and not (not_done and not_done["done"] in fold(part.indicator)):
                # 已完成742公里: of what is asked about?
                about = {t: w for t, w in terms.items() if not any(place in t for place in asked.places)}
                whole = whole if covered(about, (fold(whole.indicator + whole.name), 1.0)) >= NAMED else None
            if whole is None or (side and not _only_sides(side, whole, part, evidence.folded)):
                continue
            result = computed("difference", [Operand("", whole), Operand("", part)])
            if result is not None:
                return worked_out(asked, candidate, (whole, part), f"{whole.text} − {part.text}", result[0])
    return None


# 投入3860万元，其中市级1540万元，其余由区县承担 · 不足部分由市航运公司自行消化
_LEFT_TO = re.compile(
    r"(?:其余|不足|差额|剩余|余下)的?(?:部分|资金|款项)?(?:全部|均)?由(?P<who>[㐀-鿿、]{2,14}?)(?:自行|负责|统筹|按规定)?(?:承担|负担|解决|消化|兜底|出资|筹集|自筹|配套|补足|弥补|安排)"
)
_PAYS = re.compile(r"出|掏|担|贴|付|自筹|配套|补|亏|承担|负担|消化|兜底|拿|花")


def _left_to(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """What somebody pays who pays what the others leave: the whole less their parts; else None."""
    question = asked.question
    if question.want not in COUNTED or question.unit not in ("", "元") or not _PAYS.search(question.folded):
        return None
    for candidate in sentences_about(candidates, {}):
        evidence = candidate.evidence
        near = covered(asked.terms, (evidence.bare, 1.0), (evidence.before, 1.0), (evidence.context, 0.9))
        match = _LEFT_TO.search(evidence.folded) if near >= NAMED else None
        # 区县 of 由区县承担: who is asked about is who pays the rest.
        if match is None or not any(
            t in match["who"] or match["who"] in t for t in question.terms if len(t) > 1
        ):
            continue
        begin = max(evidence.folded.rfind(mark, 0, match.start()) for mark in "；。") + 1
        known = [f for f in evidence.figures if begin <= f.start and f.end <= match.start()]
        money = [f for f in known if canonical(f.value, f.unit)[1] == "元"]
        # 经营收入716万元，其中票款412万元: a part of a part is told already.
        used = [f for at, f in enumerate(money) if at < 2 or "其中" not in f.lead]
        if len(used) < 2 or any(f.high is not None for f in used):
            continue
        whole, *parts = used
        value = canonical(whole.value, whole.unit)[0] - sum(canonical(f.value, f.unit)[0] for f in parts)
        if value > 0:
            result = written(value, "元", magnitude_of(whole.text))
            return worked_out(asked, candidate, used, " − ".join(f.text for f in used), result)
    return None


# 取消320个后还剩几个
_GIVEN_GONE = re.compile(
    rf"(?:取消|拆除?|撤销?|减少?|关停?|淘汰|报废|用掉|花掉|卖掉|扣除?|迁走|去掉|停用)了?(?P<given>\d[\d.]*[万亿]?(?:{UNIT.pattern}))(?:以?后|之后|的话)?[，,]?(?:还剩下?|剩下?|还有)(?:多少|几)"
)


def _less(asked: Asked, candidates: Sequence[Candidate], gone: re.Match[str]) -> Answer | None:
    """What is left when so many as the question says are gone of those that a sentence gives."""
    given = figure_of(gone["given"])
    if given is None:
        return None
    terms = {t: w for t, w in asked.terms.items() if t not in gone.group()}
    about = {t: w for t, w in terms.items() if not any(place in t for place in asked.places)}
    for candidate in sentences_about(candidates, terms):
        for whole in candidate.evidence.figures:
            own, unit = canonical(whole.value, whole.unit)
            value, other = canonical(given.value, given.unit)
            if (
                unit != other
                or own <= value
                or whole.high is not None
                or whole.aspect not in ("level", "cumulative")
            ):
                continue
            if covered(about, (fold(whole.indicator + whole.name), 1.0)) < NAMED:
                continue
            result = written(own - value, unit, magnitude_of(whole.text))
            return worked_out(asked, candidate, (whole,), f"{whole.text} − {given.text}", result)
    return None


def not_done(question: Question) -> bool:
    """Whether a question asks for what something was not done to: 没复诊的有几人."""
    return (_NOT_DONE.search(question.folded) or HAVE_NOT.search(question.folded)) is not None


def _of_a_place(asked: Asked, evidence: Evidence, done: re.Pattern[str]) -> tuple[Figure, Figure] | None:
    """The whole and the part of the place asked about, where a sentence lists places for both.

    排查出64处，其中甲区29处、乙区14处；完成整治47处，其中甲区23处、乙区8处: 14 and 8 of 乙区.
    """
    named = [*asked.strangers, *asked.places[-1:]]
    own = [f for f in evidence.figures if any(p in fold(f.lead) for p in named)]
    if len(own) != 2 or own[0].unit != own[1].unit or own[0].value <= own[1].value:
        return None
    return (own[0], own[1]) if done.search(evidence.folded, own[0].end, own[1].start) else None


def all_but(asked: Asked, candidates: Sequence[Candidate]) -> Answer | None:
    """What a whole holds beside the parts that a question names; None when it names none."""
    named = _EXCEPT.search(asked.question.folded)
    if named is None or asked.question.want not in COUNTED:
        return None
    said = named["parts"] or named["outside"]
    pieces = [piece for piece in re.split("[、和与及跟]", said) if piece]
    told = named.group() if named["parts"] else f"{said}以外之外"
    terms = {t: w for t, w in asked.terms.items() if t not in told}
    for candidate in sentences_about(candidates, terms):
        figures = candidate.evidence.figures
        parts = [part for piece in pieces if (part := next((f for f in figures if _called(piece, f)), None))]
        whole = _whole(parts[0], figures) if parts and len(parts) == len(pieces) else None
        if whole is None or any(_whole(part, [whole]) is None for part in parts):
            continue
        value, unit = canonical(whole.value, whole.unit)
        value -= sum(canonical(part.value, part.unit)[0] for part in parts)
        if value > 0:
            result = written(value, unit, magnitude_of(whole.text))
            known = (whole, *parts)
            return worked_out(asked, candidate, known, " − ".join(f.text for f in known), result)
    return None


def _called(piece: str, figure: Figure) -> bool:
    """Whether a piece of a question ends as a figure is called: 犬伤警情城区 of 其中城区402起."""
    lead, _, trail = fold(figure.indicator).partition("▯")
    if piece in lead or (len(piece) > 3 and len(lead) > 1 and piece[-2:] in lead):
        return True
    # 改养老的 of 已改作养老用途12处, 鉴定不合格的 of 另有29处房屋安全鉴定不合格
    told = iter(lead + trail)
    return len(piece) > 3 and all(character in told for character in piece.removesuffix("的"))


def _side_asked(question: Question) -> tuple[str, str] | None:
    """The side that a question asks for and the other one: 进口, 出口; None for neither or both."""
    last = question.folded.rpartition("，")[2]
    for one, other in _WHOLE_IN_TWO:
        for asked, beside in ((one, other), (other, one)):
            if asked in last and beside not in last:
                return asked, beside
    return None


def _only_sides(side: tuple[str, str], whole: Figure, part: Figure, text: str) -> bool:
    """Whether a part is the other side of what is asked, and the whole is of both: 总额…，其中出口…."""
    between = text[whole.end : part.start]
    own = fold(whole.indicator + whole.name).replace("进出口", "")  # is of both
    named = side[0] in own and side[1] in own  # 进出口总额, 城镇农村合计
    total = re.search("总|合计|共", own) is not None and not (side[0] in own or side[1] in own)
    return "其中" in between and side[0] not in between and (named or total)


def _whole(part: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The figure before a part of which it can be a part: of its unit, larger, an amount."""
    own, unit = canonical(part.value, part.unit)
    for figure in reversed([f for f in figures if f.start < part.start]):
        value, other = canonical(figure.value, figure.unit)
        if (
            other == unit
            and value > own
            and figure.high is None
            and figure.aspect in ("level", "cumulative", "new")
        ):
            return figure
    return None
