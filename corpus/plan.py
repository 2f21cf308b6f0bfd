"""Which samples are kept in which format, and how each office lays them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.texts import letter
from corpus.writers.blocks import Block, blocks_of
from corpus.writers.pages import Site


@dataclass(frozen=True, slots=True)
class Made:
    """A sample in an office format."""

    name: str
    suffix: str
    write: Callable[[list[Block]], bytes] = field(repr=False)
    recognised: bool = False
    """A scan: its characters are recognised, not read."""

    @property
    def file(self) -> str:
        return f"{self.name}{self.suffix}"

    def bytes(self) -> bytes:
        """The file's content.

        Raises:
            MissingTool: a program, library or font is not on this machine.
        """
        return self.write(blocks_of(letter(self.name)))


def _word(name: str, suffix: str = ".docx", **look: object) -> Made:
    def write(blocks: list[Block]) -> bytes:
        from corpus.writers import word

        make = word.old_word_file if suffix == ".doc" else word.word_file
        return make(blocks, word.Look(**look))  # type: ignore[arg-type]

    return Made(name, suffix, write)


def _printed(name: str, red: bool = True, **style: object) -> Made:
    def write(blocks: list[Block]) -> bytes:
        from corpus.writers import printing

        own = printing.Style(characters=letter(name) + "\u3000第页" + str(style.get("head", "")), **style)  # type: ignore[arg-type]
        return printing.Printer(own).blocks(blocks, red).bytes()

    return Made(name, ".pdf", write)


def _scan(name: str, turn: float, black: bool = False, **style: object) -> Made:
    def write(blocks: list[Block]) -> bytes:
        from corpus.writers import printing

        own = printing.Style(characters=letter(name) + "\u3000第页" + str(style.get("head", "")), **style)  # type: ignore[arg-type]
        pages = printing.photographed(printing.Printer(own).blocks(blocks).bytes())
        return printing.scanned(printing.worn(page, seed, turn, black) for seed, page in enumerate(pages))

    return Made(name, ".pdf", write, recognised=True)


def _page(name: str, design: str, paragraphs: str, **site: object) -> Made:
    def write(blocks: list[Block]) -> bytes:
        from corpus.writers import pages

        shown = "".join(block.text for block in blocks if block.kind == "title")
        return pages.published(
            blocks,
            shown,
            pages.SITES[design],
            pages.WRITERS[paragraphs],
            Site(labels=False, **site),  # type: ignore[arg-type]
        )

    return Made(name, ".html", write)


def _ofd(name: str, scaled: bool = False, packed: bool = True) -> Made:
    def write(blocks: list[Block]) -> bytes:
        from corpus.writers.ofd import OfdWriter

        return OfdWriter(scaled, packed).blocks(blocks).bytes()

    return Made(name, ".ofd", write)


def _workbook(name: str, sheet: str) -> Made:
    def write(blocks: list[Block]) -> bytes:
        from corpus.writers.workbook import workbook_file

        return workbook_file(blocks, sheet)

    return Made(name, ".xlsx", write)


PLAN: tuple[Made, ...] = (
    _word("yanting-jw-2023-47", number="right"),
    _word("yanting-zjw-2024-24106", title=20, size=15),
    _word("桐浦区2023年补贴性职业技能培训工作通知", red=False, font="宋体", running="桐浦区补贴性职业技能培训"),
    _word("yanting-jiugai-fangan-2023-2025", grid="Light Grid"),
    _word("fengdu-jyj-2024-zongjie", red=False, font="宋体", size=14, title=18, spaced=True),
    _word("songya-nyncw-2024-67", number="left"),
    _word("枫渡县文化和旅游局关于第58号提案的答复"),
    _word("tongpu-zjtx-cuoshi-2023", heading="楷体_GB2312", running="政策文件汇编"),
    _word("qichuan-jxj-2025-46", size=14, font="宋体", title=18, spaced=True),
    _word("yanting-swj-2021-26", ".doc"),
    _word("fengdu-nynj-2023-61", ".doc", red=False, font="宋体", size=14),
    _printed("栖川市生态环境局对市政协第20250118040114号提案的答复"),
    _printed("栖川市2023年工业经济运行简报", size=12, leading=7.5, margin=22, head="栖川市工业经济运行简报"),
    _printed("雁汀区招商投资促进局2024年工作总结", red=False, size=12, leading=7, family="sans", numbers="{}"),
    _printed("fengdu-gxj-24106", size=15),
    _printed("雁汀区招商局关于第72号105号提案的答复", numbers="第 {} 页"),
    _printed("枫渡县教育局关于第53号提案的答复", size=14, leading=9, head="枫渡县教育局建议提案答复选编"),
    _printed("桐浦区卫健局关于第20250118040114号提案的答复", red=False, indent=False, align="L", size=13, leading=8),
    _scan("枫渡县教育局关于第127号建议的补充答复", 0.3, size=14, leading=9, margin=26),
    _scan("松垭区农业农村委员会关于第BH012号提案的会办意见", -0.25, size=14, leading=9, margin=26, numbers=""),
    _scan("songya-sww-huiban-126", 0.0, black=True, size=14, leading=9),
    _scan("tongpu-canlian-huiban-2025", 0.2, size=13, leading=7.6, margin=26),
    _page("枫渡县民政局关于第63号建议办理情况的答复", "modern", "paragraphs", place="枫渡县", published="2025-07-02", office="县民政局", editor="季晓"),
    _page("桐浦区科技局关于第33号提案的答复函_2025", "tables", "breaks", place="桐浦区", published="2025-06-16", office="区科技局"),
    _page("雁汀区教委答复民盟雁汀区总支_学前教育", "modern", "word", place="雁汀区", published="2024-08-02", office="区教委", editor="陆闻"),
    _page("松垭区2025年消费品以旧换新补贴实施细则", "unknown", "paragraphs", published="2025-03-10", office="区商务委"),
    _page("松垭区高标准农田建后管护补助办法", "tables", "divisions", published="2023-01-20", office="区农业农村委", editor="甘霖"),
    _page("yanting-wlw-2025-7", "unknown", "divisions", place="雁汀区", published="2025-07-11", office="区文化旅游委"),
    _workbook("fengdu-wlj-2024-tongji", "Sheet1"),
    _workbook("栖川市2023年度环境空气质量状况简报", "Sheet1"),
    _ofd("栖川市医保局关于第BH035号提案的复函"),
    _ofd("松垭区城市管理局答复戴维岳委员", packed=False),
    _ofd("songya-wjw-2024-41", scaled=True),
)  # fmt: skip


def source_of(made: Made) -> str:
    """The path of a made sample relative to the corpus."""
    return Path("samples", made.file).as_posix()
