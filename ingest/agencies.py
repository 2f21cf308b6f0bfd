"""Names of agencies: what a letterhead or a signature consists of."""

from __future__ import annotations

import re

# 重庆市南川区经济和信息化委员会 · 枫渡县农业农村局文件 · 区政府办公室
AGENCY = re.compile(
    r"[㐀-鿿（）()·、]{2,36}(?:委员会|管委会|办公室|委办|局|厅|部|院|政府|中心|协会|联合会|总会|红十字会"
    r"|总工会|公司|集团|分局|支队|总队|大队|银行|学校|大学|工委|党委|县委|区委|市委|教委|卫健委|团委|妇联|残联"
    r"|科协|文联|工商联|调查队|海关|督查室|(?<![常政])委|处|站|所|科)"
)
# 桐浦区文化和旅游局（桐浦区文物局): one agency with two names.
NAME = re.compile(rf"{AGENCY.pattern}(?:[（(]{AGENCY.pattern}[）)])?")
_LETTERHEAD = re.compile(rf"({NAME.pattern})\s*(?:文件|[（(]?(?:代章|盖章|公章|印章)[）)]?)?")


def agencies(text: str) -> list[tuple[str, int, int]]:
    """The agencies that a line consists of, with their offsets; empty when it holds anything else.

    >>> [name for name, _, _ in agencies("松垭区民政局　　松垭区财政局　文件")]
    ['松垭区民政局', '松垭区财政局']
    >>> [name for name, _, _ in agencies("南 川 区 财 政 局 文件")], agencies("关于财政局")
    (['南川区财政局'], [])
    """
    parts = list(re.finditer(r"[^\s、]+", text))
    found: list[tuple[str, int, int]] = []
    for part in parts:
        if found and part.group() == "文件":
            continue
        match = _LETTERHEAD.fullmatch(part.group())
        if match is None or len(match[1]) < 4 or part.group().startswith(("关于", "对")):
            break
        found.append((match[1], part.start(), part.start() + len(match[1])))
    else:
        return found
    # Letters spread over the line.
    if len(parts) < 3:
        return []
    match = _LETTERHEAD.fullmatch(re.sub(r"\s+", "", text))
    if match and len(match[1]) < 30 and all(len(part.group()) <= 2 for part in parts[:-1]):
        stripped = text.strip()
        start = text.index(stripped)
        return [(match[1], start, start + len(stripped))]
    return []
