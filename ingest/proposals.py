"""The proposals that a letter replies to, and who handled them, from its title, 称谓 and opening."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from policyqa.numerals import to_number
from policyqa.schema import Proposal, ProposalKind, Span

TERM = re.compile(
    r"(?P<term>[一二三四五六七八九十\d]{1,3})届(?:人大|政协|人民代表大会|[㐀-鿿]{0,10}?委员会)?(?:常委会)?第?(?P<session>[一二三四五六七八九十\d]{1,3})次"
)
# 第035号提案 · 第24106号建议 · 第72号、第105号提案 · （第BH012号）
_ONE = r"[A-Za-zＡ-Ｚ]{0,4}(?:\d{1,3}-)?\d{1,16}"
# 第12、35、61号: several numbers under one 第 and one 号; 一次会议109号提案 has no 第
_REFERENCE = re.compile(
    rf"(?:第|(?<=会议))\s*(?P<number>{_ONE}(?:号?\s*[、，和及]\s*{_ONE})*)\s*号(?!楼|线|公告|文)"
)
_REFERENCE_LIST = re.compile(
    rf"(?:{_REFERENCE.pattern.replace('?P<number>', '?:')}[、和及，]?\s*)+"
    rf"(?P<noun>[㐀-鿿]{{0,6}}?(?:提案|建议|议案))?"
)
_KINDS: dict[str, ProposalKind] = {"提案": "proposal", "建议": "suggestion", "议案": "motion"}
# 《关于加快我区先进制造业发展的建议》 · 您提出的“稳定乡村教师队伍…”的提案收悉
# “治理积水”“增设路灯”两件建议 · “关于增设路灯的建议”收悉
_QUOTED_TITLE = re.compile(
    r"《([^《》]{4,120})》"
    r"|“((?:[^“”]|“[^“”]{1,40}”){6,80})”(?=(?:[、和及]?“[^“”]{4,80}”)*的?(?:[一两二三四五六七八九十\d]{1,2}[件份个])?(?:提案|建议|议案|问题|留言))"
    r"|“((?:关于|对)(?:[^“”]|“[^“”]{1,40}”){4,80}(?:提案|建议|议案))”"
)
# 您关于改善出行的建议收到了 · 代表们提出的关于食品安全的建议，我局作为主办单位
_TITLE_SAID = re.compile(
    r"(?:提出|提交|所提|来信|(?:^|[。，；\n])(?:您|你们|贵[㐀-鿿]{1,2}))的?(关于[^，。；：“”《》\n]{4,80}?的(?:提案|建议|议案))(?=[，,（(]|已?收[悉到]|已|由|转)"
)
_NOUN_BEHIND = re.compile(
    r"(?:[、和及]?“[^“”]{4,80}”)*的?(?:[一两二三四五六七八九十\d]{1,2}[件份个])?(?:提案|建议|议案|留言|问题|一案)"
)
# Where the answer begins, quoted words are claims and measures, no titles.
_ANSWER = re.compile(r"如下|[于在]后[：:。]|(?:一并|再次|综合|合并)(?:答复|函复)|现函复")
_OPENING = re.compile(
    r"(收悉|提出的|提交的|来信|答复如下|函复如下|回复如下|答复意见|留言|转来|主办|会办|办理)"
)
_TOGETHER = r"(?:共同|认真|逐条|逐项|逐一|联合|深入|协同|合并|统筹|专题|分别|专门|进行了?|作了|开展了?)"
_CO_UNITS = re.compile(
    r"(?:会同|经商|会商|征求了?|联合|商请|(?<![㐀-鿿])[经我本]?[我委局]?[委局]?已?(?:按程序)?[与商])(?P<units>[^。；]{2,120}?)"
    r"(?=等?(?:相关|有关)?(?:部门|单位)?(?:以及有关[^，。]{0,8})?(?:的?意见)?[，,]?后?[，,]?"
    rf"{_TOGETHER}*"
    r"(?:研究|办理|承办|会商|商议|协商|商量|会办|调研|沟通|对接|同意|成立|会同|提出|核实|到?现场|后|现?[将就]?(?:有关)?(?:情况)?(?:答复|函复|回复|复函)如下))"
)
# 主办，区财政局、区城市管理局会办
_HELPING = re.compile(
    r"(?:主办|牵头)(?:办理|单位)?[，,、](?:会同)?(?P<units>[^。；]{2,120}?)(?:分别|共同|为|系|作为)?(?:会办|协办|协同|协助|分别办理)"
)
# 市财政局、市民政局分别提出了会办意见 · 吸收了市财政局的会办意见 · 会办单位区财政局、区水利局的意见附后
_OPINIONS = re.compile(
    r"(?:吸收了?|采纳了?|收到了?|(?<=[。；\n]))(?P<units>[^。；，\n]{2,80}?)(?:分别|均|都)?(?:提出了?|出具了?|的)会办意见"
    r"|会办单位(?:[为是有]|包括)?(?P<listed>[^。；，\n]{2,80}?)(?:的?意见|(?=[。；]))"
)
# 由我局主办 · 我局为主办单位 · 贵局主办的区政协委员… · 你局转来的《…》 · 由区文化旅游委主办
_LEAD = re.compile(
    r"(?P<own>(?:我|本)[委局办会院厅部中心]{1,2})(?:为|系|作为)?主办|(?P<other>[贵你][委局办会院厅部中心]{1,2})(?:主办|转来)"
    r"|由(?P<named>[㐀-鿿]{2,16}?(?:局|委|办|会|院|厅|部|中心|政府|公司|所|队))主办"
)


def read_proposals(
    title: str, addressee: str, opening: str, offset: int, body: str = ""
) -> tuple[tuple[Proposal, ...], dict[str, Span]]:
    """The proposals a letter replies to, from its title, 称谓 and opening.

    Args:
        opening: the first paragraphs of the main text; ``offset`` is where they start in the body.
        body: the whole text, whose headings may name the proposer of each of several proposals.

    Returns:
        The proposals, and where the quoted titles and the numbers stand.
    """
    if not (_REFERENCE.search(title) or _OPENING.search(opening)):
        return (), {}
    in_title = _references(title) or _references(addressee)
    quoted = _quoted(opening)
    numbers = list(dict.fromkeys([n for n, _ in in_title] + [q.number for q in quoted if q.number]))
    named = [_text(m) for m in _QUOTED_TITLE.finditer(title) if _is_proposal_title(title, m)]
    if not numbers and len(quoted) + len(named) <= 1:
        beside = list(
            dict.fromkeys(n for n, noun in _references(opening[:300]) if noun or not (quoted or named))
        )
        # Beside a title only one number can be meant.
        numbers = beside if len(beside) == 1 or not (quoted or named) else []
    if not numbers and not quoted and not named:
        return (), {}
    kind = _kind(title, opening, addressee, in_title)
    term, session = _term(title) or _term(opening) or _term(addressee) or (None, None)
    proposers = _proposers(addressee, opening)
    located: dict[str, Span] = {}
    proposals = []
    for index, (number, said) in enumerate(_paired(numbers, quoted)):
        text = ""
        own: tuple[str, ...] = ()
        if said:
            text = said.text
            suffix = f"_{index}" if index else ""
            located[f"proposal_title{suffix}"] = Span(offset + said.start, offset + said.end)
            own = _proposers_before(opening, said.start - 1) if len(quoted) > 1 else ()
        behind = (_proposers_behind(where, number) for where in (addressee, opening, body))
        own = own or next(filter(None, behind), ())
        if not said and len(named) == max(len(numbers), 1):
            # 对区政协六届四次会议《关于繁荣夜间文旅经济的提案》的答复: named in the title only.
            text = named[index]
        proposals.append(Proposal(number, kind, re.sub(r"\s+", "", text), term, session, own or proposers))
    if len(proposals) == len(proposers) > 1 and _EACH_THEIRS.search(opening):
        proposals = [
            replace(p, proposers=(who,)) if p.proposers == proposers else p
            for p, who in zip(proposals, proposers, strict=True)
        ]
    return tuple(proposals), located


# 甲委员、乙委员、丙支部：你们分别提出的《…》、《…》、《…》收悉: one each, in order.
_EACH_THEIRS = re.compile(r"(?:你们|您们|几位)[^，。；《]{0,6}分别(?:提出|提交)的")


@dataclass(frozen=True, slots=True)
class _Named:
    """A proposal's title as the opening says it, with the number that stands behind it."""

    text: str
    start: int
    end: int
    number: str


