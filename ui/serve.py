"""Serving the page with uvicorn on a socket that is already bound."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable

import gradio as gr
import uvicorn
from fastapi import FastAPI

from ui.app import FAVICON, STYLE, TITLE, light_theme
from ui.frame import Frame


class _Server(uvicorn.Server):
    """Says when it accepts connections, and stops without a word."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Every open page holds a stream of events; that stopping cuts it is no error to report.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def web_app(blocks: gr.Blocks) -> FastAPI:
    """The blocks as a web application: Chinese, light, without Gradio's footer, API pages and analytics."""
    web = FastAPI(title=TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    web.add_middleware(Frame, style=STYLE.read_text(encoding="utf-8"))
    gr.mount_gradio_app(
        web,
        blocks,
        path="/",
        theme=light_theme(),
        favicon_path=str(FAVICON),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        show_error=False,
    )
    return web


def server(web: FastAPI, on_ready: Callable[[], None] = lambda: None) -> uvicorn.Server:
    """A server of the application; ``run(sockets=[...])`` serves until interrupted or ``should_exit``.

    ``on_ready`` is called once, in the server's thread, as soon as browsers can connect.
    """
    config = uvicorn.Config(
        web,
        log_level="warning",
        # Open pages hold a connection for events; stopping does not wait for people to close them.
        timeout_graceful_shutdown=1,
    )
    return _Server(config, on_ready)
