"""Sums of small trees: they say what those they were fitted as say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.fit_surety import boosted, written
from policyqa.score import default_scorer
from policyqa.trees import Split, Trees, trees_of

TREES = Trees(0.5, (Split("pair", 2.0, -1.0, Split("overlap", 0.3, 0.25, 1.0)), 0.125))


@pytest.mark.parametrize(
    ("features", "value"),
    [
        ({"pair": 2.0, "overlap": 0.9}, -0.375),
        ({"pair": 2.1, "overlap": 0.3}, 0.875),
        ({"pair": 2.1, "overlap": 0.4}, 1.625),
        ({}, -0.375),
    ],
)
def test_a_sum_of_trees(features: dict[str, float], value: float) -> None:
    assert TREES(features) == value


def test_without_a_feature_it_counts_as_nothing() -> None:
    assert TREES.without("pair")({"pair": 9.0, "overlap": 0.9}) == -0.375
    assert TREES.without("overlap")({"pair": 9.0, "overlap": 0.9}) == 0.875


def test_what_is_written_says_what_was_fitted() -> None:
    chooser = np.random.default_rng(0)
    x = chooser.normal(size=(400, 3)).round(3)
    y = (x[:, 0] * x[:, 1] + 0.3 * chooser.normal(size=400) > 0).astype(float)
    fitted = boosted(x, y)
    trees = trees_of(written(fitted, ["a", "b", "c"]))
    said = [1 / (1 + math.exp(-trees(dict(zip("abc", row, strict=True))))) for row in x]
    assert np.abs(np.array(said) - fitted.predict_proba(x)[:, 1]).max() < 0.01


@pytest.mark.parametrize("with_reader", [True, False])
def test_the_shipped_trees_are_read(with_reader: bool) -> None:
    scorer = default_scorer(with_reader)
    for sums in (scorer.figure_sure, scorer.passage_sure):
        assert len(sums.trees) > 100
        assert math.isfinite(sums({}))
