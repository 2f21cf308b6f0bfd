"""The document on a web page: its text, title and labels, without all that the site puts around it.

Known containers of government sites first; else the element that holds nearly all sentences. Text
inside links, without Chinese punctuation, or in menus counts little or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from ingest.flow import UNSEEN, FlowLine, flow, parse_html
from ingest.head import read_head
from ingest.lines import is_clutter, split_lines
from ingest.page_labels import is_label_line, read_labels
from ingest.parse import clean
from policyqa.errors import UnreadableFile

# Containers of the editors and site systems that government sites run on. Compared in lower case
# with each word of id and class.
_CONTAINERS = frozenset(
    "trs_editor trs_ueditor trs_editor_view ucap-content ucapcontent zoom zoomcon pages_content zwxl-article"
    " zcwjk-xlcon gfxwj-content xxgk-content xxgk_content xxgk_detail_content xxgkcontent vsb_content v_news_content"
    " wp_articlecontent article-content article_content articlecontent article-con articlecon art_con artcon arc_con"
    " news_content news-content newscontent news_con detail-content detail_content detailcontent content_detail"
    " contenttext content-text con_text context_con bt_content bt-content j-fontcontent gsj_htmlcon easysite-news-text"
    " ewb-article-info ewb-info-content main-txt main_txt text_con textcon conttext cont_text view-content"
    " founder-content fontzoom fontinfo print-content printcontent printarea div_content neirong zhengwen".split()
)
# Words of id and class of what surrounds a document: menus, breadcrumbs, share bars, QR codes.
_AROUND = re.compile(
    r"^(?:bread-?crumbs?|crumbs?|breadnav|location|loc|position|cur-?pos|curmb|dqwz|weizhi|wz|path"
    r"|(?:bd)?share.*|.*-share|.*_share|fenxiang|fx|bdsharebuttonbox|social.*"
    r"|print(?:er|_?btn|-?link)?|dayin|tools?|tool-?bar|font-?size|fontsize|fs|ziti|zh"
    r"|qr-?code|erweima|ewm|saoyisao|wechat.*|weixin.*"
    r"|prev-?next|pre-?next|pagination|pager|sxp|sxt|shangxia|related.*|xgwj|xgxx|xgwd|xgjd|xgyd|xglj|recommend.*"
    r"|nav.*|menu.*|header|top|topbar|head-?nav|foot.*|copyright|bottom|side-?bar|side|leftnav|left-?menu|banner"
    r"|search.*|login.*|comment-?list|comments|advert.*|ad|friend-?link.*|links|hide|hidden|noprint|no-print)$",
    re.IGNORECASE,
)
_AROUND_TAGS = ("nav", "footer", "aside")
# 主办：桐浦区人民政府办公室 · 网站标识码 · 渝ICP备 · 版权所有
_FOOT = re.compile(r"网站标识码|ICP备|公网安备|版权所有|All Rights Reserved|技术支持[：:]|网站地图|主办单位?[：:]")
# What stands at the end of the text itself: 相关链接： with a list of links behind.
_RELATED = re.compile(
    r"^[【\[]?(?:相关(?:链接|文章|新闻|阅读|信息|稿件|文档|政策|解读|报道|文件|资讯|附件下载)|延伸阅读|推荐阅读|热点(?:新闻|推荐)"
    r"|猜你喜欢|政策解读|图解|猜您想看|友情链接)[】\]]?[：:]?$"
)
# 字号：大 中 小 · 【我要打印】 · 分享到： · 微信扫一扫：分享 · 打印 关闭 · 首页 > 政务公开 · 相关附件
_TOOLS = re.compile(
    r"^[【\[（(]?(?:字[号体][：:]?)?[\s\[【]*大[\]】]?[\s|]*[\[【]?中[\]】]?[\s|]*[\[【]?小[\]】]?[】\]）)]?(?:打印|关闭|分享|收藏|\s)*$"
    r"|^[【\[（(\s]*(?:我要)?(?:打印|关闭|分享|收藏|下载|纠错|返回|复制)(?:本页|窗口|此页|本文|正文|文章|顶部|列表|链接)?[】\]）)\s]*"
    r"(?:[【\[（(|\s]*(?:打印|关闭|分享|收藏|下载|纠错|返回)(?:本页|窗口|此页|顶部)?[】\]）)|\s]*)*$"
    r"|^(?:分享到?|微信扫一扫|用微信|手机扫|扫描二维码|扫一扫|语音播报|视力保护|无障碍|简\s*[|｜]?\s*繁|A\+|A-).{0,30}$"
    r"|^(?:您?当前(?:所在)?(?:的)?位置|您(?:现在)?(?:所在)?的?位置|所在位置)(?:是)?[：:]"
    r"|^(?:首页|网站首页|主页)\s*[>＞»›/\\|-]"
    r"|^(?:责任编辑|编辑|责编|审核|录入|上一[篇条]|下一[篇条])[：:].{0,60}$"
)
# _桐浦区人民政府 · -重庆市教育委员会 · |通知公告 behind the title of a page
_SITE = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]+\s?|--+)\s*[^_|｜]{2,40}$"
    r"|\s*[-–—]\s*[^-–—_|]{0,20}(?:政府|委员会|网|局|厅|门户|平台|公开|中心)[^-–—_|]{0,10}$"
)
# A page of the site's protection, or one that says that there is none.
_NO_PAGE = re.compile(
    r"请(?:开启|启用|打开)\s*(?:浏览器的?)?\s*JavaScript|enable\s+JavaScript|安全验证|请完成.{0,8}验证|人机验证|访问(?:过于频繁|被拒绝|受限)"
    r"|(?:页面|网页|内容|文件)(?:不存在|已?被?删除|找不到|无法访问|走丢了)|404\s*Not\s*Found|403\s*Forbidden|502\s*Bad|Access\s+Denied"
    r"|请(?:先)?登录",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SENTENCE = re.compile(r"[，。；：！？、]")
_INSIDE = frozenset("p h1 h2 h3 h4 h5 h6 li span strong b font em ul ol tr tbody thead pre a".split())
"""Elements that hold a piece of a document, never the whole beside nothing."""

_LITTLE = 60
"""Characters below which a page is thought to hold no document of its own."""


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
    meta, title = _meta(soup), _titles(soup)
    _remove_unseen(soup)
    _remove_around(body)
    content = _find_content(body)
    attached = _attached(content)
    inside = _trimmed(flow(content))
    rows = [line.text.split("\t") for line in flow(body, skip={id(content)}, cells=True)]
    labels, named = read_labels(rows)
    inner_labels, inside = _split_labels(content, inside)
    for name, value in [*inner_labels, *meta]:
        if name not in dict(labels):
            labels.append((name, value))
    lines = [line.text for line in inside] + attached
    if len("".join(lines)) < _LITTLE:
        lines, fallback = _fallback(html, lines)
    else:
        fallback = False
    _check(lines, content, body)
    text = _joined(labels, _page_title(lines, [*title, named], body, content), lines)
    return PageText(text, _notices(content, lines), fallback)


def _joined(labels: Sequence[tuple[str, str]], title: str, lines: Sequence[str]) -> str:
    blocks = ["\n".join(f"{name}：{value}" for name, value in labels), title, "\n".join(lines)]
    return "\n\n".join(block for block in blocks if block)


# --- what is not the document ---------------------------------------------------------------------


def _remove_unseen(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all([*UNSEEN, *_AROUND_TAGS]):
        # Editors without sense put a letter into a <textarea>, mail systems into <title>-less heads.
        if not tag.decomposed and tag.name not in ("head", "frameset", "frame"):
            tag.decompose()


def _remove_around(body: Tag) -> None:
    """Remove hidden elements and those whose id or class says what they are, unless they hold the
    document: some systems name a frame around everything ``top`` or show it by script."""
    scores = _scores(body)
    whole = scores.get(id(body), 0.0)
    for tag in body.find_all(True):
        if tag.decomposed or not isinstance(tag, Tag) or tag is body:
            continue
        hidden = tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style", "")))
        around = any(_AROUND.match(word) for word in _words(tag))
        if not hidden and not around:
            continue
        if tag.name in ("html", "body") or scores.get(id(tag), 0.0) * 3 > whole and whole > 0:
            continue
        if _words(tag) & _CONTAINERS:
            continue
        tag.decompose()


def _words(tag: Tag) -> set[str]:
    """The words of an element's id and class, and its own name for systems that invent tags."""
    classes = tag.get("class")
    words = [tag.name, str(tag.get("id", ""))]
    words += classes if isinstance(classes, list) else str(classes or "").split()
    return {word.lower() for word in words if word}


