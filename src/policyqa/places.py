"""Places and agencies: what a letter's issuer stands for, and what a question names.

The issuer says where a letter's figures belong: 重庆市南川区经济和信息化委员会 speaks for 南川区.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from policyqa.schema import Document
from policyqa.text import fold

_PLACE = re.compile(
    r"[㐀-鿿]{2,12}?自治[区州县旗]|[㐀-鿿]{2,4}?(?:省|市|区|县|盟|旗|街道|[州镇](?!市(?!场))|乡(?!市(?!场)|村))"
)
# 石柱土家族自治县 is called 石柱.
_SUFFIX = re.compile(
    r"((?:维吾尔|(?:土家|布依|哈尼|蒙古|朝鲜|哈萨克|景颇|傈僳|仡佬|拉祜|纳西|达斡尔|柯尔克孜|撒拉|各|壮|回|苗|藏|羌|彝|傣|侗|白|满|黎|瑶|畲|佤|水|土)族)*自治[区州县旗]"
    r"|省|市|区|县|州|盟|旗|镇|乡|街道)$"
)
# Words that end like a place and are none: 住房和城乡, 工业园区, 各区县.
_NO_PLACE = re.compile(
    r"^住房和城乡$|(?:园|小|社|片|景|街|校|院|病|病房|诊|展|产|仓储|物流|商业|辖|地|厂|开发|试验|示范|功能|集中|高新|保税|度假|风景|居民|住宅|安置|管理|合作|经济|涉农|禁养|限养|养殖|作业|服务)区$"
    r"|^[各全我该本每几两三四五六七八九十多个]*[省市区县镇乡街道]+$|[年月]全?[省市区县]$"
)
_KINDS = r"(?:区县|县区|县市区|区市县|乡镇|镇街|街道|地方|区|县|镇|乡)"
WHICH_PLACE = re.compile(
    rf"哪(?:一个|几个|个|些)?{_KINDS}(?![域级间])的?"
    rf"|(?:[一二两三四五六七八九十几\d]+个|各个?)?{_KINDS}(?:里面?|中|当中|之中)?的?[，,]?(?:(?:20)?\d\d年[底末]?)?(?:哪一?个|谁)"
    r"(?!年|月|季|部门|单位|局|委|行业|企业|类|种|项)|哪[里边儿](?=的?.{0,12}(?:最|更))"
)
"""What asks for a place: 哪个区县, 三个县里哪个; not 松垭区哪一年, nor 松垭区哪个部门."""
# In a question further ones; an issuer may be of 东城区 or 萧山区.
_NO_STRANGER = re.compile(
    r"[年月日初末底]|(?:经开|主城|中心城|中心|核心|类)区$|^[从到在往回进出离去来].?市?区$|^从市$|(?:城|库|灾|郊|山|牧|林|矿|港|专|禁|特|主|老|旧|外|新)区$|城市$"
    r"|全.$|^.?[在占跟比与和较够是]"
    r"|^(?:我|你|他|咱|这|那个|那些|哪|其[他它]|周边|邻近|相邻|外地|本地|所有|每个|各个|多少|几个|多个|全|各|该)"
)
# What an agency's short name ends with.
_AGENCY = re.compile(
    r"[㐀-鿿]{1,10}?(?:委员会|委办|委|局|厅|办公室|(?<!会)办(?![理结事好完学证文复])|院|联|中心|管委会)(?![员托会屈])"
)


# 国家税务总局栎川市税务局, 中国人民政治协商会议磐渚市委员会: the whole that a branch belongs to.
_ABOVE = re.compile(
    r"^(?:国家税务总局(?=.)|国网|中国人民政治协商会议(?=.)|政协(?=[㐀-鿿]{2,4}?[省市区县])|中共|中国共产党)"
)


@lru_cache(maxsize=4096)
def places_of(issuer: str) -> tuple[str, ...]:
    """The places in an issuer's name from the largest to the smallest, without their suffix.

    >>> places_of("重庆市南川区经济和信息化委员会"), places_of("国家税务总局")
    (('重庆', '南川'), ())
    >>> places_of("政协澄岭市委员会"), places_of("柏泉市促进乡村民宿发展若干措施")
    (('澄岭',), ('柏泉',))
    """
    found = []
    rest = _ABOVE.sub("", fold(issuer))
    while match := _PLACE.match(rest):
        stem = _SUFFIX.sub("", match.group())
        if _NO_PLACE.search(match.group()) or len(stem) < 2:
            break
        found.append(stem)
        rest = rest[match.end() :]
    return tuple(found)


# What may stand before a place in a title: 关于印发2024年岫溪市…
_TITLE_LEAD = re.compile(r"^(?:[《〈\"“\s\d年度—-]|关于|印发|公布|发布|调整|修订|实施|对)+")


@lru_cache(maxsize=4096)
def home_of(issuer: str, title: str) -> tuple[str, ...]:
    """The places that a document is of, as ``places_of``: its issuer's, else those its title begins with.

    >>> home_of("", "关于印发松垭区城市停车管理办法的通知"), home_of("栖川市教育局", "关于松垭区学位的答复")
    (('松垭',), ('栖川',))
    """
    return places_of(issuer) or places_of(_TITLE_LEAD.sub("", title))


def home(document: Document) -> tuple[str, ...]:
    """``home_of`` a document, else the place of the first agency that its head names."""
    issuer = document.issuers[0] if document.issuers else ""
    own = home_of(
        "" if _HEARS.match(issuer) else issuer, "" if _HEARS.match(document.title) else document.title
    )
    return own or _named_at_the_head(document.body[:_HEAD], document.addressee)


# 研究城乡供水一体化, 会议听取区住建局…的汇报: what a meeting was about, in the place of a title.
_HEARS = re.compile("(?:会议)?(?:研究|听取|审议|讨论)")
_HEAD = 160
"""How much of a document's beginning may name the place that it is of, in characters."""
# 澹溪市人民政府专题会议纪要 · 农工党琅浦县支部
_OFFICE = re.compile(
    r"^[㐀-鿿]{2,16}?(?:人民政府|政府|政协|人大|局|委员会|委|办公室|管理中心|法院|检察院|支部|总支)"
)


