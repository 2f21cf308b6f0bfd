"""What an agency says it will do next, listed by letter: 区经信委下一步有什么打算？

Who asks for all that is planned, not for one matter, is given the promises of each letter in their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from policyqa.compose import cite, source_note
from policyqa.figures import find_figures
from policyqa.question import Question
from policyqa.schema import Answer, Citation, Document, Passage

LETTERS = 5
"""How many letters are listed, newest first."""
MOST = 12
"""How many promises of one letter."""

_AHEAD = r"(?:下一?步|下一?阶段|接下来|今后|后续|往后|下半年|明年)"
_FILLER = (
    r"(?:工作|方面|具体|主要|重点|打算|计划|安排|思路|措施|目标|考虑|准备|承诺|怎么|如何|怎样|什么|哪些|哪几|请问|列出|"
    r"[都还要会将的是有了做干办抓啥事条项件吗呢个想说里中上]|[？?。，,、\s])*"
)
_PLANS = r"(?:打算|计划|承诺|安排)"
# 区经信委 · 第035号提案的答复里 · 2024年
_SPEAKER = (
    r"(?P<who>.{0,24}?(?:局|委|委员会|办公室|厅|部|院|中心|政府|公司|提案|建议|答复|复函|函|号|文件))"
    r"(?:的|在|对此|答复|里|中|说|，|,|\s|(?:20)?\d\d年)*"
)
_ASKED = re.compile(rf"^{_SPEAKER}(?:{_AHEAD}{_FILLER}|有(?:什么|哪些|啥){_PLANS}{_FILLER})$")
_YEAR = re.compile(r"(?:20)?\d\d年(?:度)?")


def speaker(question: Question) -> str:
    """Whose plans a question asks for, all of them: the agency or letter as it names it; else empty.

    >>> from datetime import date
    >>> from policyqa.question import understand
    >>> speaker(understand("南川区经信委下一步打算怎么做？", date(2024, 8, 1)))
    '南川区经信委'
    >>> speaker(understand("南川区经信委在招商方面下一步有什么打算？", date(2024, 8, 1)))
    ''
    """
    match = _ASKED.match(question.folded)
    return _YEAR.sub("", match["who"]) if match else ""


def listed(
    question: Question, documents: Sequence[Document], passages_of: Callable[[str], Sequence[Passage]]
) -> Answer | None:
    """The promises of some letters, newest letter first; None when none of them promises anything.

    Args:
        passages_of: gives all passages of a document in reading order.
    """
    lines: list[str] = []
    citations: list[Citation] = []
    promising = [
        (document, promises)
        for document in sorted(documents, key=lambda d: str(d.dated or ""), reverse=True)
        if (promises := [p for p in passages_of(document.id) if p.role == "commitment"])
    ]
    for document, promises in promising[:LETTERS]:
        lines.append(f"《{document.name}》（{source_note(document)}）：")
        section: tuple[str, ...] = ()
        for passage in promises[:MOST]:
            # A heading is no quote: one with a figure (提高到30万元) is left out.
            if passage.section and passage.section != section:
                section = passage.section
                lines += [section[-1]] if not find_figures(section[-1]) else []
            lines.append("- " + _plain(passage.text))
            citations.append(cite(passage))
        if len(promises) > MOST:
            lines.append(PARTLY)
    if not lines:
        return None
    if len(promising) > LETTERS:
        lines.append(PARTLY_LETTERS)
    # No short form: two of a dozen promises would say less than none.
    return Answer(question.text, "answered", "\n".join(lines), "", tuple(citations), confidence=SURE)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


SURE = 0.8
"""How sure it is: the letters are the agency's, the promises what reads like one."""
PARTLY = "（这份文件还有其他打算，未全部列出）"
PARTLY_LETTERS = "（还有更早的文件，未全部列出）"
