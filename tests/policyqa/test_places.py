"""Places and agencies: of issuers, and in questions."""

from __future__ import annotations

import pytest

from policyqa.places import (
    Spoken,
    agencies_in,
    agency_of,
    home,
    names_places,
    places_in,
    places_of,
    unknown_places,
)
from policyqa.schema import Document
from policyqa.text import fold

ISSUERS = (
    "松垭区经济和信息化委员会",
    "松垭区教育委员会",
    "雁汀区教育委员会",
    "栖川市教育局",
    "枫渡县教育局",
    "松垭区卫生健康委员会",
    "桐浦区卫生健康局",
    "栖川市发展和改革委员会",
    "雁汀区住房和城乡建设委员会",
    "桐浦区人力资源和社会保障局",
    "枫渡县农业农村局",
    "松垭区农业农村委员会",
    "枫渡县文化和旅游局",
    "雁汀区文化和旅游发展委员会",
    "栖川市医疗保障局",
    "雁汀区招商投资促进局",
    "桐浦区残疾人联合会",
    "松垭区城市管理局",
    "枫渡县工业和信息化局",
    "栖川市地方金融工作局",
    "松垭区交通局",
    "桐浦区交通运输局",
    "桐浦区生态环境局",
)
PLACES = frozenset({"松垭", "桐浦", "雁汀", "枫渡", "栖川"})


@pytest.mark.parametrize(
    ("issuer", "places", "agency"),
    [
        ("重庆市南川区经济和信息化委员会", ("重庆", "南川"), "经济和信息化委员会"),
        ("松垭区教育委员会", ("松垭",), "教育委员会"),
        ("浙江省杭州市西湖区民政局", ("浙江", "杭州", "西湖"), "民政局"),
        ("北京市朝阳区望京街道办事处", ("北京", "朝阳", "望京"), "办事处"),
        ("北京市东城区教育委员会", ("北京", "东城"), "教育委员会"),
        ("杭州市萧山区民政局", ("杭州", "萧山"), "民政局"),
        ("城口县教育委员会", ("城口",), "教育委员会"),
        ("新乡市教育局", ("新乡",), "教育局"),
        ("景德镇市教育局", ("景德镇",), "教育局"),
        ("全州县民政局", ("全州",), "民政局"),
        ("乐山市市中区教育局", ("乐山", "市中"), "教育局"),
        ("彭水苗族土家族自治县教育委员会", ("彭水",), "教育委员会"),
        ("恩施土家族苗族自治州教育局", ("恩施",), "教育局"),
        ("新疆维吾尔自治区人民政府", ("新疆",), "人民政府"),
        ("内蒙古自治区锡林郭勒盟教育局", ("内蒙古", "锡林郭勒"), "教育局"),
        ("雁汀区住房和城乡建设委员会", ("雁汀",), "住房和城乡建设委员会"),
        ("国家税务总局", (), "国家税务总局"),
        ("国家税务总局松垭区税务局", ("松垭",), "税务局"),
        ("住房和城乡建设部", (), "住房和城乡建设部"),
        ("区财政局", (), "区财政局"),
        ("县市场监管局", (), "县市场监管局"),
        ("工业园区管委会", (), "工业园区管委会"),
        ("各区县人民政府", (), "各区县人民政府"),
        ("", (), ""),
    ],
)
def test_an_issuer_is_a_place_and_an_agency(issuer: str, places: tuple[str, ...], agency: str) -> None:
    assert places_of(issuer) == places
    assert agency_of(issuer) == agency


@pytest.mark.parametrize(
    ("question", "issuers"),
    [
        ("松垭经信委答复了什么", ["松垭区经济和信息化委员会"]),
        ("松垭区经信委答复了什么", ["松垭区经济和信息化委员会"]),
        ("松垭区经济和信息化委员会答复了什么", ["松垭区经济和信息化委员会"]),
        ("经信局怎么说", ["松垭区经济和信息化委员会"]),
        ("工信局怎么说", ["枫渡县工业和信息化局"]),
        ("雁汀区教委", ["雁汀区教育委员会"]),
        ("松垭教委", ["松垭区教育委员会"]),
        ("区教委怎么说", ["松垭区教育委员会", "雁汀区教育委员会"]),
        ("县教育局怎么说", ["枫渡县教育局"]),
        ("市教育局怎么说", ["栖川市教育局"]),
        ("教委", ["松垭区教育委员会", "雁汀区教育委员会", "栖川市教育局", "枫渡县教育局"]),
        ("卫健委", ["松垭区卫生健康委员会", "桐浦区卫生健康局"]),
        ("松垭卫健委", ["松垭区卫生健康委员会"]),
        ("桐浦卫健局", ["桐浦区卫生健康局"]),
        ("市发改委", ["栖川市发展和改革委员会"]),
        ("住建委", ["雁汀区住房和城乡建设委员会"]),
        ("桐浦人社局", ["桐浦区人力资源和社会保障局"]),
        ("县农业农村局", ["枫渡县农业农村局"]),
        ("区农委", ["松垭区农业农村委员会"]),
        ("枫渡文旅局", ["枫渡县文化和旅游局"]),
        ("区文旅委", ["雁汀区文化和旅游发展委员会"]),
        ("医保局", ["栖川市医疗保障局"]),
        ("招商局", ["雁汀区招商投资促进局"]),
        ("残联", ["桐浦区残疾人联合会"]),
        ("城管局", ["松垭区城市管理局"]),
        ("金融局", ["栖川市地方金融工作局"]),
        ("松垭交通局", ["松垭区交通局"]),
        ("生态环境局", ["桐浦区生态环境局"]),
        ("统计局", []),
        ("公安局", []),
        ("委员会", []),
        ("哪些委员提的", []),
        ("2023年新增多少家", []),
    ],
)
def test_agencies_are_known_by_their_short_names(question: str, issuers: list[str]) -> None:
    assert sorted(agencies_in(fold(question), ISSUERS)) == sorted(issuers)


