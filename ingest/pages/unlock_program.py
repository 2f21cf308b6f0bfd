"""Writes a PDF again without its encryption; arguments: from, to, bytes of memory, bytes of the file.

A program of its own, which imports nothing of ours: opening an encrypted PDF unpacks parts of it
before anyone could look at their size, so it is done where memory is bounded and a crash harms no
one. Exit status: 0, or ``FAILED`` and PDFium's error.
"""

from __future__ import annotations

import resource
import sys

FAILED = 100


def main(source: str, target: str, memory: int, size: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2
    from pypdfium2.raw import FPDF_REMOVE_SECURITY

    try:
        document = pypdfium2.PdfDocument(source)
        document.save(target, flags=FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError as error:
        return FAILED + (getattr(error, "err_code", None) or 0)
    return 0


if __name__ == "__main__":
    # At once, without the library's tidying up, which may fail within the limits.
    import os

    os._exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