def _quoted(opening: str) -> list[_Named]:
    """The titles that the opening names, in order: quoted, else said without marks."""
    answer = _ANSWER.search(opening)
    asked = answer.end() if answer else len(opening)
    found = []
    for match in _QUOTED_TITLE.finditer(opening):
        number = _number_after(opening, match.end()) or _number_before(opening, match.start())
        # Behind 答复如下 a quotation is a claim or a measure, unless it has a proposal's number.
        if number or (match.start() < asked and _is_proposal_title(opening, match)):
            group = match.lastindex or 1
            found.append(_Named(match[group], match.start(group), match.end(group), number))
    if not found and (said := _TITLE_SAID.search(opening, 0, asked)):
        found.append(_Named(said[1], said.start(1), said.end(1), _number_after(opening, said.end())))
    return found


def _paired(numbers: Sequence[str], quoted: Sequence[_Named]) -> list[tuple[str, _Named | None]]:
    """Each number with its title: the one that it stands behind, else by place where the counts agree."""
    owned = {named.number: named for named in quoted if named.number}
    loose = [named for named in quoted if not named.number]
    if not numbers:
        return [("", loose[0] if loose else None)]
    unnamed = [number for number in numbers if number not in owned]
    # One title for two numbers may be either's; a second title beside one number is another document.
    by_place = dict(zip(unnamed, loose, strict=False)) if len(loose) >= len(unnamed) else {}
    return [(number, owned.get(number) or by_place.get(number)) for number in numbers]


