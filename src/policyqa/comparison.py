"""Two runs over the same questions: what got better, what got worse, and whether that is more than chance.

The statistics are scipy's: McNemar's exact test of the questions on which the runs differ, and a paired
bootstrap of the difference of a share.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from policyqa.errors import UsageError
from policyqa.evaluate import Result, result_row

Row = dict[str, Any]
"""A line of a details file."""

SIGNIFICANT = 0.05
"""The p under which a difference is called more than chance."""

_RESAMPLED = 5000


@dataclass(frozen=True, slots=True)
class Change:
    """A measure in both runs, over the ``count`` questions that both asked.

    ``interval``: of the difference (now less before), 95 %, by paired bootstrap. ``gained`` and ``lost``
    are the questions on which the runs differ, ``p`` McNemar's exact two-sided p of them.
    """

    measure: str
    count: int
    before: float
    now: float
    interval: tuple[float, float]
    gained: int
    lost: int
    p: float

    @property
    def significant(self) -> bool:
        return self.p < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Comparison:
    """The measures of two runs side by side, and the questions that turned (earlier row, result now)."""

    changes: tuple[Change, ...]
    better: tuple[tuple[Row, Result], ...]
    worse: tuple[tuple[Row, Result], ...]
    seconds: tuple[float, float]
    """The medians of both runs."""
    only_now: int
    only_before: int


def load_details(file: Path) -> dict[str, Row]:
    """The rows of a details file by the question's id.

    Raises:
        UsageError: it cannot be read, or a line is no result.
    """
    rows: dict[str, Row] = {}
    try:
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                if missing := {"id", "status", "right", "right_and_cited", "seconds", "question"} - {*row}:
                    raise ValueError(f"有一行缺少 {'、'.join(sorted(missing))}")
                rows[str(row["id"])] = row
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"读不了上次的结果 {file}：{error}",
            "请给出 policyqa evaluate --details 写下的文件",
        ) from error
    return rows


def compare(earlier: dict[str, Row], results: Sequence[Result]) -> Comparison:
    """Set the results beside those of an earlier run, question by question.

    A question that was reworded since counts as another one.

    Raises:
        UsageError: the runs have no question in common.
    """
    now = {r.gold.id: r for r in results}
    both = [
        (earlier[i], r) for i, r in now.items() if i in earlier and earlier[i]["question"] == r.gold.question
    ]
    if not both:
        raise UsageError("上次的结果与这次没有相同的题目", "请比较同一题目文件的两次评测")
    asked = [(row, r) for row, r in both if r.gold.status == "answered"]
    others = [(row, r) for row, r in both if r.gold.status == "not_found"]
    changes = [
        _change("all_right", both, "right"),
        _change("right_and_cited", asked, "right_and_cited"),
        _change("right", asked, "right"),
        _change("short_right", asked, "short_right"),
        _change("wrongly_answered", asked, ""),
        _change("declined", others, "right"),
    ]
    return Comparison(
        tuple(change for change in changes if change is not None),
        tuple((row, r) for row, r in both if r.right and not row["right"]),
        tuple((row, r) for row, r in both if row["right"] and not r.right),
        (
            float(np.median([row["seconds"] for row, _ in both])),
            float(np.median([r.answer.seconds for _, r in both])),
        ),
        len(now) - len(both),
        len(earlier) - len(both),
    )


def as_json(found: Comparison) -> dict[str, Any]:
    """A comparison as plain data; the questions that turned by their ids."""
    return {
        "changes": [{**asdict(c), "significant": c.significant} for c in found.changes],
        "better": [r.gold.id for _, r in found.better],
        "worse": [r.gold.id for _, r in found.worse],
        "seconds": found.seconds,
        "only_now": found.only_now,
        "only_before": found.only_before,
    }


def _change(measure: str, pairs: Sequence[tuple[Row, Result]], field: str) -> Change | None:
    """A measure of both runs; None where there is no question, or the earlier run does not tell it."""
    rows = [(row, result_row(result)) for row, result in pairs]
    if not rows or any(field not in row for row, _ in rows if field):
        return None
    before = np.array([_value(row, field) for row, _ in rows])
    now = np.array([_value(row, field) for _, row in rows])
    gained, lost = int(((now == 1) & (before == 0)).sum()), int(((now == 0) & (before == 1)).sum())
    return Change(
        measure,
        len(rows),
        float(before.mean()),
        float(now.mean()),
        difference_interval(before, now),
        gained,
        lost,
        mcnemar(gained, lost),
    )


def _value(row: Row, field: str) -> float:
    """1 where a row has what is counted; without a field, where it was answered wrongly."""
    return float(row[field]) if field else float(row["status"] == "answered" and not row["right"])


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided p of McNemar's test.

    >>> round(mcnemar(9, 1), 4), mcnemar(0, 0)
    (0.0215, 1.0)
    """
    from scipy.stats import binomtest

    return float(binomtest(gained, gained + lost, 0.5).pvalue) if gained + lost else 1.0


def difference_interval(before: np.ndarray[Any, Any], now: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The 95 % interval of the mean difference of paired values, by bootstrap; the same each time."""
    from scipy.stats import bootstrap

    difference = now - before
    if np.ptp(difference) == 0:
        return float(difference[0]), float(difference[0])
    found = bootstrap(
        (difference,), np.mean, n_resamples=_RESAMPLED, method="percentile", rng=np.random.default_rng(0)
    ).confidence_interval
    return float(found.low), float(found.high)
