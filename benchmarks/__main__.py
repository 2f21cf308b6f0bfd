"""All benchmarks, one after another: python -m benchmarks [--cmrc FILE].

Each runs in a process of its own, so that none warms the next or shares its memory. What needs data
that is not part of the project is left out with a word when it is missing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, default=Path("out/bench-store"))
    parser.add_argument("--cmrc", type=Path, help="cmrc2018_trial.json")
    arguments = parser.parse_args()
    store = str(arguments.store)
    plan = [
        ["ingest", "corpus", "--store", store],
        ["benchmarks.asking", store],
        ["benchmarks.ingest"],
    ]
    if arguments.cmrc is None:
        print("no --cmrc FILE: search and reading on CMRC 2018 are left out", file=sys.stderr)
    else:
        plan += [[f"benchmarks.{name}", str(arguments.cmrc)] for name in ("search_cmrc", "read_cmrc")]
    failed = 0
    for command in plan:
        print(f"\n== {' '.join(command)}", flush=True)
        failed += subprocess.run([sys.executable, "-m", *command], check=False).returncode != 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
