"""Questions that ask for several things: their answers are chosen together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policyqa.asked import Asked
from policyqa.evidence import gather
from policyqa.findings import Candidate, Finding
from policyqa.parts import part_of, planned, supported, surety, together
from policyqa.question import understand
from policyqa.schema import Document, Hit, Passage
from policyqa.score import default_scorer

TODAY = date(2025, 3, 1)


def _candidates(*lines: str, source: str = "甲", title: str = "关于养老工作的答复") -> list[Candidate]:
    """The lines as one document's passages."""
    document = Document(
        source, source, "\n".join(lines), title=title, issuers=("甲山区民政局",), signed_on=date(2024, 6, 1)
    )
    found, start = [], 0
    for line in lines:
        passage = Passage(f"{source}:{start}", document, start, start + len(line))
        found.append(Candidate(Hit(passage, 1.0), gather(passage), {}, 1.0))
        start += len(line) + 1
    return found


def _figure(candidate: Candidate, text: str, total: float, sure: float = 0.6) -> Finding:
    figure = next(f for f in candidate.evidence.figures if f.text == text)
    return Finding(candidate, figure, {"total": total}, sure)


def _asked(text: str) -> Asked:
    question = understand(text, TODAY)
    return Asked(question, dict.fromkeys(question.terms, 0.5), {})


def _texts(findings: list[Finding]) -> list[str]:
    return [f.figure.text if f.figure else "…" for f in findings]


def _parts(text: str) -> list[Asked]:
    asked = _asked(text)
    return [part_of(asked, part) for part in asked.question.parts]


def test_parts_of_one_sentence_go_before_slightly_better_ones_of_another_document() -> None:
    [one] = _candidates("全区养老床位2300张，护理型床位占62%。")
    [other] = _candidates("全市护理型床位占比提高到71%。", source="乙")
    beds = [_figure(one, "2300张", 20.0)]
    shares = [_figure(other, "71%", 21.0), _figure(one, "62%", 20.5)]
    parts = _parts("养老床位多少张，护理型占比多少？")
    assert _texts(together(parts, [beds, shares])) == ["2300张", "62%"]


def test_a_much_better_finding_of_another_document_is_kept() -> None:
    [one] = _candidates("全区养老床位2300张，护理型床位占62%。")
    [other] = _candidates("全市护理型床位占比提高到71%。", source="乙")
    beds = [_figure(one, "2300张", 20.0)]
    shares = [_figure(other, "71%", 24.0), _figure(one, "62%", 20.5)]
    assert _texts(together(_parts("养老床位多少张，护理型占比多少？"), [beds, shares])) == ["2300张", "71%"]


def test_one_figure_does_not_answer_two_parts() -> None:
    [one] = _candidates("粮食产量达到46万吨，增产3万吨。")
    both = [_figure(one, "3万吨", 21.0), _figure(one, "46万吨", 18.0)]
    found = together(_parts("打了多少粮食，增产多少？"), [both, both])
    assert sorted(_texts(found)) == ["3万吨", "46万吨"]


def test_one_sentence_answers_several_parts_and_is_named_once() -> None:
    [one] = _candidates("签约请到社区卫生服务中心，也可以在小程序上办。")
    sentence = Finding(one, None, {"total": 17.0}, 0.6)
    assert len(together(_parts("签约上哪儿办？网上怎么办？"), [[sentence], [sentence]])) == 1


def test_what_speaks_of_another_year_is_not_taken_for_company() -> None:
    one, other = _candidates("2022年新建站点12个，补助90万元。", "2023年补助120万元。")
    sites = [_figure(one, "12个", 20.0)]
    money = [_figure(other, "120万元", 20.0), replace(_figure(one, "90万元", 20.0), sure=0.0)]
    assert _texts(together(_parts("新建站点多少个，补助多少万元？"), [sites, money])) == ["12个", "120万元"]


def test_a_plan_answers_the_plan_and_a_fact_the_fact() -> None:
    one, other = _candidates("2023年计划改造小区18个。", "2023年改造完成小区19个。")
    plan, fact = _figure(one, "18个", 20.0), _figure(other, "19个", 19.0)
    parts = _parts("2023年计划改几个小区，实际改了几个？")
    assert _texts(together(parts, [[plan, fact], [plan, fact]])) == ["18个", "19个"]


@pytest.mark.parametrize(
    ("sentence", "figure", "expected"),
    [
        ("计划新建停车位500个。", "500个", True),
        ("去年新建停车位480个，今年计划新建500个。", "480个", False),
        ("去年新建停车位480个，今年计划新建500个。", "500个", True),
        ("计划新建500个，实际建成520个。", "520个", False),
        ("力争完成停车位500个。", "500个", True),
        ("停车位已达520个。", "520个", False),
    ],
)
def test_the_nearest_word_tells_a_plan_from_a_fact(sentence: str, figure: str, expected: bool) -> None:
    [candidate] = _candidates(sentence)
    assert planned(_figure(candidate, figure, 1.0)) is expected


def test_what_stands_in_a_plan_without_a_word_about_it_is_planned() -> None:
    [candidate] = _candidates("2024年：小区15个。", title="甲山区老旧小区改造三年方案")
    assert planned(_figure(candidate, "15个", 1.0))


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("还剩几处断头路，卡在哪里？", ["figure", "text"]),
        ("2023年增长多少，城镇居民呢？", ["ratio", "ratio"]),
        ("接待多少人次，占全市多少，排老几？", ["figure", "ratio", "rank"]),
    ],
)
def test_a_part_asks_for_a_kind_of_its_own(question: str, wants: list[str]) -> None:
    asked = _asked(question)
    parts = asked.question.parts or tuple(question.split("，"))
    assert [part_of(asked, part).question.want for part in parts] == wants


def test_a_part_that_only_asks_again_asks_for_the_same() -> None:
    asked = _asked("2023年新增社保人数多少人，医保呢？")
    again = part_of(asked, asked.question.parts[1]).question
    assert (again.want, again.unit, again.aspect) == ("figure", "人", "new")


def test_a_part_with_few_words_of_its_own_keeps_more_of_the_others() -> None:
    asked = _asked("雁汀区老旧小区原计划改造几个，实际几个？")
    first, second = (part_of(asked, part) for part in asked.question.parts)
    assert second.terms["小区"] == pytest.approx(0.25)
    assert first.terms["小区"] == 0.5


def test_the_surety_of_several_findings_grows_with_each_of_them() -> None:
    [one] = _candidates("全区养老床位2300张，护理型床位占62%。")
    scorer = default_scorer(False)
    sures = [
        surety([_figure(one, "2300张", 1.0, 0.9), _figure(one, "62%", 1.0, sure)], scorer)
        for sure in (0.02, 0.4, 0.9)
    ]
    assert sures == sorted(sures)
    assert sures[0] < 0.5 < sures[2]
    assert surety([_figure(one, "62%", 1.0, 0.4)], scorer) == 0.4
    assert surety([], scorer) == 0.0


def test_what_contradicts_is_not_made_surer() -> None:
    [one] = _candidates("全区养老床位2300张，护理型床位占62%。")
    contradicted = [_figure(one, "2300张", 1.0, 0.0), _figure(one, "62%", 1.0, 0.0)]
    assert surety(contradicted, default_scorer(False)) == 0.0
    assert supported(_figure(one, "62%", 1.0, 0.0), 2.0).sure == 0.0
    assert supported(_figure(one, "62%", 1.0, 0.5), 1.0).sure == pytest.approx(0.731, abs=0.001)