def _text(match: re.Match[str]) -> str:
    return match[match.lastindex or 1]


def _references(text: str) -> list[tuple[str, str]]:
    """Numbers with the noun that follows their list: [("72", "提案"), ("105", "提案")]."""
    found = []
    for match in _REFERENCE_LIST.finditer(text):
        for reference in _REFERENCE.finditer(text, match.start(), match.end()):
            for number in re.split(r"号?\s*[、，和及]\s*", reference["number"]):
                found.append((_half_width(number), match["noun"] or ""))
    return found


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _number_after(text: str, at: int) -> str:
    # 》（第035号） · 》的提案（第67号） · 》(提案第BH035号)
    match = re.match(
        r"(?:的?[㐀-鿿]{0,4})?\s*[（(]?\s*(?:[㐀-鿿]{0,14})?第\s*([A-Za-z]{0,4}\d{1,16})\s*号",
        text[at : at + 40],
    )
    return _half_width(match[1]) if match else ""


def _number_before(text: str, at: int) -> str:
    # 会议上提出的第B08号提案《…》
    match = re.search(rf"第\s*({_ONE})\s*号(?:提案|建议|议案)$", text[:at])
    return _half_width(match[1]) if match else ""


def _is_proposal_title(text: str, match: re.Match[str]) -> bool:
    quoted = _text(match)
    if re.search(r"(提案|建议|议案|情况|意见)$", quoted) and quoted.startswith(("关于", "对")):
        return True
    # You 提出的《…》, your《…》: what else would the addressee have put forward?
    if match[1] and re.search(r"(?:提出|提交|所提)的?$", text[: match.start()]):
        return True
    return re.match(_NOUN_BEHIND, text[match.end() :]) is not None


def _kind(title: str, opening: str, addressee: str, references: list[tuple[str, str]]) -> ProposalKind:
    for _, noun in references:
        for word, kind in _KINDS.items():
            if noun.endswith(word):
                return kind
    text = title + opening[:200]
    if "政协" in text:
        return "proposal"
    if "人大" in text:
        return "suggestion"
    return "suggestion" if "代表" in addressee else "proposal"


def _term(text: str) -> tuple[int, int] | None:
    match = TERM.search(text)
    if match is None:
        return None
    term, session = to_number(match["term"]), to_number(match["session"])
    return (int(term), int(session)) if term and session else None


