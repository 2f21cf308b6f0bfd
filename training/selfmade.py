"""Self-supervised groups, made by code from official prose: a question is a sentence less a piece.

Two kinds. A figure's own wording with its year and the word that asks for its unit
(2023年规上工业企业利润多少), answered by the figure; and a sentence with one clause taken out,
answered by that clause. Negatives share most characters with the question, the same wording under
other years among them; in some groups the year is changed so that nothing answers.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from policyqa.evidence import Evidence
from policyqa.pairs import pair_text
from policyqa.schema import Figure
from policyqa.text import grams
from training.groups import Group, Item

_ASKS = {
    "growth": ("增长多少", "增速是多少", "增长了百分之几", "增幅多少", "涨了多少"),
    "share": ("占多少", "占比是多少", "比重多大", "占百分之几"),
    "rank": ("排第几", "列第几位", "排名多少"),
    "change": ("变化多少", "提高了多少", "增减多少"),
}
_PLAIN = ("是多少", "有多少", "多少", "达到多少", "为多少")


class Maker:
    """Makes groups from the evidence of many passages."""

    def __init__(self, passages: Sequence[Evidence], negatives: int, seed: int) -> None:
        self._passages = [e for e in passages if e.passage.role not in ("head", "tail") and len(e.bare) > 12]
        self._negatives = negatives
        self._random = random.Random(seed)
        self._pairs = [pair_text(e) for e in self._passages]
        self._inverted: dict[str, list[int]] = {}
        counts: Counter[str] = Counter()
        for number, evidence in enumerate(self._passages):
            for gram in {g for g in grams(evidence.folded) if len(g) > 1}:
                self._inverted.setdefault(gram, []).append(number)
                counts[gram] += 1
        total = len(self._passages)
        self._rarity = {gram: math.log(total / count) for gram, count in counts.items()}

    def groups(self) -> Iterator[Group]:
        for number, evidence in enumerate(self._passages):
            figures = list(evidence.figures)
            self._random.shuffle(figures)
            for figure in figures[:3]:
                if group := self._about_figure(number, evidence, figure):
                    yield group
            if group := self._about_clause(number, evidence):
                yield group

    def _about_figure(self, number: int, evidence: Evidence, figure: Figure) -> Group | None:
        lead, _, trail = figure.indicator.partition("▯")
        words = re.sub(r"[^㐀-鿿a-zA-Z0-9]", "", lead + (trail if len(trail) < 9 else ""))
        if len(words) < 4:
            inherited = re.sub(r"[^㐀-鿿a-zA-Z]", "", figure.inherited[-24:])
            words = inherited[-10:] + words
        words = re.sub(
            r"^(其中|全年|同时|累计)|(累计达|达到|为|达|增加到|占|增长|下降|列全市|居)$", "", words
        )
        if not 3 <= len(words) <= 26:
            return None
        ask = self._random.choice(_ASKS.get(figure.aspect, _PLAIN))
        if figure.aspect in ("level", "new", "cumulative") and figure.unit not in ("%", "元", "倍"):
            ask = self._random.choice(
                (f"多少{figure.unit}", f"有多少{figure.unit}", f"几{figure.unit}", *_PLAIN)
            )
        if figure.aspect == "cumulative" and self._random.random() < 0.7:
            words = self._random.choice(("累计", "总共", "现有", "共")) + words
        if figure.aspect == "new" and "新" not in words:
            words = "新增" + words
        years = list(figure.years) if len(figure.years) == 1 else []
        stated = ""
        wrong_year = False
        if years and self._random.random() < 0.8:
            year = years[0]
            if self._random.random() < 0.2:
                year += self._random.choice((-3, -2, -1, 1, 2, 3))
                wrong_year = True
            stated = f"{year}年"
        elif self._random.random() < 0.5:
            return None  # without a year too many sentences answer
        place = evidence.places[-1] if evidence.places and self._random.random() < 0.5 else ""
        question = f"{place}{stated}{words}{ask}" + self._random.choice(("？", "", "?"))
        span = (self._pairs[number][1] + figure.start, self._pairs[number][1] + figure.end)
        if wrong_year:
            own = {y for f in evidence.figures for y in f.years}
            if int(stated[:-1]) in own:
                return None
            return self._group(f"y{number}-{figure.start}", question, number, None, stated)
        return self._group(f"f{number}-{figure.start}", question, number, span, stated)

    def _about_clause(self, number: int, evidence: Evidence) -> Group | None:
        text = evidence.passage.text
        clauses = [(m.start(), m.end()) for m in re.finditer(r"[^，；。：！？\n]{6,40}", text)]
        if len(clauses) < 2:
            return None
        start, end = self._random.choice(clauses)
        rest = [text[a:b] for a, b in clauses if a != start]
        kept = self._random.sample(rest, min(len(rest), self._random.choice((1, 1, 2))))
        words = "，".join(kept)
        # A question holds fewer words than its answer: drop some.
        pieces = re.findall(r"[㐀-鿿]{1,4}|[^㐀-鿿]+", words)
        words = "".join(p for p in pieces if self._random.random() > 0.2)[:32]
        if len(words) < 6:
            return None
        ask = self._random.choice(
            ("，怎么样", "有什么", "，具体是什么", "，情况如何", "，为什么", "，做了什么", "？")
        )
        begin = self._pairs[number][1]
        return self._group(f"c{number}-{start}", words + ask, number, (begin + start, begin + end), "")

    def _group(
        self, name: str, question: str, number: int, span: tuple[int, int] | None, stated: str
    ) -> Group | None:
        scores: Counter[int] = Counter()
        for gram in {g for g in grams(question) if len(g) > 1}:
            for other in self._inverted.get(gram, ()):
                scores[other] += self._rarity[gram]
        year = int(stated[:-1]) if stated else None
        items: list[Item] = []
        if span is not None:
            text, begin = self._pairs[number]
            items.append(Item(text, begin, True, (span,)))
        else:
            items.append(Item(*self._pairs[number], False))
        for other, _ in scores.most_common(40):
            if len(items) > self._negatives:
                break
            evidence = self._passages[other]
            if other == number or evidence.bare == self._passages[number].bare:
                continue
            spoken = {y for f in evidence.figures for y in f.years}
            near = scores[other] > 0.75 * scores[number]
            if near and (year is None or year in spoken or not spoken):
                continue  # it may answer as well
            items.append(Item(*self._pairs[other], False))
        return Group(name, question, tuple(items)) if len(items) > 2 else None
