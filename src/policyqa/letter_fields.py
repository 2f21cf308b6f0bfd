"""The fields of an official document that can be asked for: by which words, what they hold, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policyqa import labelled
from policyqa.classes import said_class
from policyqa.question import normal_number
from policyqa.schema import Document, Span


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a document that can be asked for.

    ``asked`` matches questions for it; ``value`` gives what to say, empty when absent; ``place``
    says where in the document it stands.
    """

    name: str
    asked: re.Pattern[str]
    value: Callable[[Document], str]
    place: Callable[[Document], Sequence[Span]]


def _located(*names: str) -> Callable[[Document], Sequence[Span]]:
    def place(document: Document) -> Sequence[Span]:
        return [document.located[name] for name in names if name in document.located][:1]

    return place


def _titles(document: Document) -> Sequence[Span]:
    names = [n for n in document.located if n.startswith("proposal_title")]
    return [document.located[n] for n in sorted(names)] or _located("title")(document)


def _proposal_titles(document: Document) -> str:
    several = len(document.proposals) > 1
    return "；".join(
        p.title + (f"（第{p.number}号）" if several and p.number else "")
        for p in document.proposals
        if p.title
    )


def _numbers(document: Document) -> str:
    return "；".join(f"第{p.number}号" for p in document.proposals if p.number)


def _day(name: str) -> Callable[[Document], str]:
    def value(document: Document) -> str:
        day = getattr(document, name)
        return f"{day.year}年{day.month}月{day.day}日" if day else ""

    return value


_HAN = "零一二三四五六七八九十"


def _session(document: Document) -> str:
    """Of which session a letter's proposals are: 六届五次."""
    sessions = {(p.term, p.session): None for p in document.proposals if p.term and p.session}
    return "、".join(f"{_han(term)}届{_han(session)}次" for term, session in sessions if term and session)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_HAN[tens]}十") + (
        _HAN[ones] if ones or not tens else ""
    )


def _held(document: Document) -> str:
    """The day of the meeting that minutes are of, which they name where they bear no date themselves."""
    return labelled.said(document, "held") if "纪要" in document.title else ""


def _contact(document: Document) -> str:
    person = labelled.said(document, "person")
    if document.contact and person and not re.search(r"[㐀-鿿]{2}", _CONTACT_LABEL.sub("", document.contact)):
        return f"联系人{person}，{document.contact}"  # a number whose person stands elsewhere
    return document.contact or next(filter(None, (labelled.said(document, n) for n in _CONTACTS)), "")


def _contact_places(document: Document) -> Sequence[Span]:
    found = _located("contact")(document)
    if found and (named := labelled.place(document, "person")):
        return list(dict.fromkeys((*found, *named)))
    return found or next(filter(None, (labelled.place(document, n) for n in _CONTACTS)), [])


_CONTACT_LABEL = re.compile(r"联系(?:人|电话|方式|单位)?|电话|经办人?|承办|咨询|号码")
_CONTACTS = ("phone", "person")
"""What a sentence may say of whom to ask, where no line of its own does."""


def _proposers(document: Document) -> str:
    return "；".join(dict.fromkeys("、".join(p.proposers) for p in document.proposals if p.proposers))


# A类（第031号、第112号）、C类（第077号）
_CLASS_OF = re.compile(r"(?P<letter>[A-Ea-e])\s*类?\s*[（(](?P<whose>[^（）()]*\d[^（）()]*)[）)]")


def _outcome(document: Document) -> str:
    """The class of a letter; where its proposals have each their own, those of the ones that are meant."""
    span = document.located.get("outcome")
    said = list(_CLASS_OF.finditer(document.body[span.start : span.end])) if span else []
    numbers = {normal_number(p.number) for p in document.proposals if p.number}
    own = [m for m in said if numbers & {normal_number(n) for n in re.findall(r"\d+", m["whose"])}]
    if len(own) > 1:
        return "、".join(m.group() for m in own)
    letter = own[0]["letter"] if own else document.outcome
    if letter and (own or len(document.proposals) < 2):
        return f"{letter.upper()}类"
    told = said_class(document)
    return told[0] if told else f"{letter.upper()}类" if letter else ""


def _outcome_places(document: Document) -> Sequence[Span]:
    located = _located("outcome")(document)
    if located and len(document.proposals) < 2:
        return located
    told = said_class(document)
    return [told[1]] if told else located


def _label(name: str) -> tuple[Callable[[Document], str], Callable[[Document], Sequence[Span]]]:
    """The value of a labelled word, and where it stands."""
    return lambda d: labelled.said(d, name), lambda d: labelled.place(d, name)


def _attachments(document: Document) -> str:
    return f"{len(document.attachments)}个：{'；'.join(document.attachments)}" if document.attachments else ""


