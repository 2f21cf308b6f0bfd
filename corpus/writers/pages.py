"""Pages as government sites make them, around a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from corpus.writers.blocks import Block

MENU = "".join(f'<li><a href="/{n}">{n}</a></li>' for n in ("首页", "政务公开", "办事服务", "互动交流"))


# --- how editors write paragraphs -----------------------------------------------------------------


def in_paragraphs(text: str) -> str:
    return "".join(
        f"<p>{escape(line)}</p>" if line.strip() else "<p><span>&nbsp;</span></p>"
        for line in text.split("\n")
    )


def in_breaks(text: str) -> str:
    return "<br>".join(f"&emsp;&emsp;{escape(line)}" if line.strip() else "" for line in text.split("\n"))


def in_divisions(text: str) -> str:
    return "".join(
        f"<div>　　<span>{escape(line)}</span></div>" if line.strip() else "<div><br></div>"
        for line in text.split("\n")
    )


def from_word(text: str) -> str:
    """Word breaks its lines inside sentences."""
    lines = (re.sub(r"(.{35})", "\\1\r\n", escape(line)) for line in text.split("\n"))
    return "<!--[if gte mso 9]><xml>x</xml><![endif]--><div class=WordSection1>" + "".join(
        f"<p class=MsoNormal><span lang=EN-US style='font-family:仿宋'>{line}<o:p></o:p></span></p>\r\n"
        for line in lines
    ) + "</div>"  # fmt: skip


WRITERS: dict[str, Callable[[str], str]] = {
    "paragraphs": in_paragraphs, "breaks": in_breaks, "divisions": in_divisions, "word": from_word,
}  # fmt: skip


# --- what sites put around them -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Site:
    """Whose site a page is of, and what it says of the page."""

    place: str = "松垭区"
    office: str = "区府办"
    published: str = "2024-07-03"
    number: str = "SY-2024-00118"
    editor: str = ""
    """责任编辑; empty where the site names none."""
    labels: bool = True
    """A table of labels above the text, where the design has one."""


OWN = Site()


def modern(content: str, title: str, site: Site = OWN) -> str:
    """Chongqing's sites: labels in a table, the text in a known container, the title in the head."""
    labels = f"""<table class="zwxl-table">
<tr><td class="t1">[ 索引号 ]</td><td>{site.number}</td><td>[ 发文字号 ]</td><td>无</td></tr>
<tr><td>[ 主题分类 ]</td><td>工业</td><td>[ 发布日期 ]</td><td>{site.published}</td></tr></table>"""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title or "互动交流"}_{site.place}人民政府</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{site.published} 09:41">
<meta name="ContentSource" content="{site.office}"><style>p{{color:red}}</style><script>var a = "您提出的建议";</script>
</head><body><div class="header"><ul class="nav">{MENU}</ul></div>
<div class="crumbs">当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>建议提案办理</a></div>
<div class="main"><h1>{title}</h1>{labels if site.labels else ""}
<div class="info">发布时间：{site.published} 09:41 来源：{site.office} 浏览次数：<span>1 367</span>【字体：<a>大</a><a>中</a><a>小</a>】
<a>打印</a></div><div class="zwxl-article"><div class="view TRS_UEDITOR trs_paper_default">{content}</div></div>{_editor(site)}
<div class="bdsharebuttonbox">分享到：<a>微信</a></div><div style="display:none">隐藏的文字，不应出现。</div>
<div>上一篇：<a>对第1号建议的答复</a></div><div class="xglj"><h3>相关链接</h3><ul><li><a>对第2号建议的答复</a></li></ul></div>
</div><div class="footer">主办：{site.place}人民政府办公室　网站标识码：5001000001　渝ICP备05000001号</div></body></html>"""


def tables(content: str, title: str, site: Site = OWN) -> str:
    """Sites of twenty years ago: everything laid out in tables."""
    return f"""<html><head><title>{title or "公众留言"}</title></head><body><table width=1000><tr><td colspan=2><img src=b.jpg></td></tr>
<tr><td width=200><table><tr><td><a>政务公开</a></td></tr><tr><td><a>建议提案办理</a></td></tr></table></td><td>
<table width=100%><tr><td align=center><b>{title}</b></td></tr>
<tr><td align=center>发布时间：{_short(site.published)} 来源：{site.office} 阅读次数：22</td></tr><tr><td>{content}</td></tr>
<tr><td align=right>{_editor(site)}<a href="javascript:print()">打印本页</a> <a>关闭窗口</a></td></tr></table></td></tr>
<tr><td colspan=2>主办：{site.place}人民政府办公室，承办：信息中心，联系电话：000-0000</td></tr></table></body></html>"""


def unknown(content: str, title: str, site: Site = OWN) -> str:
    """Names that say nothing, a form around everything, headlines of other pages beside."""
    return f"""<html><head><title>{title}</title></head><body><form id=aspnetForm><div class=c1><div class=c2><ul>{MENU}</ul>
</div><div class=c3><div class=c4><div class=c5>{title}</div><div class=c6>{site.published} 10:22 来自：{site.office}</div>
<div class=c7>{content}</div>{_editor(site)}<div class=c8><div>相关链接</div><ul><li><a>关于第1号提案的答复</a></li></ul></div></div>
<div class=c9><h3>热点新闻</h3><ul><li><a>区长调研，强调抓好落实。</a><li><a>全区大会召开，部署下半年工作。</a></ul></div>
</div></div></form></body></html>"""


def _editor(site: Site) -> str:
    return f"<div>责任编辑：{site.editor}</div>" if site.editor else ""


def _short(day: str) -> str:
    """2024-07-03 as 2024-7-3."""
    return "-".join(str(int(part)) for part in day.split("-"))


def bare(content: str, title: str, site: Site = OWN) -> str:
    """Nothing around the text."""
    return content


SITES: dict[str, Callable[[str, str], str]] = {
    "modern": modern, "tables": tables, "unknown": unknown, "bare": bare,
}  # fmt: skip


def published(
    blocks: Sequence[Block],
    title: str,
    design: Callable[[str, str, Site], str],
    paragraphs: Callable[[str], str],
    site: Site,
) -> bytes:
    """A document on a site's page, in UTF-8; its tables as tables."""
    parts: list[str] = []
    for table, lines in groupby(blocks, lambda block: block.kind == "table"):
        if table:
            parts += [_grid(block) for block in lines]
        else:
            parts.append(paragraphs("\n".join(block.text for block in lines)))
    page = design("".join(parts), escape(title), site)
    if "charset" not in page:
        page = page.replace("<head>", '<head><meta charset="utf-8">', 1)
    return page.encode("utf-8")


def _grid(block: Block) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows
    )
    return f'<table border="1" cellspacing="0">{rows}</table>'