# --- where the document is ------------------------------------------------------------------------


def _scores(body: Tag) -> dict[int, float]:
    """How much running text each element holds, by ``id()``: letters outside links, those of pieces
    without punctuation counted a fifth, those of a site's foot not at all."""
    scores: dict[int, float] = {id(body): 0.0}
    linked: set[int] = set()
    order: list[Tag] = [body]
    for node in body.descendants:
        parent = node.parent
        if isinstance(node, Tag):
            order.append(node)
            scores.setdefault(id(node), 0.0)
            if node.name == "a" or (parent is not None and id(parent) in linked):
                linked.add(id(node))
        elif isinstance(node, NavigableString) and parent is not None and id(parent) not in linked:
            text = node.strip()
            if text and not _FOOT.search(text):
                weight = 1.0 if _SENTENCE.search(text) else 0.2
                scores[id(parent)] = scores.get(id(parent), 0.0) + weight * len(text)
    for tag in reversed(order):
        if tag is not body and tag.parent is not None:
            scores[id(tag.parent)] = scores.get(id(tag.parent), 0.0) + scores[id(tag)]
    return scores


def _find_content(body: Tag) -> Tag:
    """The element that holds the document: a known container, else the smallest with nearly all
    sentences of the page."""
    scores = _scores(body)
    whole = scores[id(body)]
    known = [tag for tag in body.find_all(True) if isinstance(tag, Tag) and _words(tag) & _CONTAINERS]
    best = max(known, key=lambda tag: scores[id(tag)], default=None)
    if best is not None and scores[id(best)] > 20 and scores[id(best)] * 2 > whole:
        return _widened(best, body, scores)
    content = body
    while True:
        children = [child for child in content.children if isinstance(child, Tag)]
        child = max(children, key=lambda tag: scores[id(tag)], default=None)
        if child is None or child.name in _INSIDE and not _frames(child):
            return content
        lost = scores[id(content)] - scores[id(child)]
        # A short note or line of labels beside the text is not worth its whole surroundings.
        if scores[id(child)] < 20 or lost > max(40.0, 0.12 * scores[id(content)]):
            return content
        content = child


