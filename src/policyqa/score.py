"""Weights of the features: which passage answers, which figure in it, and how surely.

The numbers stand in ``weights.json`` and ``surety.json``, written by ``benchmarks/fit_weights.py``,
``fit_surety.py`` and ``fit_parts.py`` from questions that are not the test questions. The order is linear on
purpose: a person can read why something ranks where it does. How sure the first one is, trees tell better.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from policyqa.trees import Trees, trees_of


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum: ``bias + Σ weight × feature``; features it does not know weigh nothing."""

    bias: float
    weights: Mapping[str, float]

    def __call__(self, features: Mapping[str, float]) -> float:
        return self.bias + sum(w * features.get(name, 0.0) for name, w in self.weights.items())


@dataclass(frozen=True, slots=True)
class Scorer:
    """The sums: of passages, of passages read again, of figures, and of the surety of an answer: a figure,
    a passage, several findings for the parts of a question, or figures that are compared.

    ``threshold`` is the confidence under which the assistant declines.
    """

    passage: Linear
    joined: Linear
    figure: Linear
    figure_sure: Trees
    passage_sure: Trees
    parts_sure: Linear
    compared_sure: Linear
    threshold: float


@cache
def default_scorer(with_reader: bool) -> Scorer:
    """The scorer that comes with policyqa, fitted with the reading model or without."""
    half = "with_reader" if with_reader else "alone"
    data = _read("weights.json")[half]
    sure = _read("surety.json")[half]
    sums = {
        name: Linear(data[name]["bias"], data[name]["weights"])
        for name in ("passage", "joined", "figure", "parts_sure", "compared_sure")
    }
    return Scorer(
        **sums,
        figure_sure=trees_of(sure["figure"]),
        passage_sure=trees_of(sure["passage"]),
        threshold=data["threshold"],
    )


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("policyqa").joinpath(name).read_text("utf-8"))
    return data


def probability(score: float) -> float:
    """The logistic function, 0..1."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, score))))


def log_odds(sure: float) -> float:
    """The inverse of ``probability``; far from even at 0 and 1."""
    return math.log(max(sure, 1e-12) / max(1 - sure, 1e-12))
