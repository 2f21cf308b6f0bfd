"""Fit how sure a finding is: python -m benchmarks.fit_surety GOLD=STORE … [--reader on].

Whether the finding for a question is right, told by small trees (gradient boosting, scikit-learn) from the
features of the finding. The order of candidates stays as ``benchmarks.fit_weights`` left it. The questions
are those of that module that ask for one thing. What is printed is out of fold, whole places left out, and
leaves aside what is computed or read off a letter's head; a mean with the fit that there is (``--share``) is
steadier than either. The threshold to ship is read off the whole chain's curve (``policyqa evaluate``).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fit_weights import Array, Case, columns, gold_cases, written_cases
from policyqa import Assistant
from policyqa.gold import matches_part, supports
from policyqa.reader import find
from policyqa.score import Scorer, default_scorer
from policyqa.settings import Settings

SURETY = Path("src/policyqa/surety.json")
SURE = (
    "overlap", "cos", "terms_in_context", "missing", "part", "issuer", "want", "plan", "claim", "margin",
    "decides", "pair", "pair_gap", "outside", "place", "period", "dense", "crowd", "behind",
    "mark",
)  # fmt: skip
FIGURE_SURE = (
    *SURE, "f_terms", "f_unit", "f_aspect", "f_place", "f_period", "f_plan", "f_extra", "f_from", "f_range",
    "f_span", "f_own", "f_alone", "passed", "uncounted",
)  # fmt: skip
NAMES = {"figure": FIGURE_SURE, "passage": SURE}
READER_ONLY = frozenset({"pair", "pair_gap", "f_span", "mark"})
TREES = 300
DEPTH = 2
RATE = 0.05
LEAF = 25
"""Least questions that a leaf is fitted on."""
FOLDS = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is found for a question: its ``kind`` (empty for none), features, and whether it is right.

    ``group`` is the set of documents that it comes from; ``gold`` tells members' questions from those written
    for training, of which far more are near misses.
    """

    kind: str
    features: dict[str, float]
    right: bool
    answerable: bool
    group: str
    gold: bool


def outcome(case: Case, scorer: Scorer) -> Outcome:
    """What is found for one case; of no kind when that contradicts the question."""
    finding = find(case.asked, case.candidates, scorer)
    answerable, gold = case.gold.status == "answered", bool(case.gold.split)
    group = re.sub(r"\d.*", "", case.gold.id)
    if finding is None or finding.sure == 0.0:
        return Outcome("", {}, False, answerable, group, gold)
    right = answerable and supports(case.gold, finding.candidate.hit.passage)
    if finding.figure is not None:
        right = right and any(matches_part(part, finding.figure.text) for part in case.gold.parts)
    kind = "figure" if finding.figure else "passage"
    return Outcome(kind, finding.features, right, answerable, group, gold)


def boosted(x: Array, y: Array) -> Any:
    """Trees that tell ``y``, 0 or 1, from the columns of ``x``."""
    from sklearn.ensemble import GradientBoostingClassifier

    return GradientBoostingClassifier(
        n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE, min_samples_leaf=LEAF, subsample=0.7,
        random_state=0,
    ).fit(x, y)  # fmt: skip


def written(fitted: Any, names: Sequence[str]) -> dict[str, Any]:
    """Fitted trees as ``policyqa.trees`` reads them."""
    share = float(fitted.init_.class_prior_[1])
    return {
        "bias": round(float(np.log(share / (1 - share))), 4),
        "trees": [_node(tree.tree_, 0, names) for tree in fitted.estimators_[:, 0]],
    }


def blended(old: dict[str, Any], new: dict[str, Any], share: float) -> dict[str, Any]:
    """The weighted mean of what two fits say, as one.

    >>> blended({"bias": 1.0, "trees": [["cos", 0.5, 2.0, 4.0]]}, {"bias": 0.0, "trees": [6.0]}, 0.5)
    {'bias': 0.5, 'trees': [['cos', 0.5, 1.0, 2.0], 3.0]}

    Args:
        share: of the new one.
    """

    def weighed(tree: Any, weight: float) -> Any:
        if not isinstance(tree, list):
            return round(tree * weight, 5)
        name, most, low, high = tree
        return [name, most, weighed(low, weight), weighed(high, weight)]

    return {
        "bias": round(old["bias"] * (1 - share) + new["bias"] * share, 4),
        "trees": [
            *(weighed(tree, 1 - share) for tree in old["trees"]),
            *(weighed(tree, share) for tree in new["trees"]),
        ],
    }


