"""Three short letters, and what tests ask of a store of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fakes import FakeEmbeddings

from ingest.pipeline import Summary
from policyqa.index import current
from policyqa.store import Store

SCHOOLS = "2023年新建学校12所，累计79所。"
BEDS = "2023年新增养老床位420张，年末3560张。"
ROADS = "截至2022年底，农村公路2063公里。"
NEWS = "第三产业增长5%。"

LETTERS = {
    "甲.txt": (
        "乙区教育局\n乙教函〔2024〕8号\n\n关于第035号提案的答复函\n\n李某委员：\n\n"
        f"{SCHOOLS}\n\n乙区教育局\n2024年6月14日\n"
    ),
    "乙.txt": f"乙区民政局\n\n关于第118号提案的答复\n\n尹某委员：\n\n{BEDS}\n\n乙区民政局\n2024年5月17日\n",
    "sub/丙.txt": (
        f"乙区交通局\n\n关于第88号提案的答复函\n\n冯某委员：\n\n{ROADS}\n\n乙区交通局\n2023年7月14日\n"
    ),
}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def told(summary: Summary) -> dict[str, list[str]]:
    """The lists of a summary, sorted."""
    return only(
        added=summary.added,
        updated=summary.updated,
        unchanged=summary.unchanged,
        removed=summary.removed,
        failed=[failure["source"] for failure in summary.failed],
    )


def only(**lists: Sequence[str]) -> dict[str, list[str]]:
    """The lists of a summary that has nothing but these."""
    names = ("added", "updated", "unchanged", "removed", "failed")
    return {name: sorted(lists.get(name, ())) for name in names}


def found(opened: Store, query: str, k: int = 3) -> list[str]:
    """What a store finds now, by vector and by words."""
    with opened.index() as index:
        ids = [i for i, _ in index.dense(opened.embeddings.embed_query(query), k)]
        ids += [i for i, _ in index.lexical(query, k)]
        return [p.text for p in opened.catalog.passages(list(dict.fromkeys(ids)))]


def found_in(store: Path, model: FakeEmbeddings, query: str, k: int = 3) -> list[str]:
    """What a reader finds that opens the store now."""
    with Store(store, model) as opened:
        return found(opened, query, k)


def live(store: Path) -> Path:
    """The folder of the live generation."""
    folder = current(store)
    assert folder is not None
    return folder


def snapshot(store: Path) -> dict[str, tuple[int, int]]:
    """Every file of a store with its time and size, but for those that reading touches."""
    return {
        path.relative_to(store).as_posix(): (path.stat().st_mtime_ns, path.stat().st_size)
        for path in sorted(store.rglob("*"))
        if path.is_file() and path.name not in ("lock", "in-use") and not path.name.endswith(("-wal", "-shm"))
    }
