"""The command ``python -m ingest``."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Annotated

import typer

from ingest.folders import known_folders
from ingest.pipeline import Summary, ingest
from ingest.progress import Progress
from ingest.watch import follow
from policyqa.errors import PolicyQAError, UsageError
from policyqa.text import one_line
from policyqa.unread import unread_line

_NAMED = 20
"""Files of each kind that are named after an ingest; --json names all."""

_KEPT = "库中仍保留其中的文件；请检查共享盘是否已连接，确实不再需要的，用 policyqa documents remove 移除"


def main(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files and folders; without any, the folders ingested before.", show_default=False
        ),
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Folder of the store [default: $POLICYQA_STORE or store].")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Forget documents whose files are gone.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help="Go on and follow changes until Ctrl-C; for network shares that tell of no changes, set "
            "WATCHFILES_FORCE_POLLING=1.",
        ),
    ] = False,
    retry: Annotated[
        bool,
        typer.Option(
            "--retry",
            help="Read again also what could not be read before. Without it such files are told again unread "
            "until they, policyqa, or what helps it (LibreOffice, antiword, the extra ocr) change; "
            "those that could not be opened are tried at every ingest, those that took too long, too much "
            "memory or ended the reading process once a day.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one line of JSON.")] = False,
) -> None:
    """Read documents into the store; only what changed is read and embedded again."""
    progress = Progress()
    try:
        failed = _run(paths, store, prune, dry_run, watch, as_json, progress, retry)
    except PolicyQAError as error:
        progress.say(f"错误：{error}")
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        print("已停止；已完成的部分已保存，再次运行即可继续。", file=sys.stderr)
        raise typer.Exit(1) from None
    raise typer.Exit(1 if failed else 0)


def _run(
    paths: list[Path] | None, store: Path | None, prune: bool, dry_run: bool, watch: bool,
    as_json: bool, progress: Progress, retry: bool = False,
) -> bool:  # fmt: skip
    from policyqa.embed import SentenceEmbeddings
    from policyqa.settings import Settings

    settings = Settings()
    folder = store or settings.store
    chosen, missing = (paths, []) if paths else _known_roots(folder)
    embeddings = SentenceEmbeddings.from_settings(settings, progress.say)

    told: set[tuple[str, str]] = set()

    def once() -> bool:
        nonlocal retry
        summary = ingest(chosen, folder, embeddings, prune, dry_run, progress, settings.file_seconds, retry)
        retry = False  # a followed folder does it once
        _report(summary, as_json, dry_run, progress, told)
        return bool(summary.failed or summary.not_pruned)

    for root in missing:
        progress.say(f"没有文件夹 {root}，{_KEPT}")
    if watch and not dry_run:
        follow(chosen, once, progress.say)
        return False
    return once() or (prune and bool(missing))


def _known_roots(store: Path) -> tuple[list[Path], list[str]]:
    there, missing = known_folders(store)
    if there:
        return there, missing
    if missing:
        raise UsageError("没有文件夹 " + "、".join(missing), "检查共享盘是否已连接，或写明文件夹")
    if Path("corpus").is_dir():
        return [Path("corpus")], []
    raise UsageError("没有给出路径，以前也没有收录过文件夹", "写明文件夹：python -m ingest FOLDER")


def _report(
    summary: Summary, as_json: bool, dry_run: bool, progress: Progress, told: set[tuple[str, str]]
) -> None:
    """Tell what was done, or would be.

    Args:
        told: failures told before, which are not told again while a folder is followed; grows.
    """
    lists = (("新增", summary.added), ("更新", summary.updated), ("移除", summary.removed))
    for name, sources in () if dry_run else lists:
        for source in sources[:_NAMED]:
            progress.say(f"{name} {source}")
        if len(sources) > _NAMED:
            progress.say(f"{name} …… 另有 {len(sources) - _NAMED} 个")
    for pair in summary.near_duplicates:
        one, other = pair["sources"]
        alike = math.floor(pair["similarity"] * 100)
        progress.say(f"内容相近（{alike}%），请核对是否都要保留：{one} 与 {other}")
    failures = {(failure["source"], failure["error"]) for failure in summary.failed}
    for failure in summary.failed:
        if (failure["source"], failure["error"]) not in told:
            progress.say(f"未能读取 {failure['source']}：{unread_line(failure['error'])}")
    for root in summary.not_pruned:
        if (root, _KEPT) not in told:
            progress.say(f"没有清理 {root}：文件夹里一个文件也没有，{_KEPT}")
    if summary.not_retried and any(failure not in told for failure in failures):
        progress.say(
            f"其中 {len(summary.not_retried)} 个以前就未能读取，又没有变，这次没有再读；要再读，加 --retry"
        )
    told |= failures
    told |= {(root, _KEPT) for root in summary.not_pruned}
    counts = "，".join(f"{name} {len(sources)}" for name, sources in lists)
    progress.say(
        f"{'将' if dry_run else '已'}{counts}，未变 {len(summary.unchanged)}，"
        f"未能读取 {len(summary.failed)}；"
        f"库中{'现' if dry_run else '共'}有 {summary.passages} 个段落，用时 {summary.seconds:.1f} 秒"
    )
    if as_json:
        print(json.dumps(summary.as_json(), ensure_ascii=False), flush=True)
    elif dry_run:
        for name, sources in lists:
            for source in sources:
                print(f"{name}\t{one_line(source)}")


if __name__ == "__main__":
    typer.run(main)
