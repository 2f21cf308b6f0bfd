"""The elements of a page: what they are called, and how much running text each holds."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

# Containers of the editors and site systems that government sites run on. Compared in lower case
# with each word of id and class.
CONTAINERS = frozenset({
    "trs_editor", "trs_ueditor", "trs_editor_view", "ucap-content", "ucapcontent", "zoom", "zoomcon",
    "pages_content", "zwxl-article", "zcwjk-xlcon", "gfxwj-content", "xxgk-content", "xxgk_content",
    "xxgk_detail_content", "xxgkcontent", "vsb_content", "v_news_content", "wp_articlecontent",
    "article-content", "article_content", "articlecontent", "article-con", "articlecon", "art_con",
    "artcon", "arc_con", "news_content", "news-content", "newscontent", "news_con", "detail-content",
    "detail_content", "detailcontent", "content_detail", "contenttext", "content-text", "con_text",
    "context_con", "bt_content", "bt-content", "j-fontcontent", "gsj_htmlcon", "easysite-news-text",
    "ewb-article-info", "ewb-info-content", "main-txt", "main_txt", "text_con", "textcon", "conttext",
    "cont_text", "view-content", "founder-content", "fontzoom", "fontinfo", "print-content",
    "printcontent", "printarea", "div_content", "neirong", "zhengwen",
})  # fmt: skip
# 主办：桐浦区人民政府办公室 · 网站标识码 · 渝ICP备 · 版权所有
FOOT = re.compile(
    r"网站标识码|ICP备|公网安备|版权所有|All Rights Reserved|技术支持[：:]|网站地图"
    r"|主办(?:单位)?[：:].{0,40}(?:承办|维护|管理|标识码)"
)
_SENTENCE = re.compile(r"[，。；！？、]")


def words(tag: Tag) -> set[str]:
    """The words of an element's id and class, and its own name for systems that invent tags."""
    classes = tag.get("class")
    found = [tag.name, str(tag.get("id", ""))]
    found += classes if isinstance(classes, list) else str(classes or "").split()
    return {word.lower() for word in found if word}


def scores(body: Tag) -> dict[int, float]:
    """How much running text each element holds, by ``id()``: letters outside links, those of pieces
    without punctuation counted a fifth, those of a site's foot not at all."""
    found: dict[int, float] = {id(body): 0.0}
    linked: set[int] = set()
    order: list[Tag] = [body]
    for node in body.descendants:
        parent = node.parent
        if isinstance(node, Tag):
            order.append(node)
            found.setdefault(id(node), 0.0)
            if node.name == "a" or (parent is not None and id(parent) in linked):
                linked.add(id(node))
        elif isinstance(node, NavigableString) and parent is not None and id(parent) not in linked:
            text = node.strip()
            if text and not FOOT.search(text):
                weight = 1.0 if _SENTENCE.search(text) else 0.2
                found[id(parent)] = found.get(id(parent), 0.0) + weight * len(text)
    for tag in reversed(order):
        if tag is not body and tag.parent is not None:
            found[id(tag.parent)] = found.get(id(tag.parent), 0.0) + found[id(tag)]
    return found
