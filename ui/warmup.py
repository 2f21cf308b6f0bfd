"""Loading the model in the background, once, while the page is already being served."""

from __future__ import annotations

import logging
import threading

from ui.protocol import AssistantLike

logger = logging.getLogger(__name__)


class Warmup:
    """The one background load of an assistant's model.

    ``start`` may be called any number of times and from any thread. When loading fails the error is
    kept in ``error`` for whoever waits; it is never raised in the background thread.
    """

    def __init__(self, assistant: AssistantLike) -> None:
        self.error: Exception | None = None
        self._assistant = assistant
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._started = False

    @property
    def finished(self) -> bool:
        """Whether there is nothing to wait for any more: loaded, or failed."""
        return self._done.is_set() or self._assistant.ready

    def start(self) -> None:
        """Begin loading unless that has been done already; returns at once."""
        with self._lock:
            if self._started:
                return
            self._started = True
        threading.Thread(target=self._load, name="policyqa-warmup", daemon=True).start()

    def wait(self) -> None:
        """Return when the model is loaded; raises what loading raised."""
        if not self._assistant.ready:
            self.start()
            self._done.wait()
        if self.error is not None:
            raise self.error

    def _load(self) -> None:
        try:
            self._assistant.warm()
        except Exception as error:
            # Told to every user who asks, and to whoever runs the server.
            logger.error("the model could not be loaded: %s", error)
            self.error = error
        finally:
            self._done.set()
