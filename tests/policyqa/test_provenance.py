"""Invented documents are told from real ones by what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats import read_file
from ingest.parse import parse
from ingest.sources import find_files
from policyqa.provenance import is_invented
from policyqa.schema import Document

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize(
    ("line", "invented"),
    [
        ("（样例文件：地名、机构、人名、数据均为虚构）", True),
        ("▲ 样例文本，数据虚构，机构虚构", True),
        ("虚构交易、拒绝出具发票的，一经查实，立即清出名单。", False),
        ("附件：申报材料样例", False),
        ("（文中地名、数字皆属杜撰）", True),
        ("【本件纯属编拟，仅用于程序检验】", True),
        ("（公报为虚拟样例，不代表任何实际地方的统计结果）", True),
        ("（此件公开发布）", False),
        ("以上数据为快报数，请以统计公报为准。", False),
        ("本办法由市虚拟现实产业办公室负责解释。", False),
        ("本办法由市虚拟电厂办公室负责解释。", False),
        ("关于印发《虚拟电厂试点实施方案》的通知", False),
        ("（如有编造、虚构，本人承担全部责任）", False),
        ("以上材料如属编造，一经查实，取消资格。", False),
        ("", False),
    ],
)
def test_what_a_line_declares(line: str, invented: bool) -> None:
    body = f"关于第035号提案的答复函\n\n李委员：\n现答复如下。\n{line}\n"
    assert is_invented(Document("d1", "a.txt", body)) is invented


def test_every_sample_of_the_corpus_declares_itself_and_the_real_letter_does_not() -> None:
    files, _ = find_files([CORPUS])
    declared = {}
    for file in files:
        if file.path.suffix == ".txt":
            document, _ = parse(read_file(file.path).text, file.source)
            declared[file.source] = is_invented(document)
    assert declared.pop("nanchuan-2024-58.txt") is False
    assert declared
    assert not [source for source, invented in declared.items() if not invented]
