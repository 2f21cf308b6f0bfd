"""References travel through the browser: they are read back with distrust."""

from __future__ import annotations

import pytest
from fake_assistant import LOCKED, SME, TWO, UNKNOWN, FakeAssistant

from policyqa.schema import Turn
from ui.conversation import Conversation, Failure, Reference


def turn(question: str) -> Turn:
    return Turn(question, FakeAssistant().ask(question))


CONVERSATION = Conversation((turn(SME), Failure(LOCKED, "出错"), turn(TWO), turn(UNKNOWN)))


@pytest.mark.parametrize(
    ("written", "quote", "total"),
    [
        ("0-citation-0", "新培育市级“专精特新”中小企业36家，累计达79家。", 1),
        ("2-citation-1", "完善助企服务机制，为规上企业配备“一对一”企业服务专员76名，", 2),
        (
            "3-nearest-1",
            "全区共引进长三角、珠三角、京津冀等企业57家，成渝双城经济圈企业10家，主城转移企业143家，",
            3,
        ),
    ],
)
def test_a_reference_finds_its_place_among_all_places_of_its_document(
    written: str, quote: str, total: int
) -> None:
    reference = Reference.parse(written)
    assert reference is not None
    assert str(reference) == written
    source = CONVERSATION.find(reference)
    assert source is not None
    place = dict(source.places)[reference]
    assert source.document.body[place.start : place.end] == quote
    assert (source.total, len(source.places)) == (total, total)


@pytest.mark.parametrize(
    "written",
    [
        *("", "0", "0-citation", "0-citation-0-0", "0-other-0", "-1-citation-0", "0-citation--1"),
        *("x-citation-0", "0-citation-x", "--citation-0", "０x-citation-0", None, 5, "0-citation-1.5"),
    ],
)
def test_what_is_no_reference_is_none(written: object) -> None:
    assert Reference.parse(written) is None


@pytest.mark.parametrize(
    "written", ["0-citation-1", "1-citation-0", "9-citation-0", "0-nearest-0", "3-citation-0"]
)
def test_a_reference_to_nothing_finds_nothing(written: str) -> None:
    reference = Reference.parse(written)
    assert reference is not None
    assert CONVERSATION.find(reference) is None


def test_failures_are_no_history() -> None:
    assert [turn.question for turn in CONVERSATION.history] == [SME, TWO, UNKNOWN]


def test_asking_and_ending() -> None:
    asking = CONVERSATION.asking("还有呢？")
    assert asking.pending == "还有呢？"
    ended = asking.ended(turn(SME))
    assert (ended.pending, len(ended.exchanges)) == ("", 5)
    assert CONVERSATION.pending == "", "the old value is unchanged"
