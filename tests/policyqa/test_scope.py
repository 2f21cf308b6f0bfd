"""What a question names: documents by number, places that documents only speak of, agencies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fakes import FakeEmbeddings

from ingest.pipeline import ingest
from policyqa.catalog import Catalog
from policyqa.directory import Directory
from policyqa.places import Spoken
from policyqa.question import understand
from policyqa.search import Scope, scope_of
from policyqa.text import fold

LETTER = """{issuer}

{number}

关于市政协第{proposal}号提案的答复

{member}委员：

您提出的《关于{topic}的提案》（第{proposal}号）收悉。现答复如下：

{text}

{issuer}
2024年6月14日
"""
DOCUMENTS = {
    "a.txt": LETTER.format(
        issuer="珩渡市教育局", number="珩教函〔2024〕58号", proposal="035", topic="学位", member="李某某",
        text="各县区新增学位：榆舫区1950个、芷桥区1080个。榆舫区、芷桥区仍不足。按珩政办规〔2023〕14号执行。",
    ),
    "b.txt": LETTER.format(
        issuer="砚沂市交通运输局", number="砚交函〔2024〕58号", proposal="036", topic="公交", member="赵某某",
        text="2023年新增公交车120辆，石埠中学门前设站2处。",
    ),
    "c.txt": "珩渡市人民政府专题会议纪要\n〔2024〕7号\n关于路灯的会议纪要\n\n会议议定新装路灯30盏。\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    folder = tmp_path_factory.mktemp("scope")
    (folder / "in").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "in" / name).write_text(text, "utf-8")
    ingest([folder / "in"], folder / "store", FakeEmbeddings())
    return Directory(Catalog.of(Path(folder / "store")))


def _scope(directory: Directory, text: str) -> Scope:
    question = understand(text, date(2025, 1, 1), directory.names_in(fold(text)))
    return scope_of(question, directory, None, None)


def _named(directory: Directory, text: str) -> list[str]:
    sources = {head["id"]: head["source"] for head in directory.heads}
    return sorted(sources[i] for i in _scope(directory, text).named)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("珩教函〔2024〕58号怎么答复的", ["a.txt"]),
        ("教函[2024]58号，学位多少", ["a.txt"]),
        ("砚交函（2024）58号的日期", ["b.txt"]),
        ("珩政办规〔2023〕14号讲的是什么", ["a.txt"]),  # nobody bears it, a letter names it
        ("请问珩教函58号怎么答复的", ["a.txt"]),  # without the year
        ("砚交函第58号的日期", ["b.txt"]),
        ("第036号提案", ["b.txt"]),
        ("李某某委员说的学位缺口采纳没", ["a.txt"]),
        ("赵某某提的公交那件", ["b.txt"]),
        ("李某某学位多少", []),  # not named as a member
        ("珩渡市政府〔2024〕7号纪要谁记录的", ["c.txt"]),  # its number has no code
    ],
)
def test_a_number_leads_to_its_document(directory: Directory, text: str, sources: list[str]) -> None:
    assert _named(directory, text) == sources
    assert not _scope(directory, text).unknown


def test_a_number_that_nobody_bears_or_names_is_told(directory: Directory) -> None:
    scope = _scope(directory, "珩卫函〔2024〕58号怎么答复的")
    assert not scope.named
    assert scope.unknown == ("珩卫函(2024)58号",)


def test_districts_that_a_letter_speaks_of(directory: Directory) -> None:
    assert set(_scope(directory, "2023年榆舫和芷桥学位差几个").strangers) == {"榆舫", "芷桥"}
    assert set(directory.districts_around(("珩渡",))) <= {"榆舫区", "芷桥区"}


def test_a_district_has_the_suffix_that_its_own_city_writes() -> None:
    spoken = Spoken()
    spoken.add("a", "榆舫区3050个、芷桥区2140个；榆舫区、芷桥区仍不足。")
    spoken.add("b", "榆舫县12家，榆舫县、青石区另有3家。")
    assert (spoken.full("榆舫", {"a"}), spoken.full("榆舫", {"b"})) == ("榆舫区", "榆舫县")


def test_an_agency_that_only_another_place_has(directory: Directory) -> None:
    assert _scope(directory, "珩渡交通局的答复文号").elsewhere == ("砚沂市交通运输局",)
    assert not _scope(directory, "珩渡教育局的答复文号").elsewhere
    assert not _scope(directory, "砚沂交通局的答复文号").elsewhere


def test_a_number_that_only_another_place_bears(directory: Directory) -> None:
    scope = _scope(directory, "珩渡第036号提案是谁提的")
    assert (scope.named, scope.absent) == ((), ("36",))
    assert not _scope(directory, "砚沂第036号提案是谁提的").absent
    assert not _scope(directory, "第036号提案是谁提的").absent


def test_of_several_with_one_number_the_one_on_what_is_asked(directory: Directory) -> None:
    ids = [head["id"] for head in directory.heads if head["source"] in ("a.txt", "b.txt")]
    sources = {head["id"]: head["source"] for head in directory.heads}
    assert [sources[i] for i in directory.about(ids, ["公交", "委员"])] == ["b.txt"]
    assert directory.about(ids, ["养犬"]) == ids


def test_the_name_of_a_scheme_leads_to_the_few_documents_that_hold_it(directory: Directory) -> None:
    [letter] = [head["id"] for head in directory.heads if head["source"] == "a.txt"]
    assert directory.told_by_few(["学位"]) == {"学位": frozenset([letter])}
    assert directory.told_by_few(["不足", "充电桩"]) == {}, "no name, or in no document"
    assert set(directory.told_by_few(["学位", "学位保障"])) <= {"学位", "学位保障"}


def test_the_name_of_a_site_leads_to_the_few_documents_that_hold_it(directory: Directory) -> None:
    [letter] = [head["id"] for head in directory.heads if head["source"] == "b.txt"]
    assert directory.told_by_few(["石埠中学"]) == {"石埠中学": frozenset([letter])}
    assert directory.told_by_few(["中学"]) == {}


def test_the_whole_name_of_a_member_leads_to_the_few_documents_that_hold_it(directory: Directory) -> None:
    assert directory.persons_in("李某某要的学位，赵某的公交") == ["李某某"]
    (letter,) = directory.told_by_few(["李某某"])["李某某"]
    assert letter in {h["id"] for h in directory.heads if h["issuer"] == "珩渡市教育局"}
