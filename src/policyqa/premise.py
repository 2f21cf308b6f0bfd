"""What a question takes for granted: 为什么取消了补贴 supposes that it was cancelled.

A passage that knows nothing of the event gives no reason for it. Only turns of a few plain kinds are
checked, for words for them are few; whatever else a question supposes is left to its fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.question import Question
from policyqa.schema import Document, Figure
from policyqa.text import fold

_EVENTS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "停止或取消",
        re.compile(r"停办|停掉|停发|停止|停了|停运|停用|取消|撤销|撤掉|关闭|关停|关了|废除|废止|叫停|砍掉"),
        re.compile(r"(?<!不)(?:停|取消|撤|关闭|关停|废|终止|不再|砍|退出|到期)|暂缓"),
    ),
    (
        "减少或下降",
        re.compile(r"贬值|下降|减少|下滑|回落|下跌|跌了|降了|掉了|变少|缩减|亏损|亏钱"),
        re.compile(
            r"(?<!不)(?:降|减|下滑|回落|跌|缩|亏|贬)|负增长|[-－—][\d.]+[%％]|低于|不足|变少|流失|收窄"
        ),
    ),
    (
        "推迟或拖延",
        re.compile(r"推迟|延期|拖到|拖延|滞后|延误"),
        re.compile(r"推迟|延|拖|滞后|尚未|未能|实际于|才"),
    ),
)


# 有委员建议取消，暂时保留: nothing was cancelled.
_WISHED = re.compile(r"(?:建议|提出|要求|主张)[^，。；]{0,10}(?:取消|停|撤|废)")
_KEPT = re.compile(r"保留|不取消|暂不|继续(?:实行|执行|发放)|维持")
_REFUSED = re.compile(r"不(?:能|肯|愿|许|让|得)?[^，。？]{0,8}$")
_KINDS = r"网友|委员|代表|医生|负责人|老师|同志|人|企业|公司|厂|单位|学校|医院|机构"
_NAME_ASKED = re.compile(
    rf"(?P<what>{_KINDS})[^，。？]{{0,6}}(?:叫(?:什么|啥|哪)|(?:的)?(?:姓名|名字|名称|名单)|(?:都)?(?:是|有)哪[些几])"
    rf"|哪[一几两三]?[家个些](?P<which>企业|公司|厂|学校|医院)"
)
_NAMED_PERSON = re.compile(
    r"(?<![家些位名])[㐀-鿿]{2,3}(?:同志|医生|老师|委员|代表|先生|女士|主任|局长|科长|院长)|[:：][㐀-鿿]{2,3}(?=[，。；\s]|$)"
)
_FIRM = r"公司|集团|厂|餐饮|科技|食品|实业|股份|银行|合作社"
_SCHOOL = r"学校|小学|中学|一中|幼儿园|学院"
_NAMED = {
    "公司": _FIRM, "企业": _FIRM, "厂": _FIRM, "学校": _SCHOOL, "医院": r"医院|卫生院|保健院",
    "单位": rf"{_FIRM}|{_SCHOOL}|中心|医院|局|委|协会",
    "机构": rf"{_FIRM}|{_SCHOOL}|中心|医院|养老院|福利院|协会",
}  # fmt: skip
_NO_NAME = r"(?<![家些类个等该各规业大小微所批户的心])"


def unnamed(question: Question, text: str) -> bool:
    """Whether a question asks for a name and the text names nobody: 两家企业供餐, XXX医生团队.

    Args:
        text: the passage that would answer, with its neighbours.
    """
    match = _NAME_ASKED.search(question.folded)
    if match is None or "提案" in question.folded[match.start() - 2 : match.end() + 2]:
        return False
    if re.search(r"[x×*某]{2,}", fold(text)):
        return True
    what = match["what"] or match["which"]
    ends = _NAMED.get(what)
    if ends is None:
        return _NAMED_PERSON.search(text) is None
    # 禾丰餐饮公司, 企业“禾丰”, 甲、乙、丙3家企业
    named = (
        rf"[㐀-鿿]{{2,12}}{_NO_NAME}(?:{ends})|(?:企业|公司|店|厂|校|家|名为|叫)“[^”]{{2,12}}”"
        rf"|“[^”]{{2,12}}”(?:{ends}|品牌|企业)|[㐀-鿿]{{2,8}}(?:、[㐀-鿿]{{2,8}})+等?\d*[家所个]"
    )
    return re.search(named, text) is None


_NUMBER_ASKED = re.compile(r"手机号?|电话(?:号码)?|邮箱|微信号?|身份证|邮编|传真")
_NUMBER_TOLD = re.compile(r"\d{3,4}[-－—]\d{5,8}|\d{6,}|@")


def no_number(question: Question, text: str) -> bool:
    """Whether a question asks for a telephone number or an address and the text holds none."""
    if question.want not in ("text", "contact", "number") or not _NUMBER_ASKED.search(question.folded):
        return False
    return _NUMBER_TOLD.search(fold(text)) is None


# 没投产的茶园有多少亩 · 账款还剩多少: what is left, not what is done.
_REST_ASKED = re.compile(
    r"(?:没有?|未|尚未|还没)(?!法|能|办法)[㐀-鿿]{1,6}的|还[有剩][^，。？]{1,10}(?:没有?|未)(?!有)[㐀-鿿]{2,4}(?=[？?]?$)|还剩|剩下|剩余|余下|其余|还差|还欠|(?:以外|之外)的"
)
_REST_TOLD = re.compile(
    r"没|未|无|剩|其余|余下|余额|还有|还差|欠|缺|除|不|尚|非|待|仍|以外|之外|其他|其它|另"
)
# 压减至9家, 全市共有在册渡口47处: so many are left as there are now, if 还剩 asks for no more.
_STILL = re.compile(r"还剩|剩下|剩余|余下")
_CUT_TO = re.compile(r"(?:减|降|缩|撤并?|并|压)[㐀-鿿]{0,2}(?:至|到|为|成)[^，。；\d]{0,6}$")
_THERE_IS = re.compile(r"在册|现[有存]|共有|保有|(?:截至|目前|年末)")
_DONE = re.compile(
    r"完成|整[治改]|清[偿理]|[偿归]还|支付|办结|化解|销号|拆除|兑现|拨付|竣工|建成(?!区)|改造|已(?!无)"
)


# 不合格几批次, beside 合格204批次
_NEGATED = re.compile(r"[不未](?P<of>合格|达标|满意|及格|通过)")


def other_side(question: Question, figure: Figure) -> bool:
    """Whether a question asks for what is left of something and a figure is of what is not.

    其中投产茶园10.1万亩 does not say how much is 没投产的, nor 合格204批次 how much is 不合格.
    """
    negated = _NEGATED.search(question.folded)
    if negated and re.search(rf"(?<![不未没]){negated['of']}", fold(figure.indicator)):
        return True
    asked = _REST_ASKED.search(question.folded)
    if asked is None:
        return False
    told = fold(figure.indicator)
    # 剩下53个，岚东区6个、泊南区10个: what a sentence begins with holds for its list.
    if (first := _BEGINS.match(fold(figure.inherited))) is not None:
        told += first.group()
    for term in question.terms:
        if term not in asked.group():
            told = told.replace(term, "")  # 欠账 of the question's own says nothing of what is left
    if _STILL.fullmatch(asked.group()):
        lead = fold(figure.inherited + figure.indicator.partition("▯")[0])
        stands = (
            figure.aspect in ("level", "cumulative") and _THERE_IS.search(lead) and not _DONE.search(lead)
        )
        if stands or _CUT_TO.search(lead):
            return False
    return _REST_TOLD.search(told) is None


_BEGINS = re.compile(r"[，、]?(?:还?剩下?|剩余|其余|余下|尚有|仍有|尚未|未)[^，。；\d]{0,8}")


_RATE = re.compile(r"(?P<of>[㐀-鿿]{2})率")
_SAME_RATE = (
    frozenset({"合格", "达标"}), frozenset({"覆盖", "普惠", "普及"}), frozenset({"使用", "利用", "入住"}),
    frozenset({"就业", "落实"}), frozenset({"完成", "执行", "进度"}), frozenset({"增长", "增速"}),
)  # fmt: skip


def other_rate(question: Question, figure: Figure) -> bool:
    """Whether a question asks for one rate and a figure is of another one: 签约率, 规范管理率.

    Rates that share a character, or are used for one another, count as one.
    """
    asked = _RATE.findall(question.folded)
    told = _RATE.findall(fold(figure.inherited[-12:] + figure.indicator.partition("▯")[0]))[-1:]
    if not asked or not told:
        return False
    return not any(
        set(one) & set(told[0]) or any({one, told[0]} <= same for same in _SAME_RATE) for one in asked
    )


def other_name(question: Question, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a question asks for the figure beside, by its name: 中医药, where this one is 页岩气's.

    Of 页岩气、中医药产业增加值分别增长30.4%、2.3倍 both say the same but for their names; a question that
    uses a word of one name and none of the other's means that one.
    """
    own = fold(figure.indicator).replace("▯", "")
    for beside in figures:
        theirs = fold(beside.indicator).replace("▯", "")
        if beside is figure or beside.aspect != figure.aspect or own == theirs:
            continue
        if beside.unit != figure.unit and not {beside.unit, figure.unit} <= _RATIOS:
            continue  # 每家奖励5万元（接待少于3000人次的收回奖励）
        pairs = zip(reversed(own), reversed(theirs), strict=False)
        tail = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(own), len(theirs)))
        mine, other = own[: len(own) - tail], theirs[: len(theirs) - tail]
        if tail and min(len(mine), len(other)) > 1 and _said(other, question) and not _said(mine, question):
            return True
    return False


