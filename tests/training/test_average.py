from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tolltale.checkpoint import load_checkpoint
from training.average import mean_weights, merge_records, save_mean


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=5))
def test_a_mean_lies_in_the_middle(values: list[float]) -> None:
    mean = mean_weights([{"weight": torch.full((2, 3), value, dtype=torch.float64)} for value in values])
    assert mean["weight"].shape == (2, 3)
    assert mean["weight"][0, 0].item() == pytest.approx(sum(values) / len(values), abs=1e-6)


def test_a_mean_carries_no_scaling_of_one_run(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    network, tokenizer = load_checkpoint(checkpoints["bert"])
    network.config.min_scores = {"figure": 0.5}
    network.save_pretrained(tmp_path / "run")
    tokenizer.save_pretrained(tmp_path / "run")
    save_mean([tmp_path / "run", checkpoints["bert"]], tmp_path / "mean")
    assert load_checkpoint(tmp_path / "mean")[0].config.min_scores == {}


def test_the_records_of_seeds_are_one() -> None:
    def record(seed: int, f1: float, *, resumed: bool) -> dict[str, Any]:
        scores = [{"group": "figure", "label": "all", "strict": {"f1": f1}}]
        own = {"seed": seed, "best_epoch": seed + 1, "losses": [f1], "git_commit": f"c{seed}"}
        return own | {"minutes": 1.25, "resumed": resumed, "scores": scores, "settings": {"a": 1}}

    merged = merge_records([record(1, 0.5, resumed=True), record(2, 0.7, resumed=False)])
    assert merged["seed"] == [1, 2]
    assert merged["best_epoch"] == [2, 3]
    assert merged["losses"] == [[0.5], [0.7]]
    assert merged["git_commit"] == ["c1", "c2"]
    assert (merged["minutes"], merged["resumed"], merged["settings"]) == (2.5, True, {"a": 1})
    assert merged["spread"]["figure"]["mean"] == pytest.approx(0.6)
