"""Why a file could not be read and what to do, in the words of those who keep the folder."""

from __future__ import annotations

import re

_WHOLE = "换成完整的文件"
_SPLIT = "拆成几个小文件"
_UNPACK = "解压后把里面的文件放进文件夹"
_PRINT = "打印成新的 PDF 再收录"
_SCAN = "端正放好，以 200 至 300 dpi 重新扫描"
_UTF8 = "用能打开它的程序打开，另存为 UTF-8 编码"
_AGAIN = "打开后另存一份，或换一种格式，再收录"

REASONS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(rf"(?:page \d+ )?(?:{pattern})"), reason, step)
    for pattern, reason, step in (
        # Locked.
        (r"is protected by a password → unpack", "文件有密码保护", "用密码解开，把里面的文件放进文件夹"),
        (r"is protected by a password", "文件有密码保护", "另存一份不带密码的再收录"),
        (r"is encrypted (?:in|and)", "文件已加密，无法读取", _PRINT),
        (r"is an encrypted e-mail", "邮件已加密，无法读取", "在邮件程序中打开，把正文另存为文件"),
        # Nothing in it.
        (r"the file is empty|holds no text, only blanks", "文件里没有文字", "换成完整的文件，或重新扫描"),
        (r"no text was recognised|holds no text and nothing", "没有识别出文字", _SCAN),
        (r"holds only |holds no text on its pages", "文件里没有可以直接读取的文字", _PRINT),
        (r"holds [\d,]+ pictures and no text", "文件里只有图片，没有文字", "另存为 .pdf，以便识别图片"),
        (r"is a workbook without anything", "表格中看不到内容", "取消隐藏工作表，或换成完整的文件"),
        (r"is an archive that holds no files", "压缩包里没有文件", "换成完整的压缩包"),
        (r"is an e-mail without text", "邮件里没有文字", "把随邮件发来的文件放进文件夹"),
        (r"is an e-mail without any part", "邮件里没有内容", "从邮件程序中重新保存"),
        # Broken.
        (r"is cut off|is not a whole|is (?:an? )?damaged", "文件不完整或已损坏", _WHOLE),
        (r"holds a damaged page|the picture is damaged", "文件不完整或已损坏", _WHOLE),
        (r"is a message whose parts", "邮件的结构已损坏", "从邮件程序中重新保存"),
        (r"begins with the mark of", "文件的文字编码有误", _UTF8),
        (r"is .*in no known encoding", "认不出文件的文字编码", _UTF8),
        (r"holds characters that mean nothing", "文件的文字离开自带的字体就成了乱码", _PRINT),
        (
            r"is no ordinary .+ a document type",
            "文件的写法不合规范，为安全起见不读取",
            "用 Office 或 WPS 另存一份",
        ),
        # What is not installed, or failed.
        (r"needs LibreOffice", "这种旧格式需要 LibreOffice 才能读取", "请管理员安装，或另存为 .docx"),
        (r"LibreOffice could not read it", "文件无法转换，可能已损坏", "用 Word 或 WPS 打开，另存为 .docx"),
        (r"is a scan, and recognising", "文件是扫描件，而识别功能没有安装", "请管理员安装识别功能"),
        (r"recognising the picture failed", "图片识别失败", _SCAN),
        (r"the process that read it ended", "读取时程序意外中断", _AGAIN),
        (r"took longer than", "读取用时过长", _AGAIN),
        (r"reading it went wrong", "读取时出错", "换一种格式另存再收录，并告诉管理员"),
        (r"cannot be opened|\[Errno", "文件无法打开", "请管理员检查文件权限"),
        # Archives and what lies in them.
        (r"is an archive of a kind", "不能打开这种压缩包", _UNPACK),
        (r"is an archive, not|is neither a zip archive", "压缩包无法打开", _UNPACK),
        (r"lies more than \d+ archives deep", "压缩包套了太多层", _UNPACK),
        (
            r"holds more than \d+ files|unpacks to more than \d+ MB,|is a zip archive .*\d (?:MB|members)",
            "压缩包过大",
            "分成几个小的压缩包，或解压后放进文件夹",
        ),
        (r"is a .+ times its size", "文件解开后大得反常，可能有害", "确认来源可信后，手工解压或另存再收录"),
        (r"is packed by the uncommon method", "压缩方式少见，无法解开", "解压后重新压缩成普通的 .zip"),
        (r"has the unsafe name", "压缩包里的文件名不安全", "确认来源可信后，手工解压放进文件夹"),
        (r"has no name", "压缩包里的文件没有名字", "起好文件名，重新压缩"),
        (r"is a link, not a file", "压缩包里的是链接，不是文件", "把文件本身放进文件夹"),
        # Too large.
        (r"(?:has|holds a picture of) [\d,]+ × [\d,]+ pixels", "图片尺寸过大", "以 300 dpi 重新扫描"),
        (r"holds a(?:n old-style packed)? stream", "PDF 内部的数据过大或反常", _PRINT),
        (r"is a message of \d|has more than \d+ parts", "邮件过大", "把附件另存为文件，放进文件夹"),
        (r"is a page of \d|holds a page of", "网页过大", "在浏览器中打开，把正文复制到 .docx 里"),
        (r"nests its elements", "网页的结构过于复杂", "在浏览器中打开，另存为文本文件"),
        (r"is a Word document with tables nested", "表格里又套表格，层次过多", "另存为 .txt"),
        (r"holds a table of", "文件中的表格过大", "拆成几个小表，或把表格另存为 .xlsx"),
        (r"has a page of more than", "有一页的文字过多", _PRINT),
        (r"has a page of", "有一页的文字过多", "把这一页拆成几页"),
        (r"has \d+ MB, more than", "文件过大", "另存为 .docx"),
        (r"has more than \d+ MB", "文件过大", "另存为 .xlsx，或拆成几个小文件"),
        (r"is [\d.]+ MiB large|has (?:more than )?[\d,]+ pages|holds [\d,]+ characters", "文件过大", _SPLIT),
        (r"takes more memory", "读取它需要的内存过多", "拆成几个小文件，或换一种格式另存"),
        (r"unpacks to more than \d+ MiB|holds a part of", "文件过大", _SPLIT),
        (r"is an? .+ (?:too large|too much in one place|whose list of contents)", "文件过大", _SPLIT),
        (r"is a .+ more than", "文件过大", _SPLIT),
        # Formats that are not read.
        (r"is a presentation", "演示文稿不能读取", "另存为 .pdf"),
        (r"is a binary workbook", "不能读取这种表格格式", "另存为 .xlsx"),
        (r"is an electronic book", "不能读取电子书", "把文字另存为 .docx 或 .txt"),
        (r"is a message of Outlook's own", "不能读取 Outlook 的邮件格式", "另存为 .eml"),
        (r"is a mailbox", "不能读取整个邮箱", "把邮件逐封另存为 .eml"),
        (r"is a picture (?:of a telephone|in JPEG 2000)", "不能读取这种图片格式", "另存为 .jpg"),
        (r"is data for programs", "不能读取这种格式", "把内容另存为 .pdf、.xlsx 或 .txt"),
        (r"is a file of programs", "不能读取这种格式", "如果确是公文，把后缀改成 .txt"),
        (r"is in no format that is read", "不能读取这种格式", "另存为 .docx 或 .pdf"),
        # Of another kind than its ending says.
        (r"is an old Office file", "文件是旧版 Office 格式，与后缀不符", "另存为 .docx 或 .xlsx"),
        (r"is not a Word document inside", "文件的后缀与内容不符", "用 Word 或 WPS 打开，另存为 .docx"),
        (r"is not a \w+ inside", "文件的后缀与内容不符", "用 Excel 或 WPS 打开，另存为 .xlsx"),
        (
            r"is not a Word, WPS or RTF|is a \S+ file by its content|is not a web page|holds no HTML"
            r"|is not text|is no (?:picture|workbook|message|PDF|.+ it has no OFD\.xml)",
            "文件的后缀与内容不符",
            "改成真实格式的后缀，或重新导出",
        ),
        # Web pages that are not the document.
        (
            r"is not the document but a page",
            "存下来的是网站的提示页，不是文件",
            "在浏览器中打开原网页，重新保存",
        ),
        (r"is a page whose text is in pictures", "网页的文字都在图片里", "把图片或原文件存下来再收录"),
        (r"is a page without text of its own", "网页里没有文字", "在浏览器中打开，另存为单个文件"),
        (r"holds no page", "存下来的文件里没有网页", "在浏览器中打开原网页，重新保存"),
    )
)
"""How errors begin, after the page that they speak of; the reason and the next step. The first counts."""

OTHERWISE = ("文件无法读取", "请管理员查看原因")


def told(error: str) -> tuple[str, str]:
    """The reason and the next step for an ingest's error, by its wording.

    >>> told("is protected by a password → save a copy without the password")
    ('文件有密码保护', '另存一份不带密码的再收录')
    """
    for pattern, reason, step in REASONS:
        if pattern.match(error):
            return reason, step
    return OTHERWISE


def unread_line(error: str) -> str:
    """The reason, the next step, and the exact words of the reader, which tell more to who can use them.

    The reader's own next step is among them where something must be installed.

    >>> unread_line("is protected by a password → save a copy without the password")
    '文件有密码保护。另存一份不带密码的再收录。（is protected by a password）'
    """
    reason, step = told(error)
    cause, _, hint = error.partition(" → ")
    words = error if re.search(r"\binstall\b", hint) else cause
    return f"{reason}。{step}。（{words}）"
