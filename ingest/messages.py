"""Letters that answer a message of the public (网友留言, 来信), and what the message is called."""

from __future__ import annotations

import re

from policyqa.schema import Span

_WRITER = re.compile(r"网友|网民|来信人|留言人|市民|群众|业主|居民|读者")
_MEMBER = re.compile(r"委员|代表|政协|人大|提案|议案")
# 您的留言《…》已收悉 · 反映的“…”问题 · 来信“…”
_CALLED = re.compile(
    r"(?:留言|来信|信件|咨询|反映|提问|提出)的?[：:]?(?:《(?P<title>[^《》]{4,80})》|“(?P<words>[^“”]{4,80})”)"
    r"|[《“](?P<before>[^《》“”]{4,80})[》”]的?(?:留言|来信|信件|咨询|问题)"
)
_ANSWER = re.compile(r"收[悉到]|如下")


def answers_message(addressee: str, opening: str) -> bool:
    """Whether a letter answers a message, and no proposal.

    >>> answers_message("尊敬的网友", "您好！您的留言收悉。"), answers_message("李某委员", "您好！")
    (True, False)
    """
    beginning = opening[:200]
    written = _WRITER.search(addressee) or (
        not addressee and re.match(r"(?:尊敬的)?网[友民]|您的留言", opening)
    )
    return bool(written) and not _MEMBER.search(addressee + beginning)


def message_title(opening: str, offset: int) -> Span | None:
    """What the message is called where it is acknowledged.

    Args:
        offset: where the opening starts in the body.
    """
    answer = _ANSWER.search(opening)
    match = _CALLED.search(opening, 0, answer.end() + 1 if answer else len(opening))
    if match is None:
        return None
    group = match.lastgroup or 0
    return Span(offset + match.start(group), offset + match.end(group))
