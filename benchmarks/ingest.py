"""How fast documents are taken in: python -m benchmarks.ingest [--texts N] [--runs N].

By kind of file: documents and passages a second, the share of the time spent in the model, peak memory
(this process and the largest of its children together), and for text files the ratio to the plain way
(LangChain's recursive splitter, its HuggingFaceEmbeddings on the same model, Chroma.from_documents, one
process). Then how long a plan of unchanged files takes, and after how long a running reader sees one
changed letter. Each measurement runs in a process of its own, with the model loaded before the clock
starts; medians are reported.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ingest.formats.text import read
from ingest.pipeline import ingest
from policyqa.embed import SentenceEmbeddings
from policyqa.settings import Settings
from policyqa.store import Store

SAMPLES = Path("corpus/samples")
SCANS = 2
"""How many scans are read: each page takes seconds."""

SEEN_WITHIN = 120.0
"""Seconds after which a change that no reader sees is an error."""


class Timed(SentenceEmbeddings):
    """The model with a clock: ``inside`` is the seconds spent in it."""

    inside = 0.0

    def encode(self, *arguments: Any, **named: Any) -> np.ndarray[Any, np.dtype[np.float32]]:
        begun = time.perf_counter()
        try:
            return super().encode(*arguments, **named)
        finally:
            self.inside += time.perf_counter() - begun


class Hashed(SentenceEmbeddings):
    """Vectors by the hash of the text, for what is measured without the model."""

    identity = "hashed/1"  # type: ignore[assignment]

    def encode(
        self, texts: Any, prompt: str = "passage", done: Any = None
    ) -> np.ndarray[Any, np.dtype[np.float32]]:
        rows = [np.random.default_rng(abs(hash(text))).standard_normal(384) for text in texts]
        found = np.asarray(rows, dtype=np.float32).reshape(len(rows), 384)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def model() -> Timed:
    found = Timed.from_settings(Settings())
    assert isinstance(found, Timed)
    found.warm()
    found.inside = 0.0
    return found


# --- what is measured, each in a process of its own ------------------------------------------------


def ours(folder: Path, store: Path) -> dict[str, float]:
    embeddings = model()
    begun = time.perf_counter()
    summary = ingest([folder], store, embeddings)
    seconds = time.perf_counter() - begun
    if summary.failed:
        raise SystemExit(f"could not be read: {summary.failed}")
    return {
        "seconds": seconds,
        "documents": len(summary.added),
        "passages": summary.passages,
        "model": embeddings.inside / seconds,
    }


def plain(folder: Path, store: Path) -> dict[str, float]:
    """The way of most tutorials, on the model folder that the project uses."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from policyqa.e5 import ensure_model

    embeddings = HuggingFaceEmbeddings(model_name=str(ensure_model(Settings().cache)))
    embeddings.embed_query("预热")
    begun = time.perf_counter()
    files = sorted(folder.rglob("*.txt"))
    whole = [Document(path.read_text("utf-8-sig"), metadata={"source": path.name}) for path in files]
    parts = RecursiveCharacterTextSplitter(chunk_size=300, chunk_overlap=50).split_documents(whole)
    Chroma.from_documents(parts, embeddings, persist_directory=str(store))
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "documents": len(whole), "passages": len(parts)}


def planned(folder: Path, store: Path) -> dict[str, float]:
    embeddings = Hashed()
    ingest([folder], store, embeddings)
    begun = time.perf_counter()
    summary = ingest([folder], store, embeddings)
    seconds = time.perf_counter() - begun
    if summary.added or summary.updated or summary.failed:
        raise SystemExit(f"the folder should be unchanged: {summary.as_json()}")
    return {"seconds": seconds, "documents": len(summary.unchanged)}


def seen(folder: Path, store: Path) -> dict[str, float]:
    """From the start of the ingest of one changed letter until a running reader finds the change."""
    embeddings = model()
    # Thousands of passages need vectors but no meaning here; those of the changed letter are real.
    quick = Hashed()
    quick.identity = embeddings.identity
    ingest([folder], store, quick)
    changed = min(folder.iterdir(), key=lambda path: (path.stat().st_size, path.name))
    news = "二〇二四年新增公共书屋三百一十七间。"
    found = threading.Event()
    with Store(store, embeddings) as opened:
        passages = opened.catalog.counts()[1]

        def ask() -> None:
            while not found.is_set():
                with opened.index() as index:
                    ids = [i for i, _ in index.lexical(news, 3)]
                    if any(news in passage.text for passage in opened.catalog.passages(ids)):
                        found.set()
                time.sleep(0.05)

        changed.write_text(changed.read_text("utf-8") + "\n" + news + "\n", "utf-8")
        reader = threading.Thread(target=ask, daemon=True)
        reader.start()
        begun = time.perf_counter()
        writer = threading.Thread(target=ingest, args=([folder], store, embeddings), daemon=True)
        writer.start()
        if not found.wait(SEEN_WITHIN):
            raise SystemExit(f"the change was not seen within {SEEN_WITHIN:.0f} s")
        seconds = time.perf_counter() - begun
        reader.join()
        writer.join()
    return {"seconds": seconds, "documents": 1, "passages": passages}


