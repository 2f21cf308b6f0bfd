"""The title of a web page's document: its own, else what the page calls it; never the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from ingest.agencies import agencies
from ingest.flow import flow
from ingest.head import read_head
from ingest.lines import is_clutter, split_lines
from ingest.marks import NUMBER
from ingest.page_parts import FOOT
from ingest.parse import clean

# _桐浦区人民政府 · -重庆市教育委员会 · |通知公告 behind the title of a page
_BEHIND = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]+\s?|--+)\s*[^_|｜]{2,40}$"
    r"|\s*[-–—]\s*[^-–—_|]{0,20}(?:政府|委员会|网|局|厅|门户|平台|公开|中心)[^-–—_|]{0,10}$"
)
# 首页 · 无标题文档 · 松垭区人民政府门户网站 · 松垭在线; a bare agency is told by its name
_SITE = re.compile(
    r"(?:网站)?(?:首页|主页)|无标题(?:文档|页)?\d*|(?i:untitled.*|(?:new )?document|home|index)"
    r"|(?!.*(?:关于|的)).{2,24}(?:网|网站|官网|门户|平台|在线|人民政府|公众号)"
)
_SEPARATORS = " _|｜-–—"
_LEAST = 6
"""Characters of the shortest title; what is shorter names a column: 政协提案."""
_MOST = 120


class Names:
    """What the head of a page calls its document, the best first, and what it calls the site."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._site = {
            squeezed(text)
            for attribute, name in (
                ("name", "SiteName"), ("name", "ColumnName"), ("property", "og:site_name"),
                ("name", "application-name"),
            )
            if (text := _meta(soup, attribute, name))
        }  # fmt: skip
        called = [_meta(soup, "name", "ArticleTitle"), _meta(soup, "property", "og:title")]
        if soup.title is not None:
            called.append(" ".join(soup.title.get_text().split()))
        self.document = [name for text in called if (name := self._without_site(text))]

    def is_site(self, text: str) -> bool:
        """Whether a text is the name of the site, of a column or of nothing."""
        return (
            squeezed(text) in self._site
            or bool(agencies(text))
            or _SITE.fullmatch(text.strip()) is not None
            or FOOT.search(text) is not None
        )

    def _without_site(self, title: str) -> str:
        """A title without the site's and the column's names; empty when it is nothing else."""
        whole, title = title, shortened(title)
        if len(title) < _LEAST or self.is_site(title):
            # 松垭区人民政府 - 关于停车的答复
            title = shortened(whole[len(title) :].strip(_SEPARATORS))
        usable = _LEAST <= len(title) <= _MOST and not self.is_site(title)
        return title if usable else ""


def shortened(title: str) -> str:
    """The title without the site's and the column's names behind it.

    >>> shortened("关于停车的答复_政协提案_桐浦区人民政府"), shortened("2021-2023年方案-市教委网")
    ('关于停车的答复', '2021-2023年方案')
    """
    while (shorter := _BEHIND.sub("", title)) != title:
        title = shorter
    return title.strip()


def page_title(lines: Sequence[str], names: Names, labelled: Sequence[str], body: Tag, content: Tag) -> str:
    """The title to put above the text; empty where the text has its own.

    Args:
        lines: the text of the document.
        labelled: titles that the page's labels give (名称：…).
        content: the element that holds the document.
    """
    if read_head(split_lines(clean("\n".join(lines)))).title or any(
        not names.is_site(text) for text in _own(content)
    ):
        return ""
    start = squeezed("".join(lines[:12]))
    named = [*names.document, *(text for text in labelled if text and not names.is_site(text))]
    headings = [_text(tag) for tag in body.find_all(["h1", "h2"]) if content not in tag.parents]
    # A heading that the page's own title repeats is the document's, not the site's.
    shown = [
        text
        for text in headings
        if len(text) >= _LEAST
        and not names.is_site(text)
        and any(squeezed(text) in squeezed(name) for name in named)
    ]
    for title in [*shown, *named]:
        if len(title) <= _MOST:
            return "" if squeezed(title) in start else title
    return ""


def _own(content: Tag) -> Iterator[str]:
    """What stands above the running text as a title does: as a heading, or in the middle of a line."""
    for tag in content.find_all(["h1", "h2", "h3", "p", "div", "center"]):
        text = _text(tag)
        if tag.find(["p", "div", "table", "br"]) is not None:
            continue
        if "。" in text or text.endswith(("：", ":")):
            return
        heading = tag.name in ("h1", "h2", "h3") or _is_centred(tag)
        usable = _LEAST <= len(text) <= _MOST and not re.search(r"[：:|｜]", text)
        if heading and usable and not is_clutter(text) and not NUMBER.search(text):
            yield text


def _is_centred(tag: Tag) -> bool:
    style = re.sub(r"\s", "", str(tag.get("style", ""))).lower()
    aligned = str(tag.get("align", "")).lower() == "center" or "text-align:center" in style
    return aligned or tag.name == "center" or tag.find_parent("center") is not None


def _text(tag: Tag) -> str:
    return " ".join(line.text for line in flow(tag) if line.text)


def _meta(soup: BeautifulSoup, attribute: str, name: str) -> str:
    tag = soup.find("meta", attrs={attribute: re.compile(f"^{name}$", re.IGNORECASE)})
    return " ".join(str(tag.get("content", "")).split()) if isinstance(tag, Tag) else ""


def squeezed(text: str) -> str:
    """A text without blanks, as texts are compared that were set by different hands."""
    return re.sub(r"\s+", "", text)
