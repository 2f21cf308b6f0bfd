"""What a figure measures, as a person would name it; whether it is a part of another; where it holds.

``policyqa.figures`` finds the wording around a figure. This gives it a name that stands alone:
完成工业投资89.4亿元、增长2.6%，其中制造业投资41.2亿元 has 工业投资, again 工业投资 (its growth), and
制造业投资, a part. Words that only say the aspect (新增, 累计, 增长) are no part of the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa.periods import find_periods
from policyqa.places import is_place
from policyqa.schema import Figure
from policyqa.text import fold

_LIGHT = (
    r"完成|实现|达到|共有|拥有|已有|现有|存有|共计|总共|合计|累计|新增加?|共(?!享|同|青|建)|有(?!机|效|色|线|关|限|偿)|是|为"
    r"|已|现(?!代|场|金)"
)
_NEW = (
    r"新(?:增|培育|认定|获批|获评|获|建成|建|引进|引育|签约|签|设立|设|升规|改建|改|投放|投产|投用|投|装|评定"
    r"|评|组建|创建|创|入库|纳入|登记|发展|安置|修|上|招聘|招|开工|开通|开|成立)(?:改造|扩建)?"
)
_SCOPE = r"(?:全|我|本|该)(?:国|省|市|区|县|镇|乡|州|局|委|校|系统|街道)(?!面|内外)"
# A place's name as a text puts it: at the start of a piece, without the words before 城镇 and 全县.
_PLACE = (
    r"(?<![㐀-鿿])(?:(?![年月日新增建在的为和与其各全我本该城而内外省市区县镇])[㐀-鿿]){2,4}?"
    r"[省市区县镇乡](?![场民级域政])"
)
_LEAD = re.compile(
    rf"^(?:其中|此外|同时|另外|另有|以及|目前|全年|年内|年末|年底|年均|末|底|期末|当年|期间|以来|截至|截止|本轮|本次"
    rf"|力争|计划|预计|下一步|到(?!位|期|岗|校)|至|在(?!园|校|册|建|岗|库|编|产|读)|并|且|而|再|又|也|由(?!于)|按|对|将|把"
    rf"|的|和|与|及|每年|分别|依次|各(?=新|完|建|安|投)|(?:增加(?!值)|减少)(?=[㐀-鿿]{{2}})|{_LIGHT}|{_NEW}|{_SCOPE}(?=.)|\d+月(?:底|末|初|份|\d+日)?(?:前|起)?|[，,：:;；、\s—-])"
)
# What says how much, not what: 分别增长 · 同比下降 · 较上年增加 · 累计达 · 提高到 · 列全市 · 约占
_TRAIL = re.compile(
    rf"(?>分别|依次|同比|环比|上年同期|增长率?|增加(?!值)|(?<!新)增[至到]?|减[至到]?|下降|减少|上升|上涨|提高|提升|扩大"
    rf"|降低|降[至到]?|回落|缩短|缩减|压减|压缩|净增|净减|多增|翻|调整|达成|达到|达|到|至|(?<![作行])为|是|(?<![国所])有"
    rf"|共计|总计|(?<!公)共|约占|占|(?<![节集契])约|(?<![附邻])近|超过?|逾|仅|最高|最低|不|了|的|已|累计|合计|(?<!自)(?:由|从)(?:原来的?|原|每[人户亩月年日天生次床]{{1,2}}){{1,3}}|(?<!自)由|从"
    rf"|高于|低于|快于|保持|维持|稳定|连续|(?:位列|位居|排名|排在)(?:{_SCOPE})?|(?:列|居|在){_SCOPE}|^[列居在中均]"
    rf"|(?<=保持|维持|稳定)在|等|[：:，,、（(\s])++$"
)
# What it is compared with is no part of the name: 比上年增加 · 较净增 · 高于全市平均水平约
_COMPARED = re.compile(
    r"(?:(?<![同环])比|较|与|同(?!比)|高于|低于|快于|慢于|优于|高出)(?:上年|去年|全[国市省区县]|同期|上一?年|年初|计划|目标|平均|周边"
    r"|(?=净|增|减|多|少|高|低|提|下|上|扩|缩|快|慢|翻|末|底|的)|$)[㐀-鿿]{0,10}$"
)
# Words that need what came before: 增速 (of what?), 总里程
_DEPENDENT = re.compile(
    r"增速|增幅|降幅|涨幅|总量|总?规模|总?数量|总?里程|总面积|总数|总额|总?人数|金额|比例|均价"
)
_SHARE_ONLY = re.compile(r"占比|比重|占")
# Units that count things, so that what follows is the thing counted: 14家企业, 180个项目.
_COUNTER = re.compile(
    r"^(?:家|个|户|名|位|人|项|件|条|台|辆|套|所|处|座|只|种|类|场|支|批|张|份|栋|间|片|对|组|款|宗|起|笔)$"
)
_NO_NOUN = re.compile(
    r"^(?:以上|以下|以内|左右|的|和|及|与|，|、|；|。|：|\)|（|\(|）|以|于|时|后|前|内|间|之|均|都|已|全部|进行|次|以来|增|减|降|升|提|到|至|压|缩|扩)"
)
_ACTS = re.compile(r"(?:获得|获|享受|完成|投入|实现|争取|发放|兑现|达标|提供|减免|增收|签订|拨付)")


_PART_ENDS = re.compile(
    r"[；。;]|，(?:此外|另外|剩余|剩下|其余|余下|尚有|还有|同时|全年|累计|合计|截至|目前|总)"
)
_REACH = 400
"""How far in front of a figure its scope and its whole are looked for, in characters."""


def describe(sentence: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a sentence with their ``name``, ``part`` and ``scope``."""
    described: list[Figure] = []
    for index, figure in enumerate(figures):
        following = figures[index + 1].start if index + 1 < len(figures) else len(sentence)
        name = _name(figure, following, described)
        part = _is_part(sentence, figure, figures)
        aspect = figure.aspect
        if part and aspect == "level":
            # 新增床位320张，其中护理型210张: the part is new as the whole is.
            whole = next((f for f in reversed(described) if not f.part and f.unit == figure.unit), figure)
            aspect = whole.aspect if whole.aspect in ("new", "cumulative") else aspect
        described.append(replace(figure, name=name, part=part, aspect=aspect, scope=_scope(sentence, figure)))
    return described


