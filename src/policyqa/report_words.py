"""The Chinese words of the report page, and how it writes figures."""

from __future__ import annotations

from typing import Any

KINDS = {
    "figure": "数量", "amount": "金额", "rate": "比率", "rank": "位次", "date": "日期", "who": "人员", "agency": "单位",
    "title": "标题", "list": "清单", "yesno": "是否", "reason": "原因", "refusal": "未采纳", "commitment": "下一步",
    "compare": "对比", "computed": "计算", "metadata": "文件信息", "multi": "多项", "standard": "标准", "follow_up": "追问",
    "convert": "换算", "other": "其他", "vague": "无答案：问得太泛", "wrong_year": "无答案：年份不对",
    "wrong_place": "无答案：地方不对", "unreported": "无答案：没有报告", "missing_field": "无答案：没有写明",
    "false_premise": "无答案：前提不成立", "wrong_aspect": "无答案：口径不对",
}  # fmt: skip
"""The kinds of gold questions, and the traps of those that nothing answers."""

MEASURES = {
    "questions": "题数", "right": "正确", "right_and_cited": "正确且有据", "short_right": "简答正确",
    "first_citation_right": "首条出处正确", "quote_right": "引对原句", "answered": "作答",
    "wrongly_answered": "答错", "wrong_when_answered": "作答中答错", "wrongly_declined": "误拒",
    "declined": "应拒而拒", "all_right": "全部题答对或应拒而拒", "recall_at_1": "首位命中",
    "recall_at_5": "前5位命中", "recall_at_10": "前10位命中", "recall_at_20": "前20位命中",
    "mrr_at_10": "平均倒数位次（前10位）", "ndcg_at_10": "nDCG（前10位）", "seconds_p50": "耗时中位（秒）",
    "seconds_p95": "耗时95%（秒）",
}  # fmt: skip


def percent(value: float | None) -> str:
    """A share as it is shown; a dash for none.

    >>> percent(0.5567), percent(None)
    ('55.7%', '–')
    """
    return "–" if value is None else f"{value * 100:.1f}%"


def points(value: float) -> str:
    """A difference of shares in percentage points, with its sign.

    >>> points(0.0312), points(-0.2), points(0.0)
    ('+3.1', '−20.0', '0.0')
    """
    shown = f"{abs(value) * 100:.1f}"
    return shown if shown == "0.0" else f"{'+' if value > 0 else '−'}{shown}"


def cell(name: str, value: Any) -> str:
    """A measure as a table shows it."""
    if value is None:
        return "–"
    if name.startswith("seconds"):
        return f"{value:.2f}"
    return str(value) if isinstance(value, int) else percent(value)