@pytest.mark.parametrize(
    ("question", "known", "unknown"),
    [
        ("松垭区有多少家", ("松垭",), ()),
        ("桐浦2023年", ("桐浦",), ()),
        ("桐浦区和松垭区哪个多", ("桐浦", "松垭"), ()),
        ("松垭和桐浦", ("松垭", "桐浦"), ()),
        ("青石区2023年有多少家", (), ("青石",)),
        ("万州区的情况", (), ("万州",)),
        ("城口县2023年", (), ("城口",)),
        ("北碚区、松垭区", ("松垭",), ("北碚",)),
        ("全区有多少", (), ()),
        ("全市2023年", (), ()),
        ("我县有多少", (), ()),
        ("我们区有多少", (), ()),
        ("哪些城市有", (), ()),
        ("哪个区最多", (), ()),
        ("其他区呢", (), ()),
        ("老旧小区改造了多少", (), ()),
        ("工业园区有多少", (), ()),
        ("老城区有多少", (), ()),
        ("贫困山区", (), ()),
        ("新能源市场", (), ()),
        ("云岭镇茶园面积多少", (), ("云岭",)),
        ("鹤汀街道先试行", (), ("鹤汀",)),
        ("乡镇有多少", (), ()),
        ("各镇街自己批", (), ()),
        ("建制镇有多少", (), ()),
        ("返乡创业多少人", (), ()),
        ("松垭云岭镇茶园", ("松垭",), ("云岭",)),
        ("松垭老城区改造", ("松垭",), ()),
    ],
)
def test_places_of_a_question(question: str, known: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    folded = fold(question)
    assert places_in(folded, PLACES) == known
    assert unknown_places(folded, PLACES, {"云岭"}) == unknown


def test_places_that_documents_only_speak_of_are_known_anywhere_in_a_question() -> None:
    spoken = Spoken()
    spoken.add("a", "榆舫区3050个、芷桥区2140个。")
    spoken.add("b", "榆舫、芷桥两区共建服务区2处，服务群众，提升服务，服务热线已开通，服务企业。")
    places = spoken.places()
    assert places == {"榆舫": ("a",), "芷桥": ("a",)}
    assert spoken.full("榆舫", {"a", "b"}) == "榆舫区"
    assert unknown_places("榆舫去市区的班车", frozenset({"珩渡"}), places) == ("榆舫",)
    assert unknown_places("2023年榆舫区跟芷桥区差几个", frozenset({"珩渡"}), places) == ("榆舫", "芷桥")
    assert unknown_places("珩渡榆舫和芷桥两区占几成", frozenset({"珩渡"}), places) == ("榆舫", "芷桥")
    assert unknown_places("珩渡服务区有几处", frozenset({"珩渡"}), places) == ()


def test_a_campus_is_no_district_and_how_many_there_are_no_part_of_a_name() -> None:
    spoken = Spoken()
    spoken.add("a", "市二院新院区已开工；禾塬县3家。")
    assert spoken.places() == {"禾塬": ("a",)}
    assert unknown_places("桐濑、云汊、禾塬三县合计", frozenset(), ("禾塬",)) == ("禾塬",)


def test_a_lower_city_is_a_place_among_districts() -> None:
    assert names_places("桐山县121公里、涟口市78公里", frozenset())
    assert not names_places("全市78公里，企业上市3家", frozenset())


def test_the_town_itself_is_no_stranger() -> None:
    known = frozenset({"甲山"})
    for question in ("从市区坐2路去看鸟多少钱", "住甲山老城核心区停车多少钱", "出了市区怎么收"):
        assert unknown_places(question, known) == (), question


def test_joint_handling_is_no_agency() -> None:
    assert agencies_in("甲山区的提案答复(会办意见不算)", ("甲山区妇女儿童工作委员会办公室",)) == ()


def test_what_a_meeting_was_about_is_no_place() -> None:
    body = "甲山市人民政府专题会议纪要\n研究城乡供水一体化有关工作\n"
    assert home(Document("d", "d.txt", body, title="研究城乡供水一体化有关工作")) == ("甲山",)
    heard = "乙水区人民政府专题会议纪要\n会议听取区住建局的汇报。\n"
    assert home(Document("d", "d.txt", heard, issuers=("会议听取区住建局",))) == ("乙水",)
