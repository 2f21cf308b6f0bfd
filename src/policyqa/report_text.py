"""An evaluation as plain text, for a terminal."""

from __future__ import annotations

from typing import Any

from policyqa.comparison import Comparison

_COLUMNS = (
    "questions", "right_and_cited", "short_right", "wrongly_answered", "wrongly_declined", "declined",
    "recall_at_5", "seconds_p50",
)  # fmt: skip


def table(report: dict[str, Any]) -> str:
    """The main measures, over all and by kind; below, what is measured over all alone."""
    lines = [_line("", _COLUMNS)]
    for kind, figures in {"all": report["all"], **report["kinds"]}.items():
        lines.append(_line(kind, ["-" if figures[name] is None else str(figures[name]) for name in _COLUMNS]))
    figures = report["all"]
    rest = [
        f"{name} {value}"
        for name, value in figures.items()
        if name not in _COLUMNS and value is not None and not isinstance(value, dict)
    ]
    ranges = [
        f"{name} {interval[0]}–{interval[1]}"
        for name, interval in figures["interval"].items()
        if interval and name in _COLUMNS
    ]
    return "\n".join([*lines, "", "; ".join(rest), "95 % intervals: " + "; ".join(ranges)])


def comparison_table(found: Comparison) -> str:
    """Each measure in both runs, and the questions that turned."""
    lines = [f"{'against the earlier run':24}{'before':>9}{'now':>9}{'difference (95 %)':>28}{'p':>9}"]
    for change in found.changes:
        low, high = change.interval
        spread = f"{change.now - change.before:+.4f} ({low:+.4f} … {high:+.4f})"
        p = f"{change.p:.4f}{'*' if change.significant else ' '}"
        lines.append(f"{change.measure:24}{change.before:9.4f}{change.now:9.4f}{spread:>28}{p:>9}")
    for name, rows in (("worse", found.worse), ("better", found.better)):
        lines += [f"{name}: {len(rows)}", *(f"  {r.gold.id}  {r.gold.question}" for _, r in rows)]
    return "\n".join(lines)


def _line(name: str, cells: Any) -> str:
    return f"{name:16}" + "".join(f"{cell:>18}" for cell in cells)
