"""Follow-up questions: "那2022年呢？", "累计呢？", "其中新能源的有几辆？" made whole by what was asked before.

The result is a question that could have been asked at once; it is understood like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from policyqa.numerals import to_number
from policyqa.periods import Period, find_periods, resolve
from policyqa.places import SUFFIX, WHICH_PLACE, places_in, places_of
from policyqa.question import content_terms, is_general
from policyqa.question_editor import QuestionEditor
from policyqa.schema import Answer
from policyqa.swapped import TOTAL, swapped, without_old_case
from policyqa.text import fold
from policyqa.units import UNIT
from policyqa.wants import ASKS

_LEANING = re.compile(
    r"^(那么?|还有|另外|其中|它|他们?|她|这|该|上述|同期|累计|总共|一共|新增|占|比|增长|增速|去年|前年|上年|今年|第二年|后一年|前一年|上一年|次年"
    r"|当年|同年|分别|为什么|为啥|原因|人均|排|列|再|而|现在|后来|结果|到底|具体|哪|谁|多少|几|有没有|下一步|财政|个人)"
    r"|呢[？?。]?$"
)
_PART_OF_YEAR = re.compile("[上下]半年|[一二三四]季度|前三季度")
_ONLY_CHANGE = re.compile(
    r"^(那么?|换成|如果是|要是|改成|再看|还有|至于|看看)?.{0,16}?(呢|怎么样|又是多少|是多少|多少)?[？?。]?$"
)
_NEXT_YEAR = re.compile(r"(第二年|后一年|次年|下一年|转年|[再又]?过一年)")
_LAST_YEAR = re.compile(r"(?<![比较同跟和])(?:前一年|上一年|头一年|再往前一年|之前一年)")
# 到次年年中呢: of the year after the one spoken of
_PART_OF_ANOTHER = re.compile(
    rf"(?:(?P<next>{_NEXT_YEAR.pattern})|{_LAST_YEAR.pattern})的?(?=年[中底末]|[上下]半年|[一二三四]季度|\d{{1,2}}月)"
)
_ASKING = re.compile(
    rf"(分别)?(?:一共|总共)?(是|有|为|了)?(多少|多[长远宽深重高大久]|第几|几|哪些|什么|谁|哪个|哪家|哪位|怎么样?|如何|是否|吗|呢|了)(?:万|亿)?(钱|块|{UNIT.pattern})?|[？?。！]+"
)
# 啥时候通水的, 哪天开, 为什么9月没开: asks of another kind than for a figure.
_ASKING_ELSE = re.compile(
    r"(?:是|在|从)?(?:(?:什么|啥)时(?:候|间)?|何时|哪[天年月]|几时|几[号月]|为什么|为何|为啥|咋(?:样|么)?|怎么样?|找谁|归谁|由谁)"
)
_LEFT_OPEN = re.compile(r"(?:还|尚)(?:剩|差|欠|缺|有)(?:下|余)?$")
_HOW_MANY = re.compile(rf"(?:多少|几|第几)(?:万|亿)?(?:钱|块|{UNIT.pattern})?")


def whole(
    question: str,
    earlier: Sequence[str],
    places: frozenset[str],
    today: date,
    answered_for: Sequence[str] = (),
    editor: QuestionEditor | None = None,
) -> str:
    """The question as it would be asked without the conversation before it.

    Args:
        earlier: the questions before it, oldest first, as they were asked.
        places: known places (stems), to tell 松垭呢 from any other word.
        today: what 今年 means.
        answered_for: for each of ``earlier`` the place that ``place_of`` its answer; a question that
            named none is taken to have been about that one from then on.
    """
    context = previous = ""
    for one, place in zip([*earlier, question], [*answered_for, *[""] * (len(earlier) + 1)], strict=False):
        if both := _both(previous, context, one, places, today):
            return both
        previous = context
        if not context:
            context = one.strip()
        else:
            context = _edited(editor, context, one) or _joined(context, one.strip(), places, today)
        if place and not places_in(fold(context), places):
            context = place + context
    return context


SURE = 0.6
"""How sure the model must be of each character that it keeps or leaves out."""


def _edited(editor: QuestionEditor | None, before: str, question: str) -> str:
    """The follow-up as the question editing model makes it whole; empty where it is not sure.

    Of 前一年 it knows no year, for it only deletes.
    """
    if editor is None or _NEXT_YEAR.search(question) or _LAST_YEAR.search(question):
        return ""
    made = editor.whole(before, question)
    return made.text if made.sure >= SURE else ""


def readings(
    question: str,
    earlier: Sequence[str],
    places: frozenset[str],
    today: date,
    answered_for: Sequence[str] = (),
    editor: QuestionEditor | None = None,
) -> list[str]:
    """What a question may mean after others, the likelier first: by the model and by rules.

    The arguments are those of ``whole``.
    """
    by_rule = whole(question, earlier, places, today, answered_for)
    if editor is None:
        return [by_rule]
    edited = whole(question, earlier, places, today, answered_for, editor)
    # 南川的专精特新企业, to say what 有多少家 was about: the model keeps no ask there.
    asks = ASKS.search(fold(edited)) is not None
    return list(dict.fromkeys((edited, by_rule) if asks else (by_rule, edited)))


_BOTH = re.compile(
    r"^(?:那么?|这|它们?)?(?:两|俩|二)(?:个|者|边|家)?(?:区县|区|县|地方|地|年)?(?:之?间|的?数)?"
    r"(?P<ask>相?差|合计|一共|总共|加起来|共|[多少增减涨降]了?)[^，。]{0,4}(?:多少|几)[^，。]{0,3}[？?]*$"
)
# 哪边多，多多少户
_WHICH_OF_BOTH = re.compile(
    r"^(?:那么?)?(?:这?[两俩](?:个|者|边|家)?[，,]?)?(?:哪(?:一?个|边|家|里|儿)|谁)(?:家|的)?[更最]?(?P<more>[多少高低大小快慢])(?:[，,、](?:相差|差|[多少高低])(?:了|出)?(?:多少|几)[^，。？]{0,3})?[？?]*$"
)


def _both(first: str, second: str, question: str, places: frozenset[str], today: date) -> str:
    """两个区差多少 after the same was asked of two places or years: one question about both; else empty."""
    match, which = _BOTH.match(fold(question)), _WHICH_OF_BOTH.match(fold(question))
    known = _HOW_MANY.findall(second)
    if (match is None and which is None) or not first or not known:
        return ""
    one, other = (places_in(fold(text), places) for text in (first, second))
    names = ("", "")
    if one and other and one[0] != other[0]:
        names = (_place_text(first, one[0]), _place_text(second, other[0]))
    else:
        years = [_stated(text, today)[:1] for text in (first, second)]
        if years[0] and years[1] and years[0][0].text != years[1][0].text:
            names = (years[0][0].text, years[1][0].text)
    if not names[0] or names[1] not in second:
        return ""
    text = second.replace(names[1], f"{names[0]}和{names[1]}", 1)
    at = text.rindex(known[-1])
    start = text[:at].rstrip("是有为了共达")
    if which is not None:
        return f"{start}谁{which['more']}，相差{known[-1]}"
    assert match is not None
    ask = "一共" if match["ask"] in ("合计", "一共", "总共", "加起来", "共") else "相差"
    return f"{start}{ask}{text[at:]}"


def place_of(answer: Answer) -> str:
    """The place, as its issuers write it, that all documents cited by an answer are of; else empty."""
    written: dict[str, str] = {}
    for document in (citation.document for citation in answer.citations):
        for issuer in document.issuers or ("",):
            stem = places_of(issuer)[-1] if places_of(issuer) else ""
            written[stem] = _place_text(fold(issuer), stem) if stem else ""
    return next(iter(written.values())) if len(written) == 1 else ""


_RANKED = re.compile(r"最[㐀-鿿]|第一")
_GOES_ON = re.compile(r"^那|呢[？?。]?$")


# 一共有几份会办意见: of all that there are, whatever was asked before
_OF_ALL_PAPERS = re.compile(
    r"^(?:一共|总共|现在)?(?:收录|有)了?(?:多少|几)[件份封篇](?:提案|建议|议案|答复|回复|会办意见|文件|通知|来信)"
)


def leans(question: str, places: frozenset[str]) -> bool:
    """Whether a question needs what was asked before it."""
    folded = fold(question)
    # 2024年哪个区县优良天数最多 asks for the place: it takes none over, and says itself of what.
    rest = _RANKED.sub("", WHICH_PLACE.sub("", folded))
    if WHICH_PLACE.search(folded) and content_terms(rest) and not _GOES_ON.search(folded):
        return False
    if _OF_ALL_PAPERS.search(folded):
        return False
    named = places_in(folded, places)
    terms = content_terms(folded, named)
    about = [t for t in terms if not any(place in t for place in named)]
    if named and len(about) >= 2 and not re.search(r"呢[？?。]?$", folded):
        return False
    return bool(_LEANING.search(folded)) or len(terms) <= 2 or not named


def _is_new_matter(question: str, before: str, named: Sequence[str], today: date) -> bool:
    """Whether a question names place, year and a matter of its own: 笕州助餐点2023年底多少个, after one on subsidies."""
    folded = fold(question)
    if (
        not named
        or _LEANING.search(folded)
        or not any(p.text[:2].isdigit() for p in _stated(question, today))
    ):
        return False
    own = [t for t in content_terms(folded, named) if not any(place in t for place in named)]
    own = [t for t in own if len(t) > 1 and not is_general(t)]
    if not own or not any(t in fold(before) for t in own):
        return bool(own)
    # 甲区助浴站2026年有几个 after one on 助浴员: what it asks of stands nowhere in that
    rest = folded
    for text in (*(p.text for p in _stated(question, today)), *(_place_text(question, n) for n in named)):
        rest = rest.replace(fold(text), " ")
    about = max(re.findall("[㐀-鿿]+", _ASKING.sub(" ", rest)), key=len, default="")
    return len(about) > 2 and about not in fold(before)


def _joined(before: str, question: str, places: frozenset[str], today: date) -> str:
    if aspect := _ASPECT_FIRST.match(question):
        kept, old = places_in(fold(before), places), _stated(before, today)
        start = (_place_text(before, kept[0]) if kept else "") + (old[0].text if old else "")
        return start + question[aspect.end() :]
    folded = fold(question)
    before = without_old_case(before, folded)
    named = places_in(folded, places)
    alone = not leans(question, places)
    if alone and WHICH_PLACE.search(folded) and not named and (city := _city_of(before, places)):
        return f"{city}{question}"  # 哪个县最少, after a question on one city
    if alone or _is_new_matter(question, before, named, today):
        if not _topic(before, places, today):
            return _completed(question, before)
        # 墨坊区接待多少游客 after 2024年全市接待游客多少: of the same year.
        alike = set(content_terms(folded, named)) & set(content_terms(fold(before), named)) - set(named)
        same_year = alike and not find_periods(question, today) and (old := _stated(before, today))
        return f"{old[0].text}{question}" if same_year else question
    # 比上年 compares with the year spoken of and takes none of its own.
    periods = [p for p in _stated(question, today) if not (p.compared and not p.text[:2].isdigit())]
    old = _stated(before, today)
    if old and not periods and (match := _PART_OF_ANOTHER.search(question)):
        other = old[-1].years[-1] + (1 if match["next"] else -1)
        rest = re.sub("^年(?=[底末])", "", question[match.end() :])
        question = f"{question[: match.start()]}{other}年{rest}"
        return _joined(before, question, places, today)
    # 其中当年新增多少: of the year spoken of.
    periods = [p for p in periods if not (old and p.text in ("当年", "全年"))]
    # 其中上半年新装多少: of the year spoken of, whatever part of it that was.
    part = next((p for p in periods if old and _PART_OF_YEAR.fullmatch(p.text)), None)
    if part is not None:
        year = f"{old[-1].years[-1]}年"
        question = question[: part.start] + year + question[part.start :]
        return _joined(before, question, places, today)
    shifted = _shifted(folded, old)
    rest = folded
    for place in named:
        rest = rest.replace(fold(_place_text(question, place)), " ")
    for stated in periods:
        rest = rest.replace(fold(stated.text), " ")
    own = content_terms(rest)
    own = tuple(t for t in own if not _NEXT_YEAR.search(t) and not _LAST_YEAR.search(t))
    if (
        not own
        and not _AGAINST.match(folded)
        and (named or periods or shifted)
        and len(named) < 2  # 槐渚区比芦垣区多几台
        and _ONLY_CHANGE.match(folded)
        and _asks_alike(folded, before)
    ):
        # 那2022年呢 · 松垭区呢 · 第二年呢: the same question with another year or place.
        text = before
        if named:
            text = _with_place(text, question, named, places)
        if shifted or periods:
            text = _with_period(text, shifted or periods[0].text, old)
        return text
    if named and _AGAINST.match(folded):
        # 比雁汀区少多少: the place before stays the one that is compared.
        kept = places_in(fold(before), places)
        period = "" if periods or not old else old[0].text
        asked = re.sub(r"^那么?", "", question)
        return f"{_place_text(before, kept[0]) if kept else ''}{period}{_topic(before, places, today)}{asked}"
    start = ""
    if not named and not WHICH_PLACE.search(folded) and (kept := places_in(fold(before), places)):
        start += _place_text(before, kept[0])
        # 国家级的呢，两个区各几家, after one on both
        if len(kept) > 1 and _OF_BOTH.search(folded):
            start = "和".join(_place_text(before, one) for one in kept[:2])
        elif len(kept) > 1 and start + (lower := _place_text(before, kept[1])) in before:
            start += lower  # 栖川松垭区
    if not periods and not shifted and old:
        start += old[0].text
    if shifted:
        start += shifted
    if not shifted and not periods:
        ends = [p.end for p in old] + [before.find(n) + len(n) for n in _place_texts(before, places)]
        if instead := swapped(before, folded, ends):
            return instead
    topic = _topic(before, places, today)
    if TOTAL.match(folded):
        topic = _NEW.sub("", topic)
    asked = _asking_alike(re.sub(r"^(那[种类]|那么?|还有|另外|而)", "", question), before)
    if shifted:
        asked = _NEXT_YEAR.sub("", _LAST_YEAR.sub("", asked))
    if (others := _OF_OTHERS.fullmatch(rest.strip(" ？?。"))) and (measure := _MEASURED.search(topic)):
        # 雁汀2020年中小学生的呢 after 松垭儿童青少年近视率: the rate of these
        asked_of = question[: question.find(others["name"])] if others["name"] in question else start
        return f"{asked_of or start}{others['name']}{measure.group()}是多少"
    if periods and (then := _THEN.fullmatch(asked)) and then["when"] == periods[0].text:
        asked, start = then["ask"], start + periods[0].text  # 25年呢，几个小区多少户
        return f"{start}{topic}，{asked}"
    if thing := _ANOTHER_THING.fullmatch(re.sub(r"[？?。]+$", "", asked)):
        return f"{start}{thing['name']}{_OF_BOTH.sub('', thing['ask'])}"
    if topic:
        return f"{start}{topic}，{asked}"
    return _completed(f"{start}{asked}", before)


# 收入方面呢，旅游总收入多少
_ASPECT_FIRST = re.compile(r"^(?:那么?)?[㐀-鿿]{1,6}方面呢[，,](?=.*(?:多少|几))")
_THEN = re.compile(r"(?P<when>[^，,]{2,12}?)呢[，,](?P<ask>[^。]*(?:多少|几)[^。]*)")
# 国家级小巨人呢，两个区各几家: another thing, asked of the same
_ANOTHER_THING = re.compile(r"(?P<name>[㐀-鿿]{4,10})呢[，,](?P<ask>[^，。]*(?:多少|几)[^，。]*)")
_OF_BOTH = re.compile("[两俩二](?:个区县|个区|个县|区|县|地|边|家)")
_OF_OTHERS = re.compile(r"(?:那么?)?(?P<name>[㐀-鿿]{2,8})的呢")
_MEASURED = re.compile(
    r"(?:[㐀-鿿]{2}率|[㐀-鿿]{0,2}(?:收入|产值|产量|面积|人数|户数|数量|总额|补[贴助]|标准|价格|床位数?|增速))$"
)


def _city_of(text: str, places: frozenset[str]) -> str:
    """The place that a question is about, as it writes it; empty for none or a district."""
    named = places_in(fold(text), places)
    written = _place_text(text, named[0]) if named else ""
    return "" if written.endswith(("区", "县")) else written


def _completed(question: str, before: str) -> str:
    """What was missing from a question too vague to answer, with its ask: 有多少家？ — 松垭区的企业."""
    known = _HOW_MANY.findall(before)
    return f"{question}{known[-1]}？" if known and not _ASKING.search(question) else question


def _asks_alike(folded: str, before: str) -> bool:
    """Whether a follow-up asks as the question before it did: not 是多少人次 after 恢复到几成."""
    if _HOW_MANY.search(folded) and not _HOW_MANY.search(before):
        return False  # 澄浦增速是多少 after 增速前三的县区
    own = [asked for asked in _HOW_MANY.findall(folded) if asked != "多少"]
    return not own or any(asked in before for asked in own)


_ORDINAL = re.compile(
    r"^(?:那|我(?:想)?问的?是?|选|是)?第?(?P<number>[一二三四五六七八九1-9])[个项条]?(?:呢|吧)?[。？?！]*$"
)


def chosen(question: str, offered: str) -> str | None:
    """The choice that 第二个呢 picks from a numbered list of questions in the last answer, or None.

    >>> chosen("第二个呢？", "您是想问：\\n1. 甲有多少家？\\n2. 乙有多少家？")
    '乙有多少家？'
    """
    match = _ORDINAL.match(fold(question.strip()))
    number = to_number(match["number"]) if match else None
    if number is None:
        return None
    found = re.search(rf"^{number}\. (.+？)$", offered, re.MULTILINE)
    return found[1] if found else None


_AGAINST = re.compile(r"^(?:那么?)?(?:比|较|跟|和|同|与)")
_NEW = re.compile(r"净增加?了?|新(?:增加?|培育|认定|建|改建?|获批?|引进|评定|设|开|签)了?")


def _place_texts(text: str, places: frozenset[str]) -> list[str]:
    return [_place_text(text, stem) for stem in places_in(fold(text), places)]


_OWN_UNIT = re.compile(
    r"(?P<of>收入|金额|产值|投资额?|资金|费用?|支出|利润|税收?|[总余]额|占比|比例|[增降]速|率)$"
)


def _asking_alike(question: str, before: str) -> str:
    """累计呢 as 累计多少家, when that is how it was asked before."""
    known = _HOW_MANY.findall(before)
    if not known or _ASKING.search(re.sub(r"呢[？?。]*$", "", question)):
        return question
    # 旅游收入呢 after 接待游客多少人次: what it is counted in is no matter of persons.
    own = _OWN_UNIT.search(fold(re.sub(r"呢[？?。]*$", "", question)))
    if own and not re.search(f"{own['of']}[^，。？]{{0,4}}(?:多少|几)", fold(before)):
        return re.sub(r"呢[？?。]*$", "多少？", question)
    return re.sub(r"呢[？?。]*$", f"{known[-1]}？", question)


def _stated(text: str, today: date) -> list[Period]:
    """The periods that a question names by a year, not those it only compares with."""
    return [p for p in resolve(find_periods(text, today), today) if p.years]


def _shifted(folded: str, old: Sequence[Period]) -> str:
    if not old:
        return ""
    year = old[-1].years[-1]
    if _NEXT_YEAR.search(folded):
        return f"{year + 1}年{old[-1].part}"
    if _LAST_YEAR.search(folded):
        return f"{year - 1}年{old[-1].part}"
    return ""


def _with_period(text: str, new: str, old: Sequence[Period]) -> str:
    if not old:
        return new + text
    first = old[0]
    if re.fullmatch(r"(?:19|20)\d\d年", new) and first.part in ("底", "末"):
        new += first.part
    return text[: first.start] + new + text[first.end :]


def _with_place(text: str, question: str, named: Sequence[str], places: frozenset[str]) -> str:
    new = _place_text(question, named[0])
    old = places_in(fold(text), places)
    if not old:
        return new + text
    # The agency of another place goes with it: 枫渡县教育局 → 松垭区.
    # 全市 behind the city's name means the city; behind a district's it means nothing.
    text = re.sub(re.escape(_place_text(text, old[-1])) + r"(?:全[省市区县])?", new, text, count=1)
    return text if new[-1] in "省市" else re.sub("全[省市]", "", text)


def _place_text(text: str, stem: str) -> str:
    """A place as a text writes it, with its suffix."""
    at = fold(text).find(stem)
    match = re.match(rf"{re.escape(text[at : at + len(stem)])}{SUFFIX}?", text[at:])
    return match.group() if match else stem


def _topic(before: str, places: frozenset[str], today: date) -> str:
    """What a question was about: without its place, year and question word."""
    text = before
    for place in places_in(fold(text), places):
        text = text.replace(_place_text(text, place), "", 1)
    for period in reversed(_stated(text, today)):
        text = text[: period.start] + text[period.end :]
    text = re.split(r"[，,；。]", text)[0] if len(text) > 30 else text
    text = _ASKING.sub("", _ASKING_ELSE.sub("", text)).strip("，,的有是和与跟 ").removeprefix("的")
    return _LEFT_OPEN.sub("", text)[:24]
