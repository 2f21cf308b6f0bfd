"""Makes the samples in office formats from their plain texts: ``python -m corpus.convert``.

Files whose making needs a tool that is missing are named, the others are made. ``--check`` only
reads what is there and compares it with the texts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from corpus.check import differences
from corpus.plan import PLAN, Made
from corpus.texts import SAMPLES
from corpus.writers import MissingTool
from policyqa.errors import PolicyQAError


def main(arguments: Sequence[str] | None = None) -> int:
    """Make or check the files; 1 when one could not be made or says something else."""
    parser = argparse.ArgumentParser(prog="python -m corpus.convert", description=__doc__)
    parser.add_argument("names", nargs="*", help="only samples whose file name holds one of these")
    parser.add_argument("--check", action="store_true", help="make nothing, compare what is there")
    options = parser.parse_args(arguments)
    failed = 0
    for made in PLAN:
        if options.names and not any(name in made.file for name in options.names):
            continue
        wrong = _one(made, not options.check)
        failed += bool(wrong)
        print(f"{made.file}: {'; '.join(wrong) or 'ok'}", flush=True)
    return int(failed > 0)


def _one(made: Made, write: bool) -> list[str]:
    path = SAMPLES / made.file
    try:
        if write:
            path.write_bytes(made.bytes())
        return differences(made, path)
    except (MissingTool, PolicyQAError, OSError) as error:
        return [str(error)]


if __name__ == "__main__":
    sys.exit(main())
