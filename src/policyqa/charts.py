"""The charts of the report page, made by altair and drawn as SVG by vl-convert: no script, nothing fetched.

Each function gives the text of one ``<svg>`` element. Words in the charts are Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from policyqa.errors import UsageError
from policyqa.measures import Level, Step

INK, SOFT, LINE = "#22303c", "#66757f", "#e4e9ed"
GOOD, BAD, HELD = "#2f7d6d", "#c2553f", "#8a97a3"
"""Right, wrong, declined: the same colours on the whole page."""

_KIND_WIDTH = 220
"""Width in pixels of the plot in which kinds stand: narrow enough to be read on a telephone."""

_FONT = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif'


def _altair() -> Any:
    """The library.

    Raises:
        UsageError: it, or the drawing of its charts, is not installed.
    """
    try:
        import altair
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise UsageError("评测报告需要 altair", "请安装：pip install 'policyqa[report]'") from error
    return altair


def _svg(chart: Any, label: str) -> str:
    """The chart drawn, at most as wide as its column; ``label`` is read out in its place."""
    import vl_convert

    axis = {
        "labelColor": SOFT, "titleColor": SOFT, "titleFontWeight": "normal", "labelFontSize": 12,
        "titleFontSize": 12, "gridColor": LINE, "domain": False, "ticks": False, "labelPadding": 6,
    }  # fmt: skip
    legend = {"labelColor": INK, "labelFontSize": 12, "title": None, "orient": "top", "symbolStrokeWidth": 2}
    chart = chart.configure(font=_FONT, background="transparent", padding=4)
    chart = chart.configure_view(stroke=None).configure_axis(**axis).configure_legend(**legend)
    drawn = vl_convert.vegalite_to_svg(chart.to_dict())
    # The drawing's own labels are English; one of ours says what it shows.
    drawn = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", drawn)
    return str(
        re.sub(r"^<svg ", f'<svg role="img" aria-label="{escape(label, quote=True)}" ', drawn, count=1)
    )


def shares(rows: Sequence[tuple[str, float, Sequence[float], int]], colour: str, label: str) -> str:
    """A dot for each kind with its 95 % interval, best first.

    Args:
        rows: name, share, interval, number of questions.
        label: what the shares are of, for who cannot see the chart.
    """
    alt = _altair()
    ordered = sorted(rows, key=lambda row: (-row[1], -row[3]))
    values = [
        {"name": f"{name}（{count}）", "share": share, "low": interval[0], "high": interval[1]}
        for name, share, interval, count in ordered
    ]
    names = alt.Y(
        "name:N", sort=[v["name"] for v in values], title=None, axis=alt.Axis(labelLimit=260, labelColor=INK)
    )
    percent = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], orient="top")
    base = alt.Chart(alt.Data(values=values)).encode(y=names)
    whole = alt.Scale(domain=[0, 1])
    spread = base.mark_rule(color=colour, strokeWidth=5, opacity=0.28, strokeCap="round").encode(
        x=alt.X("low:Q", title=None, axis=percent, scale=whole), x2="high:Q"
    )
    dots = base.mark_point(color=colour, filled=True, size=70, opacity=1).encode(
        x=alt.X("share:Q", scale=whole)
    )
    text = base.mark_text(align="left", dx=10, fontSize=12, color=INK).encode(
        x=alt.value(_KIND_WIDTH), text=alt.Text("share:Q", format=".0%")
    )
    chart = (spread + dots + text).properties(width=_KIND_WIDTH, height={"step": 22})
    return _svg(chart, label)


def calibration(steps: Sequence[Step], offered: Sequence[Step] = ()) -> str:
    """Share of right answers against confidence; ``offered`` adds what was held back, hollow."""
    alt = _altair()
    even = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(
        color=HELD, strokeDash=[4, 4], strokeWidth=1
    )
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format=".0%", tickCount=5)
    layers = [
        even.encode(
            x=alt.X("x:Q", title="把握", scale=scale, axis=axis),
            y=alt.Y("y:Q", title="其中答对", scale=scale, axis=axis),
        )
    ]
    for found, filled in ((offered, False), (steps, True)):
        if not found:
            continue
        values = [
            {"c": s.confidence, "r": s.right, "low": s.interval[0], "high": s.interval[1], "n": s.count}
            for s in found
        ]
        base = alt.Chart(alt.Data(values=values)).encode(x=alt.X("c:Q", scale=scale))
        if filled:
            layers.append(
                base.mark_rule(color=GOOD, opacity=0.3, strokeWidth=4).encode(y="low:Q", y2="high:Q")
            )
        colour = GOOD if filled else HELD
        layers.append(base.mark_line(color=colour, strokeWidth=1.5, opacity=0.7).encode(y="r:Q"))
        layers.append(
            base.mark_point(
                filled=filled, color=colour, fill=colour if filled else "white", opacity=1, strokeWidth=1.5
            ).encode(y="r:Q", size=alt.Size("n:Q", scale=alt.Scale(range=[30, 260]), legend=None))
        )
    return _svg(alt.layer(*layers).properties(width=300, height=260), "把握与正确率")


def thresholds(found: Sequence[Level], now: float) -> str:
    """Right, wrong and declined against the threshold; a line where it stands ``now``."""
    alt = _altair()
    names = {"right": "答对（有答案的题）", "wrong": "答错（有答案的题）", "declined": "拒答（没有答案的题）"}
    values = [
        {"t": level.threshold, "v": value, "what": label}
        for level in found
        for name, label in names.items()
        if (value := getattr(level, name)) is not None
    ]
    colour = alt.Color(
        "what:N", scale=alt.Scale(domain=list(names.values()), range=[GOOD, BAD, HELD]),
        legend=alt.Legend(columns=1, symbolType="stroke"),
    )  # fmt: skip
    axis = alt.Axis(format=".0%", tickCount=5)
    lines = (
        alt.Chart(alt.Data(values=values))
        .mark_line(strokeWidth=2, interpolate="step-before")
        .encode(
            x=alt.X("t:Q", title="门槛", axis=axis, scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("v:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, 1])),
            color=colour,
        )
    )
    rule = alt.Chart(alt.Data(values=[{"t": now}])).mark_rule(color=INK, strokeDash=[2, 3]).encode(x="t:Q")
    text = (
        alt.Chart(alt.Data(values=[{"t": now, "s": f"现在 {now:.2f}"}]))
        .mark_text(fontSize=12, color=INK, baseline="bottom")
        .encode(x="t:Q", y=alt.value(-4), text="s:N")
    )
    return _svg((lines + rule + text).properties(width=300, height=236), "门槛与答对、答错、拒答的比例")


def times(seconds: Sequence[float]) -> str:
    """How many questions took how long; lines at the median and at 95 %."""
    alt = _altair()
    import numpy as np

    p50, p95 = (float(np.percentile(seconds, p)) for p in (50, 95))
    top = max(0.1, float(np.percentile(seconds, 99)) * 1.1)
    counts, edges = np.histogram(np.minimum(seconds, top), bins=24, range=(0, top))
    values = [
        {"from": float(a), "to": float(b), "n": int(n)}
        for n, a, b in zip(counts, edges[:-1], edges[1:], strict=True)
    ]
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(color=GOOD, opacity=0.75, binSpacing=1)
        .encode(
            x=alt.X("from:Q", title="秒", axis=alt.Axis(grid=False, tickCount=6), bin="binned"),
            x2="to:Q",
            y=alt.Y("n:Q", title="题数", axis=alt.Axis(tickCount=4)),
        )
    )
    texts = []
    # To either side, for they may lie close together.
    for at, words, align in ((p50, f"中位 {p50:.2f}", "right"), (p95, f"95% {p95:.2f}", "left")):
        mark = alt.Chart(alt.Data(values=[{"x": at, "s": words}])).encode(x="x:Q")
        texts.append(mark.mark_rule(color=INK, strokeDash=[2, 3]))
        shift = -4 if align == "right" else 4
        text = mark.mark_text(align=align, dx=shift, baseline="bottom", fontSize=12, color=INK)
        texts.append(text.encode(y=alt.value(-4), text="s:N"))
    return _svg(alt.layer(bars, *texts).properties(width=300, height=180), "答题耗时的分布")
