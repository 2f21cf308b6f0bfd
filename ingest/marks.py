"""Lines of the head that consist of marks alone: the number, the outcome, who handles, who issued it when.

    〔A类·主动公开〕　　桐水建复〔2024〕8号
    （主办：区民政局　会办：区财政局）
    （2023年4月6日市人民政府第21次常务会议通过，桐政规〔2023〕5号印发）

A line counts only when every part of it is known: one unknown word, and it is a title, a sentence
or something else that is not ours to take apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.dates import DATE

Mark = Literal[
    "document_number",
    "outcome",
    "issuer",
    "adopter",
    "signed_on",
    "printed_on",
    "published_on",
    "lead_unit",
    "co_units",
    "proposal_title",
    "",
]
"""What a part of such a line says; ``adopter`` is the body whose meeting adopted it, "" nothing we keep."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line: what it says, and ``line[start:end]`` that says it."""

    mark: Mark
    text: str
    start: int
    end: int


# 桐经信委函〔2024〕58号 · 文旅函字〔2024〕157号 · 桐科函[2023]31号 · 桐公提字〔2024〕第7号
NUMBER = re.compile(
    r"(?P<word>[㐀-鿿]{2,14})\s*[〔\[【（(﹝]\s*(?P<year>(?:[1１][9９]|[２2][0０])\d\d)\s*[〕\]】）)﹞]\s*第?\s*(?P<number>\d{1,5}(?:[-－]\d{1,2})?)\s*号"
)
_LABELS: tuple[tuple[str, Mark], ...] = (
    (r"办理结果|办复类别|办理类别|办理分类|办复结果|答复类别|类别|(?:办理)?结果", "outcome"),
    (r"主办|主办单位|承办单位|牵头单位", "lead_unit"),
    (r"会办|会办单位|协办|协办单位", "co_units"),
    (r"发文机关|发布机构|发文单位|制发机关|(?:答复|回复)(?:单位|部门|机构)", "issuer"),
    (r"成文日期|生成日期|(?:答复|回复)(?:日期|时间)", "signed_on"),
    (r"印发日期", "printed_on"),
    (r"发布日期|发布时间", "published_on"),
    (r"发文字号|文号", "document_number"),
    (r"案由", "proposal_title"),
    (
        r"(?:是否)?(?:同意)?公开(?:属性|方式|情况|类别|选项|形式)?|信息公开|签发人?|密级|保密期限|紧急程度|缓急"
        r"|索引号|主题词|办理类型|状态|(?:留言|来信|提交|受理)(?:时间|日期|类别|类型|编号)",
        "",
    ),
)
# 类别B · 类别：B类 · 办理结果：B（原为C）
_LABELLED = tuple(
    (re.compile(rf"(?:{names})\s*(?:[：:]|(?=[ABC](?:\s*类)?$))"), mark) for names, mark in _LABELS
)
# A类 · B1 · A类：所提问题已经解决或者基本解决
_CLASS = re.compile(r"[ABC]\d?\s*类?件?(?:[：:][㐀-鿿，、]+)?")
_PLAIN = re.compile(
    r"(?:此件|本件)?(?:可|可以|同意|摘要|全文|部分|删减后)?(?:主动|依申请|不予|不)?公开(?:发布|内容)?|公开"
    r"|特急|加急|急件|特提|平急|再|再次答复|补充答复"
)
_OPENERS, _CLOSERS = "（(【[〔［", "）)】]〕］"
# 联合印发 · 审议通过
_DONE = re.compile(r"(?:联合|共同)?(?:印发|发布|公布|制定|编印|编制|编发|编|印)$")
_ROLE = re.compile(r"(?:主办|牵头办理|会签|会办|协办)$")
_MEETING = re.compile(
    r"(?P<body>[㐀-鿿]{2,24}?)(?:[一二三四五六七八九十\d]+届)?第\s*[一二三四五六七八九十百\d]+\s*次[㐀-鿿]{0,8}会议?"
    r"(?:审议|讨论|研究)?(?:通过|批准|同意)"
)
_MONTH = re.compile(r"[12]\d{3}年\d{1,2}月")


def read_marks(text: str, agencies: Callable[[str], list[tuple[str, int, int]]]) -> list[Part] | None:
    """The parts of a line that consists of marks alone; None when it holds anything else.

    Args:
        agencies: the agencies that a text consists of, with their offsets.
    """
    parts: list[Part] = []
    bracketed = _enclosed(text, 0, len(text)) != (0, len(text))
    for start, end in _pieces(text):
        found = _read(text, start, end, agencies)
        if found is None:
            # 签发人：卢 山: a short name written with a blank.
            if parts and parts[-1].mark == "" and end - start <= 2:
                continue
            return None
        parts += found
    marks = {part.mark for part in parts}
    if not parts or (not bracketed and marks <= {"issuer", "signed_on"} and not _labelled(text)):
        # An agency, or one with a date beside it, is a letterhead; a date alone is a line of its own.
        return None
    return parts


