"""The report page: figures, calibration, misses; nothing fetched, nothing unescaped."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from policyqa.evaluate import Result, judge
from policyqa.gold import Gold
from policyqa.report_page import calibration, calibration_error, page
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
    short = "36家" if right else "79家"
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


def test_calibration_compares_confidence_with_right_answers() -> None:
    steps = calibration(RESULTS)
    assert [(s.count, round(s.right, 2)) for s in steps] == [(2, 0.5), (1, 0.0), (10, 0.9)]
    assert round(steps[0].confidence, 3) == 0.535
    error = calibration_error(steps)
    assert error is not None
    assert abs(error - (2 * 0.035 + 0.6 + 10 * 0.052) / 13) < 1e-9
    assert calibration_error([]) is None


def test_the_page_is_whole_and_self_contained() -> None:
    html = page(RESULTS, "问题<1>.jsonl", "2026-03-01")
    assert "问题&lt;1&gt;.jsonl" in html
    assert "<b>。" not in html
    assert "新培育36家&lt;b&gt;。" in html
    assert not re.search(r'(?:src|href)="|url\(|@import', html)
    for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        ElementTree.fromstring(svg)
    assert html.count("<svg") == 2
    # two wrong, one wrongly declined, one answered that has no answer
    assert html.count("<details>") == 4
    assert "没有答对的题（4）" in html
    assert "<tr><th>有答案的题</th><td>13</td><td>10</td><td>2</td><td>1</td></tr>" in html
    assert "<tr><th>没有答案的题</th><td>2</td><td>0</td><td>1</td><td>1</td></tr>" in html


def test_the_surest_miss_comes_first() -> None:
    html = page(RESULTS, "g", "")
    misses = re.findall(r"<summary>.*?把握(.*?)</em>", html)
    assert misses == ["97.0%", "60.0%", "52.0%", "20.0%"]


def test_nothing_answered_makes_a_page_too() -> None:
    html = page([_result(0.1, right=False, answered=False)], "g", "")
    assert "没有作答的题" in html
