"""The head of an official document: issuer, document number, title, addressee, proposals.

Everything is looked for where it belongs (letterhead, title, 称谓, opening), because bodies cite
the numbers and agencies of other documents. What is not there stays absent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ingest.agencies import NAME, agencies
from ingest.dates import DATE, find_date, to_date
from ingest.labels import read_labels
from ingest.lines import Line, is_clutter
from ingest.marks import NUMBER, Part, read_marks
from ingest.outcome import read_class, read_outcome
from policyqa.schema import Span

# 李德勇委员： · 覃国栋等8名代表： · 尊敬的网友： · 区文化和旅游发展委员会： · 各镇人民政府，区政府有关部门：
_ADDRESSEE = re.compile(r"[^。；：:|｜]{2,80}[：:]")
_ADDRESSEE_LABEL = re.compile(
    r"(索引号|文号|字号|(?:^|发文|发布|制发|公开|承办)(?:机关|机构)|日期|时间|类别|属性|公开|主题|关键词|名称|签发|附件|抄送|电话|联系|答复如下|如下|现将)"
)
# 关于区政协十五届三次会议第035号提案的 · 对第24106号建议的答复 · …实施方案
_TITLE_START = re.compile(r"(关于|^(?:对|答复).{0,40}(提案|建议|议案|函)|对.*第.{1,24}号)")
TITLE_END = re.compile(
    r"(答\s*复\s*函?|复\s*函|的函|回复|意见|通知|通告|公告|通报|办法|方案|细则|规定|条例|规划|计划|要点|措施|标准"
    r"|报告|总结|简报|公报|决定|批复|请示|情况|说明|指南|清单|快报|月报|年报|安排|打算|公示|纪要|解读|问答|解答|答问|[\d百]问|须知|口径|选登|倡议书|(?<![代外发附年])表)"
    r"(?:[（(][^）)]{1,20}[）)])?$"
)
# …统计公报[1]: the mark of a footnote is no part of the title.
_FOOTNOTE = re.compile(r"\s*(?:[\[［〔]\s*\d{1,2}\s*[\]］〕]|[①-⑳]|[*＊])$")
# 第6期（总第188期） · 统计快报（2024年第8期）
_ISSUE = re.compile(r"第\s*\d+\s*期")
_GIVEN = re.compile(
    rf"[—－-]{{1,2}}\s*(?P<day>{DATE.pattern})在(?:(?P<place>[㐀-鿿]{{2,12}}?[省市区县州旗盟])(?=第)|).{{4,40}}(?:会议|大会)上$"
)
_BRACKET_END = re.compile(r"(?<=.)[（(][^（）()]{1,40}[）)]$")
_FLAG = re.compile(
    r"^(?:[ABC]\s*类?|公开|主动公开|依申请公开|不予公开|[（(]?第\d+期.{0,16}|(?:办理结果|办复类别|类别|公开情况|公开属性|签发人|密级).{0,20})$"
)


@dataclass(slots=True)
class Head:
    """What the head holds; ``end`` is the index of the first line after it."""

    end: int = 0
    title: str = ""
    issuers: tuple[str, ...] = ()
    document_number: str = ""
    addressee: str = ""
    outcome: str = ""
    signed_on: date | None = None
    published_on: date | None = None
    printed_on: date | None = None
    lead_unit: str = ""
    co_units: tuple[str, ...] = ()
    proposal_title: str = ""
    adopter: str = ""
    masthead: str = ""
    located: dict[str, Span] = field(default_factory=dict)


def read_head(lines: Sequence[Line]) -> Head:
    """Read the lines above the main text."""
    head = Head()
    addressee = _find_addressee(lines)
    if addressee is not None:
        head.end = addressee + 1
        line = lines[addressee]
        head.addressee = line.text.rstrip("：:").strip()
        head.located["addressee"] = Span(line.start, line.start + len(head.addressee))
    else:
        head.end = _end_without_addressee(lines)
    zone = list(lines[: head.end if addressee is None else addressee])
    said, meta = read_labels(zone)
    for name, value, where in said:
        _set_meta(head, name, value, where)
    meta |= _take_marks([line for line in zone if line.start not in meta], head)
    plain = [line for line in zone if line.start not in meta and not is_clutter(line.text)]
    for line in zone:
        if "发布" in line.text and head.published_on is None:
            head.published_on = find_date(line.text)
            if head.published_on:
                head.located["published_on"] = line.span
    plain = _take_number(plain, head)
    plain = _take_flags(plain, head)
    for line in plain:
        # 2025年1月16日 alone below the title of a report
        match = DATE.fullmatch(line.text.strip("（）()"))
        if match and head.signed_on is None:
            head.signed_on = to_date(match)
            head.located["signed_on"] = line.span
        # ——2024年1月9日在桐浦区第九届人民代表大会第三次会议上
        elif (given := _GIVEN.match(line.text)) and head.signed_on is None:
            head.signed_on = find_date(given["day"])
            head.located["signed_on"] = Span(line.start + given.start("day"), line.start + given.end("day"))
    _take_title(plain, zone, head)
    _take_lone_title(plain, zone, meta, head)
    _take_issuers(plain, head)
    _name_adopter(head)
    _name_government(plain, head)
    return head


def _take_marks(zone: Sequence[Line], head: Head) -> set[int]:
    """Read the lines that consist of marks alone; returns their starts."""
    used = set()
    for line in zone:
        parts = read_marks(line.text, agencies) if not is_clutter(line.text) else None
        if parts is not None:
            used.add(line.start)
            for part in parts:
                _set_mark(head, part, line.start)
    return used


def _set_mark(head: Head, part: Part, offset: int) -> None:
    """Keep what a mark says; the first one wins, for a head is read from the top."""
    span = Span(offset + part.start, offset + part.end)
    match part.mark:
        case "document_number" if NUMBER.match(part.text) and not head.document_number:
            head.document_number = re.sub(r"\s+", "", part.text)
        case "outcome" if (said := read_class(part.text)) and not head.outcome:
            head.outcome = said
        case "issuer" if names := [name for name, _, _ in agencies(part.text)]:
            before = head.located.get("issuer")
            if before and span.start < before.end:
                return
            head.issuers = tuple(dict.fromkeys((*head.issuers, *names)))
            span = Span(before.start, span.end) if before else span
        case "adopter":
            head.adopter = part.text
        case "signed_on" | "printed_on" | "published_on":
            day = find_date(part.text)
            if day is None:
                return
            setattr(head, part.mark, day)
        case "lead_unit" if part.text:
            head.lead_unit = part.text
        case "co_units" if part.text:
            before = head.located.get("co_units")
            head.co_units = tuple(dict.fromkeys((*head.co_units, *_listed(part.text))))
            span = Span(min(before.start, span.start), max(before.end, span.end)) if before else span
        case "proposal_title" if part.text:
            head.proposal_title = part.text
        case _:
            return
    head.located[part.mark] = span


def _listed(text: str) -> tuple[str, ...]:
    return tuple(unit for unit in re.split(r"[、，,；;\s]+", text) if unit)


def _name_adopter(head: Head) -> None:
    """A measure that names no issuer is of the body whose meeting adopted it.

    市人民政府 there is that of the place which the title begins with: 桐浦市人才公寓管理办法.
    """
    span = head.located.pop("adopter", None)
    if head.issuers or span is None:
        return
    name = head.adopter
    place = re.match(r"[㐀-鿿]{2,5}?(?=[市区县州旗盟])", head.title)
    if place and name[0] == head.title[place.end()]:
        name = place[0] + name
    head.issuers = (name,)
    head.located["issuer"] = span


def _name_government(lines: Sequence[Line], head: Head) -> None:
    """A government's work report is that of the place before whose congress it was given."""
    if head.issuers or not re.match(r"政府工作报告", head.title):
        return
    for line in lines:
        if (given := _GIVEN.match(line.text)) and given["place"]:
            head.issuers = (f"{given['place']}人民政府",)
            head.located["issuer"] = Span(line.start + given.start("place"), line.start + given.end("place"))
            return


