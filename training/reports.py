"""The work reports as files to ingest: python -m training.reports WORK_REPORTS.jsonl FOLDER.

Each line of the collection, ``{"year", "title", "text"}``, becomes ``<year>.txt``, title first.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collection", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    if not arguments.collection.is_file():
        parser.error(f"there is no file {arguments.collection}; the work reports are not part of the project")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for line in arguments.collection.read_text("utf-8").splitlines():
        report = json.loads(line)
        file = arguments.folder / f"{report['year']}.txt"
        file.write_text(f"{report['title']}\n{report['text']}", encoding="utf-8")


if __name__ == "__main__":
    main()