def _proposers_before(text: str, at: int) -> tuple[str, ...]:
    """The names right before a quoted title: 冯沛、祝兰委员联名提出的《…"""
    match = re.search(r"(?:^|[。；，和与])([㐀-鿿、]{2,30})(?:委员|代表)(?:联名)?提出的?$", text[:at])
    return tuple(name for name in re.split("[、和]", match[1]) if name) if match else ()


def _proposers_behind(text: str, number: str) -> tuple[str, ...]:
    """The names right behind a proposal's number: 第0029号（冼如璋）谈… · 【第31号　闻人岱委员　关于…】"""
    if not number:
        return ()
    it = rf"第\s*{re.escape(number)}\s*号"
    match = (
        re.search(rf"{it}\s*[（(]([㐀-鿿、]{{2,30}})[）)]", text)
        or re.search(rf"[（(]{it}[\s　，,]+([㐀-鿿、]{{2,30}})[）)]", text)
        or re.search(rf"[【\[]{it}[\s　，,]+([㐀-鿿、]{{2,30}})[\s　】]", text)
        # 第14号提案人欧阳砺、第79号提案人九三学社某市委：
        or re.search(rf"{it}(?:提案|建议)?的?提案人[：:是为]?([㐀-鿿]{{2,16}})", text)
    )
    names = tuple(re.sub(r"(?:委员|代表)$", "", name) for name in match[1].split("、")) if match else ()
    able = all((2 <= len(n) <= 4 or _GROUP.search(n)) and not _NO_NAME.search(n) for n in names)
    return names if able else ()


# （第0312号，并案）: how it is handled, not whose it is.
_NO_NAME = re.compile(
    r"集体|个人|党派|界别提|并案|合并|[主会分协]办|重点|公开|附议|联名|[一二三四五六七八九十]件|[提议]案|建议"
)


def _proposers(addressee: str, opening: str) -> tuple[str, ...]:
    """Who made the proposal: the addressee, unless that is another bureau that forwarded it."""
    # 贵局主办的区政协委员冉济川《关于…》
    forwarded = re.search(
        r"政协委员(?!提出|提交|们|所|联名)([㐀-鿿]{2,4}?)(?:等\d+[人名位])?(?:提出的?)?《", opening[:200]
    )
    if forwarded:
        return (forwarded[1],)
    # （提案人：闻人霁、鄢书航、工商联界别）
    if listed := re.search(
        r"(?<!第一)(?:提案人|建议人)[：:]([㐀-鿿]{2,16}(?:、[㐀-鿿]{2,16})+)(?=[）)；。])", opening[:200]
    ):
        return tuple(listed[1].split("、"))
    # （第0233号，领衔代表阮青山）
    if named := re.search(
        r"(?:领衔代表|领衔委员|(?<!第一)提案人|建议人)[：:为是]?(?!同意|认可|表示|满意|反映|提出|认为|要求)([㐀-鿿]{2,3}(?=[）)，、委代])|(?<=：)[㐀-鿿]{4,20}(?=[）)]))",
        opening[:200],
    ):
        return (named[1],)
    # 致区九届人大一次会议第41号建议领衔代表蒲万山
    if named := re.search(r"(?:领衔代表|领衔委员|提案人)([㐀-鿿]{2,4})$", addressee):
        return (named[1],)
    name = re.sub(r"(并转.*|[（(].*[）)])$", "", addressee.removeprefix("尊敬的")).strip()
    # 尉迟成两位委员
    name = (
        re.sub(r"[一两二三四五六七八九十\d]{1,3}位(?=(?:委员|代表)$)", "", name) if "等" not in name else name
    )
    if re.search(r"等\s*(?:\d+\s*[名位]?)?(委员|代表)$", name):
        return (name,)
    if match := re.fullmatch(r"(.+?)(?:同志)?(?:委员|代表)们?", name):
        parts = [
            re.sub(r"(委员|代表)$", "", n)
            for n in re.split(
                r"[、，,\s]+|(?<=[㐀-鿿]{2})和(?=[㐀-鿿]{2})|并(?=[㐀-鿿]{2,4}$|[㐀-鿿]{2,4}、)", match[1]
            )
            if n
        ]
        names = [part for part in parts if not _NOT_PROPOSING.search(part)]
        if names and all(2 <= len(n) <= 12 for n in names):
            return tuple(names)
    parts = [part for part in re.split(r"[、，,]", name) if part]
    # 闻人岱委员、农工党青岫市委会: persons and parties side by side
    if all(_GROUP.search(part) or re.fullmatch(r"[㐀-鿿]{2,4}(?:委员|代表)", part) for part in parts):
        return tuple(part if _GROUP.search(part) else re.sub("(?:委员|代表)$", "", part) for part in parts)
    if _GROUP.search(name) or _COMMITTEE.search(name):
        return (name,)
    # To the agency that leads: 贺临川委员提出的《…》由你会主办、我委会办。
    told = _TOLD.match(opening)
    return tuple(told[1].split("、")) if told and not _NOBODY.search(told[1]) else ()