def _find_addressee(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines[:30]):
        if is_clutter(line.text):
            continue
        if _ADDRESSEE.fullmatch(line.text) and not _ADDRESSEE_LABEL.search(line.text):
            return index
        if _heading(line.text) or (len(line.text) > 80 and line.text.endswith(("。", "！"))):
            return None
    return None


def _heading(text: str) -> bool:
    return (
        re.match(
            r"([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[章条])",
            text,
        )
        is not None
    )


def _end_without_addressee(lines: Sequence[Line]) -> int:
    for index, line in enumerate(lines):
        meta = re.search(r"[|｜]", line.text)
        if not meta and not is_clutter(line.text):
            long = len(line.text) > 45 and re.search(r"[。；：]", line.text)
            if long or _heading(line.text) or (re.search(r"[。！]$", line.text) and index):
                return index
    return len(lines)


def _set_meta(head: Head, name: str, value: str, line: Line) -> None:
    at = line.text.find(value)
    span = Span(line.start + at, line.start + at + len(value)) if at >= 0 and value else line.span
    if name in ("signed_on", "published_on", "printed_on"):
        found = find_date(value)
        if found:
            setattr(head, name, found)
            head.located[name] = span
    elif name == "issuer" and (names := agencies(re.sub(r"\s+\d{4}\D.*$", "", value))):  # …局　2024-01-30
        head.issuers = tuple(agency for agency, _, _ in names)
        head.located["issuer"] = span
    elif name == "lead_unit" and value:
        head.lead_unit = value
        head.located["lead_unit"] = span
    elif name == "co_units" and value:
        head.co_units = _listed(value)
        head.located["co_units"] = span
    elif name == "document_number" and (number := _NUMBER_SAID.match(value)):
        head.document_number = number.group()
        at = line.text.find(number.group())
        span = Span(line.start + at, line.start + at + len(number.group()))
        head.located["document_number"] = span


