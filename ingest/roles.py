"""Whose words a sentence is and what it does: a claim of the asker, a promise, a fact, the closing.

The section gives the default; a sentence whose own words decide goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.closing import beginning, closes
from policyqa.schema import Role, Span

# 您提出… · 提案所称… · 代表们建议… · 三位委员提案中提到…: what the asker says, unless the sentence
# goes on to answer.
_CLAIM_START = re.compile(
    r"^(?:您们?|你们|贵[委会局支总][^，]{0,6}|(?:[各一二两三四五六七八九十]位)?(?:委员|代表)们?|原?提案人?|建议)(?:提案|建议)?"
    r"(?:还|也|在[^，]{0,12}[中里]|[中里]|所)*(?:提出|提议|建议|要求|反映|指出|认为|提到|称|引用|说|希望)"
)
# 提案人的诉求一：…; what follows on the line is the asker's, up to 办理意见：…
_CLAIM_LABEL = re.compile(
    r"^【?(?:提案人|委员|代表|网友|您)?的?(?:诉求|请求|提案内容|建议内容)[一二三四五六七八九十\d]*[：:】]"
)
_REPLY_LABEL = re.compile(
    r"^【?(?:[我本][局委办会院厅部]|承办单位|办理单位|主办单位)?的?(?:办理|答复|回复|处理|研究|落实|承办|反馈)?(?:意见|情况|结果|答复|回复|说明|答)[：:】]"
)
_OPENING = re.compile(r"收悉|(?:答复|函复|回复)如下")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_ANSWERS = re.compile(
    r"(我[局委办市区县会]|我们|不宜|暂[不无按]|采纳|不予|(?<!无)条件|[省市县区镇]里[^，。]{0,4}(?:没有|不|已|暂)|够不上|经研究|拟|同意|支持|考虑|将|已|目前|不具备|属实|确[有实]"
    r"|(?:不能|无法)(?:实[行施现]|采纳|落实|列入|满足|支持|安排)|，改为|不符合|做不到|不完全|意见[是为]|计划从"
    r"|客观存在|切中|难以|承诺|为宜|，实际|与[^。]{0,40}(?:不符|不一致|出入)|按[^。，]{0,20}(?:测算|计算))"
)
# 下一步，我局将抓好三件事。… · 今后三年的打算：…: the paragraph goes on with what is promised.
_PROMISING = re.compile(
    r"^(?:下一?步|下一阶段|下阶段|接下来)(?!建议)|^(?:下半年|明年|年内)(?:的?(?:重点|主要)?(?:工作)?(?:安排|打算|计划|目标)(?:是|有)?)[：:，,]|^(?:今后|后续|再?往后)(?:[一二三两几]年半?|一个时期|一段时间)?(?:的?(?:工作|打算|目标|安排|措施)(?:安排|中|上)?是?)?[，,：:我将]"
)
# 到2025年，…稳定在… · 今后坚持一业一平台; 今后您如遇到… asks something of the reader.
_LATER = re.compile(r"^[到至]20\d\d年[底末]?[，,]|^今后(?![您你请凡])")
_WHEN = (
    r"(?:[到至]?20\d\d年|今年|明年|本?年内|[上下]半年|今后[一二三两几]{1,2}年|未来[一二三两几]{1,2}年|近期|本月|\d{1,2}月)"
    r"(?:[内底末起]|上半年|下半年|[一二三四]季度|\d{1,2}月(?:[底份]|[上中下]旬)?)?(?:之?前)?"
)
_WHO = r"(?:我们|[我本][局委办会院厅部镇乡县区市]{1,2}|全[市区县]|[市区县]里|(?:各|我)?[市区县]级)"
# Behind the 将 of the future stands a verb or a preposition; 将诊断表拆分为五个版本 is done.
_WILL = (
    r"(?:将(?=继续|进一步|重点|着力|认真|全力|积极|加快|加大|加强|推动|推进|开展|组织|按照?|围绕|结合|[于在会从以为向把]|对|先|联合|根据"
    r"|力争|切实|持续|逐步|不断|抓|做|协调|配合|研究|探索|适时|严格|建[设立成]|新[建增]|出台|实施|启动|完成|采[取用]|通过|努力|依托|坚持|深化|强化"
    r"|参照|优化|优先|督促|指导|争取|安排|及时|始终|充分|统筹|维持|主动|定期|每|紧|全面|落实|制定|引进|举办|投入|扩|再|陆续|分)"
    r"|拟(?![定订建]的|[录聘])|力争|争取|计划|打算)"
)
# 力争2025年… · 今后两年，我们将… · 我们将重点抓好… · 2025年，力争…
_PROMISE = re.compile(
    rf"^(?:(?:为此|对此|同时|此外|另外|因此|据此|经研究)[，,])?(?:{_WHEN}[，,]?)?(?:{_WHO}[也还]?)?(?:今年|明年|年内|[上下]半年)?{_WILL}"
)
_ALREADY = re.compile(
    r"已(?!有|经?[^，。；]{0,6}的)|实际(?:完成|为|只|仅|到位|建成|发放)|完成了|现有|目前(?!的)|截至|同比"
)
# 计划全年更换186公里，到6月末完成97公里
_SO_FAR = re.compile(r"(?:上半年|到\d{1,2}月[末底份]?)[^，；。]{0,4}完成")
_SO = re.compile(r"[比较](?:上年|去年)|去年|上年|经核[查实]|暂不|不予|未予|没有|尚未|不宜|[仅只]有")
_AHEAD = re.compile(
    r"将(?!近)|拟|力争|争取|确保|计划|预[计期]|目标|打算|努力|继续|进一步|加快|推[动进行]|达到|不[低少高]于|(?<!岁)以上|[年月]底前|\d[月日]前|年内|要(?![的求])|再|[自从][^，。；]{0,10}起"
)
# A noun, not what is planned: 列入2024年申报计划
_LISTED = re.compile(r"列入[^，。；]*计划")
_LEADING_YEAR = re.compile(r"^(?:截至|[到至])?(20\d\d)年")


def roles(body: str, placed: Sequence[tuple[Span, tuple[str, ...], Role]], year: int | None) -> list[Role]:
    """The role of each sentence of a main text.

    Args:
        placed: the sentences with their section path and its role.
        year: the year of the document.
    """
    found: list[Role] = []
    promising = claiming = -1
    answered: tuple[str, ...] | None = None
    opening = beginning(body, [span for span, _, _ in placed])
    for index, (span, path, role) in enumerate(placed):
        text = body[span.start : span.end]
        line = body.rfind("\n", 0, span.start)
        if _REPLY_LABEL.match(text):
            answered = path
        if role == "claim" and path == answered:
            role = "body"  # 【请求一】扩大种植规模。办理意见：…: under the claim stands what answers it
        if _CLAIM_LABEL.match(text):
            claiming = line
        elif _REPLY_LABEL.match(text):
            claiming = -1
        if role == "body" and looks_ahead(text):
            promising = line
        if role == "body" and (line == claiming or _claims(text)):
            role = "claim"
        elif role == "body" and (promising == line or promises(text, year)):
            # A promise goes on to the end of its paragraph.
            role = "commitment"
        if role == "commitment" and reports(text, year):
            role = "body"
        following = body[placed[index + 1][0].start :][:40] if index + 1 < len(placed) else ""
        alone = body[line + 1 : span.start].strip() == ""
        if index >= opening and closes(text, following, alone):
            role = "tail"
        found.append(role)
    return found


def looks_ahead(text: str) -> bool:
    """Whether a sentence turns to what comes next: 下一步，我局将抓好三件事。"""
    return _PROMISING.match(text) is not None


def promises(text: str, year: int | None = None) -> bool:
    """Whether a sentence says what the issuer will do, and nothing of what was done.

    >>> promises("我们将重点抓好四项工作。"), promises("我们将诊断表拆分为五个版本。")
    (True, False)
    >>> promises("2024年计划新增36家，上半年已新增20家。"), promises("2023年计划投资5亿元。", 2024)
    (False, False)
    """
    if not (_PROMISE.match(text) or _LATER.match(text)):
        return False
    if _SO_FAR.search(text) or _ALREADY.search(_QUOTED.sub("", text)):
        return False
    if re.match(r"[^，]*须", text):
        # 计划停水须提前公告 is a rule.
        return False
    leading = _LEADING_YEAR.match(text)
    return not (year and leading and int(leading[1]) < year)


def reports(text: str, year: int | None = None) -> bool:
    """Whether a sentence says what was done or is so, and nothing of what will be.

    >>> reports("2023年底，参保率96.8%。", 2024), reports("2024年底，参保率不低于97%。", 2024)
    (True, False)
    """
    plain = _LISTED.sub("", _QUOTED.sub("", text))
    if _AHEAD.search(plain):
        return False
    leading = _LEADING_YEAR.match(plain)
    past = leading is not None and year is not None and int(leading[1]) < year
    return past or _ALREADY.search(plain) is not None or _SO.search(plain) is not None


def _claims(text: str) -> bool:
    """Whether a sentence only says what the asker says.

    >>> _claims("您提出“我区缺口约1.2万个”。"), _claims("您提出的《关于…的提案》收悉。")
    (True, False)
    """
    match = _CLAIM_START.match(text)
    if match is None or _OPENING.search(text):
        return False
    # 您建议将补贴提高: the asker's 将.
    rest = text[match.end() :].removeprefix("将")
    return not _ANSWERS.search(_QUOTED.sub("", rest))
