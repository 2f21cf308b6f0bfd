"""The report of an evaluation as one self-contained HTML page in Chinese, with its own charts (SVG)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from policyqa.evaluate import Result, report
from policyqa.gold import Gold

BINS = 10
"""Into how many steps of confidence the calibration curve is cut."""

_KINDS = {
    "figure": "数量", "amount": "金额", "rate": "比率", "rank": "位次", "date": "日期", "who": "人员", "agency": "单位",
    "title": "标题", "list": "清单", "yesno": "是否", "reason": "原因", "refusal": "未采纳", "commitment": "下一步",
    "compare": "对比", "computed": "计算", "metadata": "文件信息", "multi": "多项", "standard": "标准", "follow_up": "追问",
    "convert": "换算", "vague": "问得太泛", "other": "其他", "wrong_year": "无答案：年份不对", "wrong_place": "无答案：地方不对",
    "unreported": "无答案：没有报告", "missing_field": "无答案：没有写明", "false_premise": "无答案：前提不成立",
    "wrong_aspect": "无答案：口径不对",
}  # fmt: skip
_MEASURES = {
    "questions": "题数", "right": "正确", "right_and_cited": "正确且有据", "short_right": "简答正确",
    "first_citation_right": "首条出处正确", "answered": "作答", "wrong_when_answered": "答错", "wrongly_declined": "误拒",
    "declined": "应拒而拒", "seconds_p50": "耗时中位（秒）", "seconds_p95": "耗时 p95（秒）",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the calibration curve: answers of about one confidence, and how many were right."""

    confidence: float
    right: float
    count: int


def calibration(results: Sequence[Result], bins: int = BINS) -> list[Step]:
    """The share of right answers by confidence, over what was answered; steps without answers are left out.

    A question that nothing answers counts as wrong when it was answered.
    """
    steps: list[list[Result]] = [[] for _ in range(bins)]
    for result in results:
        if result.answer.status == "answered":
            steps[min(bins - 1, int(result.answer.confidence * bins))].append(result)
    return [
        Step(
            sum(r.answer.confidence for r in found) / len(found),
            sum(r.right for r in found) / len(found),
            len(found),
        )
        for found in steps
        if found
    ]


def calibration_error(steps: Sequence[Step]) -> float | None:
    """How far, on average, confidence and share of right answers lie apart; None without answers."""
    total = sum(step.count for step in steps)
    if not total:
        return None
    return sum(step.count * abs(step.confidence - step.right) for step in steps) / total