# 甲区、乙区、丙区合计3060个
_TOGETHER = re.compile(
    r"(?P<names>[㐀-鿿]{2,4}[区县市镇乡]?(?:[、和及与][㐀-鿿]{2,4}[区县市镇乡]?)+)[两三四五六]?(?:地|区|县|市)?(?:合计|共计|总共|一共|加起来)[^，。；]{0,6}$"
)


def of_several(places: Sequence[str], figure: Figure) -> bool:
    """Whether a figure is the sum of several places and a question asks for one of them."""
    match = _TOGETHER.search(fold(figure.inherited + figure.indicator.partition("▯")[0]))
    if match is None:
        return False
    names = re.split("[、和及与]", match["names"])
    asked = [name for name in names if any(place in name for place in places)]
    return 0 < len(asked) < len(names)


_TIER = re.compile(r"(?<![a-z0-9])(?P<which>[a-e]|[一二三四五六1-6])(?P<kind>[类级档等星])(?!别|型|似|于|人)")


def other_tier(question: Question, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a question asks for one tier and a figure is of another beside it: B档, where this is A档's."""
    asked = {m["which"] for m in _TIER.finditer(question.folded)}
    if len(asked) != 1:
        return False
    own = _tiers(figure)
    return bool(own) and not own & asked and any(_tiers(f) == asked for f in figures if f is not figure)


def _tiers(figure: Figure) -> set[str]:
    return {m["which"] for m in _TIER.finditer(fold(figure.indicator))}


OPPOSITES: tuple[tuple[str, str], ...] = (
    ("进口", "出口"), ("公办", "民办"), ("公立", "民营"), ("国有", "民营"), ("城镇", "农村"),
    ("城市", "农村"), ("小学", "初中"), ("初中", "高中"), ("小学", "高中"), ("上半年", "下半年"),
    ("线上", "线下"), ("出生", "死亡"), ("快充", "慢充"), ("机构", "居家"), ("住院", "门诊"),
    ("职工", "居民"), ("收入", "支出"), ("迁入", "迁出"), ("市级", "区级"), ("市级", "县级"),
    ("中央", "地方"), ("首次", "再次"),
)  # fmt: skip
"""Words for the two sides of one matter: what is said of one holds for the other least of all."""


def opposed(question: Question, figure: Figure) -> bool:
    """Whether a question asks for one side of a matter and a figure is of the other: 进口, 出口168.5亿元."""
    told = fold(figure.indicator + figure.name)
    # 2023年出口，进口多少: of a question that follows another the own words stand last.
    last = question.folded.rpartition("，")[2]
    for pair in OPPOSITES:
        asked = [side for side in pair if side in last] or [side for side in pair if side in question.folded]
        said = [side for side in pair if side in told]
        if len(asked) == 1 and len(said) == 1 and asked != said:
            return True
    return False


_RATIOS = frozenset({"%", "倍", "百分点", "个百分点", "成"})


def _said(name: str, question: Question) -> bool:
    return any(name[i : i + 2] in question.folded for i in range(len(name) - 1))


_PAPER_ASKED = re.compile(
    r"答复|复函|回复|函|文件|公文|通知|印发|发布|公布|公开|落款|成文|签|出台|写的|发的|报告"
)


def signing_day(question: Question, role: str) -> bool:
    """Whether a date is that of the document itself and the question asks for that of something else."""
    return question.want == "date" and role == "tail" and _PAPER_ASKED.search(question.folded) is None


_BEGUN = re.compile("开工|动工|开建|奠基")
_ENDED = re.compile("完工|竣工|建成|投用|启用|通车|开[馆园业通放]|投入(?:使用|运[行营])|投[运产]")
_ISSUED = re.compile("印发|发布|出台|公布|下发")
_IN_FORCE = re.compile("施行|实施|生效|执行")
_UNTIL_ASKED = re.compile(r"截止|截至什么|到期|到(?:什么时候|哪[天年月]|几[月号])|结束|为止")
_SINCE = re.compile(r"\d[日月年]?起(?![诉草点步])")
_OTHER_DAY = ((_BEGUN, _ENDED), (_ENDED, _BEGUN), (_ISSUED, _IN_FORCE), (_IN_FORCE, _ISSUED))


def other_day(question: Question, figure: Figure, text: str) -> bool:
    """Whether a date is that of another step than the question asks for: 开工, where it is that of 开馆.

    Args:
        text: the passage in which it stands.
    """
    if question.want != "date":
        return False
    if _UNTIL_ASKED.search(question.folded) and _SINCE.search(text[figure.start : figure.end + 4]):
        return True  # 2008年12月1日起收费 says not until when
    start = max(text.rfind(mark, 0, figure.start) for mark in "，。；：、,;") + 1
    ends = [at for mark in "，。；：、,;" if (at := text.find(mark, figure.end)) >= 0]
    clause = text[start : min(ends, default=len(text))]
    return any(
        asked.search(question.folded)
        and not other.search(question.folded)
        and other.search(clause)
        and not asked.search(clause)
        for asked, other in _OTHER_DAY
    )


_YEAR_END = re.compile(r"年?[底末]|全年|年末")


def foretold(question: Question, document: Document) -> bool:
    """Whether a question asks for the end of the year in which a document was written before it, or for what
    was done in a later one.

    A letter of June 2024 does not know what there was at the end of 2024; it may tell a plan.
    """
    day = document.dated
    if day is not None and question.years and min(question.years) > day.year:
        return _DONE_ASKED.search(question.folded) is not None  # 2025年底实际建成多少, in a plan of 2024
    ends = [p for p in question.periods if not p.compared and _YEAR_END.fullmatch(p.part or "-")]
    return day is not None and any(max(p.years) == day.year and day.month < 12 for p in ends if p.years)


# 2023年说到25年底要达到多少 asks for the plan of then.
_SAID = re.compile(
    r"说|提出|承诺|答应|要(?!求)|干到|(?:提高|达|增加|降|建|压|控制|做)到(?=多少|几)|到20\d\d年"
)
_DONE_ASKED = re.compile(r"实际|真正|到底(?:完成|建|新增|[㐀-鿿]{1,3}了)|已经|完成了|建成了|落实了")


def planned_only(question: Question, plan: float) -> bool:
    """Whether a question asks for what was done and a figure is of a plan.

    Args:
        plan: how plan and fact agree (``plan_fit.plan_fit``).
    """
    today = question.asked_on
    past = today is not None and bool(question.years) and max(question.years) < today.year
    past = past and _SAID.search(question.folded) is None
    return plan <= -1.0 and (past or _DONE_ASKED.search(question.folded) is not None)


def unsupported(question: Question, *texts: str) -> str:
    """The kind of event that a question for a reason supposes and none of the texts speaks of; else empty."""
    if question.want != "reason":
        return ""
    known = fold(" ".join(texts))
    for name, asked, told in _EVENTS:
        match = asked.search(question.folded)
        # 为什么不能取消: what was refused did not happen.
        if match is None or _REFUSED.search(question.folded[: match.start()]):
            continue
        if not told.search(known) or (_WISHED.search(known) and _KEPT.search(known)):
            return name
    return ""


# 为什么同意…, 为啥支持…: that it was granted is supposed.
_GRANT_ASKED = re.compile(
    r"(?:为什么|为何|为啥|因何|啥原因|什么原因)[^，。？没不未]{0,4}?(?:会|就|要|能)?(?:同意|支持|采纳|答应|赞成|批准)"
)
_DENIED = re.compile(
    r"不(?:建议|予|宜|同意|赞成|支持|符合?|具备|能|可行|现实|成熟)|无权|无法|难以|暂不|暂缓|未予|超出|做不到"
)
_GRANTED = re.compile(r"(?<!不)(?<!不予)(?<!未予)(?<!建议)(?:同意|采纳|赞成|批准|可行|已列入)")


def not_granted(question: Question, text: str) -> bool:
    """Whether a question asks why something was granted of which a passage says that it was not."""
    asked = _GRANT_ASKED.search(question.folded) is not None
    return asked and _DENIED.search(fold(text)) is not None and _GRANTED.search(fold(text)) is None


def unanswered(question: Question, text: str, own: str = "") -> bool:
    """Whether a passage lacks what a question cannot be answered without: a name, a number, an event.

    Args:
        text: the passage that would answer, with its neighbours.
        own: the passage alone.
    """
    if not_granted(question, own):
        return True
    return bool(unsupported(question, text)) or unnamed(question, text) or no_number(question, text)
