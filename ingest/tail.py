"""The tail of an official document: signature, date, notes, copies, contacts, attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ingest.agencies import AGENCY, agencies
from ingest.dates import DATE, find_date, to_date
from ingest.headings import numbering
from ingest.lines import Line, is_clutter
from ingest.marks import NUMBER
from ingest.outcome import read_outcome
from policyqa.schema import Span

_NOTE = re.compile(r"^[（(【\[〔].{2,60}[）)】\]〕]$")
_COPIED = re.compile(r"^抄\s*送[：:]?\s*(.*)$")
_CONTACT = re.compile(
    r"^[（(]?\s*(?:联\s*系\s*(?:人|电话|单位|方式|科室)|承办(?:科室|人|处室)|咨询电话|电话"
    # 联系：群众体育科 · 经办：养老服务股 · 本件联系：企业服务股 · 承办处室及电话：运输管理处 · 主办单位负责人：某
    r"|(?:本件|主办|业务|具体|办公室|单位)*(?:联\s*系|承\s*办|经\s*办|咨询|问询|电话|负责人)(?:人|单位|部门|[科处股]室)?(?:[及和]?(?:联系)?(?:电话|方式))?\s*[：:])"
)
# 办复类别：A　　联系部门：立案二庭 某某
_CONTACT_BEHIND = re.compile(
    r"[\s　；;](?P<said>(?:联\s*系|承\s*办|经\s*办)(?:人|单位|部门|[科处股]室)?(?:[及和]?(?:联系)?电话)?\s*[：:].+)$"
)
# （就业促进科，000-3350618，仲孙婷） · 市建局城建科　闻某　000-3350618
_PHONE = re.compile(r"(?<!\d)\d{3,4}[-－—]\d{7,8}(?!\d)")
_ASKING = re.compile(r"^如|请|可拨|拨打|欢迎|如有|如需|如仍|[。！？](?!$|[）)])")
# 局长：祁向渠 · 分管领导　邝守田
_SIGNER = re.compile(
    r"^(?:[局院厅部]长|主任|党组书记|分管(?:领导|负责人)|主要负责人|签发人?)\s*[：:\s]\s*[㐀-鿿]{2,4}$"
)
# 注：数据为初步统计数。
_REMARK = re.compile(r"^[*＊※〔【（(\[]?(?:注|附注|备注|说明|声明|编者按|提示|按)[：:〕】]")
_ATTACHMENT = re.compile(r"^附(?:件)?\s*(?:表)?\s*[：:]\s*(.*)$")
_ATTACHMENT_NEXT = re.compile(r"^[2-9][.．、]\s*(.*)$")
# 报：市委、市政府有关领导 · 送：各区县政府 · 编辑：鲁可桢　核稿：江若谷
_SENT = re.compile(r"^(?:报|送|报送|分送|发送|编辑|核稿|编印|印发|印数)\s*[：:]")
# …少数事项需继续研究，办复类别定为B类。
_OUTCOME_SAID = re.compile(
    r"(?:(?:办复|办理)(?:类别|结果)|[件份][均都]|^[均都]?)(?:定|列|归|划|评)为\s*([ABC])\s*类"
)
_OUTCOME_LINE = re.compile(
    r"^(?:办复类别|办复结果|办理结果|办理类别|办理分类|类别|公开属性|公开类别|公开情况|信息公开|公开方式)|^(?:主动|依申请|不予)公开$"
)
# 文号：桐教函〔2024〕31号, below the signature
_NUMBERED = re.compile(rf"^[（(]?(?:发文|本文)?(?:字号|文号)\s*[：:]?\s*(?P<whole>{NUMBER.pattern})[）)]?$")
# 桐浦区经济和信息化局办公室　2023年9月20日印发
_PRINTED = re.compile(rf"(?:{AGENCY.pattern})?\s*(?:{DATE.pattern})\s*印发")
# 印发：各县（区）人民政府　　2024年3月11日印发
_PRINTED_BEHIND = re.compile(rf"^(?:印发|分送|发送|抄送)[：:].{{0,80}}?(?P<day>{DATE.pattern})\s*印发$")
# …许墨林副区长审定。桐浦区科学技术局，2025年5月30日。
_RUN_IN = re.compile(rf"(?<=[。！])\s*(?P<agency>{AGENCY.pattern})[，,\s]*(?P<date>{DATE.pattern})。?$")
_SAMPLE = re.compile(r"(样例|示例|样本|虚构)")


@dataclass(slots=True)
class Tail:
    """What the tail holds; ``start`` is the index of its first line."""

    start: int
    issuers: tuple[str, ...] = ()
    signed_on: date | None = None
    published_on: date | None = None
    printed_on: date | None = None
    copied_to: tuple[str, ...] = ()
    contact: str = ""
    note: str = ""
    attachments: tuple[str, ...] = ()
    outcome: str = ""
    document_number: str = ""
    located: dict[str, Span] = field(default_factory=dict)


def read_tail(lines: Sequence[Line], first: int) -> Tail:
    """Read the lines below the main text; ``first`` is the index of the first line after the head."""
    tail = Tail(_start(lines, first))
    _read_signature(lines, first, tail)
    zone = lines[tail.start :]
    for index, line in enumerate(zone):
        _read_line(line, zone[index - 1] if index else None, tail)
    for line in () if tail.outcome else lines[max(first, tail.start - 3) :]:
        if match := _OUTCOME_SAID.search(line.text):
            tail.outcome = match[1]
            tail.located["outcome"] = Span(line.start + match.start(), line.start + match.end())
    return tail


def _is_tail_line(line: Line) -> bool:
    text = line.text
    return (
        _signature_date(line) is not None
        or _PRINTED.fullmatch(text) is not None
        or is_clutter(text)
        or any(
            p.match(text)
            for p in (_NOTE, _COPIED, _SENT, _CONTACT, _SIGNER, _ATTACHMENT, _OUTCOME_LINE, _NUMBERED)
        )
        or _is_contact(text)
        or (len(text) < 60 and _SAMPLE.search(text) is not None)
        or bool(_signers(text.lstrip("—－- ")))
    )


def _is_contact(text: str) -> bool:
    """A label of contacts, or a short line with a telephone number that asks nothing of the reader."""
    if _CONTACT.match(text):
        return True
    said = text.endswith("。") or _SENT.match(text) or _ASKING.search(text)
    return len(text) < 80 and _PHONE.search(text) is not None and not said and numbering(text) is None


def _signers(text: str) -> list[tuple[str, int, int]]:
    """The agencies of a line of a signature; one may have its office with a telephone number behind it."""
    bracket = re.search(r"[（(][^（）()]*(?:\d{7,8}|联系人)[^（）()]*[）)]$", text)
    return agencies(text[: bracket.start()] if bracket else text)


def is_signature(text: str, following: str, alone: bool) -> bool:
    """Whether a sentence is a date, or agencies with a date in or behind it.

    Args:
        following: what comes after the sentence.
        alone: it stands at the start of a line; else agencies need no date behind them.

    >>> is_signature("松垭区商务委员会，2024年7月11日。", "", False)
    True
    >>> is_signature("县财政局", "2024年6月14日", True), is_signature("县财政局", "县水利局", True)
    (True, False)
    """
    plain = text.rstrip("。 ")
    for match in DATE.finditer(plain):
        if match.end() == len(plain):
            names = plain[: match.start()].rstrip("，, \u3000")
            return not names or bool(agencies(names))
    return bool(agencies(text)) and (not alone or DATE.match(following) is not None)


def _start(lines: Sequence[Line], first: int) -> int:
    """Going up from the end, the first line of an unbroken run of tail lines."""
    start = len(lines)
    while start > first:
        above = start
        while above > first and _ATTACHMENT_NEXT.match(lines[above - 1].text):
            above -= 1
        if first < above < start and _ATTACHMENT.match(lines[above - 1].text):
            # 2.承诺书（略）: numbered lines are attachments where they follow 附件：1.申请表（略）.
            start = above - 1
        elif _is_tail_line(lines[start - 1]):
            start -= 1
        elif (signed := _signed_above(lines, first, start)) is not None:
            start = signed
        else:
            break
    return start


def _signed_above(lines: Sequence[Line], first: int, start: int) -> int | None:
    """The line of the date, where only a few short remarks stand between it and the tail's lines.

    Not where an annex follows: that has headings, articles or paragraphs.
    """
    for index in range(start - 1, max(first, start - 5) - 1, -1):
        line = lines[index]
        if _signature_date(line) is not None:
            return index
        long = len(line.text) > (160 if _REMARK.match(line.text) or _is_contact(line.text) else 60)
        if long or (numbering(line.text) and not _REMARK.match(line.text)) or line.text.endswith(("：", ":")):
            return None
    return None


def _signature_date(line: Line) -> date | None:
    """The date of a line that is a date alone, or an agency and a date: 南川区经信委 2024年6月14日."""
    match = next(reversed(list(DATE.finditer(line.text))), None)
    if match is None or match.end() < len(line.text):
        return None
    before = line.text[: match.start()].strip()
    if before and not agencies(before) and not _SIGNER.match(before):
        return None
    return to_date(match)


def _read_signature(lines: Sequence[Line], first: int, tail: Tail) -> None:
    """Issuer and date below the text; run into its last paragraph; or, when a notice has an
    annex behind its signature, the first such pair further up."""
    for index in range(len(lines) - 1, max(first, tail.start) - 1, -1):
        if _signature_date(lines[index]) is not None:
            _sign(lines, first, index, tail)
            return
    for line in lines[max(first, tail.start - 2) :]:
        if match := _RUN_IN.search(line.text):
            tail.issuers = (match["agency"],)
            tail.located["issuer"] = Span(
                line.start + match.start("agency"), line.start + match.end("agency")
            )
            tail.signed_on = find_date(match["date"])
            tail.located["signed_on"] = Span(line.start + match.start("date"), line.start + match.end("date"))
            return
    for index in range(first, tail.start):
        if _signature_date(lines[index]) is not None and (
            agencies(lines[index - 1].text) or agencies(lines[index].text.split("　")[0])
        ):
            _sign(lines, first, index, tail)
            return
    # Signed without a date: an agency alone on a line.
    for line in lines[tail.start :]:
        if names := _signers(line.text):
            tail.issuers = tuple(name for name, _, _ in names)
            tail.located["issuer"] = line.span
            return


def _sign(lines: Sequence[Line], first: int, index: int, tail: Tail) -> None:
    """Take the date of a signature line, and the agencies before it or on the lines above."""
    line = lines[index]
    match = [m for m in DATE.finditer(line.text) if to_date(m)][-1]
    tail.signed_on = to_date(match)
    tail.located["signed_on"] = Span(line.start + match.start(), line.end)
    names = [name for name, _, _ in agencies(line.text[: match.start()])]
    tail.located["issuer"] = Span(line.start, line.start + max(1, match.start()))
    if not names:
        above = index - 1
        while above >= first and (found := _signers(lines[above].text)):
            names = [name for name, _, _ in found] + names
            tail.located["issuer"] = Span(lines[above].start, lines[index - 1].end)
            above -= 1
    if not names:
        del tail.located["issuer"]
    tail.issuers = tuple(names)


def _read_line(line: Line, above: Line | None, tail: Tail) -> None:
    text = line.text
    if "发布" in text and (found := find_date(text[text.index("发布") :])):
        tail.published_on = found
        tail.located["published_on"] = line.span
    behind = _PRINTED_BEHIND.search(text.rstrip("。"))
    if behind or _PRINTED.fullmatch(text.rstrip("。")):
        tail.printed_on = find_date(behind["day"] if behind else text)
        tail.located["printed_on"] = line.span
    if match := _NUMBERED.match(text):
        tail.document_number = re.sub(r"\s+", "", match["whole"])
        tail.located["document_number"] = line.span
    if outcome := read_outcome(text):
        tail.outcome = outcome
        tail.located["outcome"] = line.span
    if match := _COPIED.match(text):
        tail.copied_to = tuple(part for part in re.split(r"[、，,；;。]\s*", match[1]) if part)
        tail.located["copied_to"] = line.span
    elif _is_contact(text) and not (agencies(text) or _signers(text)):
        said = text[1:-1] if text[0] in "（(" and text[-1] in "）)" else text
        before = tail.located.get("contact")
        tail.contact = f"{tail.contact}；{said}" if before else said
        tail.located["contact"] = Span(before.start, line.end) if before else line.span
    elif not tail.contact and (match := _CONTACT_BEHIND.search(text)):
        tail.contact = match["said"]
        tail.located["contact"] = Span(line.start + match.start("said"), line.end)
    elif match := _ATTACHMENT.match(text):
        # 附件：1.申请表；2.承诺书
        listed = re.split(r"[；;，,\s]\s*(?=[2-9][.．、])", match[1])
        tail.attachments = tuple(re.sub(r"^\d[.．、]\s*", "", part) for part in listed)
        tail.located["attachments"] = line.span
    elif tail.attachments and above and (match := _ATTACHMENT_NEXT.match(text)):
        tail.attachments = (*tail.attachments, match[1])
        tail.located["attachments"] = Span(tail.located["attachments"].start, line.end)
    elif (_NOTE.match(text) or _SAMPLE.search(text) or _REMARK.match(text)) and not is_clutter(text):
        note = text[1:-1] if _NOTE.match(text) else text
        tail.note = f"{tail.note}；{note}" if tail.note else note
        tail.located.setdefault("note", line.span)
