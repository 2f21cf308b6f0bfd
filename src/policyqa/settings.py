"""Settings: one frozen object of values, read from ``POLICYQA_*`` environment variables.

Only values live here; whatever acts on them does so in its own module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from policyqa.errors import UsageError

DEFAULT_MODEL = "policyqa-e5-small"


class Settings(BaseSettings):
    """Values that users may change; each is also the variable ``POLICYQA_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="POLICYQA_", frozen=True, extra="ignore")

    store: Path = Field(default=Path("store"), description="Folder of the store.")
    embedding_model: str = Field(
        default=DEFAULT_MODEL,
        description="Name or folder of a sentence-transformers model; the default needs no network.",
    )
    cache: Path = Field(
        default=Path("~/.cache/policyqa"), description="Folder where the default model is unpacked once."
    )
    threads: int = Field(default=0, ge=0, description="Threads for the model; 0 leaves it to PyTorch.")
    reader: str = Field(
        default="on",
        description="The reading model: on, off, or the path of another reader.safetensors.",
    )
    max_question: int = Field(default=1000, ge=1, description="Longest question accepted, in characters.")
    file_seconds: float = Field(
        default=900, gt=0, description="Longest time an ingest spends on reading one file, in seconds."
    )
    answer_threshold: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Confidence under which the assistant declines; unset: the fitted one.",
    )

    def __init__(self, **values: Any) -> None:
        """Read the variables; ``values`` go before them.

        Raises:
            UsageError: a value is of another kind than it must be, or out of its bounds.
        """
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors()[0]
            name = "_".join(map(str, first["loc"])).upper()
            raise UsageError(
                f"设置 POLICYQA_{name} 的值 {first['input']!r} 不能用（{first['msg']}）",
                "改正这个环境变量，或去掉它以使用默认值",
            ) from error
