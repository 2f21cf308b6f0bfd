"""The figures of a comparison are chosen together."""

from __future__ import annotations

from policyqa.evidence import gather
from policyqa.findings import Candidate, Finding
from policyqa.operands import chosen, sureties
from policyqa.plans import Wish
from policyqa.schema import Document, Hit, Passage
from policyqa.score import default_scorer


def _candidate(text: str, source: str = "甲") -> Candidate:
    document = Document(source, source, text, title="关于养老工作的答复", issuers=("甲山区民政局",))
    passage = Passage(source, document, 0, len(text))
    return Candidate(Hit(passage, 1.0), gather(passage), {}, 1.0)


def _figure(candidate: Candidate, text: str, total: float, sure: float = 0.6) -> Finding:
    figure = next(f for f in candidate.evidence.figures if f.text == text)
    return Finding(candidate, figure, {"total": total, "behind": 0.0, "margin": 1.0}, sure)


def _texts(options: list[list[Finding]], wishes: list[Wish] | None = None, alike: bool = True) -> list[str]:
    found = chosen(options, wishes or [None] * len(options), alike)
    return [f.figure.text if f and f.figure else "…" for f in found]


def test_a_figure_of_the_same_unit_goes_before_a_better_one_of_another() -> None:
    one = _candidate("2024年底养老床位2300张，入住1200人。")
    other = _candidate("2023年底全区护理员310人，养老床位2100张。", "乙")
    of_2024 = [_figure(one, "2300张", 5.0), _figure(one, "1200人", 3.0)]
    of_2023 = [_figure(other, "310人", 5.5), _figure(other, "2100张", 5.0)]
    assert _texts([of_2024, of_2023]) == ["2300张", "2100张"]


def test_what_is_shared_out_has_another_unit_than_those_it_is_shared_among() -> None:
    one = _candidate("改造6830户，投入2732万元。")
    amounts, households = [_figure(one, "2732万元", 5.0)], [_figure(one, "6830户", 4.0)]
    assert _texts([amounts, households], alike=False) == ["2732万元", "6830户"]


def test_one_figure_does_not_stand_for_two_years() -> None:
    one = _candidate("由2021年的287天缩短到2023年的164天。")
    of_2023 = [_figure(one, "164天", 5.0), _figure(one, "287天", 4.0)]
    of_2021 = [_figure(one, "164天", 4.5), _figure(one, "287天", 4.2)]
    assert _texts([of_2023, of_2021]) == ["164天", "287天"]


def test_a_part_without_any_figure_has_none() -> None:
    one = _candidate("养老床位2300张。")
    assert _texts([[_figure(one, "2300张", 5.0)], []]) == ["2300张", "…"]


def test_a_plan_and_what_came_of_it_are_told_apart() -> None:
    one = _candidate("2024年计划新增1600个。")
    other = _candidate("2024年实际新增1750个。", "乙")
    both = [_figure(one, "1600个", 5.0), _figure(other, "1750个", 4.5)]
    assert _texts([both, both], ["fact", "plan"]) == ["1750个", "1600个"]
    assert _texts([both], [None]) == ["1750个"], "a plan only where one is asked for"


def test_figures_of_one_kind_make_each_other_surer() -> None:
    one = _candidate("2024年底养老床位2300张。")
    other = _candidate("2023年底养老床位2100张，护理员310人。", "乙")
    sure, unsure = _figure(one, "2300张", 5.0, 0.8), _figure(other, "2100张", 4.0, 0.45)
    alike, unlike = _sures(sure, unsure), _sures(sure, _figure(other, "310人", 4.0, 0.45))
    assert alike[1] > unlike[1]
    assert alike[0] > alike[1], "each its own"
    assert _sures(sure, None)[1] == 0.0
    assert _sures(sure, _figure(other, "2100张", 4.0, 0.0))[1] == 0.0, "what contradicts stays out"
    assert _sures(None, _figure(other, "2100张", 4.0, 0.0)) == [0.0, 0.0]


def test_one_sentence_with_both_makes_surer_still() -> None:
    one = _candidate("芦崮县养老床位2300张、桑浒县2100张。")
    first, second = _figure(one, "2300张", 5.0, 0.5), _figure(one, "2100张", 5.0, 0.5)
    apart = _figure(_candidate("桑浒县养老床位2100张。", "乙"), "2100张", 5.0, 0.5)
    assert min(_sures(first, second)) > min(_sures(first, apart))


def _sures(*findings: Finding | None) -> list[float]:
    return sureties(findings, default_scorer(with_reader=True))


def test_what_came_of_a_plan_told_twice_is_no_plan() -> None:
    fact = _candidate("2024年接待游客618.5万人次，为年度目标600万人次的103.1%。")
    again = _candidate("2024年接待游客618.5万人次。")
    of_fact = [_figure(fact, "618.5万人次", 5.0), _figure(again, "618.5万人次", 4.9)]
    of_plan = [_figure(again, "618.5万人次", 5.0), _figure(fact, "600万人次", 3.5)]
    assert _texts([of_fact, of_plan], ["fact", "plan"]) == ["618.5万人次", "600万人次"]
