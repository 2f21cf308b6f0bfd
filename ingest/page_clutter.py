"""What a site puts around a document: menus, breadcrumbs, share bars, links to other pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup
from bs4.element import Comment, Tag

from ingest.flow import UNSEEN, FlowLine
from ingest.lines import is_clutter
from ingest.page_labels import is_label_line
from ingest.page_parts import CONTAINERS, FOOT, scores, words

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
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def remove_unseen(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all([*UNSEEN, *_AROUND_TAGS]):
        # Editors without sense put a letter into a <textarea>, mail systems into <title>-less heads.
        if not tag.decomposed and tag.name not in ("head", "frameset", "frame"):
            tag.decompose()


def remove_around(body: Tag) -> None:
    """Remove hidden elements and those whose id or class says what they are, unless they hold the
    document: some systems name a frame around everything ``top`` or show it by script."""
    held = scores(body)
    whole = held.get(id(body), 0.0)
    for tag in body.find_all(True):
        if tag.decomposed or not isinstance(tag, Tag) or tag is body:
            continue
        hidden = tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style", "")))
        around = any(_AROUND.match(word) for word in words(tag))
        if not hidden and not around:
            continue
        if tag.name in ("html", "body") or (held.get(id(tag), 0.0) * 3 > whole and whole > 0):
            continue
        if words(tag) & CONTAINERS:
            continue
        tag.decompose()


def trimmed(lines: Sequence[FlowLine]) -> list[FlowLine]:
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
        if text and len(text) < 160 and (_TOOLS.match(text) or _is_menu(text) or FOOT.search(text)):
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
    return (
        len(parts) > 3 and parts[0] in ("首页", "网站首页", "主页", "当前位置") and max(map(len, parts)) < 14
    )
