"""What users are told in Chinese when something goes wrong; the details stay in the server's log."""

from __future__ import annotations

from policyqa.errors import (
    ModelError,
    PolicyQAError,
    ServeError,
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreModelMismatch,
    StoreVersionError,
    UsageError,
)

# From the most to the least particular: the first class that fits speaks.
_SENTENCES: tuple[tuple[type[PolicyQAError], str], ...] = (
    (UsageError, "这个问题无法处理，请换一种说法再问。"),
    (StoreMissing, "还没有可用的文件库：请管理员先收录文件（python -m ingest 文件夹）。"),
    (StoreVersionError, "文件库由其他版本的程序生成：请管理员用当前版本重新收录文件。"),
    (StoreModelMismatch, "文件库与当前的语义模型不一致：请管理员用当前模型重新收录文件。"),
    (StoreLocked, "文件库正在更新，请稍候再试。"),
    (StoreError, "文件库暂时无法读取：请联系管理员检查文件库。"),
    (ModelError, "语义模型无法载入：请管理员检查模型文件或设置。"),
    (ServeError, "页面服务无法启动：请管理员检查地址和端口。"),
)
_OTHERWISE = "系统出错，请稍后重试；如仍出错，请联系管理员查看运行日志。"


def for_error(error: Exception) -> str:
    """The sentence for an error, by its class.

    >>> from policyqa.errors import StoreLocked
    >>> for_error(StoreLocked("locked by 12")), for_error(ValueError("x")) == _OTHERWISE
    ('文件库正在更新，请稍候再试。', True)
    """
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence
    return _OTHERWISE


def too_long(length: int, limit: int) -> str:
    return f"问题太长：{length} 字，最多 {limit} 字。请缩短后再问。"


BUSY = "上一个问题还在查找，请稍候再问。"
LOADING = "正在载入模型，稍候自动作答…"
SEARCHING = "正在查找文件…"
