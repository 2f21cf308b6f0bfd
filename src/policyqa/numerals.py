"""Numbers in figures and in Chinese characters. The home module of cn2an."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from policyqa.text import fold

MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MAGNITUDE = re.compile(r"[十百千万亿]")
_PLAIN = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]*)")
# Characters that other writings of the same digit become.
_VARIANTS = str.maketrans(
    "零○ＯOo廿卅仟佰萬億貳贰参叁肆伍陆柒捌玖拾壹", "〇〇〇〇〇廿卅千百万亿二二三三四五六七八九十一"
)


@lru_cache(maxsize=4096)
def to_number(text: str) -> Decimal | None:
    """The value of a number in Arabic or Chinese digits, with magnitudes; None when it is none.

    >>> [str(to_number(t)) for t in ("4,523,000", "1.28亿", "壹拾万", "两百三十", "二〇二四", "廿", "百")]
    ['4523000', '128000000', '100000', '230', '2024', '20', '100']
    """
    text = fold(text).replace(",", "").replace("，", "").replace(" ", "")
    if plain := _PLAIN.fullmatch(text):
        factor = 1
        for magnitude in plain[2]:
            factor *= MAGNITUDES[magnitude]
        try:
            return _tidy(Decimal(plain[1]) * factor)
        except InvalidOperation:
            return None
    text = text.translate(_VARIANTS).replace("两", "二")
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not re.fullmatch(r"[〇一二三四五六七八九十百千万亿点\d.]+", text):
        return None
    if re.match(r"[百千万亿]", text):
        # 百, 千万: a bare magnitude counts once; cn2an refuses it.
        text = "一" + text
    if not _MAGNITUDE.search(text) and "点" not in text:
        digits = "".join(str("〇一二三四五六七八九".find(c)) for c in text)
        return Decimal(digits) if "-" not in digits else None
    import cn2an

    try:
        return _tidy(Decimal(str(cn2an.cn2an(text.replace("〇", "零"), "smart"))))
    except (ValueError, KeyError, InvalidOperation):  # cn2an has no place for the second 一 of 一亿一
        return None


def _tidy(value: Decimal) -> Decimal:
    """Without needless zeros and exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