# What the label 文号 calls one, in any form: 芦工信案字2024-12.
_NUMBER_SAID = re.compile(
    rf"{NUMBER.pattern}|[㐀-鿿]{{2,14}}[^\s，。；：]{{0,4}}(?:19|20)\d\d[^\s，。；：]{{1,8}}"
)
# Minutes bear a year and a number alone, 〔2024〕28号; a court has its code behind the year.
_BARE_NUMBER = re.compile(
    r"[〔\[【（(]\s*(?:19|20)\d\d\s*[〕\]】）)]\s*(?:[㐀-鿿]{2,10}(?=第|字))?字?第?\s*\d{1,5}\s*号"
)


def _take_number(lines: Sequence[Line], head: Head) -> list[Line]:
    """The first line that is a document number, perhaps with a flag beside it."""
    rest = []
    for line in lines:
        match = NUMBER.match(line.text) or _BARE_NUMBER.fullmatch(line.text.strip())
        if match and not head.document_number:
            head.document_number = re.sub(r"\s+", "", match.group())
            head.located["document_number"] = Span(line.start, line.start + match.end())
            tail = line.text[match.end() :].strip()
            if outcome := read_outcome(" " + tail):
                head.outcome = outcome
                head.located["outcome"] = Span(line.end - len(tail), line.end)
        elif not match or match.end() < len(line.text) - 12:
            rest.append(line)
    return rest


def _take_flags(lines: Sequence[Line], head: Head) -> list[Line]:
    rest = []
    for line in lines:
        if _FLAG.match(line.text):
            if outcome := read_outcome(line.text):
                head.outcome = outcome
                head.located["outcome"] = line.span
        else:
            rest.append(line)
    return rest


def _take_title(lines: Sequence[Line], zone: Sequence[Line], head: Head) -> None:
    """The title may run over several lines: letterhead, 关于…提案的, 答复函.

    Args:
        zone: all lines of the head; an agency above the document number begins no title.
    """
    texts = [_bare(line.text) for line in lines]
    start = next((i for i, text in enumerate(texts) if _TITLE_START.search(text)), None)
    if start is None:
        # A bulletin has a masthead (工业经济运行简报) and below it the title, which says more.
        ends = [i for i, text in enumerate(texts) if TITLE_END.search(text)]
        if not ends:
            return
        start = max(ends, key=lambda i: len(texts[i]))
    end = start
    while end + 1 < len(lines) and not TITLE_END.search(texts[end]):
        end += 1
    if end > start and not TITLE_END.search(texts[end]):
        end = start
    # A last line that is the kind of document alone: 答 复 函, or （征求意见稿）.
    while end + 1 < len(lines) and re.fullmatch(
        r"(的?\s*答\s*复\s*函?|复\s*函|[（(][^）)]{2,12}[）)])", lines[end + 1].text
    ):
        end += 1
    first = start
    adjoins = start > 0 and zone.index(lines[start]) == zone.index(lines[start - 1]) + 1
    above = agencies(lines[start - 1].text) if adjoins and not lines[start].after_blank else []
    higher = agencies(lines[start - 2].text) if start > 1 else []
    # Two different agencies are the letterhead of a joint document, not the title's first line.
    own = len(above) == 1 and not (higher and higher[0][0] != above[0][0])
    touches = adjoins and not lines[start].after_blank
    if own or (touches and _begins_title(texts[start - 1], texts[start])):
        first = start - 1
    last = lines[end]
    parts = [re.sub(r"\s+", "", text) for text in (*(line.text for line in lines[first:end]), texts[end])]
    head.title = "".join(parts)
    head.located["title"] = Span(lines[first].start, last.start + len(texts[end]))
    if bracket := _BRACKET_END.search(_FOOTNOTE.sub("", last.text)):
        # …提案的答复（A类，可公开）
        for part in read_marks(bracket.group(), agencies) or ():
            _set_mark(head, part, last.start + bracket.start())


