"""The mean of two reading models."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from policyqa.pair_encoder import PairReader
from training.mean import mean

SHIPPED = Path("src/policyqa/reader.safetensors")


def test_the_mean_of_a_model_with_itself_is_that_model(tmp_path: Path) -> None:
    from safetensors.torch import load_file

    mean(SHIPPED, SHIPPED, tmp_path / "out.safetensors", 0.6)
    before, after = load_file(SHIPPED), load_file(tmp_path / "out.safetensors")
    assert all(torch.allclose(before[n].float(), after[n].float(), atol=1e-3) for n in before)
    layers, _ = PairReader(tmp_path / "out.safetensors", None)._stored()
    assert layers == 8, "its checksum holds"


def test_models_of_other_layers_have_no_mean(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    state = load_file(SHIPPED)
    fewer = dict(list(state.items())[:-3])
    save_file(fewer, tmp_path / "fewer.safetensors", metadata={"policyqa": "{}"})
    with pytest.raises(ValueError, match="layers"):
        mean(SHIPPED, tmp_path / "fewer.safetensors", tmp_path / "out.safetensors", 0.5)
