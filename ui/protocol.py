"""What the page needs of the assistant. ``policyqa.Assistant`` is one; the tests bring another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from policyqa.schema import Answer, Turn

if TYPE_CHECKING:
    from policyqa.assistant import Failure


class AssistantLike(Protocol):
    """The part of ``policyqa.Assistant`` that the page calls, from several threads at once."""

    @property
    def ready(self) -> bool:
        """Whether the model is loaded, so that ``ask`` answers at once."""

    def warm(self) -> None:
        """Load the model; takes seconds. Raises ``PolicyQAError`` when it cannot."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        issuer: str | None = None,
        year: int | None = None,
    ) -> Answer:
        """Answer a question, following up on the history. Raises ``PolicyQAError``."""

    def suggestions(self, count: int = 6) -> list[str]:
        """Questions that the stored documents answer."""

    def issuers(self) -> list[str]:
        """The agencies to filter by."""

    def years(self) -> list[int]:
        """The years to filter by."""

    def counts(self) -> tuple[int, int]:
        """How many documents and passages are stored."""

    def failures(self) -> list[Failure]:
        """The files that could not be read, and why."""
