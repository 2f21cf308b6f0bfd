"""Figures: value, unit, aspect, approximation; lists; what is none; when two are equal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyqa.figures import figure_of, find_figures, same_figure
from policyqa.schema import Aspect


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        # plain counts and measures
        ("36家", "36", "家"),
        ("89个", "89", "个"),
        ("1.62万人", "16200", "人"),
        ("41.2万人次", "412000", "人次"),
        ("26.3万亩", "263000", "亩"),
        ("23.2 万亩", "232000", "亩"),
        ("2063公里", "2063", "公里"),
        ("71.6万平方米", "716000", "平方米"),
        ("2.86亿立方米", "286000000", "立方米"),
        ("512公斤", "512", "公斤"),
        ("25.1张", "25.1", "张"),
        ("14万吨/日", "140000", "吨/日"),
        ("41.3亿千瓦时", "4130000000", "千瓦时"),
        ("35微克/立方米", "35", "微克/立方米"),
        ("112平方公里", "112", "平方公里"),
        ("26位", "26", "人"),
        ("94.6万标箱", "946000", "标箱"),
        # money
        ("4523000元", "4523000", "元"),
        ("4,523,000元", "4523000", "元"),
        ("452.3万元", "4523000", "元"),
        ("1.28亿元", "128000000", "元"),
        ("12800万元", "128000000", "元"),
        ("2 860元", "2860", "元"),
        ("1200万美元", "12000000", "美元"),
        ("160元/亩", "160", "元/亩"),
        ("1.5万元/公里·年", "15000", "元/公里·年"),
        ("5千元", "5000", "元"),
        ("1.2万亿元", "1200000000000", "元"),
        # Chinese numerals
        ("壹拾万元", "100000", "元"),
        ("壹佰贰拾万元", "1200000", "元"),
        ("三百二十人", "320", "人"),
        ("九十六人", "96", "人"),
        ("两百三十户", "230", "户"),
        ("六百人次", "600", "人次"),
        # shares
        ("28.3%", "28.3", "%"),
        ("100％", "100", "%"),
        ("９３％", "93", "%"),
        ("百分之七点五", "7.5", "%"),
        ("百分之12", "12", "%"),
        ("千分之五", "0.5", "%"),
        ("万分之三", "0.03", "%"),
        ("1.96‰", "0.196", "%"),
        ("四成", "40", "%"),
        ("四分之一", "25", "%"),
        ("四分之三", "75", "%"),
        ("3个百分点", "3", "个百分点"),
        ("0.41个百分点", "0.41", "个百分点"),
        ("2.3倍", "2.3", "倍"),
        ("翻一番", "2", "倍"),
        ("翻番", "2", "倍"),
        ("翻了两番", "4", "倍"),
        # full-width
        ("４７座", "47", "座"),
        ("１１.３万人", "113000", "人"),
        ("-4.7%", "-4.7", "%"),
        ("80周岁", "80", "周岁"),
        # ranks
        ("第6位", "6", "位"),
        ("第六位", "6", "位"),
        ("第十二位", "12", "位"),
        ("首位", "1", "位"),
        ("榜首", "1", "位"),
        ("第3名", "3", "位"),
    ],
)
def test_a_figure_has_its_value_and_unit(text: str, value: str, unit: str) -> None:
    figure = figure_of(text)
    assert figure is not None
    assert (figure.value, figure.unit) == (Decimal(value), unit)
    assert figure.text == text


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("末班延长至23时40分，票价2元。", ["2元"]),
        ("家庭医生签约91.4万人，预约3万人次，大约36家。", ["91.4万人", "3万人次", "大约36家"]),
        ("满分100分，用时1小时40分钟。", ["100分", "1小时", "40分钟"]),
    ],
)
def test_a_time_of_day_is_no_score_and_a_contract_no_about(text: str, figures: list[str]) -> None:
    assert [f.text for f in find_figures(text)] == figures


@pytest.mark.parametrize(
    ("text", "figure", "approximation"),
    [
        ("近4000万元", "近4000万元", "近"),
        ("约3个百分点", "约3个百分点", "约"),
        ("20余家", "20余家", "余"),
        ("150余家", "150余家", "余"),
        ("二十余家", "二十余家", "余"),
        ("一千三百余户", "一千三百余户", "余"),
        ("三十多所", "三十多所", "多"),
        ("超过92%", "超过92%", "超过"),
        ("突破340家", "突破340家", "突破"),
        ("不足千分之五", "不足千分之五", "不足"),
        ("35户左右", "35户左右", "左右"),
        ("440个以上", "440个以上", "以上"),
        ("10%以内", "10%以内", "以内"),
        ("不超过250万元", "不超过250万元", "不超过"),
        ("不低于200万元", "不低于200万元", "不低于"),
        ("不少于60张", "不少于60张", "不少于"),
        ("最高80万元", "最高80万元", "最高"),
        ("仅130户", "仅130户", "仅"),
        ("逾百分之三十", "逾百分之三十", "逾"),
        ("近四成", "近四成", "近"),
        ("达到36家", "36家", ""),
        ("36家", "36家", ""),
    ],
)
def test_the_word_of_approximation_belongs_to_the_figure(text: str, figure: str, approximation: str) -> None:
    (found,) = find_figures(text)
    assert (found.text, found.approximation) == (figure, approximation)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("10—15家", "10", "15", "家"),
        ("10-15家", "10", "15", "家"),
        ("10–15家", "10", "15", "家"),
        ("10～15家", "10", "15", "家"),
        ("9~12个月", "9", "12", "个月"),
        ("10至15家", "10", "15", "家"),
        ("3至5万元", "30000", "50000", "元"),
        ("3万—5万元", "30000", "50000", "元"),
        ("5%—8%", "5", "8", "%"),
        ("1.5%至2%", "1.5", "2", "%"),
        ("百分之二十至三十", "20", "30", "%"),
    ],
)
def test_a_range_has_both_ends(text: str, low: str, high: str, unit: str) -> None:
    figure = figure_of(text)
    assert figure is not None
    assert (figure.value, figure.high, figure.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("sentence", "text", "aspect"),
    [
        ("实现规上工业企业利润18亿元", "18亿元", "level"),
        ("实现工业增加值106.1亿元", "106.1亿元", "level"),
        ("全区现行标准为12元", "12元", "level"),
        ("新培育专精特新中小企业36家", "36家", "new"),
        ("新认定高新技术企业49家", "49家", "new"),
        ("全年新增118个", "118个", "new"),
        ("2023年新建改建农村供水工程27处", "27处", "new"),
        ("新增公办幼儿园6所、学前学位1710个", "1710个", "new"),
        ("累计达79家", "79家", "cumulative"),
        ("总里程达到2120公里", "2120公里", "cumulative"),
        ("全县农村路灯保有量7480盏", "7480盏", "cumulative"),
        ("累计发放贷款5662万元、信用贷1.28亿元", "1.28亿元", "cumulative"),
        ("增长28.3%", "28.3%", "growth"),
        ("同比下降10.8%", "10.8%", "growth"),
        ("利润18亿元、增长50.4%", "50.4%", "growth"),
        ("增速12%", "12%", "growth"),
        ("降幅7.1%", "7.1%", "growth"),
        ("比上年增长1.3倍", "1.3倍", "growth"),
        ("三年翻一番", "翻一番", "growth"),
        ("占比34%", "34%", "share"),
        ("占工业投资的35.6%", "35.6%", "share"),
        ("占全市12640张的28.2%", "28.2%", "share"),
        ("占总收入的四成", "四成", "share"),
        ("列全市第6位", "第6位", "rank"),
        ("居全国第五", "第五", "rank"),
        ("增速居首位", "首位", "rank"),
        ("提高3.6个百分点", "3.6个百分点", "change"),
        ("高于全市平均水平约3个百分点", "约3个百分点", "change"),
        ("比上年末净增9户", "9户", "change"),
        ("较上年减少31起", "31起", "change"),
        ("同比多增210人", "210人", "change"),
        ("覆盖率70.5%", "70.5%", "level"),
        ("合格率99.0%", "99.0%", "level"),
        ("覆盖率由50%提高到70.5%", "70.5%", "level"),
        ("普及率升至92%", "92%", "level"),
        ("时间由47天压缩到9天", "9天", "level"),
        ("增长达到12%", "12%", "growth"),
    ],
)
def test_the_aspect_is_what_the_words_before_say(sentence: str, text: str, aspect: Aspect) -> None:
    found = {figure.text: figure.aspect for figure in find_figures(sentence)}
    assert found[text] == aspect


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("3000—5000万元的项目", ["3000—5000万元"]),
        ("补助1000-1500元，咨询023-71421234", ["1000-1500元"]),
    ],
)
def test_a_range_of_money_is_no_telephone(sentence: str, texts: list[str]) -> None:
    assert [f.text for f in find_figures(sentence)] == texts


@pytest.mark.parametrize(
    "text",
    [
        "2024年6月14日",
        "2023年",
        "2023—2027年",
        "2021至2023年",
        "二〇二四年",
        "6月14日",
        "5月底",
        "2023年一季度",
        "上午9:30",
        "17:30前",
        "8:00—20:00",
        "南川经信委函〔2024〕58号",
        "（2024）58号",
        "[2016]58号",
        "第24106号提案",
        "第035号",
        "第BH035号",
        "第20250118040114号",
        "十五届三次会议",
        "第十五届",
        "六届四次全体会议",
        "第3条",
        "第二章",
        "第一批",
        "第三产业",
        "“1343”总体思路",
        "“332”产业集群",
        "“33618”现代制造业集群体系",
        "“1+1+N”机制",
        "023-71421234",
        "电话000-0000582",
        "统一社会信用代码91500119",
        "邮编408400",
        "一个",
        "一批项目",
        "一项工作",
        "两个方面",
        "一次",
        "一方面",
        "一系列",
        "统一安排",
        "之一",
        "同一",
        "“三农”",
        "“双减”",
        "一刀切",
        "一对一",
        "一体化",
        "唯一",
        "三公经费",
        "千方百计",
        "一是抓产业",
        "二是抓企业",
        "其一",
        "十四五",
        "“十五五”",
        "5G",
        "PM2.5",
        "PM10",
        "1. 产能",
        "2、结构",
        "推动甲厂二期、乙厂二期等项目",
        "一集群一机构",
        "近三年",
        "“十四五”前四年",
        "几十家",
        "数百人",
        "上百家",
        "成立",
        "成都",
    ],
)
def test_what_is_no_figure_is_not_found(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        (
            "2023年全年累计完成规上工业总产值258.9亿元，实现工业增加值106.1亿元、增长2%",
            ["258.9亿元", "106.1亿元", "2%"],
        ),
        (
            "技改投资30亿元、占比34%，高于全市平均水平约3个百分点，列全市第7位。",
            ["30亿元", "34%", "约3个百分点", "第7位"],
        ),
        ("帮助20余家企业获各类奖补资金近4000万元。", ["20余家", "近4000万元"]),
        ("（第035号）收悉，2024年6月14日，新增36家", ["36家"]),
        ("X亿元，其中Y亿元", []),
        ("增长5.3，完成年度目标14500人的107.7%", ["5.3", "14500人", "107.7%"]),
        ("占社零总额的13.5，比上年提高1.4个百分点", ["13.5", "1.4个百分点"]),
        ("PM2.5年均浓度32微克/立方米", ["32微克/立方米"]),
        ("改造混错接点 214 处", ["214 处"]),
        ("达4 9 2 5 0 万吨", ["4 9 2 5 0 万吨"]),
        ("1.25亿元用于建设", ["1.25亿元"]),
        ("县级以上5个、乡镇12个", ["5个", "12个"]),
        ("2021年、2022年、2023年分别完成6座、9座、8座", ["6座", "9座", "8座"]),
        ("前三名", ["前三名"]),
    ],
)
def test_the_figures_of_a_sentence_in_order(sentence: str, texts: list[str]) -> None:
    assert [figure.text for figure in find_figures(sentence)] == texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4523000元", "4,523,000元"),
        ("4,523,000元", "452.3万元"),
        ("1.28亿元", "12800万元"),
        ("12%", "12.0%"),
        ("12%", "12％"),
        ("百分之十二", "12%"),
        ("第六位", "第6位"),
        ("首位", "第1位"),
        ("三成", "30%"),
        ("0.5%", "5‰"),
        ("20余家", "20家"),
        ("近4000万元", "4000万元"),
        ("壹拾万元", "10万元"),
        ("３６家", "36家"),
        ("3个百分点", "3百分点"),
        ("62名", "62人"),
        ("两百户", "200户"),
        ("翻一番", "2倍"),
        ("10—15家", "10~15家"),
        ("2 860元", "2860元"),
        ("1公顷", "15亩"),
        ("采纳", "采纳"),
        ("ＡＢ", "ab"),
    ],
)
def test_equal_figures_in_different_writings(one: str, other: str) -> None:
    assert same_figure(one, other)
    assert same_figure(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("36家", "37家"),
        ("36家", "36个"),
        ("36家", "36户"),
        ("3%", "3个百分点"),
        ("3元", "3万元"),
        ("3元", "3美元"),
        ("第6位", "6位"),
        ("第6位", "6人"),
        ("6家", "36家"),
        ("10家", "10—15家"),
        ("1.5倍", "1.5%"),
        ("36家", "三十六计"),
        ("36家", ""),
        ("采纳", "不采纳"),
        ("160元/亩", "160元"),
    ],
)
def test_different_figures_are_not_equal(one: str, other: str) -> None:
    assert not same_figure(one, other)


def test_several_figures_are_not_one() -> None:
    assert figure_of("36家、79家") is None
    assert figure_of("没有") is None


OFFICIAL = st.text(
    alphabet="0123456789０１９.,，、。；：%％‰ 　一二三十百千万亿元家个人年月日第位"
    "约近余占增长累计新分别为至—-～~（）()“”达到成倍"
)


@given(OFFICIAL)
def test_offsets_are_slices_in_order_without_overlap(sentence: str) -> None:
    at = 0
    for figure in find_figures(sentence):
        assert sentence[figure.start : figure.end] == figure.text
        assert at <= figure.start < figure.end
        assert figure.value.is_finite()
        at = figure.end


@given(st.text())
def test_any_text_can_be_read_for_figures(sentence: str) -> None:
    assert all(sentence[f.start : f.end] == f.text for f in find_figures(sentence))


@given(st.integers(min_value=1, max_value=10**10))
def test_a_figure_equals_itself_with_commas_and_magnitudes(value: int) -> None:
    assert same_figure(f"{value}元", f"{value:,}元")
    assert same_figure(f"{value}元", f"{Decimal(value) / 10000}万元")
    assert not same_figure(f"{value}元", f"{value + 1}元")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("按6∶4分担", ["6∶4"]),
        ("按7:3负担，乙县按5:5。", ["7:3", "5:5"]),
        ("人车比为2.7：1", ["2.7：1"]),
        ("护理员与老人之比为1:4.6，未达到1:4的要求。", ["1:4.6"]),
        ("市县以4∶6的比例承担", ["4∶6"]),
        ("末班车从20:30延到22:30", []),
        ("时间：15:00—17:40", []),
    ],
)
def test_a_proportion_is_a_figure_where_it_is_called_one(sentence: str, found: list[str]) -> None:
    assert [f.text for f in find_figures(sentence) if f.unit == "比"] == found


def test_two_limits_side_by_side_are_one_range() -> None:
    (fine, more) = find_figures("不牵绳的处50元以上200元以下罚款，逾期的处500元以上1000元以下罚款。")
    assert (fine.text, fine.value, fine.high) == ("50元以上200元以下", 50, 200)
    assert (more.text, more.value, more.high) == ("500元以上1000元以下", 500, 1000)
    assert [f.text for f in find_figures("注册资本50万元以上，职工20人以下")] == ["50万元以上", "20人以下"]


def test_a_label_in_brackets_belongs_to_the_figure_before_it() -> None:
    one, other = find_figures("每月补300元（托小班、乳儿班）或200元（托大班）")
    assert (one.indicator, other.indicator) == ("每月补▯（托小班、乳儿班）", "或▯（托大班）")


def test_things_counted_by_the_handful() -> None:
    assert [f.text for f in find_figures("生产琵琶6.8万把、二胡11.2万把。")] == ["6.8万把", "11.2万把"]
    assert [f.unit for f in find_figures("今年用3把水管改完")] == []


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("城乡收入比为1.89，比上年缩小0.03。", ["1.89"]),
        ("居民消费价格指数为100.3。", ["100.3"]),
        ("灌溉水利用系数由2015年的0.561提高到2021年的0.612。", ["0.561", "0.612"]),
        ("指数保险试点乡镇3.5万亩。", []),
    ],
)
def test_an_index_is_a_figure_without_a_unit(sentence: str, values: list[str]) -> None:
    assert [f.text for f in find_figures(sentence) if not f.unit] == values


def test_a_decimal_point_in_the_middle() -> None:
    found = find_figures("纯收入实际增长4·3％，3·15当天检查12家")
    assert [(f.text, str(f.value)) for f in found] == [("4·3％", "4.3"), ("12家", "12")]
