"""The sections of a document's main text, by the numbering styles of official documents.

Line breaks lie: a heading may be run into the paragraph before it, an item list may stand on one
line. So numbering is looked for at the start of every sentence, not only of every line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.headings import ARTICLE, COUNTED, at_line_end, at_line_start, find_headings, numbering
from ingest.roles import looks_ahead
from policyqa.schema import Role, Section, Span

_COMMITMENT = re.compile(
    r"(下一?步|下一阶段|下阶段|今后|接下来|后续工作|后续安排|打算|工作目标|今后目标|工作计划|工作安排|工作思路|努力方向|近期安排"
    r"|工作要点|往后|(?:还|接着)要[做办]的|【后续】|下半年(?:重点|安排|工作)"
    r"|(?:\d{4}年|今年)的?(?:主要|工作|预期|重点)?(?:目标|任务|要点|安排)(?!.{0,4}(?:完成|情况))|\d{4}年重点】?$)"
)
# 【提案人的诉求】 · 诉求一 · 您的建议: the asker's words alone; （一）财政全额出资的请求 holds the answer too.
_CLAIM = re.compile(
    r"(?:(?:提案|建议)?人|委员|代表|网友|群众|您|你们|来信人)?们?的?(?:主要|具体)?"
    r"(?:诉求|请求|提案内容|提案摘要|提案反映|建议内容|提问)(?:内容|摘要|要点)?[一二三四五六七八九十\d]*"
    r"|您的建议|委员建议|代表建议|提案人的?(?:建议|意见)"
)


# 1.目标 holds no figure, 1.目标50家 does.
_FIGURE = re.compile(r"(?<=[^\d（(])\d")
# 附注： alone on a line: the notes below the text belong to none of its sections.
_NOTES = re.compile(r"^[（(【]?(?:附注|备注|注|说明)[】)）]?[：:]?$")


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading whose section has not ended, and the place of that section among all."""

    level: int
    title: str
    role: Role | None
    index: int


@dataclass(slots=True)
class Outline:
    """The sections so far and the open ones among them, while going through the sentences."""

    opened: list[_Open] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(heading.title for heading in self.opened)

    @property
    def role(self) -> Role:
        """What the innermost heading that says it makes of the text."""
        return next((heading.role for heading in reversed(self.opened) if heading.role is not None), "body")

    def open(self, level: int, title: str, at: int) -> None:
        self.close(level, at)
        self.opened.append(_Open(level, title, role_of_heading(title), len(self.sections)))
        self.sections.append(Section(self.path, at, at, self.role))

    def close(self, level: int, at: int) -> None:
        """End the sections of this level and deeper ones."""
        while self.opened and self.opened[-1].level >= level:
            ended = self.opened.pop().index
            self.sections[ended] = replace(self.sections[ended], end=at)


def role_of_heading(title: str) -> Role | None:
    """What a heading makes of its section; None when it says nothing."""
    found = numbering(title)
    if _CLAIM.fullmatch(title[found[1] if found else 0 :].strip("【】：: ")):
        return "claim"
    if _COMMITMENT.search(title):
        return "commitment"
    return None


def read_sections(
    body: str, found: Sequence[Span], end: int
) -> tuple[tuple[Section, ...], list[tuple[Span, tuple[str, ...], Role]]]:
    """Sections of the main text, and its sentences with their path and the role of the section.

    Args:
        found: the sentences of the main text, headings among them.
        end: where the main text ends.
    """
    outline = Outline()
    sentences: list[tuple[Span, tuple[str, ...], Role]] = []
    headings = find_headings(body, found)
    outlook = _outlook(body, found, headings.levels)
    counted = False  # The innermost heading is 其一，… with its text behind it: it ends with the line.
    for index, span in enumerate(found):
        text = body[span.start : span.end]
        starts_line = at_line_start(body, span.start)
        if _NOTES.match(text):
            outline.close(0, span.start)
        if (
            index == outlook
            and outline.role == "body"
            and sum(len(s.path) == 1 for s in outline.sections) > 1
        ):
            outline.close(0, span.start)
        if index in headings.closing:
            outline.close(headings.closing[index], span.start)
        if counted and starts_line:
            counted = False
            # An item in the same line may have closed it before.
            if outline.opened and outline.opened[-1].level == COUNTED:
                outline.close(COUNTED, span.start)
        level = headings.levels.get(index)
        if level is not None:
            counted = text[0] in "第其" and level == COUNTED and not at_line_end(body, span.end)
            outline.open(level, text.rstrip("。：；").strip(), span.start)
            if text.endswith("。") and (len(text) > 12 or _FIGURE.search(text)):
                # ③对“取消…限制”，不予采纳。 is a heading and says something.
                sentences.append((span, outline.path, outline.role))
            continue
        numbered = numbering(text)
        if numbered and numbered[0] == ARTICLE:
            # 第三条认定奖励免申即享 inside a line speaks of an article and begins none.
            if starts_line or text[numbered[1] : numbered[1] + 1].isspace():
                outline.open(ARTICLE, text[: numbered[1]], span.start)
        elif numbered:
            # A numbered item that begins with its content closes deeper headings.
            outline.close(numbered[0], span.start)
        sentences.append((span, outline.path, outline.role))
    outline.close(0, end)
    return tuple(outline.sections), sentences


def _outlook(body: str, found: Sequence[Span], headings: Mapping[int, int]) -> int | None:
    """The first sentence of a last paragraph that looks ahead for the whole letter: 下一步，我局将…

    It has no heading, and belongs to none of several sections that do not promise.
    """
    for index in range(len(found) - 1, -1, -1):
        text = body[found[index].start : found[index].end]
        if index in headings or numbering(text):
            return None
        if looks_ahead(text) and at_line_start(body, found[index].start):
            return index
    return None
