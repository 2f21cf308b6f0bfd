"""What people say in a question as documents write it: short years, parts of a year, what was produced."""

from __future__ import annotations

import re

from policyqa.numerals import to_number

# 78年, 八三年, 九三年底, 82、84年 in a question: not 80年代, 90年来, 工作85年
_LAST_CENTURY = re.compile(
    r"(?<![\d.第满近过了a-zA-Z一二三四五六七八九十百千])(?P<decade>[789七八九])(?P<one>[\d〇零一二三四五六七八九])"
    r"(?=(?:[、和与跟及到至—－~-](?:19|20)?[0-2789七八九〇零][\d〇零一二三四五六七八九])*"
    r"年(?!代|级|来|内|间|期|制|后|多|产权|租|使用|房龄|的?历史|以[上下来]))"
)
_ASKED_AS = {"啥": "什么", "咋": "怎么"}
_SPOKEN_ASK = re.compile("[啥咋]")
_POLITE = re.compile(
    r"(?:烦请|敬请|麻烦|请)(?:您|你们?|贵单位)?(?:告知|告诉我们?|(?:帮忙?)?(?:查|问)一?下)[，,：:]?"
)
# 头几年免费的纸: no number is asked for
_SOME_YEARS = re.compile("[头前早]几年(?!级)")
_DIGITS = "〇一二三四五六七八九"


def _amount(match: re.Match[str]) -> str:
    return f"产量是多少{match['unit'] or ''}"


_PARTS_OF_A_YEAR = (
    (re.compile("最后一?个?季度|末季"), "四季度"),
    (re.compile("(?:头一?|首|第一)个?季度"), "一季度"),
    (re.compile("[前头]六个月|[前头]半年"), "上半年"),
    (re.compile("后六个月|后半年"), "下半年"),
)
_FIRST_MONTHS = re.compile("[前头](?P<count>[两二三四五七八九十])个月")
_FAMILY = re.compile("一家(?P<all>[两三四五六七八])口(?:人|子)?|(?P<count>[两三四五六七八])口之家")
# 租了900平标准厂房, 停3个钟头, 实付5000块的冰箱
_SQUARE_METRES = re.compile(r"(?P<number>\d[\d.]*万?)平(?![方米均安整台房常凡行时等度原])")
_HOURS = re.compile(r"(?P<number>\d[\d.]*|[半两三四五六七八九十])个(?P<half>半)?钟头?(?!点)")
_COINS = re.compile(r"(?P<number>\d{2,}[\d.]*)块(?=的|，|[？?]|$)")
_UNIT = "(?P<unit>[亿万]?[吨斤]|公斤)?"
_POWER = re.compile("发了?多少度?电(?![梯动信脑视池])")
_GRAIN = re.compile(f"[打产收]了?多少{_UNIT}粮食?")
_PRODUCT = re.compile(f"产了?多少{_UNIT}(?P<what>[㐀-鿿]{{1,4}})(?=[？?]?$)")


def in_writing(text: str) -> str:
    """A question in the words that documents have for its times and for what was produced.

    >>> in_writing("78年到82年粮食增产多少"), in_writing("2024年前六个月"), in_writing("前八个月")
    ('1978年到1982年粮食增产多少', '2024年上半年', '前8个月')
    >>> in_writing("86年发了多少电"), in_writing("86年打了多少吨粮食"), in_writing("86年产了多少钢？")
    ('1986年发电量是多少', '1986年粮食产量是多少吨', '1986年钢产量是多少？')
    >>> in_writing("三口之家要交多少"), in_writing("头几年咋停了")
    ('3个人要交多少', '前些年怎么停了')
    >>> in_writing("租900平的厂房"), in_writing("停3个钟头"), in_writing("5000块的冰箱"), in_writing("平均")
    ('租900平方米的厂房', '停3个小时', '5000元的冰箱', '平均')
    >>> in_writing("烦请告知专职校医人数")
    '专职校医人数'
    """
    text = _POLITE.sub("", text)
    text = _SPOKEN_ASK.sub(lambda m: _ASKED_AS[m.group()], text)
    text = _SOME_YEARS.sub("前些年", text)
    for pattern, usual in _PARTS_OF_A_YEAR:
        text = pattern.sub(usual, text)
    text = _FIRST_MONTHS.sub(lambda m: f"前{to_number(m['count'])}个月", text)
    text = _POWER.sub("发电量是多少", text)
    text = _GRAIN.sub(lambda m: f"粮食{_amount(m)}", text)
    text = _PRODUCT.sub(lambda m: f"{m['what']}{_amount(m)}", text)
    text = _SQUARE_METRES.sub(r"\g<number>平方米", text)
    text = _HOURS.sub(lambda m: f"{m['number']}{'个半' if m['half'] else '个'}小时", text)
    text = _COINS.sub(r"\g<number>元", text)
    text = _FAMILY.sub(lambda m: f"{to_number(m['all'] or m['count'])}个人", text)
    return _LAST_CENTURY.sub(lambda m: f"19{_digit(m['decade'])}{_digit(m['one'])}", text)


def _digit(text: str) -> str:
    return text if text.isdecimal() and text.isascii() else str(_DIGITS.index(text.replace("零", "〇")))