# 《某某细则》政策问答: it bears no number, what it explains does.
_EXPLAINS = re.compile("》[^》]{0,8}(?:问答|解读|说明|答记者问)")


def _code(document: Document) -> str:
    if not document.document_number and _EXPLAINS.search(document.title):
        return labelled.said(document, "explained")
    return document.document_number


def _code_places(document: Document) -> Sequence[Span]:
    return _located("document_number")(document) or labelled.place(document, "explained")


_WHEN = r"(?:哪一?天|何时|几时|什么时[候间]|啥时候?|几月几[日号]|几号(?!文|提案|建议|函|楼|线)|哪年哪月|(?:什么|哪个)日期)"
FIELDS: tuple[Field, ...] = (
    Field("提案标题", re.compile(r"(?:提案|建议|议案)的?(?:标题|题目|题名|案由|名称|全称|全名|叫什么)|(?:标题|题目|(?<!提)案由)(?:是|叫)|哪[一两三几]?[件份](?:提案|建议)|什么(?:提案|建议)|(?:提案|建议|议案)[^，。？]{0,8}叫什么名字|提的是?哪一?个(?:提案|建议)|(?:委员|代表)(?:们)?提的?(?:是什么|是啥|啥|什么)(?:事[情儿]?|问题|内容)?(?=[，。？?]|$)|(?:提案|建议|议案)，?(?:各|分别)?是?(?:讲|说|关于|谈)的?(?:是)?(?:什么|啥|哪方面)"), _proposal_titles, _titles),
    Field("文件标题", re.compile(r"(?:答复函?|复函|文件|通知|办法|方案|函|信)的?(?:标题|题目|全称|全名)|号(?:文件?)?的?(?:全称|全名|名称)|号(?:文件?)?是?(?:讲|说|关于|谈)(?:的是|的)?(?:什么|啥|哪方面)"), lambda d: d.title, _located("title")),
    Field("发文字号", re.compile(r"文号|文件编?号|发文号|发文字号|字号|(?:几|多少|哪个?)号文"), _code, _code_places),
    Field("提案号", re.compile(r"(?:提案|建议|议案)的?(?:编号|号码|号(?!提案|建议))|(?:提案|建议|议案)(?:分别)?(?:是|为)第?(?:几|哪|多少)号|第?哪?[几哪]一?号(?:提案|建议|议案)|案号(?:是|为)?(?:多少|几|什么|哪)|多少号(?:提案|建议)|(?:提案|建议|议案|件)(?:是)?第?(?:几|哪|多少)号"), _numbers, _located("title", "proposal_title")),
    Field("届次", re.compile(r"(?:哪一?|第?几)届[^，。？]{0,6}(?:哪一?|第?几)次|(?:哪一?|第?几)次(?:政协|人大|全体)?(?:全?会议?)上?[^，。？]{0,3}提"), _session, _located("proposal_session")),
    Field("期号", re.compile(r"(?:总?第?[几哪多][一少]?期|期号)(?!间|限|完工|建|工程)"), *_label("issue")),
    Field("主送", re.compile(r"答复(?:给)?(?:的是)?(?:谁|哪位|哪个|哪些|哪几)(?![只不最提说觉满])|回复(?:给)?(?:的是)?(?:谁|哪位|哪个|哪些|哪几)|(?:写|发|寄|主送)给?(?:的是)?(?:谁|哪位|哪个|哪家|哪几|哪两|哪些)|给(?:谁|哪[个家位一](?:部门|单位|局|委)?)的|[回答复]给(?:的是)?(?:谁|哪几?[位个家些])|主送|称谓"), lambda d: d.addressee, _located("addressee")),
    Field("提案人", re.compile(r"(?:谁|哪位|哪几位|哪些|哪个(?!提案)|哪两位)(?:委员|代表|人|党派|单位|名)?们?(?:联名|领衔|牵头)?提(?:出|交|的|了|案)?|提案人|(?:谁|哪位|哪个)(?:委员|代表)?(?:领衔|牵头|联名)|领衔的?(?:是谁|代表|委员)|由(?:谁|哪位|哪个)[^，。]{0,6}提|(?:提案|建议)是?谁写|(?:提案|建议|议案)的?是(?:哪[个位家]|谁)(?![答回办主承牵负督][复办管头责]?|[㐀-鿿]{0,3}(?:部门|单位|局))|哪个党派|是(?:哪)?[几两三四][个位]?(?:委员|代表)|是哪个?(?:委员|代表)|(?<![两三四五六七八九几]位)(?:委员|代表)(?:叫|的?(?:名字|姓名)|姓)(?:什么|啥|是)|[答复]的?(?:是)?谁的(?:提案|建议)|哪(?:些|几位|位|几个)(?:委员|代表)们?的(?:提案|建议)"), _proposers, _located("addressee")),
    Field("发文机关", re.compile(r"(?:哪些|什么|哪[一两三四几]?[个家])(?:部门|单位|机关|局|委|机构|委办局)(?:联合|共同|一起|联名)?(?:答复|回复|办(?!公)|发|印发|出|制定|写|承办)|(?:哪个|哪家|什么)(?:部门|单位|机关)(?:说|讲|提供|给出)的?|[归由]?哪[一几两三四]?[个家](?:部门|单位|机关|局|委)[去来]?[答回办]的?(?!公)|谁(?:答复|回复|发|印发|办理|(?<!提案是谁)(?<!提案谁)(?<!建议是谁)写|说)的?|发文(?:机关|单位)|承办单位|哪[两三几]家(?:联合|共同)?(?:发|印发|出台|制定|联合)|[和跟与同]谁联合|谁联合"), lambda d: d.issuer, _located("issuer")),
    Field("主办单位", re.compile(r"主办单位(?!的)|(?:哪个|哪家|什么)(?:部门|单位|机关|局|委)主办|谁主办|主办的?是(?:谁|哪)"), lambda d: d.lead_unit or d.issuer, _located("lead_unit", "issuer")),
    Field("会办单位", re.compile(r"(?:会同|联合)了?(?:哪(?!里|儿|年|天)|谁)|(?:会办|协办)(?:的?单位|的?部门|的?是)|谁(?:会办|协办)|[和跟与同]谁(?:一[起块同道]儿?|共同|联合)(?:办|答|回|商|研究)|哪(?:些|几个|几家)(?:部门|单位|局)?(?:会办|协办|一起|共同(?:办理|研究))|(?:和|跟|与|同)哪(?:些|几)"), lambda d: "、".join(d.co_units), lambda d: _opening(d)),
    Field("抄送", re.compile(r"抄送"), lambda d: "、".join(d.copied_to), _located("copied_to")),
    Field("办复类别", re.compile(r"办复类别|办理结果|办理类别|办复结果|[abc]类?还是|哪一?类(?:答复|办理|件)|什么类(?:别|件)|几类件|(?:定为|属于|列为|列入|算|评为|是|[改办答][成为])(?:了|的)?(?:哪一?|几|什么)类(?!水)|(?:^|[，、,\s])(?:第?几类|哪一?类)(?=[，。、？?\s]|$)"), _outcome, _outcome_places),
    Field("公开方式", re.compile(r"公开(?:方式|属性|形式|类型)|公不公开|(?:是否|能不能|主动|可以|依申请)公开|公开(?:了)?[没吗不]"), lambda d: labelled.said(d, "openness"), lambda d: labelled.place(d, "openness")),
    Field("联系方式", re.compile(r"联系(?:电话|人|方式|谁|哪位)|(?:电话|热线)(?:分别|各)?(?:是|号码|多少|几号)|(?:有[^，。？]{0,6}(?:事|问题|疑问|不明白)|想问|咨询|不清楚)[^，。？]{0,6}(?:找|问)(?:谁|哪[位个])|打(?:哪个|什么|啥)电话|找谁联系|怎么联系|(?:谁|哪位)经办|经办人|经办(?:是谁|[，。？?]|$)"), _contact, _contact_places),
    Field("索引号", re.compile(r"索引号"), lambda d: labelled.said(d, "index"), lambda d: labelled.place(d, "index")),
    Field("留言编号", re.compile(r"(?:留言|来信|信件|受理)[^，。？]{0,4}编号"), lambda d: labelled.said(d, "message"), lambda d: labelled.place(d, "message")),
    Field("审签人", re.compile(r"(?:谁|哪位|哪个)[^，。？]{0,6}(?:审签|审定|签发|签批|审核)|(?:审签|审定|签发|签批)的?(?:人|领导|是谁)|签发[^，。？]{2,20}的(?:人|领导)?是谁|谁签(?:的|字|[，。？?]|$)"), lambda d: labelled.said(d, "approved"), lambda d: labelled.place(d, "approved")),
    Field("分管领导", re.compile(r"(?:谁|哪[位个]|哪一位)[^，。？]{0,8}分管|分管(?:的|领导|负责人|局长)?(?:的?是谁|是哪|[，。？?]|$)"), *_label("in_charge")),
    Field("主持人", re.compile(r"(?:谁|哪位|哪个|什么人)[^，。？]{0,8}(?:主持|召集|召开|开的)|主持(?:人|会议)?的?(?:是谁|是哪|[，。？?]|$)"), *_label("chair")),
    Field("记录人", re.compile(r"(?:谁|哪位|哪个)[^，。？]{0,6}(?:做的?)?(?:记录|记的)|记录(?:人|员)?(?:的?是谁|[，。？?]|$)"), *_label("recorder")),
    Field("校对人", re.compile(r"(?:谁|哪位|哪个)[^，。？]{0,6}校对|校对(?:人|的?是谁)"), *_label("checker")),
    Field("请假缺席", re.compile(r"(?:谁|哪[些几个]|哪位)[^，。？]{0,8}(?:请假|缺席|没来|没到|未到会|没参加)|(?:请假|缺席|没来|没到会?|没参加)的?(?:[有是]|都有)?(?:谁|哪)"), *_label("absent")),
    Field("列席", re.compile(r"(?:谁|哪[些几个]|哪位)[^，。？]{0,6}列席|列席的?(?:[有是]|都有)?(?:谁|哪)"), *_label("sitting_in")),
    Field("出席", re.compile(r"(?:谁|哪[些几个]|哪位)[^，。？]{0,6}(?:出席|参会|参加(?:了)?(?:会议|协商会|座谈会|这次会))|(?:出席|参会)的?(?:委员|人员|领导|单位)?(?:[有是]|都有)(?:谁|哪)"), *_label("attending")),
    Field("合并的提案", re.compile(r"(?:合并|并案|一并)(?:答复|办理|办复)?[^，。？]{0,6}(?:哪(?!几?位)|几件|几份|几个|多少件)|(?:几件|几份|多少件)[^，。？]{0,4}(?:合并|并案)|(?:答|答复|回复|办理|涉及)了?(?:(?:几|多少)[件份个]|哪几个)(?:提案|建议)"), lambda d: f"{len(d.proposals)}件：{_numbers(d)}" if d.proposals else "", _located("title", "proposal_title")),
    Field("附件", re.compile(r"附(?:了|有|着)?(?:哪|几|多少|什么)[^，。？]{0,3}附件|附件(?:一共|总共|都|共)?(?:有|是|包括)?(?:哪|什么|啥|几|多少)|(?:几|多少|哪些)个?附件"), _attachments, _located("attachments")),
    Field("停止执行的文件", re.compile(r"(?:哪|什么|啥)[^，。？]{0,6}(?:文件?|办法|规定|通知|标准|政策|规矩)[^，。？]{0,6}(?:作废|废止|停止执行|失效|废了|不再执行)|(?:作废|废止|停止执行|废|取代|代替|替(?:掉|换|下))了?的?(?:文件)?(?:是|了)?(?:哪|什么)"), lambda d: labelled.said(d, "repealed"), lambda d: labelled.place(d, "repealed")),
    Field("成文日期", re.compile(rf"成文|落款(?:日期|时间)?|(?:谁|哪个局|哪个?部门|哪家单位)(?:答复|回复|回|答)的?[，、](?:什么时候|啥时候?|哪天|何时|几号)|{_WHEN}(?:答复|回复|回信|回的?(?=[，。？?]|$)|答的|发文|签发|成文|出的|写的|复的|发的|发出)|(?:答复|回复|回信|复函|签发|发文)的?(?:日期|时间)|(?:答复|回复|复函|[^，。？]函)(?:提案|建议)?(?:的函)?是(?:几号(?!文|提案|建议|函)|哪天)|(?:答复|回复|回信|复函|发文|签发|出台)(?:是)?(?:在)?{_WHEN}"), lambda d: _day("signed_on")(d) or _held(d), lambda d: _located("signed_on")(d) or labelled.place(d, "held")),
    Field("印发日期", re.compile(rf"{_WHEN}印发|印发的?(?:日期|时间)|印发(?:是)?(?:在)?{_WHEN}"), lambda d: _day("printed_on")(d) or _day("signed_on")(d), lambda d: _located("printed_on")(d) or _located("signed_on")(d)),
    Field("发布日期", re.compile(rf"(?:挂网|上网|网上|对外|公开)?发布(?:日期|时间|的)?(?:是)?(?:{_WHEN})?|挂[到在]?网|发(?:[到在]网|网上)|上网公[布开]|{_WHEN}(?:公布|公开|发布)"), _day("published_on"), _located("published_on")),
)  # fmt: skip


def fields_named(names: Sequence[str]) -> list[Field]:
    """The fields of these names, in their order; a name that is none is left out."""
    return [field for name in names for field in FIELDS if field.name == name]


def _opening(document: Document) -> Sequence[Span]:
    """The sentence that names the agencies that took part."""
    if not document.co_units:
        return []
    at = document.body.find(document.co_units[0])
    if at < 0:
        return []
    start = max(document.body.rfind(mark, 0, at) for mark in "。\n") + 1
    ends = [i for mark in "。：\n" if (i := document.body.find(mark, at)) >= 0]
    return [Span(start, min(ends, default=len(document.body)))]
