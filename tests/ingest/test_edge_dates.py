"""The day of a document that stands at its edge in no usual place."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.parse import parse

BODY = "全市共有助餐点203个，比上年增加19个。\n其中城区151个。\n下一步，我局将继续扩大覆盖面。"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"砚东县经济运行简报\n砚东县统计局　2025年2月14日　第2期（总第86期）\n\n{BODY}", (2025, 2, 14)),
        (f"砚东市数据局2024年工作总结\n（2025年1月16日局务会审定）\n\n{BODY}", (2025, 1, 16)),
        (
            f"砚东市人才安居管理办法\n（市政府令第62号，2024年4月8日公布，6月1日起施行）\n\n{BODY}",
            (2024, 4, 8),
        ),
        (
            f"砚东市2025年政府工作报告\n——2025年1月9日在砚东市第六届人大五次会议上　市长 令狐远\n\n{BODY}",
            (2025, 1, 9),
        ),
        (
            f"关于第12号提案的答复\n\n令狐远委员：\n{BODY}\n\n2025年7月2日　砚东市民政局\n（样例）",
            (2025, 7, 2),
        ),
        (
            f"关于第12号提案的答复\n\n令狐远委员：\n{BODY}\n\n电话：000-6110044　答复日期：2024年5月30日",
            (2024, 5, 30),
        ),
    ],
)
def test_the_day_is_found_with_its_place(text: str, day: tuple[int, int, int]) -> None:
    document, _ = parse(text, "a.txt")
    assert document.signed_on == date(*day)
    span = document.located["signed_on"]
    assert document.body[span.start : span.end] == f"{day[0]}年{day[1]}月{day[2]}日"


@pytest.mark.parametrize(
    "text",
    [
        f"砚东市助餐管理办法\n（自2024年6月1日起施行）\n\n{BODY}",
        f"砚东市专题会议纪要\n时间：2025年4月24日下午\n\n{BODY}",
        f"关于第12号提案的答复\n\n令狐远委员：\n{BODY}\n2025年7月2日砚东区新开助餐点3个。",
    ],
)
def test_other_days_are_none_of_the_document(text: str) -> None:
    assert parse(text, "a.txt")[0].signed_on is None


def test_an_office_in_brackets_is_no_title() -> None:
    text = f"砚东市热线运行情况通报\n砚东市数据局（市热线中心）\n2024年第3期　2024年10月15日\n\n{BODY}"
    document, _ = parse(text, "a.txt")
    assert document.title == "砚东市热线运行情况通报"
    assert document.signed_on == date(2024, 10, 15)