def page(results: Sequence[Result], name: str, made: str) -> str:
    """The whole page.

    Args:
        name: of the gold file; ``made`` says when, for the head of the page.
    """
    figures = report(results)
    steps = calibration(results)
    misses = sorted((r for r in results if not r.right), key=lambda r: -r.answer.confidence)
    return "\n".join(
        [
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>评测报告：{escape(name)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>评测报告</h1><p>{escape(name)}，共{len(results)}题，{escape(made)}。</p>",
            _summary(figures["all"]),
            "<h2>分类结果</h2>",
            _kind_chart(figures["kinds"]),
            _table(figures),
            "<h2>作答与拒答</h2>",
            _together(results),
            "<h2>把握与正确率</h2>",
            _calibration_section(steps),
            f"<h2>没有答对的题（{len(misses)}）</h2>",
            "<p>最有把握却答错的排在最前。</p>",
            *map(_miss, misses),
            "</body></html>",
        ]
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f}%"


def _cell(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if name.startswith("seconds"):
        return f"{value:.3f}"
    return str(value) if isinstance(value, int) else _percent(value)


def _summary(figures: dict[str, Any]) -> str:
    boxes = []
    for name in ("right_and_cited", "wrongly_declined", "declined", "wrong_when_answered"):
        interval = figures["interval"].get(name)
        range_ = f"95% 区间 {_percent(interval[0])}–{_percent(interval[1])}" if interval else ""
        boxes.append(
            f'<div class="box"><b>{_cell(name, figures[name])}</b><span>{_MEASURES[name]}</span><small>{range_}</small></div>'
        )
    return f'<div class="boxes">{"".join(boxes)}</div>'


def _table(figures: dict[str, Any]) -> str:
    head = "".join(f"<th>{label}</th>" for label in _MEASURES.values())
    rows = []
    for kind, found in {"all": figures["all"], **figures["kinds"]}.items():
        label = "全部" if kind == "all" else _KINDS.get(kind, kind)
        cells = "".join(f"<td>{_cell(name, found[name])}</td>" for name in _MEASURES)
        rows.append(f"<tr><th>{escape(label)}</th>{cells}</tr>")
    return f'<div class="wide"><table><thead><tr><th>类别</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _kind_chart(kinds: dict[str, dict[str, Any]]) -> str:
    """Bars: what share of each kind was right (or rightly declined), with its 95 % interval."""
    bars = []
    for kind, found in kinds.items():
        measure = "right_and_cited" if found["answerable"] else "declined"
        bars.append(
            (_KINDS.get(kind, kind), found[measure] or 0.0, found["interval"][measure], found["questions"])
        )
    bars.sort(key=lambda bar: -bar[1])
    row, left, width = 22, 150, 520
    drawn = []
    for index, (label, share, interval, count) in enumerate(bars):
        y = index * row
        drawn.append(
            f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{left}" y="{y + 4}" width="{share * width:.1f}" height="14" class="bar"/>'
            f'<text x="{left + width + 8}" y="{y + 15}">{_percent(share)}（{count}题）</text>'
        )
        if interval:
            low, high = (left + edge * width for edge in interval)
            drawn.append(f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y + 11}" y2="{y + 11}" class="range"/>')
    return _svg(left + width + 130, max(row, row * len(bars)), drawn, "各类正确且有据的比例及95%区间")


def _together(results: Sequence[Result]) -> str:
    """How many questions with and without an answer were answered and declined."""
    labels = {"answered": "有答案的题", "not_found": "没有答案的题"}
    rows = []
    for expected, label in labels.items():
        asked = [r for r in results if r.gold.status == expected]
        said = [r for r in asked if r.answer.status == "answered"]
        right = sum(r.right for r in said)
        rows.append(
            f"<tr><th>{label}</th><td>{len(asked)}</td><td>{right}</td><td>{len(said) - right}</td><td>{len(asked) - len(said)}</td></tr>"
        )
    return (
        "<table><thead><tr><th></th><th>题数</th><th>答对</th><th>答错</th><th>拒答</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _calibration_section(steps: Sequence[Step]) -> str:
    error = calibration_error(steps)
    if error is None:
        return "<p>没有作答的题。</p>"
    rows = "".join(
        f"<tr><td>{_percent(s.confidence)}</td><td>{_percent(s.right)}</td><td>{s.count}</td></tr>"
        for s in steps
    )
    return (
        f"<p>点在斜线上表示把握与实际相符；平均相差{error * 100:.1f}个百分点。</p>{_calibration_chart(steps)}"
        f"<table><thead><tr><th>平均把握</th><th>答对</th><th>题数</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _calibration_chart(steps: Sequence[Step]) -> str:
    size, edge = 320, 42

    def at(step: Step) -> tuple[float, float]:
        return edge + step.confidence * size, edge + (1 - step.right) * size

    most = max(step.count for step in steps)
    drawn = [
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" class="frame"/>',
        f'<line x1="{edge}" y1="{edge + size}" x2="{edge + size}" y2="{edge}" class="even"/>',
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, steps))}" class="curve"/>',
    ]
    for step in steps:
        x, y = at(step)
        radius = 3 + 7 * (step.count / most) ** 0.5
        title = f"把握{_percent(step.confidence)}，答对{_percent(step.right)}，{step.count}题"
        drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" class="dot"><title>{title}</title></circle>'
        )
    for tenth in range(0, 11, 2):
        along = edge + tenth / 10 * size
        drawn.append(f'<text x="{along}" y="{edge + size + 16}" text-anchor="middle">{tenth * 10}%</text>')
        drawn.append(
            f'<text x="{edge - 6}" y="{2 * edge + size - along + 4}" text-anchor="end">{tenth * 10}%</text>'
        )
    drawn.append(f'<text x="{edge + size / 2}" y="{edge + size + 34}" text-anchor="middle">把握</text>')
    drawn.append(f'<text x="{edge}" y="{edge - 10}" text-anchor="middle">答对</text>')
    return _svg(size + 2 * edge, size + 2 * edge, drawn, "把握与正确率曲线")


