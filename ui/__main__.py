"""``python -m ui``: serve the page on this machine."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from policyqa.errors import PolicyQAError, StoreMissing
from policyqa.settings import Settings
from ui.port import take_port

app = typer.Typer(add_completion=False)


@app.command(help="打开问答页面。")
def main(
    store: Annotated[Path | None, typer.Option(help="文件库所在的文件夹。")] = None,
    host: Annotated[str, typer.Option(help="监听地址；0.0.0.0 让局域网内的人也能访问。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口；0 表示任选一个空闲的。")] = 7860,
) -> None:
    """Check what can be checked at once, then serve until interrupted."""
    try:
        settings = Settings() if store is None else Settings(store=store)
        if not settings.store.is_dir():
            raise StoreMissing(
                f"文件库不存在：{settings.store}",
                f"先收录文件：python -m ingest 文件夹 --store {settings.store}",
            )
        listener = take_port(host, port)
        _serve(settings, listener, host)
    except PolicyQAError as error:
        typer.echo(f"policyqa 无法启动：{error}", err=True)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        pass  # asked to stop, while starting or while serving
    typer.echo("policyqa 已停止。", err=True)


def _serve(settings: Settings, listener: socket.socket, host: str) -> None:
    """Open the store, serve the page, and only then load the model, in the background."""
    # Read by Gradio when it is imported and each time it would call home.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    typer.echo("正在启动…", err=True)

    from policyqa.assistant import Assistant
    from ui.app import build_app
    from ui.serve import server, web_app
    from ui.warmup import Warmup

    assistant = Assistant.open(settings.store, settings)
    warmup = Warmup(assistant)
    url = _url(host, listener.getsockname()[1])

    def ready() -> None:
        typer.echo(f"policyqa 已就绪：{url}")
        sys.stdout.flush()
        warmup.start()

    server(web_app(build_app(assistant, warmup, settings)), ready).run(sockets=[listener])


def _url(host: str, port: int) -> str:
    """What to open on this machine.

    >>> _url("0.0.0.0", 7860), _url("::1", 80)
    ('http://127.0.0.1:7860', 'http://[::1]:80')
    """
    name = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


if __name__ == "__main__":
    app()
