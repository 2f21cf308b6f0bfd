"""A name or a number that a question asks for, and that a text leaves out: 由两家企业供餐, 与两个街道商定."""

from __future__ import annotations

import re

from policyqa.question import Question
from policyqa.text import fold

_PERSONS = r"传承人|教练|园长|校长|站长|老板|司机"
_BUILDERS = r"开发商|供应商|施工方|承包商|第三方"
_KINDS = (
    rf"网友|委员|代表|医生|负责人|老师|同志|{_PERSONS}|人|{_BUILDERS}"
    r"|企业|公司|厂|单位|小学|中学|幼儿园|学校|医院|机构"
)
_NAME_ASKED = re.compile(
    rf"(?P<what>{_KINDS})[^，。？]{{0,6}}(?:叫(?:什么|啥|哪)|(?:的)?(?:姓名|名字|名称|名单)|(?:都)?(?:是|有)(?:哪[些几]|谁))"
    rf"|哪[一几两三]?[家个些所](?P<which>企业|公司|厂|小学|中学|幼儿园|学校|医院|{_BUILDERS})"
)
_NAMED_PERSON = re.compile(
    r"(?<![家些位名])[㐀-鿿]{2,3}(?:同志|医生|老师|委员|代表(?!性|大会|会|团)|先生|女士|主任|局长|科长|院长)|[:：][㐀-鿿]{2,3}(?=[，。；\s]|$)"
    rf"|(?:{_PERSONS})[为是]?(?![多几均共])[㐀-鿿]{{2,3}}(?=[、，。；（(\s]|等|$)"
)
_FIRM = r"公司|集团|厂|餐饮|科技|食品|实业|股份|银行|合作社"
_SCHOOL = r"学校|小学|中学|一中|幼儿园|学院"
_NAMED = {
    **dict.fromkeys(("小学", "中学", "幼儿园"), _SCHOOL), **dict.fromkeys(_BUILDERS.split("|"), _FIRM),
    "公司": _FIRM, "企业": _FIRM, "厂": _FIRM, "学校": _SCHOOL, "医院": r"医院|卫生院|保健院",
    "单位": rf"{_FIRM}|{_SCHOOL}|中心|医院|局|委|协会",
    "机构": rf"{_FIRM}|{_SCHOOL}|中心|医院|养老院|福利院|协会",
}  # fmt: skip
_NO_NAME = r"(?<![家些类个等该各规业大小微所批户的心办名立])"


def unnamed(question: Question, text: str) -> bool:
    """Whether a question asks for a name and the text names nobody: 两家企业供餐, XXX医生团队.

    Args:
        text: the passage that would answer, with its neighbours.
    """
    match = _NAME_ASKED.search(question.folded)
    if match is None or "提案" in question.folded[match.start() - 2 : match.end() + 2]:
        return False
    if re.search(r"[x×*某]{2,}", fold(text)):
        return True
    what = match["what"] or match["which"]
    ends = _NAMED.get(what)
    if ends is None:
        return _NAMED_PERSON.search(text) is None
    # 禾丰餐饮公司, 企业“禾丰”, 甲、乙、丙3家企业
    named = (
        rf"[㐀-鿿]{{2,12}}{_NO_NAME}(?:{ends})|(?:企业|公司|店|厂|校|家|名为|叫)“[^”]{{2,12}}”"
        rf"|“[^”]{{2,12}}”(?:{ends}|品牌|企业)|[㐀-鿿]{{2,8}}(?:、[㐀-鿿]{{2,8}})+等?\d*[家所个]"
    )
    return re.search(named, text) is None


# 哪两个街道试点 · 反对的是哪几个人
_WHICH = re.compile(
    r"哪(?:几|[两二三四五六七八九十]|\d{1,2})(?P<unit>[个家所名位处条座])"
    r"(?P<what>街道|社区|小区|[镇乡村县区]|园区|学校|小学|中学|医院|企业|公司|部门|单位|人|委员|代表|景区|机构)?"
)
_SO_MANY = r"(?:[两二三四五六七八九十几\d]+|多)"
_LISTED = re.compile(
    rf"[㐀-鿿]{{2,12}}、[㐀-鿿]{{2,12}}|[㐀-鿿]{{2,8}}[和与及](?!{_SO_MANY})[㐀-鿿]{{2,8}}(?:等|两|[，。])"
    r"|“[^”]{2,12}”|[(（][^)）]*、[^)）]*[)）]"
)


def counted_only(question: Question, text: str) -> bool:
    """Whether a question asks which ones and the text only says how many: 与两个街道商定, 2名反对.

    Args:
        text: the passage that would answer, with its neighbours.
    """
    match = _WHICH.search(question.folded)
    if match is None:
        return False
    known, what = fold(text), match["what"] or ""
    people = what in ("人", "委员", "代表") or (not what and match["unit"] in "名位")
    counted = re.search(rf"{_SO_MANY}(?:名|人|位)" if people else f"{_SO_MANY}{match['unit']}{what}", known)
    if counted is None or _LISTED.search(known):
        return False
    if people:
        return _NAMED_PERSON.search(text) is None
    others = known[: counted.start()] + known[counted.end() :]
    return not what or re.search(rf"[㐀-鿿]{{2,8}}{_NO_COUNT}{what}", others) is None


_NO_COUNT = "(?<![个家所名位处条座各全本该等些多几两])"


_NUMBER_ASKED = re.compile(r"手机号?|电话(?:号码)?|邮箱|微信号?|身份证|邮编|传真")
_NUMBER_TOLD = re.compile(r"\d{3,4}[-－—]\d{5,8}|\d{6,}|@")


def no_number(question: Question, text: str) -> bool:
    """Whether a question asks for a telephone number or an address and the text holds none."""
    if question.want not in ("text", "contact", "number") or not _NUMBER_ASKED.search(question.folded):
        return False
    return _NUMBER_TOLD.search(fold(text)) is None