@lru_cache(maxsize=4096)
def _named_at_the_head(head: str, addressee: str) -> tuple[str, ...]:
    """The places of the first agency in a head; of whom it is addressed to only those of a party's branch.

    >>> _named_at_the_head("栖川市人民政府专题会议纪要\\n〔2024〕57号", ""), _named_at_the_head("关于区政协第4号提案的答复", "")
    (('栖川',), ())
    >>> _named_at_the_head("关于提案的复函\\n农工党松垭区支部：\\n", "农工党松垭区支部")
    ('松垭',)
    """
    for line in fold(head).split("\n"):
        sent = bool(addressee) and fold(addressee) in line
        text = PARTY.sub(" ", line) if PARTY.search(line) else "" if sent else line
        for piece in re.split(r"[^㐀-鿿]+", text):
            office = _OFFICE.search(_LEADING.sub("", piece))
            found = places_of(office.group()) if office else ()
            if found and not _NO_STEM.match(found[0]):
                return found
    return ()


_LEADING = re.compile(r"^(?:首页|来源|发布|发文机关|会议|听取|审议|研究|传达|在|由|致|对|关于)+")
_NO_STEM = re.compile(r"^(?:[我本全各该经商报请送省市]|有关|关于|相关|根据|按照|依据|依照|会同)")


def is_place(word: str) -> bool:
    """Whether a word is a place's whole name: 松垭区, not 住宅小区, 全区 or 城市.

    >>> is_place("松垭区"), is_place("工业园区"), is_place("全市")
    (True, False, False)
    """
    folded = fold(word)
    return (
        _PLACE.fullmatch(folded) is not None
        and _NO_PLACE.search(folded) is None
        and _NO_STRANGER.search(folded) is None
    )


@lru_cache(maxsize=4096)
def agency_of(issuer: str) -> str:
    """An issuer's name without its places: 经济和信息化委员会."""
    rest = _ABOVE.sub("", fold(issuer))
    while (match := _PLACE.match(rest)) and not _NO_PLACE.search(match.group()):
        rest = rest[match.end() :]
    return rest or fold(issuer)


# 民建 stands for its branches: 民建松垭区支部.
PARTY = re.compile(r"民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|工商联")


def places_in(folded: str, known: frozenset[str]) -> tuple[str, ...]:
    """The known places that a question names, by their name with or without suffix.

    >>> places_in("浣石竹纸作坊有几家", frozenset({"浣石", "石竹"}))
    ('浣石',)
    """
    named = sorted((place for place in known if place in folded), key=folded.find)
    return tuple(place for place in named if not _cut_across(place, named, folded))