MEASURED = {"ours": ours, "plain": plain, "planned": planned, "seen": seen}


# --- what it is measured on ------------------------------------------------------------------------


def cloned(folder: Path, count: int) -> None:
    """So many letters like those of the samples, every one with figures and names of its own."""
    texts = [read(path).text for path in sorted(SAMPLES.glob("*.txt"))]
    chance = random.Random(20240614)
    folder.mkdir(parents=True)
    for number in range(count):
        text = texts[number % len(texts)]
        digits = str.maketrans({digit: chance.choice("123456789") for digit in "123456789"})
        words = [("推进", "推动"), ("加强", "强化"), ("工作", "事项"), ("建设", "营造"), ("积极", "主动")]
        for old, new in words:
            if chance.random() < 0.5:
                text = text.replace(old, new)
        if number >= len(texts):
            text = text.translate(digits)
        # A number of its own, or some would be versions of others.
        text = re.sub(r"〕\d+号", f"〕{1000 + number}号", text)
        (folder / f"letter{number:05}.txt").write_text(text, "utf-8")


def copied(folder: Path, files: Iterable[Path]) -> None:
    folder.mkdir(parents=True)
    for path in files:
        shutil.copy(path, folder / path.name)


def measure(name: str, folder: Path, work: Path, runs: int) -> dict[str, float]:
    """The medians of some runs, each in a new process with a new store."""
    rows = []
    for run in range(runs):
        store = work / f"store-{name}-{folder.name}-{run}"
        data = folder
        if name == "seen":  # it changes a file
            data = Path(shutil.copytree(folder, work / f"{folder.name}-{run}"))
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.ingest", "--measure", name, str(data), str(store)],
            stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        rows.append(json.loads(ran.stdout.splitlines()[-1]))
        shutil.rmtree(store, ignore_errors=True)
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def line(name: str, row: dict[str, float]) -> None:
    seconds, documents, passages = row["seconds"], row["documents"], row["passages"]
    share = f"{100 * row['model']:.0f} %" if "model" in row else "-"
    print(
        f"{name:12}{documents:6.0f}{passages:10.0f}{seconds:9.1f}{documents / seconds:9.2f}"
        f"{passages / seconds:12.1f}{share:>8}{row['memory']:9.0f}",
        flush=True,
    )


def report(arguments: argparse.Namespace, work: Path) -> None:
    cloned(work / "text", arguments.texts)
    copied(work / "docx", SAMPLES.glob("*.docx"))
    scans = scanned()
    copied(work / "scan", scans[:SCANS])
    copied(work / "pdf", (path for path in SAMPLES.glob("*.pdf") if path not in scans))
    heads = ("documents", "passages", "seconds", "docs/s", "passages/s", "model", "MB")
    print(
        f"{'':9}{heads[0]:>9}{heads[1]:>10}{heads[2]:>9}{heads[3]:>9}{heads[4]:>12}{heads[5]:>8}{heads[6]:>9}"
    )
    found = {}
    for kind in ("text", "docx", "pdf", "scan"):
        found[kind] = measure("ours", work / kind, work, arguments.runs)
        line(kind, found[kind])
    tutorial = measure("plain", work / "text", work, arguments.runs)
    line("plain, text", tutorial)
    mine = found["text"]
    documents = tutorial["seconds"] / mine["seconds"]
    passages = documents * mine["passages"] / tutorial["passages"]
    print(f"text files: {documents:.1f} times the plain way's documents a second,", end=" ")
    print(f"{passages:.1f} times its passages a second (ours are shorter and more)", flush=True)

    cloned(work / "unchanged", arguments.files)
    row = measure("planned", work / "unchanged", work, 1)
    print(f"an unchanged folder of {row['documents']:.0f} files: {row['seconds']:.2f} s", flush=True)
    # A letter of the samples has some 23 passages.
    cloned(work / "large", max(20, arguments.passages // 23))
    row = measure("seen", work / "large", work, arguments.runs)
    print(f"one changed letter among {row['passages']:.0f} passages: seen after {row['seconds']:.1f} s")


def scanned() -> list[Path]:
    """The samples in PDF that are pictures."""
    from pypdfium2 import PdfDocument

    found = []
    for path in sorted(SAMPLES.glob("*.pdf")):
        with PdfDocument(path) as document:
            if not any(page.get_textpage().get_text_bounded().strip() for page in document):
                found.append(path)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=100, help="text files")
    parser.add_argument("--files", type=int, default=1000, help="files of the unchanged folder")
    parser.add_argument("--passages", type=int, default=10_000, help="passages beside the changed letter")
    parser.add_argument("--runs", type=int, default=3, help="medians are taken of so many")
    parser.add_argument("--measure", nargs=3, metavar=("NAME", "FOLDER", "STORE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        name, folder, store = arguments.measure
        row = MEASURED[name](Path(folder), Path(store))
        mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        readers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(json.dumps({**row, "memory": (mine + readers) / 1024}))
        return
    with tempfile.TemporaryDirectory() as work:
        report(arguments, Path(work))


if __name__ == "__main__":
    main()
