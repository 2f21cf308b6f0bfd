"""The errors users can meet.

PolicyQAError                what a command prints; carries the bad value and the next step
├── UsageError               wrong use: an empty question, an unknown path         (exit 2)
├── StoreError               the store cannot be used as it is                     (exit 1)
│   ├── StoreMissing         nothing has been ingested yet
│   ├── StoreVersionError    written by another version of policyqa
│   ├── StoreModelMismatch   its vectors come from another embedding model
│   └── StoreLocked          another process is writing
├── ModelError               the embedding model cannot be found, read or trusted  (exit 1)
├── UnreadableFile           one file of an ingest cannot be turned into text      (exit 1)
└── ServeError               the page cannot be served, e.g. the port is in use    (exit 1)
"""

from __future__ import annotations


class PolicyQAError(Exception):
    """Base of all errors meant for users.

    ``message`` says what is wrong, with the bad value; ``hint`` says what to do next.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} → {self.hint}" if self.hint else self.message


class UsageError(PolicyQAError):
    exit_code = 2


class StoreError(PolicyQAError):
    pass


class StoreMissing(StoreError):
    pass


class StoreVersionError(StoreError):
    pass


class StoreModelMismatch(StoreError):
    pass


class StoreLocked(StoreError):
    pass


class ModelError(PolicyQAError):
    pass


class UnreadableFile(PolicyQAError):
    pass


class ServeError(PolicyQAError):
    pass
