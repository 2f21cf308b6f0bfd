"""Reading candidates: what a question after another finds, and several parts at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from policyqa.asked import Asked
from policyqa.findings import NOTHING_SAID, Candidate, said_in
from policyqa.local import asked_about
from policyqa.match import aspect_fit, figure_features
from policyqa.question import understand
from policyqa.ranking import rank
from policyqa.reader import answer
from policyqa.score import default_scorer

SCORER = default_scorer(False)
TODAY = date(2025, 3, 1)


def _read(question: str, *texts: str) -> tuple[Asked, list[Candidate]]:
    asked, hits = asked_about(understand(question, TODAY), texts)
    return asked, rank(asked, hits, SCORER)


def _short(question: str, *texts: str) -> str:
    asked, candidates = _read(question, *texts)
    return answer(asked, candidates, SCORER, 0.0).short


MEALS = "2023年学生满意度测评中，学校自办食堂88.5分、配送餐79.2分。"


def test_a_follow_up_is_not_given_the_same_figure_again() -> None:
    asked, candidates = _read("2023年学生给学校自办食堂打了多少分？", MEALS)
    first = answer(asked, candidates, SCORER, 0.0)
    assert first.short == "88.5分"
    again = answer(asked, candidates, SCORER, 0.0, said_in(first))
    assert again.short == "79.2分"


def test_the_document_that_was_cited_precedes_and_is_surer() -> None:
    texts = ("甲处加装电梯85部。", "乙处加装电梯62部。")
    asked, candidates = _read("加装电梯多少部？", *texts)
    plain = answer(asked, candidates, SCORER, 0.0)
    other = next(c for c in candidates if c.hit.passage.id != candidates[0].hit.passage.id)
    said = replace(NOTHING_SAID, documents=frozenset({other.hit.passage.document.id}))
    assert plain.citations[0].document.id != other.hit.passage.document.id
    followed = answer(asked, candidates, SCORER, 0.0, said)
    assert followed.citations[0].document.id == other.hit.passage.document.id
    assert followed.confidence > plain.confidence


def test_a_part_that_is_no_figure_is_answered_by_the_sentence() -> None:
    text = "剩余6处断头路涉及占用林地和跨区衔接。"
    asked, candidates = _read("断头路还剩几处，卡在哪里？", text, "公交线路共有48条。")
    found = answer(asked, candidates, SCORER, 0.0)
    assert found.short.startswith("6处；")
    assert text in found.text


def test_who_asks_how_much_there_is_gets_neither_what_was_added_nor_a_target() -> None:
    texts = ("今年新增新能源公交车31辆，共有公交车395辆，其中新能源公交车279辆。",)
    assert "31辆" not in _short("有多少辆新能源公交车？", *texts)
    assert aspect_fit(None, "new", stock=True) < aspect_fit(None, "level", stock=True)
    assert aspect_fit(None, "level", stock=True, target=True) < 0 < aspect_fit(None, "level", stock=True)


def test_what_is_declined_though_it_may_be_told_is_not_called_missing() -> None:
    asked, candidates = _read("2023年新培育了多少家专精特新企业？", "2023年新培育专精特新企业36家。")
    assert answer(asked, candidates, SCORER, 1.1).text.startswith("没有找到把握足够的答案")
    asked, candidates = _read("幼儿园有几所？", "2023年新培育专精特新企业36家。")
    assert answer(asked, candidates, SCORER, 1.1).text.startswith("收录的文件没有给出")


def test_who_asks_how_much_there_is_gets_what_was_built_in_all() -> None:
    text = "2023年新培育专精特新企业36家，累计达79家。"
    assert _short("有多少家专精特新企业？", text) == "79家"
    assert _short("新培育了多少家专精特新企业？", text) == "36家"


def test_a_figure_to_be_reached_is_planned() -> None:
    asked, candidates = _read("服务站有多少个？", "到2025年底，全区服务站不少于95个。")
    evidence = candidates[0].evidence
    assert figure_features(asked, evidence, evidence.figures[0])["f_plan"] == -1.0


def test_who_names_no_year_is_told_the_newest_value_first() -> None:
    old, new = "2023年底甲山区百岁老人有143位。", "2024年底甲山区百岁老人158位。"
    asked, candidates = _read("甲山区百岁老人有几位？", old, new)
    candidates = [
        replace(c, evidence=replace(c.evidence, places=("甲山",)))
        for c in sorted(candidates, key=lambda c: "143" not in c.hit.passage.text)
    ]
    found = answer(asked, candidates, SCORER, 0.0)
    assert found.short == "158位；143位"
    assert [c.quote for c in found.citations] == [new, old]
    asked, _ = _read("2023年底甲山区百岁老人有几位？", old, new)
    assert answer(asked, candidates, SCORER, 0.0).short == "143位"
