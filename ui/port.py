"""Taking the port before anything slow is imported, so that a wrong one is reported at once."""

from __future__ import annotations

import errno
import socket

from policyqa.errors import ServeError


def take_port(host: str, port: int) -> socket.socket:
    """A socket bound to the address and kept by the caller, so nobody else can take it meanwhile.

    Port 0 takes any free one. Raises ``ServeError`` when the port is taken or the address is not ours.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise ServeError(f"地址 {host} 无法解析", "换一个地址，例如 --host 127.0.0.1") from error
    listener = socket.socket(family, kind, protocol)
    # As web servers do: a port whose last server has just stopped counts as free.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _explain(host, port, error) from error
    return listener


def _explain(host: str, port: int, error: OSError) -> ServeError:
    if error.errno == errno.EADDRINUSE:
        return ServeError(
            f"端口 {port} 已被占用", f"换一个端口，例如 --port {port + 1}，或先停止占用它的程序"
        )
    if error.errno == errno.EACCES:
        return ServeError(f"没有权限使用端口 {port}", "换一个 1024 以上的端口，例如 --port 7860")
    return ServeError(
        f"无法在 {host}:{port} 上提供服务（{error.strerror}）", "换一个地址或端口：--host、--port"
    )