def _cut_across(place: str, named: Sequence[str], folded: str) -> bool:
    """Whether a name only stands where an earlier one ends: 石竹 in 浣石竹纸."""
    starts = [m.start() for m in re.finditer(re.escape(place), folded)]
    spans = [(m.start(), m.end()) for other in named for m in re.finditer(re.escape(other), folded)]
    return all(any(a < at < b < at + len(place) for a, b in spans) for at in starts)


# A district or county, 青石区, and what lies below them: 云岭镇, 白茅乡, 鹤汀街道.
_STRANGER = re.compile(
    r"(?<![㐀-鿿\d.])[㐀-鿿]{2,3}(?:市(?!场|民|政|级|面|区)|县(?!级|城)|区(?!级|域|县)|镇(?!域|区|级|街)|乡(?!村|镇|贤|土|下|里)|街道(?!口|上))"
    r"(?![㐀-鿿]?[委局办])"
)
# 榆舫区、芷桥区 in a document
_SPOKEN = re.compile(
    r"(?P<stem>[㐀-鿿]{2})(?:县(?!级|城|区|域|[里内])|区(?!级|域|县|块|间|别|位|分|[里内外])|镇(?!域|区|级|街|村)|乡(?!村|镇|贤|土|下|里)|街道(?![口上]))"
    # 青箬县121公里、涟口市78公里: a city among districts, where no other word may end in 市
    r"|(?<![㐀-鿿])(?P<city>[㐀-鿿]{2})市(?=[\d、，。；:()\s]|$)"
)
_GRAMMAR = re.compile(
    r"[各全本该我们你他她它其这那哪个些几两一二三四五六七八九十在和与及跟同对从到由据按给把被的地得了有是为每多少不市县区镇乡]"
)
_NO_TOWN = re.compile(
    r"(?:城|集|村|小|古|乡|建制|中心|重点|特色|强|街|[各全两几个些]|[一二三四五六七八九十])[镇乡]|下乡|返乡|回乡|家乡|老乡|街镇"
)


def names_places(folded: str, known: frozenset[str]) -> bool:
    """Whether a text names any place: a known one, or what looks like a district, county or town."""
    return bool(places_in(folded, known)) or bool(districts_in(folded))


def districts_in(folded: str) -> Counter[str]:
    """What looks like districts, counties and towns in a text, without suffix, and how often each stands.

    >>> districts_in("榆舫区3050个、芷桥区2140个"), districts_in("各区县")
    (Counter({'榆舫': 1, '芷桥': 1}), Counter())
    """
    return Counter(stem for _, stem in _districts(folded))


def _districts(folded: str) -> Iterator[tuple[str, str]]:
    """What looks like a district, county or town, each with and without its suffix."""
    for match in _SPOKEN.finditer(folded):
        name, stem = match.group(), match["stem"] or match["city"]
        if not any(p.search(name) for p in (_NO_PLACE, _NO_STRANGER, _NO_TOWN)) and not _GRAMMAR.search(stem):
            yield name, stem


class Spoken:
    """The districts, counties and towns that documents speak of, without suffix, with who speaks of them.

    Only names that are hardly used otherwise: not 服务区, for 服务 stands everywhere.

    >>> spoken = Spoken()
    >>> spoken.add("a", "榆舫区3050个、芷桥区2140个；新建服务区2处，开展服务、提升服务，服务群众。")
    >>> spoken.places()
    {'榆舫': ('a',), '芷桥': ('a',)}
    >>> spoken.add("b", "榆舫区121公里、涟口市78公里；城市、企业上市、全市3个。")
    >>> sorted(spoken.places())
    ['榆舫', '涟口', '芷桥']
    """

    def __init__(self) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._named: Counter[str] = Counter()
        self._full: dict[str, Counter[str]] = {}
        self._by: dict[str, dict[str, None]] = {}

    def add(self, document_id: str, body: str) -> None:
        text = fold(body)
        self._pairs.update(pairwise(text))
        for name, stem in _districts(text):
            self._named[stem] += 1
            self._full.setdefault(name, Counter())[document_id] += 1
            self._by.setdefault(stem, {})[document_id] = None

    def places(self) -> dict[str, tuple[str, ...]]:
        """The names, each with the ids of the documents that speak of it."""
        return {
            stem: tuple(self._by[stem])
            for stem, count in self._named.items()
            if self._pairs[stem[0], stem[1]] <= MOSTLY * count
        }

    def full(self, stem: str, among: Set[str]) -> str:
        """A name with the suffix that it mostly has in some documents: 榆舫区.

        Another city may have a county of that name.
        """
        names = (name for name in self._full if name.startswith(stem))
        return max(names, key=lambda name: sum(n for i, n in self._full[name].items() if i in among))