def _frames(tag: Tag) -> bool:
    """Whether an element of a table only lays out what is in it: rows of one filled cell."""
    if tag.name not in ("tbody", "tr"):
        return False
    rows = [tag] if tag.name == "tr" else tag.find_all("tr", recursive=False)
    return all(
        sum(bool(cell.get_text(strip=True)) for cell in row.find_all("td", recursive=False)) <= 1 for row in rows
    )


def _widened(content: Tag, body: Tag, scores: dict[int, float]) -> Tag:
    """A container's parent when the document goes on beside it in a container of the same kind, as
    editors split long texts."""
    parent = content.parent
    if parent is None or parent is body:
        return content
    kind = _words(content) & _CONTAINERS
    siblings = [tag for tag in parent.find_all(True, recursive=False) if isinstance(tag, Tag) and tag is not content]
    same = [tag for tag in siblings if _words(tag) & kind and scores[id(tag)] > 20]
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


def _trimmed(lines: Sequence[FlowLine]) -> list[FlowLine]:
    """The lines without tools, breadcrumbs and lists of related pages."""
    kept: list[FlowLine] = []
    related = False
    for line in lines:
        text = line.text
        if _RELATED.match(text):
            related = True
            continue
        if related and (line.linked or not text):
            continue
        related = False
        if text and len(text) < 160 and (_TOOLS.match(text) or _is_menu(text) or _FOOT.search(text)):
            continue
        if is_clutter(text) and not is_label_line(text):
            continue
        if text or (kept and kept[-1].text):
            kept.append(line)
    while kept and not kept[-1].text:
        kept.pop()
    return kept


def _is_menu(text: str) -> bool:
    """首页 | 政务公开 | 办事服务 | 互动交流"""
    parts = [part.strip() for part in re.split(r"[|｜>＞»]", text)]
    return len(parts) > 3 and parts[0] in ("首页", "网站首页", "主页", "当前位置") and max(map(len, parts)) < 14


