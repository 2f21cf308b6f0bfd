"""policyqa: answers from official Chinese documents, with the sentence that proves them.

The two names most scripts need are here; both are imported on first use, so that
``import policyqa`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policyqa.assistant import Assistant
    from policyqa.reader import read

__all__ = ["Assistant", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "Assistant":
        from policyqa.assistant import Assistant

        return Assistant
    if name == "read":
        from policyqa.reader import read

        return read
    raise AttributeError(f"module 'policyqa' has no attribute {name!r}")
