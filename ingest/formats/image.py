"""Scans and photographs of letters: one picture, or a TIFF of several pages."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.formats import RawText
from policyqa.errors import UnreadableFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

SUFFIXES = (".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".webp", ".gif")

MAX_PIXELS = 120_000_000
"""Of one page: A4 at 600 dpi has 35 million, A3 70."""
MAX_PAGES = 500
MAX_FILE = 500 * 2**20
"""Bytes of a file; 500 pages of a fax are 25 MiB."""
_MAX_WIDTH = 3600
"""Pixels that are kept of a page's width; more does not help recognition."""


def read(path: Path) -> RawText:
    """The text recognised on the pictures of a file.

    Raises:
        UnreadableFile: no picture, damaged, over a limit, without text, or the extra ``ocr`` is missing.
        OSError: cannot be opened.
    """
    from ingest.pages.flow import text_of
    from ingest.pages.furniture import without_furniture
    from ingest.pages.scan import notices, scanned

    sheets, confidences = [], {}
    for number, picture in enumerate(pictures(path), 1):
        sheet, confidence = scanned(picture)
        sheets.append(sheet)
        if sheet.characters:
            confidences[number] = (confidence, sheet.characters)
    if not confidences:
        raise UnreadableFile("no text was recognised on it", "scan it upright at 200 to 300 dpi")
    heads = without_furniture(sheets)
    text, pages = text_of(sheets)
    characters = sum(count for _, count in confidences.values())
    mean = sum(value * count for value, count in confidences.values()) / characters
    return RawText(text, "OCR", pages, round(mean, 4), notices(len(sheets), confidences, heads))


def pictures(path: Path) -> Iterator[NDArray[np.uint8]]:
    """The pages of a picture file in grey values [height, width], upright as its camera says.

    Raises:
        UnreadableFile: no picture, damaged, over a limit.
        OSError: cannot be opened.
    """
    from PIL import Image

    if (size := path.stat().st_size) > MAX_FILE:
        raise UnreadableFile(
            f"is {size / 2**20:.0f} MiB large, at most {MAX_FILE // 2**20} are read", "split it"
        )
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(file, formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"))
            # Only TIFF has pages; frames of others are animation and previews.
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        except MemoryError:
            raise
        except Exception as error:  # Pillow's readers raise whatever a damaged file leads them to
            raise _refusal(error) from error
        with image:
            if count > MAX_PAGES:
                raise UnreadableFile(f"has {count:,} pages, at most {MAX_PAGES} are read", "split it")
            for index in range(count):
                yield _page(image, index)


def _page(image: Image.Image, index: int) -> NDArray[np.uint8]:
    """One page of an open picture file."""
    import numpy as np
    from PIL import Image, ImageOps

    try:
        if index:
            image.seek(index)
        if image.width * image.height > MAX_PIXELS:
            raise UnreadableFile(
                f"has {image.width:,} × {image.height:,} pixels, at most {MAX_PIXELS:,} are read",
                "scan it at 300 dpi",
            )
        image.draft("L", (_MAX_WIDTH, _MAX_WIDTH))  # a JPEG that is too large is decoded smaller
        page = ImageOps.exif_transpose(_grey(image))
        if page.width > _MAX_WIDTH:
            page = page.resize(
                (_MAX_WIDTH, max(1, round(page.height * _MAX_WIDTH / page.width))), Image.Resampling.BOX
            )
        return np.asarray(page)
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:
        raise _refusal(error) from error


def _grey(image: Image.Image) -> Image.Image:
    """Grey values on white paper, whatever colours the file is in."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        # 16 bit: Pillow would cut off what is above 255.
        low, high = image.convert("F").getextrema()
        span = max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
        grey = image.convert("F").point(lambda v: (v - low) * (255.0 / span))
        flat = grey.convert("L")
        flat.getexif().update(image.getexif())
        return flat
    if "transparency" in image.info or image.mode in ("LA", "RGBA", "PA", "La", "RGBa"):
        shown = image.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown)
        return paper.convert("L")
    return image.convert("L")


def _refusal(error: Exception) -> UnreadableFile:
    from PIL import UnidentifiedImageError

    if isinstance(error, UnidentifiedImageError):
        return UnreadableFile(
            "is no picture (PNG, JPEG, TIFF, BMP, WebP or GIF)", "give it the ending of its true format"
        )
    return UnreadableFile(f"the picture is damaged: {error}", "replace it with a whole copy")
