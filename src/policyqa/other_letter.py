"""Whether a letter is another one than a question means: by who speaks in it, who asked, or of which year.

雁汀区财政局对第88号提案的会办意见是几号文 is not told by the reply of another bureau to that proposal,
however well its number fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.places import PARTY, abbreviates, agency_of
from policyqa.question import Question
from policyqa.schema import Document
from policyqa.text import fold

# The departments of a local government, as their names and the short forms of these begin.
_DEPARTMENT = (
    r"(?:发改|发展(?:和)?改革|教育|教(?=委)|科技|科学技术|经信|工信|经济(?:和)?信息|工业(?:和)?信息|公安|民政|司法|财政|人社|人力"
    r"|规划|规自|自然资源|生态环境|环保|环境保护|住建|住房|城管|城市管理|交通|水利|水务|农业|农(?=委)|商务|文旅|文化|卫健|卫生"
    r"|退役军人|应急|审计|国资|市场监管|市监|市场监督|体育|统计|医保|医疗保障|金融|地方金融|信访|林业|园林|大数据|税务|招商|机关事务|国土|卫计|综合执法|建(?=委)"
    r"|残(?=联)|残疾人|妇(?=联)|工商(?=联))"
)
_OFFICE = rf"{_DEPARTMENT}[㐀-鿿]{{0,10}}?(?:委员会|委|局|办公室|办|厅|联|中心)(?![员托会屈])"
# 区财政局对…的会办意见, 市教育局2023年答复…的
_SPEAKS = re.compile(
    rf"(?P<who>{_OFFICE})(?:(?:在|于)?(?:(?:19|20)?\d\d年度?|去年|今年|前年))?"
    r"(?:对(?!外)|给(?!谁)|就(?!业)|答(?!不)|[回办]复|复函|印发|发的|出的|的(?:正式)?(?:答复|回复|复函|会办|函))"
)
_PROPOSES = re.compile(
    rf"(?P<party>{PARTY.pattern})[^，。？]{{0,10}}?(?:界别?|提(?!案)的?|(?<!会办)的(?:提案|建议))"
)
_MEMBER = re.compile(r"(?P<name>[㐀-鿿]{2,4})(?:委员|代表)(?!会|大会|性)")
_NOBODY = re.compile(
    "哪|什么|几|两|三|位|各|些|多少|市|区|县|全体|我们?|这|那|名|个|的|人大|政协|由|是|被|给|向|和|与|及|跟"
)


def speaker(question: Question) -> str:
    """The department that a question says a letter is from, without its place; empty when it says none.

    >>> from datetime import date
    >>> from policyqa.question import understand
    >>> day = date(2026, 1, 1)
    >>> speaker(understand("请问雁汀区财政局对第88号提案的会办意见是几号文", day))
    '财政局'
    >>> speaker(understand("哪个委员提的，区财政局会办的那件", day))
    ''
    """
    match = _SPEAKS.search(question.folded)
    return match["who"] if match else ""


# 环保局 is what many still call 生态环境局.
_ALSO_CALLED = tuple(
    re.compile(names)
    for names in (
        "经信|工信|信息化", "环保|环境", "卫生|卫健|卫计", "国土|规划|自然资源|规自", "农业|农委|农办",
        "工商局|质监|市监|市场监", "文旅|文化|旅游", "住建|住房|建委", "城管|城市管理|执法",
        "人社|人力|社保|劳动", "科技|科学", "交通|交委",
    )
)  # fmt: skip


def speaks(office: str, issuers: Sequence[str]) -> bool:
    """Whether a department is one of some issuers, by its name, a short form of it or its older name."""
    also = [names for names in _ALSO_CALLED if names.search(office)]
    return any(
        abbreviates(office, agency_of(issuer)) or any(names.search(issuer) for names in also)
        for issuer in issuers
    )


def names_said(question: Question) -> tuple[str, ...]:
    """What the name of the member may be whom a question names: 农业提案穆某某委员 may end in it.

    The longest first; none where it names nobody.
    """
    match = _MEMBER.search(question.folded)
    if match is None or _NOBODY.search(match["name"]):
        return ()
    name = match["name"]
    if len(name) < 4 and not re.search("[㐀-鿿]$", question.folded[: match.start()]):
        return (name,)
    return tuple(name[-size:] for size in (4, 3, 2) if size <= len(name))


def replies_to(names: Sequence[str], document: Document) -> bool:
    """Whether a letter has one of some names as that of a member: 王建国委员, not 新中国建国以来.

    One of three or four characters may stand anywhere.
    """
    asked = fold("、".join([document.addressee, *(n for p in document.proposals for n in p.proposers)]))
    body = fold(document.body)
    return any(
        name in asked
        or (len(name) > 2 and name in body)
        or re.search(rf"{re.escape(name)}(?:等|[、和]|委员|代表|\()", body) is not None
        for name in names
    )


def other_year(letter: Document, question: Question) -> bool:
    """Whether a question names the year of a letter and this one is of another."""
    # 2022年有一份答复 names the letter's year; 2023年新增多少 the figure's.
    dated = re.search(r"年(?:度)?的?[^，。年]{0,6}(?:答复|复函|回复|文件|通知|办法|方案|函)", question.folded)
    wanted = question.years if dated else ()
    return bool(wanted) and (letter.dated is None or letter.dated.year not in wanted)


def is_other(question: Question, document: Document) -> str:
    """Why a letter is not the one that a question means, as told to who asks; empty when nothing says so."""
    office = speaker(question)
    if office and document.issuers and not speaks(office, document.issuers):
        return f"没有收录{office}的这份文件；最接近的一份由{document.issuer}印发。"
    party = _PROPOSES.search(question.folded)
    if party and document.proposals and party["party"] not in fold(document.body):
        return f"没有收录答复{party['party']}的这份文件。"
    names = names_said(question)
    if names and document.proposals and not replies_to(names, document):
        return f"没有收录答复{names[0]}的这份文件。"
    if document.dated is not None and other_year(document, question):
        years = "、".join(f"{year}年" for year in question.years)
        return f"没有收录{years}的这份文件；最接近的一份是{document.dated.year}年的。"
    return ""