def _svg(width: float, height: float, drawn: Sequence[str], label: str) -> str:
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" role="img" aria-label="{label}">'
        f"{''.join(drawn)}</svg>"
    )


def _miss(result: Result) -> str:
    gold, answer = result.gold, result.answer
    asked = "".join(f"<li>{escape(question)}</li>" for question in gold.history)
    before = f'<ul class="before">{asked}</ul>' if asked else ""
    quotes = "".join(
        f"<blockquote>{escape(c.quote)}<cite>{escape(c.document.source)}</cite></blockquote>"
        for c in answer.citations[:3]
    )
    evidence = "".join(
        f"<blockquote>{escape(quote)}<cite>{escape(source)}</cite></blockquote>"
        for source, quote in gold.evidence
    )
    said = answer.short or answer.text if answer.status == "answered" else f"（拒答）{answer.text}"
    return (
        f'<details><summary><span class="kind">{escape(_kind_of(gold))}</span>{escape(gold.question)}'
        f"<em>把握{_percent(answer.confidence)}</em></summary>{before}"
        f"<dl><dt>应为</dt><dd>{escape(_expected(gold))}{evidence}</dd><dt>答为</dt><dd>{escape(said)}{quotes}</dd>"
        f"<dt>编号</dt><dd>{escape(gold.id)}</dd></dl></details>"
    )


def _kind_of(gold: Gold) -> str:
    kind = gold.trap or ("follow_up" if gold.history else gold.kind)
    return _KINDS.get(kind, kind)


def _expected(gold: Gold) -> str:
    return "；".join(part[0] for part in gold.parts) if gold.status == "answered" else "（文件中没有答案）"


_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1d2530}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem;border-bottom:1px solid #d7dde5}
table{border-collapse:collapse;margin:.8rem 0}th,td{padding:.25rem .6rem;border-bottom:1px solid #e3e8ee;text-align:right;white-space:nowrap}
th:first-child{text-align:left}.wide{overflow-x:auto}.boxes{display:flex;flex-wrap:wrap;gap:1rem}
.box{border:1px solid #d7dde5;border-radius:.5rem;padding:.6rem 1rem;display:flex;flex-direction:column;min-width:9rem}
.box b{font-size:1.5rem}.box small{color:#5b6673}svg{max-width:100%;height:auto;font-size:12px}
.bar{fill:#3f7cac}.range{stroke:#1d2530;stroke-width:1.5}.frame{fill:none;stroke:#b7c0cb}.even{stroke:#b7c0cb;stroke-dasharray:4}
.curve{fill:none;stroke:#3f7cac;stroke-width:2}.dot{fill:#3f7cac;fill-opacity:.75}
details{border:1px solid #e3e8ee;border-radius:.4rem;margin:.4rem 0;padding:.3rem .7rem}summary{cursor:pointer}
summary em{color:#5b6673;font-style:normal;font-size:.85em;margin-left:.6rem}.kind{background:#eef2f6;border-radius:.3rem;padding:0 .4rem;margin-right:.5rem;font-size:.85em}
.before{color:#5b6673;margin:.3rem 0}blockquote{margin:.3rem 0;padding:.2rem .7rem;border-left:3px solid #b7c0cb;background:#f7f9fb}
blockquote cite{display:block;color:#5b6673;font-size:.85em;font-style:normal}dt{font-weight:600}dd{margin:0 0 .4rem 1rem}
"""
