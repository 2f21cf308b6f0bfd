"""Variations of training groups: other place names, other years, and questions that miss by one of them.

A few dozen documents name few places and years; a model soon knows them by heart instead of comparing
the question's with the passage's. So names and years are exchanged, alike in question and passages;
and in some groups in the question alone, after which nothing answers. Lengths stay, so offsets do too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from training.groups import Group

ALIKE = 0.5
"""Share of groups in which names and years are exchanged throughout."""
MISSED = 0.1
"""Share of groups whose question alone gets another year or place."""

_CHARACTERS = (
    "柏棠云青石河江溪岭沙桥泉林峰谷湖洲港湾关城堡塘浦渡垭川屏阳阴平安宁"
    "兴隆丰永长宏文昌定德仁和义清明金银玉竹梅松桂兰荷枫柳"
)
_YEAR = re.compile(r"(?<![\d０-９.．])(?:19[5-9]|20[0-4]|１９[５-９]|２０[０-４])[\d０-９](?![\d０-９.．])")
# Years that do not move along: 98年, 一九八四年, 二〇二三年, “十四五”.
_FIXED_YEAR = re.compile(
    r"(?<![\d０-９])[\d０-９]{2}(?:年|届)|[一二][九〇零○Ｏ][〇零○Ｏ一二三四五六七八九]{2}"
    r"|[一二三四五六七八九十]五(?:计划|规划|时期|期间|”|末)"
)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def vary(group: Group, places: Sequence[str], chooser: random.Random) -> Group:
    """A group as it is, with other names and years, or with a question that nothing answers any more.

    ``places`` are the stems that may be exchanged, such as 松垭.
    """
    chance = chooser.random()
    if chance < MISSED:
        return _missed(group, places, chooser) or group
    if chance < MISSED + ALIKE:
        return _alike(group, places, chooser)
    return group


def years_in(text: str) -> set[int]:
    """The years of four digits in a text.

    >>> sorted(years_in("2021年比２０１９年多1980.5元"))
    [2019, 2021]
    """
    return {int(year) for year in _YEAR.findall(text)}


def _moved(text: str, by: int) -> str:
    def other(match: re.Match[str]) -> str:
        year = str(int(match.group()) + by)
        return year if match.group().isascii() else year.translate(_WIDE)

    return _YEAR.sub(other, text)


def _throughout(group: Group, change: Callable[[str], str]) -> Group:
    items = tuple(replace(item, text=change(item.text)) for item in group.items)
    return Group(group.id, change(group.question), items)


def _new_name(length: int, texts: str, chooser: random.Random) -> str:
    while True:
        name = "".join(chooser.sample(_CHARACTERS, length))
        if name not in texts:
            return name


def _alike(group: Group, places: Sequence[str], chooser: random.Random) -> Group:
    texts = "\n".join([group.question, *(i.text for i in group.items)])
    for place in places:
        if place in texts:
            name = _new_name(len(place), texts, chooser)
            group = _throughout(group, lambda text, old=place, new=name: text.replace(old, new))  # type: ignore[misc]
    years = years_in(texts)
    if years and not _FIXED_YEAR.search(texts):
        by = chooser.choice([n for n in range(-15, 16) if n])
        if all(1950 <= year + by < 2050 for year in years):
            return _throughout(group, lambda text: _moved(text, by))
    return group


def _missed(group: Group, places: Sequence[str], chooser: random.Random) -> Group | None:
    """The group with another year or place in its question, where that leaves nothing that answers."""
    question = group.question
    texts = "\n".join(i.text for i in group.items)
    changed = None
    named = [place for place in places if place in question]
    asked = years_in(question)
    if named and chooser.random() < 0.5:
        changed = question.replace(named[-1], _new_name(len(named[-1]), texts + question, chooser))
    elif len(asked) == 1 and not _FIXED_YEAR.search(question):
        by = chooser.choice((-4, -3, -2, 2, 3, 4))
        year = asked.pop() + by
        # 比上年 and 下一年 of a neighbouring year may answer as well.
        if not {year - 1, year, year + 1} & years_in(texts):
            changed = _moved(question, by)
    if changed is None:
        return None
    return Group(group.id, changed, tuple(replace(i, answers=False, spans=()) for i in group.items))