def _labelled(text: str) -> bool:
    return any(pattern.match(text) for pattern, _ in _LABELLED)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Parted by blanks and semicolons; a bracket around the whole, or around a piece, is taken off."""
    start, end = _enclosed(text, 0, len(text))
    for match in re.finditer(r"[^\s；;|｜]+", text[start:end]):
        yield _enclosed(text, start + match.start(), start + match.end())


def _enclosed(text: str, start: int, end: int) -> tuple[int, int]:
    """The inside of a bracket that holds all of ``text[start:end]``, else the same range."""
    if end - start < 3 or text[start] not in _OPENERS or text[end - 1] not in _CLOSERS:
        return start, end
    depth = 0
    for at in range(start, end):
        depth += (text[at] in _OPENERS) - (text[at] in _CLOSERS)
        if depth == 0 and at < end - 1:
            return start, end
    return start + 1, end - 1


def _read(
    text: str, start: int, end: int, agencies: Callable[[str], list[tuple[str, int, int]]]
) -> list[Part] | None:
    """The marks of one piece; one that is not known as a whole may be several, parted by commas."""
    piece = text[start:end]
    known = _labelled_part(piece, start) or _unlabelled(piece, start, agencies)
    if known is not None:
        return known
    parts: list[Part] = []
    between = list(_between_commas(piece))
    for first, last in between if len(between) > 1 else ():
        inner = piece[first:last]
        found = _labelled_part(inner, start + first) or _unlabelled(inner, start + first, agencies)
        if found is None:
            return None
        parts += found
    return parts or None


def _between_commas(piece: str) -> Iterator[tuple[int, int]]:
    """Parted by commas outside of brackets; a bracket behind a number or a class is a part of its own."""
    depth, first = 0, 0
    for at, char in enumerate(piece):
        # 桐水提〔2024〕5号（再）
        if depth == 0 and (char in "，,·、" or (char in "（(" and piece[at - 1 : at] in ("号", "类"))):
            if first < at:
                yield first, at
            first = at + (char not in "（(")
        depth += (char in _OPENERS) - (char in _CLOSERS)
        if depth == 0 and char in _CLOSERS and piece[first : first + 1] in ("（", "("):
            yield first + 1, at
            first = at + 1
    if first < len(piece):
        yield first, len(piece)


def _labelled_part(piece: str, at: int) -> list[Part] | None:
    for pattern, mark in _LABELLED:
        if match := pattern.match(piece):
            # The class alone would not say what it is: 办理结果：B is pointed at whole.
            start = at if mark == "outcome" else at + match.end()
            return [Part(mark, piece[match.end() :].strip(), start, at + len(piece))]
    return None


def _unlabelled(
    piece: str, at: int, agencies: Callable[[str], list[tuple[str, int, int]]]
) -> list[Part] | None:
    if _CLASS.fullmatch(piece):
        return [Part("outcome", piece, at, at + len(piece))]
    if _PLAIN.fullmatch(piece) or _MONTH.fullmatch(piece):
        return [Part("", piece, at, at + len(piece))]
    if (match := NUMBER.match(piece)) and not _DONE.sub("", piece[match.end() :]):
        return [Part("document_number", match.group(), at, at + match.end())]
    parts: list[Part] = []
    dates = list(DATE.finditer(piece))
    done = _DONE.search(piece)
    meeting = _MEETING.search(piece)
    rest = piece
    if len(dates) == 1:
        day = dates[0]
        # The day of 印发 is not that of signing; a measure is dated by the meeting that adopted it.
        printed, published = (done is not None and word in done.group() for word in ("印", "布"))
        mark: Mark = "printed_on" if printed else "published_on" if published else "signed_on"
        parts.append(Part(mark, day.group(), at + day.start(), at + day.end()))
        rest = piece[: day.start()] + " " * (day.end() - day.start()) + piece[day.end() :]
    elif dates:
        return None
    if meeting:
        found = _MEETING.fullmatch(rest.strip())
        if found is None:
            return None
        body = rest.find(found["body"])
        return [*parts, Part("adopter", found["body"], at + body, at + body + len(found["body"]))]
    # 市商务局会签 · 区民政局主办
    role = _ROLE.search(rest)
    if done or role:
        rest = rest[: min(m.start() for m in (done, role) if m)]
    if rest.strip(" 于由"):
        names = agencies(rest.strip())
        if not names:
            return None
        offset = at + len(rest) - len(rest.lstrip())
        said: Mark = "issuer" if role is None else "lead_unit" if "主" in role.group() else "co_units"
        parts += [Part(said, name, offset + start, offset + end) for name, start, end in names]
    return parts or ([Part("", piece, at, at + len(piece))] if done else None)
