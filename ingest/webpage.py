"""The document on a web page: its text, title and labels, without all that the site puts around it.

Known containers of government sites first; else the element that holds nearly all sentences. Text
inside links, without Chinese punctuation, or in menus counts little or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from ingest.flow import FlowLine, flow, is_data_table, parse_html
from ingest.page_clutter import remove_around, remove_unseen, trimmed
from ingest.page_labels import Labels, read_labels
from ingest.page_parts import CONTAINERS, scores, words
from ingest.page_title import Names, page_title, squeezed
from policyqa.errors import UnreadableFile

# A page of the site's protection, or one that says that there is none.
_NO_PAGE = re.compile(
    r"请(?:开启|启用|打开)\s*(?:浏览器的?)?\s*JavaScript|enable\s+JavaScript|安全验证|请完成.{0,8}验证|人机验证|访问(?:过于频繁|被拒绝|受限)"
    r"|(?:页面|网页|内容|文件)(?:不存在|已?被?删除|找不到|无法访问|走丢了)|404\s*Not\s*Found|403\s*Forbidden|502\s*Bad|Access\s+Denied"
    r"|请(?:先)?登录",
    re.IGNORECASE,
)
_INSIDE = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "span", "strong", "b", "font", "em", "ul", "ol",
    "thead", "pre", "a",
})  # fmt: skip
"""Elements that hold a piece of a document, never the whole beside nothing."""

_PARTING = ["p", "div", "br", "td", "section", "article", "li", "dd", "pre", "h1", "h2", "h3"]
"""Elements without any of these hold one paragraph: some letters are hardly more than one."""

_LITTLE = 60
"""Characters below which a text without a sentence is thought not to be the document."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says: its lines joined, and what staff should know about it."""

    text: str
    notices: tuple[str, ...] = ()
    fallback: bool = False
    """Whether trafilatura found the text."""


def read_page(html: str) -> PageText:
    """The document on a page: label lines, its title when the text has none, its text.

    Raises:
        UnreadableFile: no element at all, or a page of the site's protection or of an error.
    """
    if re.search(r"<\s*[a-zA-Z!]", html) is None:
        raise UnreadableFile("holds no HTML element", "give it the ending of its true format")
    soup = parse_html(html)
    body = soup.body or soup
    meta, names = _meta(soup), Names(soup)
    remove_unseen(soup)
    remove_around(body)
    content = _find_content(body)
    attached = _attached(content)
    inside = trimmed(flow(content))
    rows = [line.text.split("\t") for line in flow(body, skip={id(content)}, cells=True)]
    labels = read_labels(rows)
    inner, inside = _without_labels(content, inside)
    values = dict(labels.values)
    for name, value in [*inner.values.items(), *meta]:
        values.setdefault(name, value)
    lines = [line.text for line in inside] + attached
    fallback, failed = False, False
    if len("".join(lines)) < _LITTLE and "。" not in "".join(lines):
        lines, fallback, failed = _fallback(html, lines)
    _check(lines, content, body)
    title = page_title(lines, names, [labels.title, inner.title], body, content)
    text = _joined(list(values.items()), title, lines)
    return PageText(text, _notices(content, lines, failed), fallback)


def _joined(labels: Sequence[tuple[str, str]], title: str, lines: Sequence[str]) -> str:
    blocks = ["\n".join(f"{name}：{value}" for name, value in labels), title, "\n".join(lines)]
    return "\n\n".join(block for block in blocks if block)


# --- where the document is ------------------------------------------------------------------------


def _find_content(body: Tag) -> Tag:
    """The element that holds the document: a known container, else the smallest with nearly all
    sentences of the page."""
    held = scores(body)
    whole = held[id(body)]
    known = [tag for tag in body.find_all(True) if isinstance(tag, Tag) and words(tag) & CONTAINERS]
    best = max(known, key=lambda tag: held[id(tag)], default=None)
    if best is not None and held[id(best)] > 20 and held[id(best)] * 2 > whole:
        return _widened(best, body, held)
    content = body
    while True:
        children = [child for child in content.children if isinstance(child, Tag)]
        child = max(children, key=lambda tag: held[id(tag)], default=None)
        if child is None or _is_piece(child):
            return content
        lost = held[id(content)] - held[id(child)]
        # A short note or line of labels beside the text is not worth its whole surroundings.
        if held[id(child)] < 20 or lost > max(40.0, 0.12 * held[id(content)]):
            return content
        content = child


def _is_piece(tag: Tag) -> bool:
    """Whether an element is a piece of a document (a paragraph, a table of values), not its frame."""
    if tag.name == "table":
        return is_data_table(tag)
    if tag.name in ("tbody", "tr"):
        table = tag.find_parent("table")
        return table is None or is_data_table(table)
    return tag.name in _INSIDE or tag.find(_PARTING) is None


