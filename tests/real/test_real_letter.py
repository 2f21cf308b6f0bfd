"""The questions that the product starts from, asked of the real letter alone and among all samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from policyqa import Assistant
from policyqa.embed import SentenceEmbeddings
from policyqa.settings import Settings

pytestmark = pytest.mark.model

LETTER = Path(__file__).parents[2] / "corpus" / "nanchuan-2024-58.txt"
ANSWERS = {
    "2023年新培育市级专精特新中小企业多少家？": "36家",
    "专精特新中小企业累计有多少家？": "79家",
    "规上工业企业利润增速列全市第几？": "第6位",
    "中医药产业增加值增长多少？": "2.3倍",
    "签约项目和开工项目各多少个？": "89个；41个",
    "商业价值信用贷发放了多少？": "1.28亿元",
    "58号函是答复谁的？": "李德勇委员",
    "035号提案的标题是什么？": "关于加快我区先进制造业发展的建议",
}
NOT_SAID = ("2022年新培育了多少家？", "南川区GDP是多少？")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("letter")
    (folder / LETTER.name).write_bytes(LETTER.read_bytes())
    store = tmp_path_factory.mktemp("letter-store")
    ingest([folder], store, SentenceEmbeddings.from_settings(Settings()))
    opened = Assistant.open(store)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def among(real_store: Path) -> Iterator[Assistant]:
    opened = Assistant.open(real_store)
    yield opened
    opened.close()


@pytest.mark.parametrize(("question", "short"), ANSWERS.items())
def test_alone_the_letter_answers(alone: Assistant, question: str, short: str) -> None:
    answer = alone.ask(question)
    assert (answer.status, answer.short) == ("answered", short)
    assert answer.citations
    for citation in answer.citations:
        assert citation.document.body[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(("question", "short"), ANSWERS.items())
def test_among_invented_samples_the_real_letter_answers_first(
    among: Assistant, question: str, short: str
) -> None:
    """Several letters have the number 58 or 035: the real one leads, the others follow."""
    answer = among.ask(question)
    assert answer.status == "answered"
    assert f"{answer.short}；".startswith(f"{short}；")
    assert answer.citations[0].document.source == LETTER.name


@pytest.mark.parametrize("question", NOT_SAID)
@pytest.mark.parametrize("where", ["alone", "among"])
def test_what_the_letter_does_not_say_is_declined(
    where: str, question: str, request: pytest.FixtureRequest
) -> None:
    assistant: Assistant = request.getfixturevalue(where)
    answer = assistant.ask(question)
    assert answer.status == "not_found"
    assert answer.nearest
