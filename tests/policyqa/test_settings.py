"""Settings: values from POLICYQA_* variables, frozen and checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from policyqa.errors import UsageError
from policyqa.settings import DEFAULT_MODEL, Settings


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"POLICYQA_{name.upper()}", raising=False)


def test_without_variables_the_defaults_hold() -> None:
    settings = Settings()
    assert settings.store == Path("store")
    assert settings.embedding_model == DEFAULT_MODEL
    assert settings.answer_threshold is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("STORE", "/srv/s", Path("/srv/s")),
        ("EMBEDDING_MODEL", "m", "m"),
        ("CACHE", "/c", Path("/c")),
        ("THREADS", "2", 2),
        ("MAX_QUESTION", "50", 50),
        ("ANSWER_THRESHOLD", "0.5", 0.5),
    ],
)
def test_each_value_is_read_from_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: object
) -> None:
    monkeypatch.setenv(f"POLICYQA_{name}", value)
    assert getattr(Settings(), name.lower()) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [("THREADS", "-1"), ("THREADS", "many"), ("MAX_QUESTION", "0"), ("ANSWER_THRESHOLD", "1.5")],
)
def test_a_value_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"POLICYQA_{name}", value)
    with pytest.raises(UsageError, match=f"POLICYQA_{name}"):
        Settings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().threads = 3


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())
