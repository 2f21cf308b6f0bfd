"""Groups of marked figures made by code from official prose, for the checking model.

A question names a figure as its sentence does (快递进港多少件), the place and mostly the year with it; that
figure answers, the others of the sentence do not, nor do those of sentences that share its words. People ask
how many there are (有多少, 总数) where a text says what was built in all (累计建成): so do some of the
questions. Where the year is moved, nothing answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policyqa.evidence import Evidence
from policyqa.schema import Figure
from policyqa.text import grams
from policyqa.units import compatible
from training.groups import Group, Item
from training.selfmade import Maker

A_SENTENCE = 2
"""How many figures of one sentence are asked for, at most."""
BESIDE = 2
"""How many other figures of the sentence stand against the one asked for."""
MOVED = 0.15
"""Share of questions with a year whose year is moved, so that nothing answers."""
NEAR = 30
"""Among how many sentences that share words others are looked for."""

_STOCK = re.compile(
    r"^(?:目前|现在|至今|已经?)*(?:累计|现|共|总共|一共)*(?:建成|建有|拥有|配备|设有|设立|开通|培育|认定|发展|安装|有|达到|达)?"
)
_TRIMMED = re.compile(r"^(?:其中|全年|同时|分别|已|共)|(?:不得|应当?|为|达到?|有|共|约|近|超过|新增|累计)$")
_RATIO = ("%", "‰", "倍", "成")


class FigureMaker(Maker):
    """Makes groups of marked figures from the evidence of many passages."""

    def groups(self) -> Iterator[Group]:
        for number, evidence in enumerate(self._passages):
            figures = [f for f in evidence.figures if f.unit]
            asked = self._random.sample(figures, min(A_SENTENCE, len(figures)))
            # Twice, so that both ways of asking for a stock are met.
            asked += [f for f in figures if f.aspect == "cumulative"]
            for figure in asked:
                if group := self._about(number, evidence, figure, figures):
                    yield group

    def _about(
        self, number: int, evidence: Evidence, figure: Figure, figures: Sequence[Figure]
    ) -> Group | None:
        named = _named(figure)
        if not 3 <= len(named) <= 20 or figure.part:
            return None
        year = figure.years[0] if len(figure.years) == 1 else None
        stated = year is not None and self._random.random() < 0.7
        moved = stated and self._random.random() < MOVED
        rivals = [
            f
            for f in figures
            if f is not figure and compatible(f.unit, figure.unit) and not _same(f, figure, stated)
        ]
        self._random.shuffle(rivals)
        spoken = {y for f in evidence.figures for y in f.years}
        asked_for = year
        if moved and year is not None:
            asked_for = year + self._random.choice((-3, -2, -1, 1, 2, 3))
            if asked_for in spoken or year not in spoken:
                return None
        question = self._question(evidence, figure, named, asked_for if stated else None)
        items = [] if moved else [self._item(number, figure, True)]
        items += [self._item(number, f, False) for f in ([figure] if moved else []) + rivals[:BESIDE]]
        other = self._elsewhere(number, question, figure, asked_for if stated else None)
        items += [self._item(at, f, False) for at, f in other]
        return Group(f"m{number}-{figure.start}", question, tuple(items)) if len(items) > 1 else None

    def _question(self, evidence: Evidence, figure: Figure, named: str, year: int | None) -> str:
        choose = self._random.choice
        when = f"{year}年" if year else ""
        place = evidence.places[-1] if evidence.places and self._random.random() < 0.6 else ""
        if place and self._random.random() < 0.5 and len(place) > 2:
            place = re.sub("[市区县]$", "", place)
        unit = "" if figure.unit in _RATIO else figure.unit
        if figure.aspect == "cumulative":
            bare = _STOCK.sub("", named) or named
            ask = choose(
                (f"累计{bare}多少{unit}", f"有多少{unit}{bare}", f"{bare}有多少{unit}", f"{bare}总数",
                 f"{bare}数量", f"{bare}现在多少{unit}", f"一共有几{unit}{bare}", f"总共{bare}多少")
            )  # fmt: skip
        elif figure.aspect == "new":
            bare = re.sub("^新(?:增|建)?", "", named) or named
            ask = choose((f"新增{bare}多少{unit}", f"新增了几{unit}{bare}", f"{bare}多了几{unit}"))
        elif figure.aspect == "growth":
            ask = choose((f"{named}增长多少", f"{named}增速", f"{named}涨了多少", f"{named}增长百分之几"))
        elif figure.aspect == "share":
            ask = choose((f"{named}占多少", f"{named}占比", f"{named}占几成"))
        elif figure.aspect == "level":
            ask = choose((f"{named}多少{unit}", f"{named}是多少", f"{named}有多少{unit}", named))
        else:
            ask = choose((f"{named}多少", f"{named}是多少"))
        order = [place, when] if self._random.random() < 0.7 else [when, place]
        return "".join([*order, ask, choose(("", "", "？"))])

    def _elsewhere(
        self, number: int, question: str, figure: Figure, year: int | None
    ) -> list[tuple[int, Figure]]:
        """A figure of another sentence that shares the question's words and does not answer."""
        scores: dict[int, float] = {}
        for gram in {g for g in grams(question) if len(g) > 1}:
            for other in self._inverted.get(gram, ()):
                scores[other] = scores.get(other, 0.0) + self._rarity[gram]
        own = self._passages[number]
        for other, score in sorted(scores.items(), key=lambda one: -one[1])[:NEAR]:
            evidence = self._passages[other]
            if other == number or evidence.bare == own.bare:
                continue
            of_unit = [f for f in evidence.figures if f.unit and compatible(f.unit, figure.unit)]
            of_unit = [f for f in of_unit if f.value != figure.value]
            # One much like it may answer as well, but for the year that it is of.
            if score > 0.6 * scores.get(number, 0.0):
                of_unit = [f for f in of_unit if year is not None and f.years and year not in f.years]
            if of_unit:
                return [(other, self._random.choice(of_unit))]
        return []

    def _item(self, number: int, figure: Figure, answers: bool) -> Item:
        text, begin = self._pairs[number]
        return Item(text, begin, answers, mark=(begin + figure.start, begin + figure.end))


def _named(figure: Figure) -> str:
    """What a figure is called in its sentence, without marks; empty where that has numbers in it."""
    words = _TRIMMED.sub("", re.sub(r"[^㐀-鿿a-zA-Z0-9.]", "", figure.name))
    return "" if re.search(r"\d", words) else words


def _same(one: Figure, other: Figure, dated: bool) -> bool:
    """Whether two figures of a sentence may both answer: of one name, and no year tells them apart."""
    alike = _named(one) == _named(other) or not _named(one)
    return alike and not (dated and one.years and other.years and set(one.years) != set(other.years))