def _begins_title(above: str, line: str) -> bool:
    """Whether a title that begins with its year has its subject on the line above: …热线 / 2024年第三季度情况通报."""
    plain = re.fullmatch(r"[㐀-鿿\d]{5,24}", above) and not DATE.search(above) and not agencies(above)
    return bool(plain) and re.match(r"(?:19|20)\d\d年", line) is not None


# 松垭区数据局（区热线管理中心）
_OFFICE = re.compile(r"(?:局|委|委员会|办|办公室|中心|厅|政府|集团|公司)(?:[（(][^（）()]*[）)])?$")


def _take_lone_title(lines: Sequence[Line], zone: Sequence[Line], meta: set[int], head: Head) -> None:
    """A title by its place, where its words tell none: the one line left below a bulletin's masthead
    with the number of the issue, or right above a table of labels."""
    bulletin = head.title and any(_ISSUE.search(line.text) for line in zone)
    if head.title and not bulletin:
        return
    span = head.located.get("title")
    left = [
        line
        for line in lines
        if not (span and line.start < span.end)
        and not _ISSUE.search(line.text)
        and not DATE.search(line.text[-12:])
        and not agencies(line.text)
        and not _OFFICE.search(line.text)
        and re.fullmatch(r".{5,60}[^。；：！，,;:]", line.text)
    ]
    if len(left) != 1:
        return
    if bulletin or (zone[0] is left[0] and len(zone) > 1 and zone[1].start in meta):
        head.masthead = head.title
        head.title = re.sub(r"\s+", "", left[0].text)
        head.located["title"] = left[0].span


def _bare(text: str) -> str:
    """A line of a title without the mark of a footnote and without a bracket of marks behind it."""
    text = _FOOTNOTE.sub("", text)
    bracket = _BRACKET_END.search(text)
    return text[: bracket.start()].rstrip() if bracket and read_marks(bracket.group(), agencies) else text


def _take_issuers(lines: Sequence[Line], head: Head) -> None:
    """Letterhead lines, several when joint; else the agency that the title begins with.

    A bulletin's letterhead has the date beside it: 松垭区妇女儿童工作委员会办公室　2024年4月30日.
    """
    found: dict[str, Span] = {}
    joint: list[tuple[set[str], Span]] = []
    title = head.located.get("title")
    for line in lines:
        dated = next(DATE.finditer(line.text), None)
        text = line.text[: dated.start()] if dated and dated.end() == len(line.text) else line.text
        # 桐浦区统计局编　　2024年3月26日
        text = re.sub(r"(?:编|编印|编制|印)\s*$", "", text) if dated else text
        # ——桐浦区卫生健康委员会 below the title
        names = agencies(re.sub(r"^[—－-]{1,2}", lambda m: " " * len(m.group()), text))
        if not names:
            # Below the title of a report its issuer may stand; a letter has it above.
            if found and title and line.start >= title.start:
                break
            continue
        joint.append(({name for name, _, _ in names}, Span(line.start, line.start + names[-1][2])))
        for name, start, end in names:
            found.setdefault(name, Span(line.start + start, line.start + end))
        if dated and head.signed_on is None:
            head.signed_on = to_date(dated)
            head.located["signed_on"] = Span(line.start + dated.start(), line.end)
    if not found and title:
        # 雁汀区城市管理局关于…: the title's own agency.
        match = re.match(rf"((?:{NAME.pattern}))(?=关于|对|转发|印发|\d{{4}}年)", head.title)
        if match:
            found[match[1]] = Span(title.start, min(title.end, title.start + len(match[1])))
    if found and not head.issuers:
        head.issuers = tuple(found)
        # The line that names them all, where there is one.
        whole = next((span for names, span in joint if names == set(found)), None)
        head.located["issuer"] = whole or next(iter(found.values()))


_SOURCE = re.compile(r"(?:来源|信息来源|文章来源|答复单位|回复单位|办理单位)[：:]\s*(?P<unit>[㐀-鿿]{4,30})")


def named_source(lines: Sequence[Line]) -> tuple[str, Span] | None:
    """The agency that a page names as its source, for documents that name no issuer, and where.

    None for a page of several letters, which names several.
    """
    named = [(line, match) for line in lines if (match := _SOURCE.search(line.text))]
    if len(named) != 1:
        return None
    line, match = named[0]
    at = line.start + match.start("unit")
    return next(((name, Span(at + start, at + end)) for name, start, end in agencies(match["unit"])), None)