def _widened(content: Tag, body: Tag, held: dict[int, float]) -> Tag:
    """A container's parent when the document goes on beside it in a container of the same kind, as
    editors split long texts."""
    parent = content.parent
    if parent is None or parent is body:
        return content
    kind = words(content) & CONTAINERS
    siblings = [
        tag for tag in parent.find_all(True, recursive=False) if isinstance(tag, Tag) and tag is not content
    ]
    same = [tag for tag in siblings if words(tag) & kind and held[id(tag)] > 20]
    return parent if same else content


def _attached(content: Tag) -> list[str]:
    """A list of attachments that stands behind the container: 附件：1.申请表.docx."""
    found: list[str] = []
    for sibling in content.find_next_siblings(limit=6):
        lines = [line.text for line in flow(sibling) if line.text] if isinstance(sibling, Tag) else []
        text = "".join(lines)
        if re.match(r"(?:相关)?附\s*件(?:下载)?\s*[：:\d一二三]?", text) and len(text) < 600:
            found += ["", *(re.sub(r"^相关附件(?:下载)?", "附件", line) for line in lines)]
    return found


# --- lines ----------------------------------------------------------------------------------------


def _without_labels(content: Tag, lines: Sequence[FlowLine]) -> tuple[Labels, list[FlowLine]]:
    """The labels that some systems put inside the container, and the lines without them."""
    rows = [line.text.split("\t") for line in flow(content, cells=True)]
    running = (i for i, row in enumerate(rows) if "。" in "".join(row))
    labels = read_labels(rows[: min(next(running, len(rows)), 40)])
    if not labels.values.keys() & {"索引号", "发布日期", "成文日期", "发文字号"}:
        return Labels(), list(lines)
    pieces = sorted({squeezed(cell) for i in labels.used for cell in rows[i]}, key=len, reverse=True)
    rest = []
    for index, line in enumerate(lines):
        if index < 40 and line.text and len(line.text) < 600 and not _left(line.text, pieces):
            continue
        rest.append(line)
    while rest and not rest[0].text:
        rest.pop(0)
    return labels, rest


def _left(line: str, pieces: Sequence[str]) -> str:
    """What is left of a line without the label pieces; tables are told with strokes between."""
    text = squeezed(line)
    for piece in pieces:
        text = text.replace(piece, "") if piece else text
        # A cell 索引号： is told without its colon before the value.
        text = text.replace(piece.rstrip("：:"), "") if len(piece) > 2 else text
    return re.sub(r"[|｜：:。\[\]【】\W_]+", "", text)


def _meta(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """What the head of a page says by the standard of government sites."""
    found = []
    for name, label in (("PubDate", "发布日期"), ("ContentSource", "来源")):
        tag = soup.find("meta", attrs={"name": re.compile(f"^{name}$", re.IGNORECASE)})
        value = " ".join(str(tag.get("content", "")).split()) if isinstance(tag, Tag) else ""
        if value and len(value) < 80:
            found.append((label, value))
    return found


# --- what is missing ------------------------------------------------------------------------------


def _fallback(html: str, lines: list[str]) -> tuple[list[str], bool, bool]:
    """What trafilatura finds, where it is more; whether it is; whether it failed."""
    try:
        from trafilatura import extract

        text = extract(html, include_comments=False, include_tables=True, favor_recall=True) or ""
    except Exception:
        # A last try on a page that hardly anything was found on: whatever it stumbles over, what
        # we have stands, and staff are told.
        return lines, False, True
    found: list[str] = []
    for line in text.splitlines():
        # | 石枰镇 | 120 | below | --- | --- |: tables come in Markdown.
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not re.fullmatch(r"[-\s|:]*", line):
            found.append("，".join(cell for cell in cells if cell))
    kept = [line.text for line in trimmed([FlowLine(line) for line in found])]
    if len("".join(kept)) > 2 * len("".join(lines)) + 20:
        return kept, True, False
    return lines, False, False


def _check(lines: Sequence[str], content: Tag, body: Tag) -> None:
    """Refuse pages that show an error or a link in the document's place."""
    text = "\n".join(lines) or "\n".join(line.text for line in flow(body))
    if len(text) < 200 and (match := _NO_PAGE.search(text)):
        raise UnreadableFile(
            f"is not the document but a page that says {match.group()!r}",
            "open the page in a browser and save it",
        )
    if not "".join(lines).strip():
        if content.find(["img", "embed", "object"]) is not None or body.find("img") is not None:
            raise UnreadableFile(
                "is a page whose text is in pictures", "save the pictures or the original file"
            )
        raise UnreadableFile(
            "is a page without text of its own (its text comes by script)",
            "save it from a browser as one file",
        )


def _notices(content: Tag, lines: Sequence[str], failed: bool) -> tuple[str, ...]:
    found = []
    pictures = len(content.find_all("img"))
    if pictures and len("".join(lines)) < 300:
        found.append(f"网页中有 {pictures} 张图片，图中文字未读取")
    if failed:
        found.append("网页中找到的文字很少，换一种方法查找也未成功")
    return tuple(found)
