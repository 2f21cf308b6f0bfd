"""The frame of the page: its language and its style, set before Gradio's own scripts run.

Gradio serves its page as English and chooses its few own strings (a lost connection, a list without
matches) by the browser's language. Ours is Chinese for everyone, and screen readers need ``lang`` to
pronounce it. The style comes along because Gradio would add it after the first paint and rewrite its
selectors.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = "<script>Object.defineProperty(navigator,'language',{get:()=>'zh-CN'})</script>"


class Frame:
    """ASGI middleware: edits the page at ``/`` and passes everything else through untouched."""

    def __init__(self, app: ASGIApp, style: str) -> None:
        self._app = app
        self._head = f"{_SCRIPT}<style>{style}</style></head>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        # A compressed page could not be edited.
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message = {}
        body = b""

        async def edit(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            page = body.replace(b'lang="en"', b'lang="zh-CN"', 1).replace(b"</head>", self._head, 1)
            kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            kept.append((b"content-length", str(len(page)).encode()))
            await send({**start, "headers": kept})
            await send({"type": "http.response.body", "body": page})

        await self._app({**scope, "headers": headers}, receive, edit)
