"""Errors: each says what is wrong and what to do, and has its exit status."""

from __future__ import annotations

import inspect

import pytest

from policyqa import errors
from policyqa.errors import PolicyQAError, StoreError, UsageError

ALL = [
    value
    for value in vars(errors).values()
    if inspect.isclass(value) and issubclass(value, PolicyQAError)
]  # fmt: skip


@pytest.mark.parametrize("error", ALL)
def test_only_wrong_usage_ends_with_2(error: type[PolicyQAError]) -> None:
    assert error("what", "next").exit_code == (2 if error is UsageError else 1)


@pytest.mark.parametrize("error", ALL)
def test_an_error_shows_what_is_wrong_and_what_to_do(error: type[PolicyQAError]) -> None:
    assert str(error("what", "next")) == "what → next"
    assert str(error("what")) == "what"


@pytest.mark.parametrize("error", ALL)
def test_every_error_stands_in_the_drawn_hierarchy(error: type[PolicyQAError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("name", ["StoreMissing", "StoreVersionError", "StoreModelMismatch", "StoreLocked"])
def test_a_caller_can_catch_all_that_is_wrong_with_a_store(name: str) -> None:
    assert issubclass(getattr(errors, name), StoreError)
