"""The wording of a question that compares: in plain words before it is taken apart, and of its parts after.

``plainly`` puts years in full and what is said last in front; ``plain`` makes a part a single question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyqa.periods import find_periods
from policyqa.plans import DOWN, UP
from policyqa.question import spelled_out

FROM_TO = re.compile(
    r"从?(?<!\d)(?P<from>(?:(?:19|20)\d\d年?|[012]\d年?)(?:(?<=年)\d{1,2}月)?[底末初]?)[到至—~→-](?P<to>(?:(?:19|20)\d\d年?|[012]\d年?)(?:(?<=年)\d{1,2}月)?[底末初]?)"
    r"(?!\d|[月日号天岁点个])(?:之?间|期间)?"
)
# What makes a comparison of an ask; without it the single question remains.
_WORDS = re.compile(
    r"分别|依次|各自|差[别异](?=[，。？?]|$)|各(?=(?![区县市镇乡类种项级地])[㐀-鿿]{1,2}了?(?:多少|几))|各(?=是|有|为|多少|几|新|增|完|达|占|建|做|改|修|补|发|投|办|招|评|奖|安)|又(?=是|有)|都(?=是|有|多少)|相比(?:较|之下)?|对比|合计|一共|总共|加起来|加总|总和|[加合](?:在|到)?一(?:起|块儿?)|合起来|共计"
    r"|哪(?:一?个|边|里|儿|家|些)?(?:区县|区|县|地方)?(?:的)?(?=[^，。？]{0,16}(?:多|少|高|低|大|小|快|慢)(?:[，？。]|$))|(?:更|最|分得最)(?:多|少|高|低|大|小|快|慢|重|轻)|排名|排序|从高到低|平均(?:每年|每个?区县?|下来)|谁(?:家)?的?(?=更|最|[^，。？]{0,12}(?:多|少|高|低|大|小|快|慢)(?:[，？。\s]|$))"
)
_LAST_WORDS = re.compile(r"[，,\s]+(?P<frame>[^，,。？?\s]{2,16})[？?]?$")


def _frame_first(text: str, named: Sequence[str]) -> str:
    """A question with the place that is said behind it put in front, with its year: …差多少，甲山24年."""
    match = _LAST_WORDS.search(text)
    if match is None or not any(name in match["frame"] for name in named):
        return text
    rest = re.sub(rf"(?:{'|'.join(map(re.escape, named))})[省市区县]?", "", match["frame"])
    for period in find_periods(rest, None):
        rest = rest.replace(period.text, "")
    return text if rest.strip("的底末") else match["frame"] + text[: match.start()]


_PLACE_LAST = re.compile(r"[（(](?P<place>[㐀-鿿]{2,6})[）)][？?]?$")
_YEAR_BEHIND = re.compile(r"[（(](?P<year>(?:19|20)\d\d)年?(?P<part>[底末]?)[）)][？?]?$")
# 护理型占比：2021、2023、2024
_BARE_YEARS = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:[、，,和/](?:19|20)\d\d)+(?=[？?）)]|$|比(?=$|[，,。？?怎如])|\s*(?:分别|各)|(?=[㐀-鿿])(?!年))"
)
# 22、23、24三年各是多少 · 两年变化（23、24）
_SHORT_YEARS = re.compile(
    r"(?<![\d.])[012]\d(?:[、，,和/][012]\d)+(?:(?:这?[两二三四五]个?)?年(?!级|[\u3400-\u9fff]?[内前后])(?:度|底|末)?|(?=[)）]))"
)


def _in_full(match: re.Match[str]) -> str:
    """Years of two digits in a list, each in full: 22、23年 → 2022年、2023年."""
    end = "底" if match.group().endswith(("底", "末")) else ""
    return "、".join(f"20{year}年{end}" for year in re.findall(r"\d\d", match.group()))


_LOOK = re.compile(
    r"(?<=[年月底末初中市区县])相?比较?(?:怎么样|怎样|如何|呢)?(?=[，,。？?]|$)|[，,\s]*(?:请|帮我|帮忙)?(?:比一?比|比一下|比较一?下|比较比较|对比一?下|做个?(?:对比|比较))(?:看?看)?(?=[，,。？?]|$)"
)
_CHANGED = re.compile(
    r"[，,\s]*[从由](?:多少|几)[㐀-鿿]{0,2}?(?:变|增加?|升|降低?|减少?|涨|提高?|扩大?|缩[短小减]?|掉|跌|压)(?:成|到|为|至)了?(?:多少|几)(?=[㐀-鿿]{0,2}(?:[，,。？?]|$))"
)
_END_OF_IT = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<part>\d{1,2}月[底末]?|[上下]半年|年?中)(?P<and>[和与跟同到至、])(?P<end>年[底末])"
)
# 2022年和2024年比是多了还是少了
# 哪家的参与率排第一 · 哪个区排最后
_AT_THE_HEAD = re.compile(
    r"(?:排名?|[居位名]?列|位居|[居排]在?)(?:第一[名位]?|首位|榜首|最前面?)(?!产业|季度|批|年|期|次)"
)
_AT_THE_END = re.compile(r"(?:排名?|[居位名]?列|位居|[居排]在?)(?:倒数第一[名位]?|末位|最后面?|最末)")
_MORE_OR_LESS = re.compile(
    r"[，,]?(?:比|相比)?[，,]?(?:是|到底)?(?:变)?(?:多|高|增加?|涨|快|大|上?升|提高)了?还是(?:变)?(?:少|低|减少?|下?降|跌|慢|小|降低)了?(?=[，,。？?]|$)"
    r"|(?:相)?比(?:较)?的?变化(?:情况)?(?=[，,。？?]|$)"
)
# 占比2022到2024怎么变的 · 2021年到2023年有什么变化
# 最高的和最低的区县分别是哪个
_FIRST_AND_LAST = re.compile(
    rf"(?P<up>{UP}|{DOWN})的?(?:和|与|跟|、)(?P<down>{DOWN}|{UP})的?(?P<kind>区县|县区|区|县)?(?:分别|各)?是?(?:哪[里儿个些]?|谁)(?:、|和)?(?:多少)?"
)
_EACH_KIND = re.compile("各个?(?P<kind>区县|县区|区|县)")
# 2006年粮食产量比2004年多了还是少了，两年分别多少
_MORE_THAN = re.compile(
    r"(?P<one>(?:19|20)\d\d年[底末]?)的?(?P<what>[^，。？\d]{2,20}?)(?:比|跟|和|与)(?P<two>(?:19|20)\d\d年[底末]?)的?(?:相比|比)?(?:是|到底)?"
    r"(?:多|高|增加?|涨|大|上?升|提高)了?还是(?:少|低|减少?|下?降|跌|小|降低)了?(?:[，？?](?:两年)?(?:分别|各)?(?:是)?(?:多少|几)[㐀-鿿]{0,2})?"
)
# 从1997年的多少减到2002年的多少
_FROM_AND_TO = re.compile(
    r"[从由](?P<from>(?:19|20)\d\d年[^，。？多少几]{0,4}?)的?(?:多少|几)[㐀-鿿]{0,2}?(?:变|增加?|升|降低?|减少?|涨|提高?|扩大?|缩[短小减]?|掉|跌|压)(?:成|到|为|至)了?"
    r"(?P<to>(?:19|20)\d\d年[^，。？多少几]{0,4}?)的?(?P<ask>(?:多少|几)[㐀-鿿]{0,2})"
)
_HOW_CHANGED = re.compile(
    rf"(?P<span>{FROM_TO.pattern.replace('?P<from>', '?:').replace('?P<to>', '?:')}"
    r"(?:[^，。？多少几哪]{0,12}?(?<!政策)(?<!办法)(?<!做法)(?<!规定)(?<!条件)(?<!程))?)"
    r"(?:是?(?:怎么|怎样|如何|咋)变(?:化|动)?的?|(?:有)?(?:什么|哪些|多大|啥|何)变化|变化(?:情况)?(?:如何|怎么样|怎样|多大|是多少)?"
    r"|有没有(?:提高|增加|上升|下降|减少|降低|变化|[涨降升])|(?:提高|增加|上升|下降|减少|降低|[涨降升])了?(?:没有?|吗))[？?]?$"
)
_BY_HOW_MUCH = re.compile(
    r"(?:(?<=[多高低大小快慢长短])|(?<=[^多]少))[，,\s]+(?:两者|它们)?(?:相差|差|多|少|高|低)(?:了|出)?(?:多少|几)[㐀-鿿]{0,2}[？?]?$"
)


_ASKS_AGAIN = re.compile(r"\s*(?:是|有|为)?(?:百分之)?(?:多少|几)个?[万亿]?[元个家户人所吨]?\s*")


def plain(text: str) -> str:
    """A comparing question as a single one: without 分别, 哪个多; 多了多少 as 多少."""
    text = re.sub(r"[（(][^）)]*[）)]", "", text)
    text = re.sub(
        r"(?:相差|差距(?:是|有|为)?|差了?|(?:多|少|高|低|贵|便宜|长|短|快|慢|早|晚)(?:了|出)?|(?:(?<!新)净?增加?|净?减少?|提高|降低|增长|下降|上升|变化|涨|升|降|跌|(?<!增)长)了?)(?=多少|几|百分之几|多大)",
        "是", text,
    )  # fmt: skip
    # 24年比22年多发多少万: what was given out in each.
    text = re.sub(r"(?<=年)[多少](?!少)(?=[㐀-鿿]{1,2}了?(?:多少|几))", "", text)
    # A change in points is one of shares.
    text = re.sub(r"(?:多少|几)个(?:百分)?点(?!位)", "百分之多少", text)
    text = re.sub(r"(?:增长?|涨|降)得(?=最?[快慢])", "增速", text)
    # 23年比22年提高没，各多少: that it went up is seen from the two.
    text = re.sub(r"(?:提高|增加|增长|上升|涨|降低|下降|减少|降|变)了?没有?(?=[，,？?]|$)", "", text)
    text = re.sub(
        r"是?(?:几|多少)倍|(?:了)?百分之几|(?:增幅|增速|涨幅|降幅|增长率)(?:是|有|为)?多少", "是多少", text
    )
    text = re.sub(
        r"[，,\s]*哪一?年的?(?:更|最)?(?:多|少|高|低|大|小|快|慢)(?:一?些)?(?=[，,。？?]|$)", "", text
    )
    # 雁汀跟桐浦谁多、多多少: who has more is seen from the two.
    text = re.sub(r"谁[最更]?[多少高低大小快慢长][、，]?(?=是?(?:多少|几)|[，？]|$)", "", text)
    text = re.sub(r"[，、]?哪一?[个家里]?(?:区县|区|县)?(?:垫底|末位|倒数第一)", "", text)
    text = _WORDS.sub("", text)
    text = re.sub(r"[，、]?哪一?[个家](?=[，、？?]|$)", "", text)
    text = re.sub(r"(?:的)?(?:多|(?<!多)少|高|低|大|小|快|慢)(?=[，？?]|$)", "", text)
    pieces = [piece for piece in re.split(r"[，,？?。；]", text) if piece.strip()]
    # A piece that only asks again (是多少) adds nothing once the one before it asks.
    kept: list[str] = []
    for piece in pieces:
        if kept and _ASKS_AGAIN.fullmatch(piece):
            kept[-1] = kept[-1] if re.search(r"多少|几", kept[-1]) else kept[-1] + "是多少"
        elif (
            kept
            and re.search(r"多少|几", kept[-1])
            and re.fullmatch(r"\s*(?:是|有|为|哪)[㐀-鿿]{0,2}", piece)
        ):
            continue
        else:
            kept.append(piece.strip())
    whole = "，".join(kept)
    whole = re.sub(r"是(?:的)?是", "是", re.sub(r"(?<=年|底|末)比(?=是|$)", "", whole))
    return (
        whole if re.search(r"多少|几|第几|什么|谁|哪", whole) else re.sub("是$", "", whole) + "是多少"
    ) + "？"


def plainly(text: str, named: Sequence[str]) -> tuple[str, bool]:
    """A question with its years in full and its frame in front; whether both ends of a change are asked.

    Args:
        named: the stems of the known places that it names.
    """
    text = _AT_THE_HEAD.sub("最高", _AT_THE_END.sub("最低", spelled_out(text)))
    text = _BARE_YEARS.sub(lambda m: re.sub(r"\d{4}", r"\g<0>年", m.group()), text)
    # 22年和24年比一比: says no more than that both are asked for.
    text = _LOOK.sub("分别是多少", text) if not re.search("多少|几", text) else _LOOK.sub("", text)
    text = _SHORT_YEARS.sub(_in_full, text)
    # 甲区乙区加起来多少（丙市）: where they lie is said first.
    if (behind := _PLACE_LAST.search(text)) and any(name in behind["place"] for name in named):
        text = behind["place"] + text[: behind.start()]
    text = _frame_first(text, named)
    # 甲区比乙区GDP多多少（2024）: so is when.
    if when := _YEAR_BEHIND.search(text):
        text = f"{when['year']}年{when['part']}{text[: when.start()]}"
    # 2024年4月底和年底: of one year
    text = _END_OF_IT.sub(r"\g<year>年\g<part>\g<and>\g<year>\g<end>", text)
    if (ends := _FIRST_AND_LAST.search(text)) and (each := ends if ends["kind"] else _EACH_KIND.search(text)):
        which = f"哪个{each['kind']}{ends['up']}哪个{ends['down']}"
        text = _EACH_KIND.sub("", text[: ends.start()]) + which + text[ends.end() :]
    text = _MORE_THAN.sub(r"\g<one>和\g<two>\g<what>相差多少", text)
    text = _FROM_AND_TO.sub(r"\g<from>和\g<to>分别是\g<ask>", text)
    text = _MORE_OR_LESS.sub("", text)
    # 从多少变成多少 · 由几所增加到几所
    text, both_ends = _CHANGED.subn("分别是多少", text)
    text, changed = _HOW_CHANGED.subn(r"\g<span>分别是多少", text)
    both_ends += changed
    # 三年（21年底到24年底）增加多少
    text = re.sub(
        rf"[（(]({FROM_TO.pattern.replace('?P<from>', '?:').replace('?P<to>', '?:')})[）)]", r"\1", text
    )
    # 谁多，多几个: by how much is said in any case.
    text = _BY_HOW_MUCH.sub("", text)
    return text, both_ends > 0
