"""Chinese fonts of the system, cut down to the characters that a document needs."""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from pathlib import Path

from corpus.writers import MissingTool

_FONTS = {
    "serif": (
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "/usr/share/fonts/truetype/arphic/uming.ttc",
    ),
    "sans": (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    ),
}


def font_with(text: str, family: str = "serif") -> Path:
    """A font file with the characters of a text; embedding a whole one takes seconds and megabytes.

    Args:
        family: ``serif`` (宋体) or ``sans`` (黑体); the other one where only that is installed.

    Raises:
        MissingTool: there is no Chinese font, or fonttools is missing.
    """
    return _subset("".join(sorted({*text, *map(chr, range(32, 127)), *"—－·☐"} - {"\n"})), family)


@cache
def _subset(characters: str, family: str) -> Path:
    try:
        from fontTools import subset
        from fontTools.ttLib import TTCollection, TTFont
    except ImportError as error:
        raise MissingTool("fonts are cut down by fonttools: install the extra test") from error
    for name in (*_FONTS[family], *(f for files in _FONTS.values() for f in files)):
        if not Path(name).is_file():
            continue
        faces = TTCollection(name).fonts if name.endswith(".ttc") else [TTFont(name)]
        wanted = [face for face in faces if " SC" in str(face["name"].getDebugName(4))] or faces
        face = wanted[0]
        if ord("委") not in face.getBestCmap():
            continue
        face.recalcTimestamp = False
        subsetter = subset.Subsetter(subset.Options(layout_features=[], notdef_outline=True))
        subsetter.populate(text=characters)
        subsetter.subset(face)
        digest = hashlib.sha256(characters.encode()).hexdigest()[:8]
        target = Path(tempfile.mkdtemp(prefix="policyqa-font-")) / f"{family}-{digest}.ttf"
        face.save(target)
        return target
    raise MissingTool("there is no Chinese font: install the Debian package fonts-noto-cjk")
