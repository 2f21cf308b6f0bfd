"""The command ``policyqa``: ask, search, documents, evaluate, doctor.

With ``--json`` standard output holds one JSON object a line and nothing else; words and progress go
to standard error. Exit status: 0 fine, 1 something was refused or failed, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from policyqa.errors import PolicyQAError, UsageError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Answers from official Chinese documents, with the sentence that proves them.",
)
documents_app = typer.Typer(
    invoke_without_command=True, help="List, show or remove the documents of a store."
)
app.add_typer(documents_app, name="documents")

Store = Annotated[Path | None, typer.Option(help="Folder of the store [default: $POLICYQA_STORE or store].")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
Batch = Annotated[
    Path | None,
    typer.Option(help="A JSONL file: one object a line with the question, or - for standard input."),
]
Issuer = Annotated[
    str | None, typer.Option(help="Only documents of this issuer, in full or short: 南川经信委.")
]
Year = Annotated[int | None, typer.Option(help="Only documents dated in this year.")]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _print(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def _open(store: Path | None) -> Any:
    from policyqa.assistant import Assistant

    return Assistant.open(store, say=_say)


def _batch(file: Path, keys: tuple[str, ...]) -> Iterator[tuple[dict[str, Any] | UsageError, str]]:
    """The lines of a batch file with the question in each; for a bad line what is wrong with it.

    A line is an object with the question under one of ``keys``, or just a JSON string.
    """
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不了 {file}：{error}", "请给出 UTF-8 编码、每行一个 JSON 对象的文件") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield UsageError(f"第 {number} 行不是 JSON：{error}", "改正这一行"), ""
            continue
        row = {keys[0]: row} if isinstance(row, str) else row
        asked = (
            next((row[k] for k in keys if isinstance(row.get(k), str)), None)
            if isinstance(row, dict)
            else None
        )
        if asked is None:
            yield UsageError(f'第 {number} 行没有 "{keys[0]}"', "改正这一行"), ""
        else:
            yield row, asked


def _earlier(row: dict[str, Any]) -> list[str]:
    """The questions that a line of a batch gives as asked before."""
    history = row.get("history") or []
    asked = (
        [e.get("question") if isinstance(e, dict) else e for e in history]
        if isinstance(history, list)
        else [None]
    )
    if not all(isinstance(text, str) for text in asked):
        raise UsageError(f'"history" 不能是 {history!r}', '写成问题的列表：["…"] 或 [{"question": "…"}]')
    return [str(text) for text in asked]


def _run_batch(
    file: Path, keys: tuple[str, ...], work: Callable[[dict[str, Any], str], dict[str, Any]]
) -> bool:
    """Run a batch, a line of output a line of input; returns whether any line failed."""
    failed = False
    for row, asked in _batch(file, keys):
        try:
            if isinstance(row, UsageError):
                raise row
            output = work(row, asked)
            if "id" in row:
                output = {"id": row["id"], **output}
        except PolicyQAError as error:
            failed = True
            output = {"id": None if isinstance(row, UsageError) else row.get("id"), "error": str(error)}
            _say(f"错误：{error}")
        _print(output)
    return failed


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Chinese.")] = None,
    batch: Batch = None,
    store: Store = None,
    as_json: Json = False,
    issuer: Issuer = None,
    year: Year = None,
) -> None:
    """Ask a question; the answer comes with the sentences that prove it."""
    from policyqa import output

    if (question is None) == (batch is None):
        raise UsageError("请给出一个问题，或用 --batch 给出文件", '例如：policyqa ask "2023年新增多少家？"')
    assistant = _open(store)
    if batch is not None:

        def one(row: dict[str, Any], asked: str) -> dict[str, Any]:
            from policyqa.schema import Turn

            history: list[Turn] = []
            for text in _earlier(row):
                history.append(Turn(text, assistant.ask(text, history)))
            return output.answer(
                assistant.ask(asked, history, row.get("issuer", issuer), row.get("year", year))
            )

        raise typer.Exit(1 if _run_batch(batch, ("question", "query"), one) else 0)
    answer = assistant.ask(question or "", issuer=issuer, year=year)
    if as_json:
        _print(output.answer(answer))
        return
    print(answer.text)
    for number, citation in enumerate(answer.citations, 1):
        place = citation.document.source + (f"，第{citation.page}页" if citation.page else "")
        print(f"\n[{number}] {citation.document.name}（{place}）\n    {citation.quote}")
    if answer.status == "not_found":
        for hit in answer.nearest:
            print(
                f"\n  · {hit.passage.document.name}（{hit.passage.document.source}）\n    {hit.passage.text}"
            )


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    batch: Batch = None,
    store: Store = None,
    as_json: Json = False,
    k: Annotated[int, typer.Option("-k", help="How many passages.")] = 10,
    issuer: Issuer = None,
    year: Year = None,
) -> None:
    """Find the passages nearest to a query."""
    from policyqa import output

    if (query is None) == (batch is None):
        raise UsageError("请给出要查找的词句，或用 --batch 给出文件", "例如：policyqa search 专精特新")
    assistant = _open(store)
    if batch is not None:

        def one(row: dict[str, Any], asked: str) -> dict[str, Any]:
            hits = assistant.search(asked, row.get("k", k), row.get("issuer", issuer), row.get("year", year))
            return {"query": asked, "hits": [output.hit(h) for h in hits]}

        raise typer.Exit(1 if _run_batch(batch, ("query", "question"), one) else 0)
    hits = assistant.search(query or "", k, issuer, year)
    if as_json:
        for hit in hits:
            _print(output.hit(hit))
        return
    for number, hit in enumerate(hits, 1):
        print(f"{number:2}. {hit.score:6.2f}  {hit.passage.document.source}\n    {hit.passage.text}")


@documents_app.callback()
def documents(context: typer.Context, store: Store = None, as_json: Json = False) -> None:
    """List the documents of a store."""
    context.obj = {"store": store, "json": as_json}
    if context.invoked_subcommand is None:
        _list(store, as_json)


@documents_app.command("list")
def documents_list(context: typer.Context, store: Store = None, as_json: Json = False) -> None:
    """List the documents: source, issuer, number, date, title; and tell which files could not be read."""
    _list(store or context.obj["store"], as_json or context.obj["json"])


def _list(store: Path | None, as_json: bool) -> None:
    from policyqa import output, shown

    with _catalog(store) as catalog:
        for document in catalog.documents():
            if as_json:
                _print(output.document_head(document))
            else:
                print(shown.row(document))
        for line in shown.unread(catalog.sources()):
            _say(line)


@documents_app.command("show")
def documents_show(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(metavar="ID", help="An id of the list, or a source.")],
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Show one document: head, sources with notices, history, sections, figures, text."""
    from policyqa import output, shown

    with _catalog(store or context.obj["store"]) as catalog:
        document = _one(catalog, document_id)
        passages = catalog.passages_of(document.id)
        if as_json or context.obj["json"]:
            files = [output.source_file(row) for row in catalog.sources_of(document.id)]
            past = [output.earlier(one) for one in catalog.history(document.id)]
            _print({**output.document_whole(document, passages), "sources": files, "history": past})
            return
        for line in (*shown.head(document), *shown.files(catalog, document.id)):
            print(line)
        if document.sections:
            print("\n章节")
        for section in document.sections:
            print("  " * len(section.path) + section.path[-1])
        figures = [figure for passage in passages for figure in passage.figures or ()]
        if figures:
            print("\n数字")
        for figure in figures:
            print("  " + output.figure_line(figure))
        print("\n正文\n" + document.body)