MOSTLY = 3
"""How often a name may stand without its suffix for every time that it stands with it."""


SUFFIX = "(?:省(?![级委])|市(?![级民场容政值])|区(?![级域间划块位])|县(?![级道乡域直]))"
"""What may stand behind the stem of a place: not the 县 of 县道, the 省 of 省级."""


def unknown_places(folded: str, known: frozenset[str], spoken: Collection[str] = ()) -> tuple[str, ...]:
    """Names that look like a district, county or town and that no issuer has: 青石区, 云岭镇.

    Args:
        spoken: the places that documents speak of (``Spoken``). They count wherever they stand
            (跟芷桥区差几个); behind the name of a known place only they do, for much else may stand there
            (栖川老城区).
    """
    found = []
    behind = _after_known(folded, known)
    for text in dict.fromkeys((folded, behind)):
        for match in _STRANGER.finditer(text):
            name = match.group()
            if name.endswith("区县"):
                continue  # 每套区县自己掏多少
            stem = re.sub(r"(?:街道|.)$", "", name)
            if len(stem) == 3 and (_GRAMMAR.match(stem) or stem[0] in "去住来往"):  # 据枫渡县, 去松垭区
                name, stem = name[1:], stem[1:]
            if len(stem) == 3 and re.search("[两二三四五六七八九]$", stem):  # 桐濑、云汊、禾塬三县
                name, stem = stem[:2], stem[:2]
            if _NO_PLACE.search(name) or _NO_STRANGER.search(name) or _NO_TOWN.search(name):
                continue
            if any(place in name or stem in place for place in known):
                continue
            # 这笔钱市里出多少: the city is meant, whatever stands before it.
            within = text[match.end() : match.end() + 1] == "里"
            if stem in spoken or (text is folded and not within):
                found.append(stem)
    found += [
        stem for stem in spoken if stem in behind and not any(stem in other for other in (*known, *found))
    ]
    return tuple(sorted(dict.fromkeys(found), key=folded.find))


def _after_known(folded: str, known: frozenset[str]) -> str:
    """A question with a gap in place of the known places, so that what follows stands at a beginning."""
    for place in sorted(known, key=len, reverse=True):
        folded = re.sub(rf"{re.escape(place)}{SUFFIX}?", " ", folded)
    return folded


def agencies_in(folded: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The issuers that a question names, in full or short: 松垭经信委, 区教委, 卫健委.

    A short name stands for an issuer when its characters occur in the agency's name in order,
    beginning with the first.
    """
    named = []
    for match in _AGENCY.finditer(folded):
        short = re.sub(r"^(?:以及|[和与及跟同、])", "", match.group())
        found, level = [], ""
        for issuer in known:
            places = places_of(issuer)
            rest = short
            for place in places:
                rest = re.sub(rf"^{re.escape(place)}(省|市|区|县)?", "", rest)
            if above := re.match(r"[市区县省](?=[㐀-鿿]{2})", rest):
                level, rest = above.group(), rest[1:]
            if len(rest) >= 2 and abbreviates(rest, agency_of(issuer)):
                found.append(issuer)
        # 县教育局 is that of a county, where there is one.
        named += [issuer for issuer in found if level and _level(issuer) == level] or found
    return tuple(dict.fromkeys(named))


def _level(issuer: str) -> str:
    """省, 市, 区 or 县: what kind of place an issuer stands for; empty when it names none."""
    rest = fold(issuer)
    return rest[: -len(agency_of(issuer))][-1:] if places_of(issuer) else ""


def abbreviates(short: str, name: str) -> bool:
    """Whether ``short`` is made of characters of ``name`` in order, from its beginning.

    >>> abbreviates("经信委", "经济和信息化委员会"), abbreviates("教委", "经济和信息化委员会")
    (True, False)
    """
    if short in name:
        return True
    if not name or not short.endswith(("委", "局", "办", "委员会", "厅", "院", "联", "中心")):
        return False
    # 委 and 局 are used for one another in speech.
    if short[-1] in "委局" and not re.search(r"[委局]", name):
        return False
    at = 0
    for character in short[:-1] if short[-1] in "委局办" else short:
        at = name.find(character, at)
        if at < 0:
            return False
        at += 1
    return short[0] in name[:4]
