import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from tolltale.checkpoint import load_checkpoint
from training import average
from training.__main__ import main as train


@pytest.fixture
def seeds(write_config: Callable[..., str], tmp_path: Path) -> list[str]:
    """Folders of two runs that differ in their seed."""
    assert train([write_config(), "seeds=[1,2]", "optim.epochs=1"]) == 0
    return [str(tmp_path / "run" / f"seed-{seed}") for seed in (1, 2)]


def test_the_mean_of_two_runs_is_a_checkpoint_with_their_record(seeds: list[str], tmp_path: Path) -> None:
    assert average.main([str(tmp_path / "mean"), *seeds]) == 0
    first, second, mean = (load_checkpoint(folder)[0].state_dict() for folder in (*seeds, str(tmp_path / "mean")))
    assert all(torch.allclose(mean[name], (first[name] + second[name]) / 2) for name in mean)
    assert any(not torch.equal(first[name], second[name]) for name in mean)
    record = json.loads((tmp_path / "mean" / "training.json").read_text())
    assert record["spread"] == json.loads((tmp_path / "run" / "seeds.json").read_text())
    assert "seed 1, 2, best epoch 1, 1 of 1" in (tmp_path / "mean" / "README.md").read_text()


def test_runs_of_other_settings_are_refused(
    seeds: list[str], write_config: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = str(tmp_path / "other")
    assert train([write_config(), "optim.epochs=2", f"output={other}"]) == 0
    assert average.main([str(tmp_path / "mean"), seeds[0], other]) == 2
    assert "its optim differs from that of" in capsys.readouterr().err
    assert average.main([str(tmp_path / "mean"), str(tmp_path / "nothing")]) == 2
    assert not (tmp_path / "mean").exists()