@documents_app.command("remove")
def documents_remove(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(metavar="ID", help="An id of the list, or a source.")],
    store: Store = None,
) -> None:
    """Remove a document from the answers; its files stay where they are.

    It stays away while its files are unchanged. It comes back when a file changes, or when the file
    itself, not its folder, is given to the ingest: python -m ingest FOLDER/FILE.
    """
    from policyqa.catalog import Catalog
    from policyqa.index import current, describe
    from policyqa.settings import Settings
    from policyqa.store import drop_unused, refresh_index, writing

    folder = store or context.obj["store"] or Settings().store
    Catalog.of(folder).close()
    with writing(folder):
        catalog = Catalog.of(folder)
        document = _one(catalog, document_id)
        live = current(folder)
        catalog.remove_document(document.id)
        if live is not None:
            refresh_index(folder, catalog, describe(live).model)
        drop_unused(folder, catalog)
        catalog.close()
    _say(f"已移除 {document.source}；文件本身未动，文件不变就不会再收录")


def _catalog(store: Path | None) -> Any:
    from contextlib import closing

    from policyqa.catalog import Catalog
    from policyqa.settings import Settings

    return closing(Catalog.of(store or Settings().store))


def _one(catalog: Any, wanted: str) -> Any:
    document = catalog.document(wanted)
    if document is None:
        # Any of its files will do, not only the one that it is shown by.
        ids = [row.document_id for row in catalog.sources() if row.source == wanted and row.document_id]
        document = catalog.document(ids[0]) if ids else None
    if document is None:
        raise UsageError(f"没有文件 {wanted!r}", "先看清单：policyqa documents list")
    return document


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold questions, a JSON object a line.")],
    store: Store = None,
    split: Annotated[str | None, typer.Option(help="Only this split: tune or test.")] = None,
    details: Annotated[Path | None, typer.Option(help="Write every result to this JSONL file.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="Compare with an earlier run: the details file that it wrote.")
    ] = None,
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Write a report page (HTML, self-contained) to this file.")
    ] = None,
    as_json: Json = False,
    gate: Annotated[
        Path | None, typer.Option(help="A JSON file of limits; exit 1 when one is not met.")
    ] = None,
    every: Annotated[int, typer.Option(min=1, help="Only one question in so many, for a quick look.")] = 1,
) -> None:
    """Measure how often the assistant is right, and how often it rightly declines."""
    from policyqa import comparison, measures
    from policyqa.evaluate import failed_gates, run, write_details, write_file
    from policyqa.gold import load_gold
    from policyqa.report_text import comparison_table, table
    from policyqa.retrieval import available

    questions = [g for g in load_gold(gold) if split is None or g.split == split][::every]
    if not questions:
        raise UsageError(
            f"{gold} 里没有" + (f" {split} 部分的" if split else "") + "题目", "检查文件和 --split"
        )
    earlier = comparison.load_details(against) if against is not None else None
    assistant = _open(store)
    if not available():
        _say("未安装 ir-measures，不测检索（pip install 'policyqa[report]'）")
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bars:
        task = bars.add_task("提问", total=len(questions))
        results = run(
            assistant, questions, lambda n: bars.advance(task, n), available(), report_file is not None
        )
    report = measures.report(results)
    compared = comparison.compare(earlier, results) if earlier is not None else None
    if details is not None:
        write_details(results, details)
    if report_file is not None:
        from policyqa.report_page import Head, page

        documents = {d.source: d for d in assistant.documents()}
        head = Head.now(gold.name, len(documents), assistant.threshold, split or "")
        write_file(report_file, page(results, head, documents, compared))
        _say(f"评测报告：{report_file}")
    if as_json:
        _print(report if compared is None else {**report, "compared": comparison.as_json(compared)})
    else:
        print(table(report))
        if compared is not None:
            print("\n" + comparison_table(compared))
    failed = failed_gates(report["all"], gate) if gate is not None else []
    for line in failed:
        _say(f"未达标：{line}")
    if failed:
        raise typer.Exit(1)


@app.command()
def doctor(store: Store = None, as_json: Json = False) -> None:
    """Check the store, the index, the model and the last ingests."""
    from policyqa.doctor import NAMES, examine
    from policyqa.settings import Settings

    healthy = True
    for check in examine(store or Settings().store):
        healthy = healthy and check.ok
        if as_json:
            _print({"check": check.name, "ok": check.ok, "detail": check.detail, "next": check.hint})
        else:
            print(
                f"{'正常' if check.ok else '异常'}  {NAMES[check.name]}：{check.detail}"
                + (f"\n      → {check.hint}" if check.hint else "")
            )
    if not healthy:
        raise typer.Exit(1)


def main() -> None:
    """Run the command; errors meant for users become one line and an exit status."""
    try:
        app(standalone_mode=True)
    except PolicyQAError as error:
        _say(f"错误：{error}")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
