"""The report page: figures, calibration, misses; nothing fetched, nothing unescaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

from policyqa.comparison import compare
from policyqa.evaluate import Result, judge, result_row
from policyqa.gold import Gold
from policyqa.report_page import Head, page
from policyqa.schema import Answer, Citation, Document

BODY = "新培育36家<b>。"


def _result(confidence: float, right: bool, answered: bool = True, expected: str = "answered") -> Result:
    gold = Gold(
        f"q{confidence}",
        "新培育<多少>家？",
        expected,
        "figure",
        parts=(("36家",),),
        evidence=(("a.txt", "36家"),),
    )
    if expected == "not_found":
        gold = Gold("n", "2019年呢？", expected, trap="wrong_year", history=("新培育多少家？",))
    if not answered:
        return judge(gold, Answer(gold.question, "not_found", "没有答案", confidence=confidence))
    short = "36家" if right else "79<b>家"
    citation = Citation(Document("d", "a.txt", BODY), (), BODY, 0, len(BODY))
    return judge(gold, Answer(gold.question, "answered", short, short, (citation,), confidence=confidence))


RESULTS = [
    *[_result(0.95, right=True)] * 9,
    _result(0.97, right=False),
    _result(0.55, right=True),
    _result(0.52, right=False),
    _result(0.2, right=False, answered=False),
    _result(0.6, right=False, expected="not_found"),
    _result(0.1, right=False, answered=False, expected="not_found"),
]


DOCUMENT = Document("d", "a.txt", BODY, title="关于<培育>的答复")


def _page(results: Sequence[Result], name: str = "g", **more: object) -> str:
    head = Head(name, "2026-03-01", 1, 0.5, "tune")
    return page(results, head, {"a.txt": DOCUMENT}, **more)  # type: ignore[arg-type]


def test_the_page_is_whole_and_self_contained() -> None:
    html = _page(RESULTS, "问题<1>.jsonl")
    assert "问题&lt;1&gt;.jsonl，调校部分，共15题；收录1份文件，门槛0.50；2026-03-01。" in html
    assert "<b>。" not in html
    assert "79<b>家" not in html
    assert "新培育36家&lt;b&gt;。" in html
    assert not re.search(r'src="|href="(?!#)|url\(|@import|<script|<link', html)
    for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        ElementTree.fromstring(svg)
    # the kinds with and without an answer, calibration, times
    assert html.count("<svg") == 4
    # two wrong, one wrongly declined, one answered that has no answer; and all figures
    assert html.count("<details>") == 4
    assert "没有答对的题（4）" in html
    assert "<tr><th>有答案的题</th><td>13</td><td>10</td><td>2</td><td>1</td></tr>" in html
    assert "<tr><th>没有答案的题</th><td>2</td><td>0</td><td>1</td><td>1</td></tr>" in html
    assert "每个数字都在所引原文中" in html


def test_the_surest_miss_comes_first() -> None:
    misses = re.findall(r"<summary>.*?把握(.*?)</em>", _page(RESULTS))
    assert misses == ["97.0%", "60.0%", "52.0%", "20.0%"]


def test_a_quote_leads_to_its_mark_in_the_document_below() -> None:
    html = _page(RESULTS)
    assert "关于&lt;培育&gt;的答复" in html
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets
    assert targets <= set(re.findall(r' id="([^"]+)"', html))
    # The evidence lies within the quote: one mark, and a target at the other's place.
    assert re.search(r'<mark id="d0-\d">新培育36家&lt;b&gt;。</mark>', html)


def test_a_source_that_is_not_in_the_store_has_no_link() -> None:
    html = page(RESULTS, Head("g", "", 0, 0.5), {})
    assert "href=" not in html
    assert "a.txt" in html


def test_a_figure_without_proof_is_shouted() -> None:
    broken = [replace(RESULTS[0], unproved=("36家",)), *RESULTS[1:]]
    assert "有1个回答的数字不在所引原文中" in _page(broken)


def test_offers_add_the_curve_of_thresholds() -> None:
    html = _page([replace(r, offered=r.answer) for r in RESULTS])
    assert html.count("<svg") == 5
    assert "门槛与答对、答错、拒答的比例" in html


def test_an_earlier_run_stands_beside() -> None:
    now = [replace(r, gold=replace(r.gold, id=f"n{i}")) for i, r in enumerate(RESULTS)]
    rows = {r.gold.id: result_row(r) for r in now}
    rows["n0"] |= {"right": False, "right_and_cited": False, "short": "上次的<话>"}
    rows["n9"] |= {"right": True, "right_and_cited": True}
    html = _page(now, earlier=compare(rows, now))
    assert "与上次相比" in html
    assert "变差（1）" in html
    assert "变好（1）" in html
    assert "上次的&lt;话&gt;" in html
    assert "可能是偶然" in html
    assert "与上次相比" not in _page(now)


def test_nothing_answered_makes_a_page_too() -> None:
    assert "没有作答的题" in _page([_result(0.1, right=False, answered=False)])
