"""An assistant that reads nothing and loads nothing: fixed questions, fixed answers, true offsets."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policyqa.errors import PolicyQAError, StoreLocked
from policyqa.schema import (
    Answer,
    Citation,
    Document,
    Hit,
    Passage,
    Proposal,
    Section,
    Span,
    Turn,
)

if TYPE_CHECKING:
    from policyqa.assistant import Failure

LETTER = Path(__file__).parents[2] / "corpus" / "nanchuan-2024-58.txt"
HOSTILE = '<script>window.pwned=1</script><img src=x onerror="window.pwned=1"> "引号" & \'单引号\''

SME = "2023年新培育市级专精特新中小企业多少家？"
TWO = "新能源汽车配套增加值增长多少，企业服务专员多少名？"
UNKNOWN = "2023年全区常住人口多少？"
HOSTILE_QUESTION = f"{HOSTILE} 多少？"
LOCKED = "文件库被锁了吗？"
BROKEN = "会出内部错误吗？"
COMPARED = "甲山区和乙水区各有多少家？"
SLOW = "慢慢回答的问题是什么？"


def letter() -> Document:
    """The real letter, with the head that parsing finds in it."""
    body = LETTER.read_text(encoding="utf-8")

    def at(text: str) -> Span:
        start = body.index(text)
        return Span(start, start + len(text))

    headings = ["一、工作开展情况", "（三）强化优质市场主体培育", "（四）助企纾困优化企业服务"]
    return Document(
        id="letter",
        source="nanchuan-2024-58.txt",
        body=body,
        title="关于区政协十五届三次会议第035号提案的答复函",
        document_type="reply",
        issuers=("重庆市南川区经济和信息化委员会",),
        document_number="南川经信委函〔2024〕58号",
        proposals=(Proposal("035", "proposal", "关于加快我区先进制造业发展的建议", 15, 3, ("李德勇",)),),
        addressee="李德勇委员",
        signed_on=date(2024, 6, 14),
        sections=tuple(
            Section((heading,), at(heading).start, at(heading).start + 200) for heading in headings
        ),
        located={
            "title": at("关于区政协十五届三次会议第035号提案的\n\n答复函"),
            "document_number": at("南川经信委函〔2024〕58号"),
            "addressee": at("李德勇委员"),
            "signed_on": at("2024年6月14日"),
            "note": at("（此件公开发布）"),
        },
    )


def hostile_letter() -> Document:
    """A document whose every field tries to become part of the page."""
    templates = "${value} {{value}} `反引号` \\n"
    body = f"{HOSTILE}\n\n第一句有{HOSTILE}，是依据。{templates}\n\n第二句 </div></article> 完。"
    return Document(
        id=f"d{HOSTILE}",
        source=f"{HOSTILE}.txt",
        body=body,
        title=f"标题{HOSTILE}",
        issuers=(f"机关{HOSTILE}",),
        document_number=f"文号{HOSTILE}",
        proposals=(Proposal(HOSTILE, "proposal", HOSTILE, 1, 1, (HOSTILE,)),),
        addressee=HOSTILE,
    )


def cite(document: Document, quote: str, section: str = "") -> Citation:
    start = document.body.index(quote)
    return Citation(document, (section,) if section else (), quote, start, start + len(quote))


def hit(document: Document, quote: str, score: float = 0.5) -> Hit:
    start = document.body.index(quote)
    return Hit(Passage(f"{document.id}-{start}", document, start, start + len(quote)), score)


class FakeAssistant:
    """Answers the questions above. ``hold`` keeps ``warm`` from finishing until it is set."""

    def __init__(self, *, ready: bool = True, warm_error: PolicyQAError | None = None) -> None:
        self.ready = ready
        self.hold = threading.Event()
        self.release_slow = threading.Event()
        self.warm_error = warm_error
        self.asked: list[tuple[str, list[str], str | None, int | None]] = []
        self.letter = letter()
        self.unread: list[Failure] = []

    def warm(self) -> None:
        self.hold.wait(30)
        if self.warm_error:
            raise self.warm_error
        self.ready = True

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        issuer: str | None = None,
        year: int | None = None,
    ) -> Answer:
        self.asked.append((question, [turn.question for turn in history], issuer, year))
        text = self.letter
        if question == SME:
            quote = "新培育市级“专精特新”中小企业36家，累计达79家。"
            return Answer(
                question,
                "answered",
                "2023年，南川区新培育市级“专精特新”中小企业36家，累计达79家。",
                "36家",
                (cite(text, quote, "（三）强化优质市场主体培育"),),
                confidence=0.93,
            )
        if question == TWO:
            return Answer(
                question,
                "answered",
                "2023年新能源汽车配套产业增加值增长28.3%；为规上企业配备“一对一”企业服务专员76名。",
                "28.3%；76名",
                (
                    cite(
                        text,
                        "2023年，新能源汽车配套、页岩气、中医药等主导产业增加值分别增长28.3%、30.4%、2.3倍；",
                        "（二）产业集群实现系统化发展",
                    ),
                    cite(
                        text,
                        "完善助企服务机制，为规上企业配备“一对一”企业服务专员76名，",
                        "（四）助企纾困优化企业服务",
                    ),
                ),
                confidence=0.9,
            )
        if question == HOSTILE_QUESTION:
            document = hostile_letter()
            quote = document.body.split("\n\n")[1]
            return Answer(
                question, "answered", f"答案是{HOSTILE}", HOSTILE, (cite(document, quote, HOSTILE),)
            )
        if question == COMPARED:
            said = (
                "2023年新培育市级专精特新中小企业36家，累计达79家（某区经济和信息化委员会，2024年6月14日）。"
            )
            rows = "\n".join(
                f"| {place} | 1258000.5万元 | {said} |" for place in ("甲山区", "乙水土家族自治县")
            )
            table = f"| 区县 | 数字 | 原文 |\n|---|---|---|\n{rows}\n\n两者相同。"
            return Answer(question, "answered", table, "36家；36家", (cite(text, "李德勇委员"),))
        if question == LOCKED:
            raise StoreLocked("locked by process 12", "wait")
        if question == BROKEN:
            raise RuntimeError("secret detail")
        if question == SLOW:
            self.release_slow.wait(30)
            return Answer(question, "answered", "慢的回答到了。", "到了", (cite(text, "李德勇委员"),))
        if question.startswith("回声"):
            time.sleep(0.05)
            return Answer(
                question, "answered", f"您问的是：{question}。", question[2:], (cite(text, "李德勇委员"),)
            )
        return Answer(
            question,
            "not_found",
            "已收录的文件中没有找到全区常住人口的数字；最接近的内容讲的是企业和工业。",
            nearest=(
                hit(
                    text,
                    "2023年全年累计完成规上工业总产值258.9亿元，实现工业增加值106.1亿元、增长2%，其中规上工业增加值增长1.5%。",
                ),
                hit(
                    text,
                    "全区共引进长三角、珠三角、京津冀等企业57家，成渝双城经济圈企业10家，主城转移企业143家，",
                ),
                hit(
                    text,
                    "务实解决企业融资困难，截至2023年底，累计发放抵押增值贷放款5662万元、商业价值信用贷1.28亿元，惠及企业150余家。",
                ),
            ),
        )

    def suggestions(self, count: int = 6) -> list[str]:
        return [
            SME,
            "2023年规上工业企业利润增长多少？",
            "工业投资完成了多少？",
            "企业服务专员配备了多少名？",
            "2023年签约项目多少个，协议引资多少？",
            "新获批市级企业技术中心多少个？",
        ][:count]

    def issuers(self) -> list[str]:
        return ["枫渡县教育局", "松垭区经济和信息化委员会", "重庆市南川区经济和信息化委员会"]

    def years(self) -> list[int]:
        return [2021, 2023, 2024]

    def counts(self) -> tuple[int, int]:
        return 67, 1580

    def failures(self) -> list[Failure]:
        return self.unread