def _name(figure: Figure, following: int, earlier: Sequence[Figure]) -> str:
    before, _, after = figure.indicator.partition("▯")
    own = _plain(_listed(figure.inherited, before) + before)
    trail = _counted(figure, after, following)
    listed = before.rstrip().endswith("等")
    if trail and (listed or len(own) <= 4):
        return trail if listed else own + trail
    last = next((f.name for f in reversed(earlier) if f.name and f.aspect != "share"), "")
    if earlier and earlier[-1].unit in ("岁", "周岁") and earlier[-1].end + len(before) == figure.start:
        own = earlier[-1].text + own  # 60岁及以上老年人
    if _SHARE_ONLY.fullmatch(own) or (figure.aspect != "share" and own.startswith("占全")):
        own = ""
    if figure.aspect == "share" and re.match(r"约?占", own) and last:
        return last + own.removeprefix("约")
    if own and last and _DEPENDENT.fullmatch(own):
        return last if last.endswith(own) else last + own
    if not own and len(after) > 2 and after.startswith("的"):
        return re.sub(r"[。！？\s]+$", "", after[1:])  # 87%的行政村通双车道公路
    return own or last or _subject(figure.inherited)


def _listed(inherited: str, before: str) -> str:
    """The names in front of the last one of a list that 等 closes: 甲、乙、丙等企业57家."""
    if "等" not in before[1:-1] or not inherited.endswith("、"):
        return ""
    names = re.split(r"[，；：。]", inherited)[-1]
    return "" if re.search(r"\d", names) else names


def _plain(text: str) -> str:
    """A piece of wording without time, place and words that only say the aspect."""
    for period in reversed(find_periods(text, None)):
        text = text[: period.start] + text[period.end :]
    text = _COMPARED.sub("", text.strip())
    while True:
        shorter = _TRAIL.sub("", _LEAD.sub("", text)).strip()
        if shorter == text:
            break
        text = shorter
    # 本市 by itself may be one of a list: 本市、省内市外、省外.
    return "" if re.fullmatch(_SCOPE, text) and text[0] != "本" else _without_place(text)


def _without_place(text: str) -> str:
    match = re.match(rf"{_PLACE}(?=.)", text)
    return text[match.end() :] if match and is_place(match.group()) else text


def _counted(figure: Figure, after: str, following: int) -> str:
    """The thing that a counted figure counts when it stands behind it: 14家企业达标升规."""
    if not _COUNTER.match(figure.unit) or _NO_NOUN.match(fold(after)) or not after.strip():
        return ""
    if figure.end + len(after) >= following and (match := _ACTS.search(after)):
        after = after[: match.start()]  # 20家企业获补助4000万元: 企业
    return re.sub(r"(?:中(?:排名|位列|列|居)?|[计测]算.*)?[。！？\s]*$", "", after).strip()


def _subject(inherited: str) -> str:
    """What the last words before the piece speak of, when no figure before has a name."""
    for piece in reversed(re.split(r"[，；：:,;、（(]", inherited)):
        if name := _plain(piece):
            return name
    return ""


def _is_part(sentence: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether the figure stands behind 其中, with the whole in front of it."""
    first = max(0, figure.start - _REACH)
    at = max(sentence.rfind(word, first, figure.start) for word in ("其中", "当中", "包括", "含"))
    if at < 0 or not any(other.end <= at for other in figures):
        return False
    between = sentence[at : figure.start]
    if sentence.startswith("含", at) and not re.search(r"[，（(]$", sentence[:at]):
        return False
    if _PART_ENDS.search(between):
        return False
    return between.count("）") + between.count(")") <= between.count("（") + between.count("(")


_LISTED = re.compile(r"\d[^，。；、]{0,6}、$")


def _scope(sentence: str, figure: Figure) -> str:
    """The place or body that the sentence names last before the figure; one only compared with is none."""
    lead = figure.lead
    text = sentence[max(0, figure.start - _REACH) : figure.start]
    if not text.endswith(lead):
        # Given its name from a list: 松垭区优良天数 ▯
        text = figure.inherited + "，" + lead
    for match in reversed(list(re.finditer(rf"{_SCOPE}|{_PLACE}", text))):
        word, front = match.group(), text[: match.start()]
        if not re.match(_SCOPE, word) and not is_place(word):
            continue
        if _LISTED.search(front) and "，" in text[match.end() :]:
            return ""  # 甲区1900套、乙县300套，租金为市场价的60%: of all of them
        if re.search(r"(?:列|居|排|排名|位)$", front):
            if figure.aspect == "rank":
                return word
            continue
        if re.search(r"(?:占|占到)$", front):
            if figure.aspect != "share" and "，" not in text[match.end() :]:
                return word
            continue
        if re.search(r"(?:高于|低于|快于|慢于|优于|超过|高出|比|较|与|同)$", front):
            continue
        return word
    return ""
