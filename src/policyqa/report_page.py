"""The report of an evaluation as one self-contained HTML page in Chinese, with the charts of ``charts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from policyqa import charts
from policyqa.comparison import Comparison
from policyqa.evaluate import Result
from policyqa.measures import calibration, calibration_error, levels, report
from policyqa.report_questions import Sources, miss, turned
from policyqa.report_words import KINDS, MEASURES, cell, percent, points
from policyqa.schema import Document


@dataclass(frozen=True, slots=True)
class Head:
    """What was evaluated: the gold file and its part, when, on how many documents, at which threshold."""

    name: str
    made: str
    documents: int
    threshold: float
    split: str = ""

    @classmethod
    def now(cls, name: str, documents: int, threshold: float, split: str = "") -> Head:
        """The head of an evaluation that was just made."""
        at = datetime.now()
        made = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
        return cls(name, made, documents, threshold, split)


_HEADLINES = (
    ("right_and_cited", "占有答案的题"),
    ("wrongly_answered", "占有答案的题"),
    ("wrongly_declined", "占有答案的题"),
    ("declined", "占没有答案的题"),
)
_TABLE = (
    "questions", "right", "right_and_cited", "short_right", "first_citation_right", "quote_right", "answered",
    "wrongly_answered", "wrongly_declined", "declined", "recall_at_5", "seconds_p50", "seconds_p95",
)  # fmt: skip


def page(
    results: Sequence[Result],
    head: Head,
    documents: Mapping[str, Document],
    earlier: Comparison | None = None,
) -> str:
    """The whole page.

    Args:
        documents: by source; those that a shown question needs are printed at the end of the page.
        earlier: this run beside an earlier one.

    Raises:
        UsageError: the library for charts is not installed.
    """
    figures = report(results)
    misses = sorted((r for r in results if not r.right), key=lambda r: -r.answer.confidence)
    sources = Sources(documents)
    shown = [miss(r, sources) for r in misses]
    part = {"tune": "，调校部分", "test": "，检验部分"}.get(head.split, "")
    sections = [
        f"<header><h1>评测报告</h1><p>{escape(head.name)}{part}，共{len(results)}题；收录{head.documents}份文件，"
        f"门槛{head.threshold:.2f}；{escape(head.made)}。</p></header>",
        _headlines(figures["all"]),
        *([_comparison(earlier, sources)] if earlier else []),
        _section("各类问题", _kinds(figures)),
        _section("把握是否可信", _confidence(results, head.threshold)),
        _section("检索与耗时", _search_and_time(results, figures["all"])),
        _section(
            f"没有答对的题（{len(misses)}）",
            '<p class="note">越有把握却答错的，越在前面。出处可以点开，原文在本页末尾。</p>' + "".join(shown)
            if misses
            else "<p>全部答对。</p>",
        ),
        *([_section("所引原文", printed)] if (printed := sources.printed()) else []),
    ]
    style = Path(__file__).with_name("report.css").read_text("utf-8")
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>评测报告：{escape(head.name)}</title><style>{style}</style></head><body><main>"
        + "\n".join(sections)
        + "</main></body></html>"
    )


def _section(title: str, content: str) -> str:
    return f"<section><h2>{title}</h2>{content}</section>"


def _headlines(figures: dict[str, Any]) -> str:
    boxes = []
    for name, of in _HEADLINES:
        value, interval = figures[name], figures["interval"][name]
        if value is None:
            continue
        bar = (
            f'<i class="spread"><i style="left:{interval[0]:.1%};right:{1 - interval[1]:.1%}"></i>'
            f'<i class="at" style="left:{value:.1%}"></i></i>'
        )
        small = f"{of}<br>95%区间 {percent(interval[0])}–{percent(interval[1])}"
        boxes.append(
            f'<div class="box {name}"><span>{MEASURES[name]}</span><b>{percent(value)}</b>{bar}<small>{small}</small></div>'
        )
    broken = figures["grounding_violations"]
    grounded = "每个数字都在所引原文中。" if not broken else f"有{broken}个回答的数字不在所引原文中！"
    return (
        f'<div class="boxes">{"".join(boxes)}</div>'
        f'<p class="verdict{" bad" if broken else ""}">有答案的{figures["answerable"]}题，'
        f"没有答案的{figures['unanswerable']}题。{grounded}</p>"
    )


def _kinds(figures: dict[str, Any]) -> str:
    drawn = []
    for measure, counted, colour in (
        ("right_and_cited", "answerable", charts.GOOD),
        ("declined", "unanswerable", charts.HELD),
    ):
        rows = [
            (
                KINDS.get(kind, kind).removeprefix("无答案："),
                found[measure],
                found["interval"][measure],
                found[counted],
            )
            for kind, found in figures["kinds"].items()
            if found[counted]
        ]
        if rows:
            title = "没有答案的题" if counted == "unanswerable" else "有答案的题"
            words = f"{title}：{MEASURES[measure]}"
            drawn.append(f"<figure><h3>{words}</h3>{charts.shares(rows, colour, words)}</figure>")
    return (
        f'<p class="note">横条为95%区间，括号内为题数。</p><div class="pair">{"".join(drawn)}</div>'
        f'<details class="all"><summary>全部数字</summary>{_table(figures)}</details>'
    )


def _table(figures: dict[str, Any]) -> str:
    head = "".join(f"<th>{MEASURES[name]}</th>" for name in _TABLE)
    rows = []
    for kind, found in {"all": figures["all"], **figures["kinds"]}.items():
        label = "全部" if kind == "all" else KINDS.get(kind, kind)
        cells = []
        for name in _TABLE:
            interval = found["interval"].get(name)
            title = f' title="95%区间 {percent(interval[0])}–{percent(interval[1])}"' if interval else ""
            cells.append(f"<td{title}>{cell(name, found[name])}</td>")
        rows.append(f"<tr><th>{escape(label)}</th>{''.join(cells)}</tr>")
    return f'<div class="wide"><table><thead><tr><th>类别</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _confidence(results: Sequence[Result], threshold: float) -> str:
    steps, found = calibration(results), levels(results)
    error = calibration_error(steps)
    if error is None and not found:
        return "<p>没有作答的题。</p>"
    offered = calibration(results, offered=True) if found else []
    left = charts.calibration(steps, offered)
    said = f"平均相差{error * 100:.1f}个百分点（期望校准误差）。" if error is not None else ""
    held = "空心点：连同未达门槛而没有说出的回答。" if found else ""
    figures = [
        f"<figure>{left}<figcaption>点落在虚线上，表示说有几成把握就有几成答对；{said}"
        f"点越大题越多，竖条为95%区间。{held}</figcaption></figure>"
    ]
    if found:
        figures.append(
            f"<figure>{charts.thresholds(found, threshold)}<figcaption>门槛调高，答错的少了，答对的也少了；"
            "由设置 POLICYQA_ANSWER_THRESHOLD 决定。</figcaption></figure>"
        )
    return f'<div class="pair">{"".join(figures)}</div>{_together(results)}'


def _together(results: Sequence[Result]) -> str:
    """How many questions with and without an answer were answered and declined."""
    rows = []
    for expected, label in {"answered": "有答案的题", "not_found": "没有答案的题"}.items():
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


def _search_and_time(results: Sequence[Result], figures: dict[str, Any]) -> str:
    names = ("recall_at_1", "recall_at_5", "recall_at_10", "recall_at_20", "mrr_at_10", "ndcg_at_10")
    searched = sum(r.ranks is not None for r in results)
    if figures["recall_at_5"] is None:
        found = "<p>检索没有测量（需要安装 ir-measures）。</p>"
    else:
        rows = "".join(f"<tr><th>{MEASURES[n]}</th><td>{percent(figures[n])}</td></tr>" for n in names)
        found = (
            f"<figure><table><tbody>{rows}</tbody></table><figcaption>以应引的句子为准，独立成句的{searched}题；"
            "命中指这些句子有多少排在前几位。</figcaption></figure>"
        )
    seconds = [r.answer.seconds for r in results]
    drawn = (
        f"<figure>{charts.times(seconds)}<figcaption>每题从提问到回答，逐题单独计时。</figcaption></figure>"
    )
    return f'<div class="pair">{found}{drawn}</div>'


def _comparison(found: Comparison, sources: Sources) -> str:
    rows = []
    for change in found.changes:
        low, high = change.interval
        verdict = "显著" if change.significant else "可能是偶然"
        better = (change.now > change.before) != (change.measure == "wrongly_answered")
        colour = ("good" if better else "bad") if change.significant else ""
        rows.append(
            f"<tr><th>{MEASURES[change.measure]}</th><td>{change.count}</td><td>{percent(change.before)}</td>"
            f'<td>{percent(change.now)}</td><td class="{colour}">{points(change.now - change.before)}</td>'
            f"<td>{points(low)} 至 {points(high)}</td><td>{change.gained} / {change.lost}</td>"
            f'<td>{change.p:.3f}</td><td class="{colour}">{verdict}</td></tr>'
        )
    head = "".join(
        f"<th>{name}</th>"
        for name in ("指标", "题数", "上次", "这次", "相差", "95%区间", "增 / 减", "p", "判断")
    )
    before, now = found.seconds
    apart = [f"只在{when}的{n}题" for when, n in (("这次", found.only_now), ("上次", found.only_before)) if n]
    left_out = f"未比较：{'，'.join(apart)}。" if apart else ""
    return _section(
        "与上次相比",
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
        f'<p class="note">相差的区间由配对自助法得出，p 为 McNemar 精确检验（双侧），小于0.05为显著。'
        f"耗时中位 {before:.2f} → {now:.2f} 秒。{left_out}</p>"
        f"<h3>变差（{len(found.worse)}）</h3>{''.join(turned(row, r, sources) for row, r in found.worse) or '<p>没有。</p>'}"
        f"<h3>变好（{len(found.better)}）</h3>{''.join(turned(row, r, sources) for row, r in found.better) or '<p>没有。</p>'}",
    )
