"""Whose figure it is: the issuer's place, the one the letter is about, and the whole they belong to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policyqa.asked import Asked
from policyqa.belonging import governing, place_fit
from policyqa.evidence import gather
from policyqa.excluded import contradicted
from policyqa.match import figure_features
from policyqa.places import places_in
from policyqa.question import understand
from policyqa.schema import Document, Passage, Proposal

TODAY = date(2025, 6, 1)
KNOWN = frozenset({"甲州", "乙山", "丙河"})
CITY = Document("c", "c.txt", "", issuers=("甲州市水利局",), signed_on=date(2024, 7, 1))
ABOUT_COUNTY = replace(CITY, proposals=(Proposal("61", "suggestion", "加快乙山县农村供水提质"),))


def fit(question: str, sentence: str, document: Document = CITY) -> float:
    document = replace(document, body=document.body or sentence)
    start = document.body.rfind(sentence)
    evidence = gather(Passage(f"{document.id}:{start}", document, start, start + len(sentence)))
    understood = understand(question, TODAY)
    asked = Asked(understood, {}, {}, places=places_in(understood.folded, KNOWN), known_places=KNOWN)
    return place_fit(asked, evidence, evidence.folded)


def test_a_letter_of_the_city_on_a_county_answers_for_the_county() -> None:
    assert fit("乙山县有多少处供水工程？", "另有单村供水工程213处。", ABOUT_COUNTY) > 0
    assert fit("乙山县有多少处供水工程？", "全市有供水工程980处。", ABOUT_COUNTY) == -1.0
    assert fit("乙山县有多少处供水工程？", "另有单村供水工程213处。") == -1.0


def test_what_follows_a_list_of_districts_is_of_none_of_them() -> None:
    sentence = "现有公寓3200套，其中乙山区1900套、丙河县300套，租金为市场价的60%。"
    document = replace(CITY, body=sentence)
    evidence = gather(Passage("c:0", document, 0, len(sentence)))
    understood = understand("甲州公寓租金是市场价的几成？", TODAY)
    asked = Asked(understood, {}, {}, places=("甲州",), known_places=KNOWN)
    fits = {f.text: figure_features(asked, evidence, f)["f_place"] for f in evidence.figures}
    assert fits["60%"] > 0 > fits["300套"]
    assert {f.text: f.scope for f in evidence.figures}["60%"] == ""


def test_what_a_city_gives_each_holds_in_its_districts() -> None:
    rule = "租房补贴标准：硕士每人每月1000元。"
    assert fit("甲州市乙山区上班租房每月补多少？", rule) > 0
    assert fit("甲州市乙山区租房补贴发了多少人？", "租房补贴标准：硕士每人每月1000元，已发放1200人。") == -1.0
    assert fit("乙山区上班租房每月补多少？", rule) == -1.0, "of which city the district is, nobody says"


def test_a_district_is_no_county_of_the_same_name() -> None:
    assert fit("乙山县登记的狗有多少只", "乙山区登记犬只12870只。") == -1.0
    assert fit("乙山登记的狗有多少只", "乙山区登记犬只12870只。") > 0
    assert fit("乙山县登记的狗有多少只", "乙山县登记犬只12870只。") > 0


def test_what_a_document_speaks_of_most_is_its_subject() -> None:
    body = "乙山县供水短缺。乙山县缺水4万人。乙山县已改造管网。\n另有单村供水工程213处。"
    document = replace(CITY, body=body)
    assert fit("乙山县有多少处供水工程？", "另有单村供水工程213处。", document) > 0
    assert fit("甲州市有多少处供水工程？", "另有单村供水工程213处。", document) < 0.9
    both = replace(CITY, body=body + "丙河区也缺水。丙河区正在找水。")
    assert fit("乙山县有多少处供水工程？", "另有单村供水工程213处。", both) == -1.0


def test_a_place_with_a_figure_of_its_own_has_no_other() -> None:
    text = "其中乙山县66个、丙河区57个；行政村覆盖率39.2%。"
    document = replace(CITY, body=text)
    evidence = gather(Passage("c:0", document, 0, len(text)))
    asked = Asked(understand("乙山县行政村覆盖率多少？", TODAY), {}, {}, places=("乙山",), known_places=KNOWN)
    assert place_fit(asked, evidence, "行政村覆盖率") == -1.0
    unknown = Asked(understand("丁原县游泳馆哪年开工？", TODAY), {}, {}, strangers=("丁原",))
    sentence = "丙河区游泳馆已于2025年3月开工，丁原县因财力有限暂不新建。"
    document = replace(CITY, body=sentence)
    evidence = gather(Passage("c:0", document, 0, len(sentence)))
    assert place_fit(unknown, evidence, "丙河区游泳馆已于开工") < 0


def test_the_whole_of_the_issuer_is_its_own() -> None:
    assert fit("甲州市有多少处供水工程？", "全市有供水工程980处。") == 0.9
    county = replace(CITY, issuers=("甲州市乙山县水利局",))
    assert fit("乙山县有多少处供水工程？", "全市有供水工程980处。", county) == -0.4


def test_a_districts_figure_is_none_of_the_whole_city() -> None:
    county = replace(CITY, issuers=("甲州市乙山县水利局",))
    assert fit("甲州全市有多少处供水工程？", "有供水工程213处。", county) == -1.0
    assert fit("甲州全市有多少处供水工程？", "全市有供水工程980处。", county) > 0
    assert fit("甲州有多少处供水工程？", "有供水工程213处。", county) == -0.4


@pytest.mark.parametrize(
    ("sentence", "figure", "place"),
    [
        ("丁原县有校车46辆，线路31条，每天接送2310人；乙山县有12条。", "2310人", "丁原"),
        ("丁原县有校车46辆，线路31条，每天接送2310人；乙山县有12条。", "12条", ""),
        ("丁原县46辆、乙山县30辆。", "30辆", ""),
        ("丁原、乙山分别有46辆、30辆。", "46辆", "丁原"),
        ("丁原、乙山分别有46辆、30辆。", "30辆", ""),
        ("丁原县城南园和乙山县柳荫园两所推迟3个月开园。", "3个月", "丁原"),
        ("其中丁原县12辆，全市共58辆。", "58辆", ""),
        ("乙山县每学期300元；丁原县小学、初中分别不超过310元、340元。", "340元", "丁原"),
    ],
)
def test_a_figure_is_of_the_place_named_last_before_it(sentence: str, figure: str, place: str) -> None:
    document = replace(CITY, body=sentence)
    evidence = gather(Passage("c:0", document, 0, len(sentence)))
    asked = Asked(understand("丁原县多少？", TODAY), {}, {}, strangers=("丁原",), known_places=KNOWN)
    (found,) = [f for f in evidence.figures if f.text == figure]
    assert governing(asked, found) == place


@pytest.mark.parametrize(
    ("sentence", "fits"),
    [("市区（含乙山县、丙河区）有公交线路74条。", True), ("丙河区有公交线路12条。", False)],
)
def test_a_place_in_brackets_takes_no_figure_away(sentence: str, fits: bool) -> None:
    assert (fit("甲州有多少条公交线路？", sentence) > 0) is fits


def test_a_title_says_where_a_policy_holds() -> None:
    policy = Document("p", "p.txt", "", title="关于印发乙山县人才公寓管理办法的通知")
    assert fit("乙山县人才公寓押金多少？", "签约时缴纳相当于两个月租金的押金。", policy) == 0.9
    assert fit("丙河区人才公寓押金多少？", "签约时缴纳相当于两个月租金的押金。", policy) == -1.0


def test_a_sentence_may_name_another_place_in_passing_a_figure_may_not() -> None:
    passage = {"period": 0.0, "place": -0.6}
    assert not contradicted(passage)
    assert contradicted({**passage, "f_period": 0.0, "f_place": -0.6})
    assert contradicted({"period": 0.0, "place": -1.0})


def test_a_zone_is_a_place_of_its_own() -> None:
    assert fit("甲州高新区有几条公交线？", "高新区现有公交线路18条。") == 1.0
    assert fit("甲州高新区有几条公交线？", "城区现有公交线路120条。") == -1.0
    assert fit("甲州有几家高新技术企业？", "全市有高新技术企业120家。") > 0


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("甲州哪年启动助浴试点？", "我市2023年11月在丙河区启动助浴试点。", True),
        ("乙山县哪年开工？", "丙河区已于2025年3月开工，乙山县暂不新建。", False),
        ("乙山县水厂哪年通水？", "乙山县水厂总投资3亿元，因水源地调整，预计2027年6月通水。", True),
    ],
)
def test_where_something_began_is_not_whose_day_it_is(question: str, sentence: str, fits: bool) -> None:
    document = replace(CITY, body=sentence)
    evidence = gather(Passage("c:0", document, 0, len(sentence)))
    understood = understand(question, TODAY)
    asked = Asked(understood, {}, {}, places=places_in(understood.folded, KNOWN), known_places=KNOWN)
    (day,) = evidence.dates
    assert (figure_features(asked, evidence, day)["f_place"] > 0) is fits


def test_a_line_that_begins_with_a_district_is_its() -> None:
    sentence = "丁原区：地区生产总值486.3亿元，增长6.1%"
    document = replace(CITY, body=sentence)
    evidence = gather(Passage("c:0", document, 0, len(sentence)))
    asked = Asked(understand("2023年甲州地区生产总值", TODAY), {}, {}, places=("甲州",), known_places=KNOWN)
    assert {figure_features(asked, evidence, f)["f_place"] for f in evidence.figures} == {-1.0}
