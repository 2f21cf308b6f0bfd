"""Every document of the corpus, and the letters in golden/letters, each an invented hard case, against
what a person found in it: tests/ingest/golden/<name>.json.

``pytest tests/ingest/test_golden.py --write-golden`` writes the files that are missing from what
parsing finds, with ``"reviewed": false``. They fail until somebody has read the document beside the
file, mended one or the other, and set it to true. ``"known"`` says what is known to be wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from corpus_files import corpus_file

from ingest.parse import parse
from policyqa.output import document_head
from policyqa.schema import Document, Passage

CORPUS = Path(__file__).parents[2] / "corpus"
GOLDEN = Path(__file__).parent / "golden"
LETTERS = GOLDEN / "letters"
DOCUMENTS = [
    CORPUS / "nanchuan-2024-58.txt",
    *sorted((CORPUS / "samples").iterdir()),
    *sorted(LETTERS.iterdir()),
]


def described(document: Document, passages: list[Passage]) -> dict[str, Any]:
    """What a golden file holds of a parsed document."""
    head = {
        name: value
        for name, value in document_head(document).items()
        if name not in ("id", "source") and value not in ("", None, [])
    }
    claims = [p for p in passages if p.role == "claim"]
    promises = [p for p in passages if p.role == "commitment"]
    body = [p for p in passages if p.role == "body"]
    shown = [*body[:1], *body[len(body) // 2 :][:1], *body[-1:], *claims, *promises[:1], *promises[-1:]]
    return {
        "source": document.source,
        "head": head,
        "located": {
            name: document.body[span.start : span.end]
            for name, span in sorted(document.located.items())
            if name not in ("contact", "note")
        },
        "sections": [f"{section.role}: {' › '.join(section.path)}" for section in document.sections],
        "tables": [f"{' | '.join(table.headings)} × {len(table.rows)}" for table in document.tables],
        "passages": dict(Counter(p.role for p in passages)),
        "roles": [
            {"role": p.role, "section": p.section[-1] if p.section else "", "text": p.text}
            for p in sorted({p.id: p for p in shown}.values(), key=lambda p: p.ordinal)
        ],
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_parsed_as_a_person_reads_it(path: Path, pytestconfig: pytest.Config) -> None:
    document, passages = parse(
        corpus_file(path), path.relative_to(GOLDEN if LETTERS in path.parents else CORPUS).as_posix()
    )
    found = described(document, passages)
    file = GOLDEN / f"{path.stem}.json"
    if not file.is_file():
        if not pytestconfig.getoption("--write-golden"):
            pytest.fail(f"{file.name} is missing: run with --write-golden, then review it", pytrace=False)
        file.write_text(
            json.dumps({"reviewed": False, "known": "", **found}, ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )
    expected = json.loads(file.read_text("utf-8"))
    reviewed = expected.pop("reviewed")
    expected.pop("known")
    assert found == expected
    assert reviewed is True, f"{file.name}: read the document beside it, then set reviewed to true"


def test_every_golden_file_has_its_document() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == {path.stem for path in DOCUMENTS}