def _node(tree: Any, at: int, names: Sequence[str]) -> Any:
    low, high = int(tree.children_left[at]), int(tree.children_right[at])
    if low < 0:
        return round(RATE * float(tree.value[at, 0, 0]), 4)
    name = names[int(tree.feature[at])]
    # Rounded up, so that what stood at the threshold stays on its side.
    most = float(np.ceil(float(tree.threshold[at]) * 1e5) / 1e5)
    return [name, most, _node(tree, low, names), _node(tree, high, names)]


def fitted_trees(rows: Sequence[Outcome], reading: bool) -> dict[str, Any]:
    """The trees of both kinds from all outcomes; prints how they do out of fold."""
    groups = sorted({row.group for row in rows})
    fold_of = {g: n % FOLDS for n, g in enumerate(np.random.default_rng(0).permutation(groups))}
    told: list[tuple[Outcome, float]] = [(row, 0.0) for row in rows if not row.kind]
    fitted = {}
    for kind, wanted in NAMES.items():
        names = [name for name in wanted if reading or name not in READER_ONLY]
        own = [row for row in rows if row.kind == kind]
        x = np.array([columns(row.features, names) for row in own])
        y = np.array([float(row.right) for row in own])
        folds = np.array([fold_of[row.group] for row in own])
        sures = np.zeros(len(own))
        for fold in range(FOLDS):
            out = folds == fold
            sures[out] = boosted(x[~out], y[~out]).predict_proba(x[out])[:, 1]
        told += list(zip(own, sures.tolist(), strict=True))
        print(f"{kind}: {len(own)} findings, {y.mean():.3f} right, area {area(sures, y):.4f} out of fold")
        fitted[kind] = written(boosted(x, y), names)
    for name, some in (("gold", [t for t in told if t[0].gold]), ("all", told)):
        for threshold in (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
            print(
                name,
                threshold,
                "right {:.3f}, wrong {:.3f}; declined {:.3f}".format(*shares(some, threshold)),
            )
    return fitted


def area(sures: Array, y: Array) -> float:
    """The area under the curve: how often a right finding is surer than a wrong one."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(y, sures))


def shares(told: Sequence[tuple[Outcome, float]], threshold: float) -> tuple[float, float, float]:
    """Of answerable questions the shares answered right and wrong, of the others the share declined."""
    right = [row.right and sure >= threshold for row, sure in told if row.answerable]
    wrong = [not row.right and sure >= threshold for row, sure in told if row.answerable]
    declined = [sure < threshold for row, sure in told if not row.answerable]
    return float(np.mean(right)), float(np.mean(wrong)), float(np.mean(declined))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", help="GOLD.jsonl=STORE")
    parser.add_argument("--reader", default="off", help="as POLICYQA_READER")
    parser.add_argument("--every", type=int, default=3, help="of the training questions, one in so many")
    parser.add_argument("--out", type=Path, default=SURETY)
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the new fit, the rest of the one that there is"
    )
    arguments = parser.parse_args()
    reading = arguments.reader != "off"
    scorer = default_scorer(reading)
    rows: list[Outcome] = []
    for pair in arguments.pairs:
        gold, _, store = pair.partition("=")
        assistant = Assistant.open(store, Settings(reader=arguments.reader))
        cases = gold_cases(Path(gold), assistant, only_untrained=reading)
        cases += written_cases(assistant, arguments.every, only_held_out=reading)
        assistant.close()
        rows += [outcome(case, scorer) for case in cases if not case.asked.question.parts]
        print(store, len(rows), "findings", flush=True)
    data = json.loads(arguments.out.read_text("utf-8")) if arguments.out.is_file() else {}
    fitted = fitted_trees(rows, reading)
    half = data.setdefault("with_reader" if reading else "alone", {})
    for kind, new in fitted.items():
        half[kind] = blended(half[kind], new, arguments.share) if arguments.share < 1 else new
    arguments.out.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
