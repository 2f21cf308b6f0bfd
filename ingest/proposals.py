"""The proposals that a letter replies to, and who handled them, from its title, 称谓 and opening."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from policyqa.numerals import to_number
from policyqa.schema import Proposal, ProposalKind, Span

TERM = re.compile(
    r"(?P<term>[一二三四五六七八九十\d]{1,3})届(?:人大|政协|人民代表大会)?(?:常委会)?第?(?P<session>[一二三四五六七八九十\d]{1,3})次"
)
# 第035号提案 · 第24106号建议 · 第72号、第105号提案 · （第BH012号）
_REFERENCE = re.compile(r"第\s*(?P<number>[A-Za-zＡ-Ｚ]{0,4}\d{1,16})\s*号(?!楼|线|公告|文)")
_REFERENCE_LIST = re.compile(
    rf"(?:{_REFERENCE.pattern.replace('?P<number>', '?:')}[、和及，]?\s*)+"
    rf"(?P<noun>[㐀-鿿]{{0,6}}?(?:提案|建议|议案))?"
)
_KINDS: dict[str, ProposalKind] = {"提案": "proposal", "建议": "suggestion", "议案": "motion"}
# 《关于加快我区先进制造业发展的建议》 · 您提出的“稳定乡村教师队伍…”的提案收悉
_QUOTED_TITLE = re.compile(r"《([^《》]{4,120})》|“([^“”]{6,80})”(?=的?(?:提案|建议|议案|问题|留言))")
_OPENING = re.compile(
    r"(收悉|提出的|提交的|来信|答复如下|函复如下|回复如下|答复意见|留言|转来|主办|会办|办理)"
)
_CO_UNITS = re.compile(
    r"(?:会同|经商|会商|征求了?|联合|商请|(?<![㐀-鿿])[经我]?[我委局]?[委局]?已?(?:按程序)?[与商])(?P<units>[^。；]{2,120}?)"
    r"(?=等?(?:相关|有关)?(?:部门|单位)?(?:以及有关[^，。]{0,8})?(?:的?意见)?[，,]?(?:共同|认真|逐条|逐项|逐一|联合|深入|协同|合并|统筹|作了认真)?"
    r"(?:研究|办理|承办|会商|会办|调研|协商|沟通|对接|同意|成立|会同|提出|核实|到?现场|现?[将就]?(?:有关)?(?:情况)?(?:答复|函复|回复|复函)如下))"
)
# 主办，区财政局、区城市管理局会办
_HELPING = re.compile(r"主办[，,、](?:会同)?(?P<units>[^。；]{2,120}?)(?:分别|共同)?(?:会办|协办)")
# 由我局主办 · 我局为主办单位 · 贵局主办的区政协委员… · 你局转来的《…》 · 由区文化旅游委主办
_LEAD = re.compile(
    r"(?P<own>(?:我|本)[委局办会院厅部中心]{1,2})(?:为|系|作为)?主办|(?P<other>[贵你][委局办会院厅部中心]{1,2})(?:主办|转来)"
    r"|由(?P<named>[㐀-鿿]{2,16}?(?:局|委|办|会|院|厅|部|中心|政府))主办"
)


def read_proposals(
    title: str, addressee: str, opening: str, offset: int
) -> tuple[tuple[Proposal, ...], dict[str, Span]]:
    """The proposals a letter replies to, from its title, 称谓 and opening.

    Args:
        opening: the first paragraphs of the main text; ``offset`` is where they start in the body.

    Returns:
        The proposals, and where the quoted titles and the numbers stand.
    """
    if not (_REFERENCE.search(title) or _OPENING.search(opening)):
        return (), {}
    located: dict[str, Span] = {}
    in_title = _references(title)
    quoted = [
        (match, number)
        for match in _QUOTED_TITLE.finditer(opening)
        if (number := _number_after(opening, match.end())) or _is_proposal_title(opening, match)
    ]
    numbers = list(dict.fromkeys([n for n, _ in in_title] + [n for _, n in quoted if n]))
    if not numbers and not quoted and (stated := _references(opening[:300])):
        numbers = list(dict.fromkeys(n for n, _ in stated))
    if not numbers and not quoted:
        # 对区政协六届四次会议《关于繁荣夜间文旅经济的提案》的答复: named in the title only.
        quoted_in_title = next(
            (m for m in _QUOTED_TITLE.finditer(title) if _is_proposal_title(title, m)), None
        )
        if quoted_in_title is None:
            return (), {}
        named = quoted_in_title[1] or quoted_in_title[2]
        term, session = _term(title) or (None, None)
        kind = _kind(title, opening, addressee, in_title)
        return (Proposal("", kind, named, term, session, _proposers(addressee, opening)),), {}
    kind = _kind(title, opening, addressee, in_title)
    term, session = _term(title) or _term(opening) or (None, None)
    proposers = _proposers(addressee, opening)
    proposals = []
    for index in range(max(len(numbers), len(quoted))):
        match, own = quoted[index] if index < len(quoted) else (None, "")
        if index and len(numbers) <= 1 and match is not None and not own:
            break  # a second quoted title without a number is some other document
        text = (match[1] or match[2]) if match else ""
        number = own or (numbers[index] if index < len(numbers) else "")
        if match:
            group = 1 if match[1] else 2
            suffix = f"_{index}" if index else ""
            located[f"proposal_title{suffix}"] = Span(offset + match.start(group), offset + match.end(group))
        own_proposers = _proposers_before(opening, match.start()) if match and len(quoted) > 1 else ()
        proposals.append(
            Proposal(number, kind, re.sub(r"\s+", "", text), term, session, own_proposers or proposers)
        )
    return tuple(proposals), located


def _references(text: str) -> list[tuple[str, str]]:
    """Numbers with the noun that follows their list: [("72", "提案"), ("105", "提案")]."""
    found = []
    for match in _REFERENCE_LIST.finditer(text):
        for reference in _REFERENCE.finditer(match.group()):
            found.append((_half_width(reference["number"]), match["noun"] or ""))
    return found


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _number_after(text: str, at: int) -> str:
    # 》（第035号） · 》的提案（第67号） · 》(提案第BH035号)
    match = re.match(
        r"(?:的?[㐀-鿿]{0,4})?\s*[（(]?\s*(?:[㐀-鿿]{0,8})?第\s*([A-Za-z]{0,4}\d{1,16})\s*号",
        text[at : at + 40],
    )
    return _half_width(match[1]) if match else ""


def _is_proposal_title(text: str, match: re.Match[str]) -> bool:
    quoted = match[1] or match[2]
    if re.search(r"(提案|建议|议案|情况|意见)$", quoted) and quoted.startswith(("关于", "对")):
        return True
    after = text[match.end() : match.end() + 12]
    return re.match(r"的?(提案|建议|议案|留言|问题)", after) is not None


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


def _proposers(addressee: str, opening: str) -> tuple[str, ...]:
    """Who made the proposal: the addressee, unless that is another bureau that forwarded it."""
    # 贵局主办的区政协委员冉济川《关于…》
    forwarded = re.search(r"政协委员([㐀-鿿]{2,4}?)(?:等\d+[人名位])?(?:提出的?)?《", opening[:200])
    if forwarded:
        return (forwarded[1],)
    # （第0233号，领衔代表阮青山）
    if named := re.search(
        r"(?:领衔代表|领衔委员|提案人|建议人)[：:为是]?([㐀-鿿]{2,3})(?=[）)，、委代])", opening[:200]
    ):
        return (named[1],)
    name = re.sub(r"(并转.*|[（(].*[）)])$", "", addressee.removeprefix("尊敬的")).strip()
    if re.search(r"等\s*\d+\s*[名位]?(委员|代表)$", name):
        return (name,)
    if match := re.fullmatch(r"(.+?)(?:同志)?(?:委员|代表)们?", name):
        names = [re.sub(r"(委员|代表)$", "", n) for n in re.split(r"[、，,和\s]+", match[1]) if n]
        if names and all(2 <= len(n) <= 12 for n in names):
            return tuple(names)
    if re.search(r"(民盟|民建|民革|民进|农工|致公|九三|台盟|工商联|界别|总支|支部|支社|小组)", name):
        return (name,)
    return ()


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
    match = _CO_UNITS.search(opening) or _HELPING.search(opening)
    units = _units(match["units"]) if match else ()
    if match and units:
        first, last = match["units"].find(units[0]), match["units"].rfind(units[-1]) + len(units[-1])
        start = offset + match.start("units")
        located["co_units"] = Span(start + first, start + last)
    return Handling(lead, units, located)


def _units(text: str) -> tuple[str, ...]:
    units = re.split(r"[、，,]|以及|和(?=[区县市国各])", text)
    cleaned = [
        re.sub(r"^(?:由|请|商|会同)|(?:等.*|逐[条项]|分别|同意|共同)$", "", unit).strip() for unit in units
    ]
    named = re.compile(
        r"[㐀-鿿]{2,24}(局|委|会|办|办公室|部|中心|院|处|公司|政府|街道|厅|所|队|行|集团|团|联|社|部门|机构|委办|分局)"
    )
    return tuple(unit for unit in cleaned if named.fullmatch(unit))