_NOBODY = re.compile(r"政协|人大|[两几多各三]位|部分|有关|我|等")
# 贺临川委员提出的《…》 · 关于霍延青委员提出的《…》 · 贵局转来的段清野委员提出的《…》
_TOLD = re.compile(
    r"\s*(?:关于|对|[贵你][委局办会院厅部]{1,2}(?:转来|主办|牵头办理)的?)?"
    r"([㐀-鿿]{2,3}(?:、[㐀-鿿]{2,3})*)(?:委员|代表)(?:联名)?(?:提出|提交)的?《"
)
# 市政协人口资源环境委员会
_COMMITTEE = re.compile(r"(?:政协|人大)[㐀-鿿]{2,12}(?<!提案)(?<!工作)(?:委员会|专委会)$")
# 民盟桐浦区总支 · 市工商联 · 界别
_GROUP = re.compile(r"民盟|民建|民革|民进|农工|致公|九三|台盟|工商联|界别|总支|支部|支社|小组")
# The committee that passes the proposals on.
_NOT_PROPOSING = re.compile(r"(?:提案委|代表工作委员会|提案委员会)$")


@dataclass(frozen=True, slots=True)
class Handling:
    """Who handled a proposal: the agency that leads (主办) and those that help (会办); where it says so."""

    lead: str = ""
    co_units: tuple[str, ...] = ()
    located: Mapping[str, Span] = field(default_factory=dict)


def read_handling(opening: str, offset: int, issuer: str, addressee: str) -> Handling:
    """Who handled the proposal, as the opening says it; ``offset`` is where it starts in the body.

    我局主办 is the issuer, 贵局主办 and 你局转来 are the addressee; without such words there is no lead.
    """
    located: dict[str, Span] = {}
    lead = ""
    if match := _LEAD.search(opening):
        named = match["named"]
        lead = named or (issuer if match["own"] else addressee)
        located["lead_unit"] = Span(offset + match.start(), offset + match.end())
    for match in (m for pattern in (_HELPING, _CO_UNITS, _OPINIONS) for m in pattern.finditer(opening)):
        group = "listed" if match.lastgroup == "listed" else "units"
        if units := _units(match[group]):
            first, last = match[group].find(units[0]), match[group].rfind(units[-1]) + len(units[-1])
            start = offset + match.start(group)
            located["co_units"] = Span(start + first, start + last)
            return Handling(lead, units, located)
    return Handling(lead, (), located)


def _units(text: str) -> tuple[str, ...]:
    # 市水利局和霁溪区政府 are two, 自然资源和规划局 is one.
    units = re.split(r"[、，,]|以及|和(?=[区县市国各])|(?<=[局委办厅部院府队])和", text)
    cleaned = [
        re.sub(r"^(?:由|请|商|会同)|(?:等.*|逐[条项]|分别|同意|共同|专题)$", "", unit).strip()
        for unit in units
    ]
    named = re.compile(
        r"[㐀-鿿]{2,24}(局|委|会|办|办公室|部|中心|院|处|公司|政府|街道|厅|所|队|行|集团|团|联|社|部门|机构|委办|分局|海关|学校|学院|支行|银行)"
    )
    return tuple(unit for unit in cleaned if named.fullmatch(unit) and unit[0] not in "我本贵你")