def _split_labels(content: Tag, lines: Sequence[FlowLine]) -> tuple[list[tuple[str, str]], list[FlowLine]]:
    """The labels among the first lines of the container, which some systems put inside it."""
    rows = [line.text.split("\t") for line in flow(content, cells=True)]
    first = next((i for i, row in enumerate(rows) if len("".join(row)) > 160 or "。" in "".join(row)), len(rows))
    labels, _ = read_labels(rows[: min(first, 30)])
    if not any(name in ("索引号", "发布日期", "成文日期", "发文字号") for name, _ in labels):
        return [], list(lines)
    values = {value for _, value in labels}
    rest = []
    for index, line in enumerate(lines):
        # 索引号：… | 发文机关：… as tables are told, or the line of a label
        pieces = [piece.strip() for piece in re.split(r"[|｜]", line.text)]
        label = is_label_line(line.text) or (len(pieces) > 1 and bool(values & set(pieces)))
        if index < 40 and line.text and label and len(line.text) < 400:
            continue
        rest.append(line)
    while rest and not rest[0].text:
        rest.pop(0)
    return labels, rest


# --- title ----------------------------------------------------------------------------------------


def _meta(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """What the head of a page says by the standard of government sites."""
    found = []
    for name, label in (("PubDate", "发布日期"), ("ContentSource", "来源")):
        tag = soup.find("meta", attrs={"name": re.compile(f"^{name}$", re.IGNORECASE)})
        value = " ".join(str(tag.get("content", "")).split()) if isinstance(tag, Tag) else ""
        if value and len(value) < 80:
            found.append((label, value))
    return found


def _titles(soup: BeautifulSoup) -> list[str]:
    """Titles that the head of a page gives, the best first."""
    found = []
    for attribute, name in (("name", "ArticleTitle"), ("property", "og:title")):
        tag = soup.find("meta", attrs={attribute: re.compile(f"^{name}$", re.IGNORECASE)})
        if isinstance(tag, Tag):
            found.append(str(tag.get("content", "")))
    if soup.title is not None:
        found.append(soup.title.get_text())
    return [_without_site(" ".join(text.split())) for text in found if text.strip()]


def _without_site(title: str) -> str:
    """The title without the site's and the column's names behind it.

    >>> _without_site("关于停车的答复_政协提案_桐浦区人民政府"), _without_site("2021-2023年方案-市教委门户网站")
    ('关于停车的答复', '2021-2023年方案')
    """
    for _ in range(4):
        shorter = _SITE.sub("", title)
        if shorter == title or len(shorter) < 6:
            break
        title = shorter
    return title.strip()


def _page_title(lines: Sequence[str], named: Sequence[str], body: Tag, content: Tag) -> str:
    """The title of the page where the text itself has none."""
    if read_head(split_lines(clean("\n".join(lines)))).title:
        return ""
    start = _squeezed("".join(lines[:12]))
    headings = [
        " ".join(line.text for line in flow(tag) if line.text)
        for tag in body.find_all(["h1", "h2"])
        if isinstance(tag, Tag) and content not in tag.parents
    ]
    # A heading that the page's own title repeats is the document's, not the site's.
    shown = [text for text in headings if any(_squeezed(text) in _squeezed(t) for t in named) and len(text) > 5]
    for title in [*shown, *named]:
        if title and not _FOOT.search(title) and len(title) <= 120:
            return "" if _squeezed(title) in start else title
    return ""


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- what is missing ------------------------------------------------------------------------------


def _fallback(html: str, lines: list[str]) -> tuple[list[str], bool]:
    """What trafilatura finds, where it is more."""
    try:
        from trafilatura import extract

        text = extract(html, include_comments=False, include_tables=True, favor_recall=True) or ""
    except Exception:
        # A last try on a page that nothing was found on: whatever it stumbles over, what we
        # have stands.
        return lines, False
    found = [line.strip() for line in text.splitlines()]
    if len(text) > 2 * len("".join(lines)) + 20:
        return found, True
    return lines, False


def _check(lines: Sequence[str], content: Tag, body: Tag) -> None:
    """Refuse pages that show an error or a link in the document's place."""
    text = "\n".join(lines) or "\n".join(line.text for line in flow(body))
    if len(text) < 200 and (match := _NO_PAGE.search(text)):
        raise UnreadableFile(
            f"is not the document but a page that says {match.group()!r}", "open the page in a browser and save it"
        )
    if not "".join(lines).strip():
        if content.find(["img", "embed", "object"]) is not None or body.find("img") is not None:
            raise UnreadableFile("is a page whose text is in pictures", "save the pictures or the original file")
        raise UnreadableFile(
            "is a page without text of its own (its text comes by script)", "save it from a browser as one file"
        )


def _notices(content: Tag, lines: Sequence[str]) -> tuple[str, ...]:
    pictures = len(content.find_all("img"))
    if pictures and len("".join(lines)) < 300:
        return (f"holds {pictures} picture(s); text in them is not read",)
    return ()
