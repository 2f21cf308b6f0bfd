"""Whether a document says of itself that it is invented.

The samples that come along say so in a line of their own. Their figures are of no real place: the
page marks them, and where a question leaves the place open, real documents answer first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyqa.schema import Document

_LONGEST = 60
"""Characters of such a line; a sentence about 虚构交易 is longer and speaks of no 数据 or 样例."""
_ENDS = 3
"""Among how many lines at either end of a document it stands."""
_INVENTED = re.compile(
    r"虚构|杜撰|编造|编拟|假想|设想|虚拟(?!现实|机|货币|仿真|专网|养老|社区)|假设|假托|虚设|臆造|捏造|仿写|凭空|[编造]出来|子虚乌有|[拟所]写?编?的?(?:样|示|范)[例稿文]|并?非真实|无其事|不(?:是|代表)[^，。]{0,8}真实"
    r"|(?:纯属|人工|模拟|[全均纯]系)编[排写]|编[排写]的?(?:样|示|范|虚)"
)
_OF_ITSELF = re.compile(
    r"样[例稿本品张]|[示范][例文]|示范|练习|测试|检验|试[题验]|演示|演练|示意|语料|训练|教学|声明|说明|注[：:〕]|[本此][件文稿篇]"
    r"|[本此]?(?:公报|办法|方案|纪要|答复|总结|问答|规划|通知|材料|文书|会议|条文|文稿)|[人地]名|数[据字值]|情节|内容|人物|全部|切?勿|不得"
)


# Set apart by a mark, or speaking of itself from its first word, a line may say it in many more words.
_APART = re.compile(r"^(?:[（(【〔\[※▲*]|——|本|此|以上|上述|说明|声明|提示|注[：:])")
_MADE_UP = re.compile(
    r"虚构|虚造|虚拟(?!现实|机|货币|仿真|专网|养老|社区)|想象|编撰|[是而所]编的?|假造|假[公文](?!件袋)|并?不存在|未发生|创作|自拟|模拟(?:写作|文本|材料)"
    r"|教学演示而拟|无一真实|不真实|事项均属"
)


def is_invented(document: Document) -> bool:
    """Whether a line at its end or top declares a document invented, such as （样例，内容虚构）."""
    return _declares(document.body)


@lru_cache(maxsize=4096)
def _declares(body: str) -> bool:
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return any(
        len(line) <= _LONGEST
        and (
            (_INVENTED.search(line) and _OF_ITSELF.search(line))
            or (_APART.search(line) and (_MADE_UP.search(line) or _INVENTED.search(line)))
        )
        for line in dict.fromkeys([*lines[:_ENDS], *lines[-_ENDS:]])
    )
