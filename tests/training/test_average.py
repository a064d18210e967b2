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
    """Folders of two runs that differ in their seed and go on from the same one."""
    assert train([write_config(), "optim.epochs=1", f"output={tmp_path}/start"]) == 0
    assert train([write_config(), f"encoder.name={tmp_path}/start", "seeds=[1,2]", "optim.epochs=1"]) == 0
    return [str(tmp_path / "run" / f"seed-{seed}") for seed in (1, 2)]


def test_the_mean_of_two_runs_is_a_checkpoint_with_their_record(seeds: list[str], tmp_path: Path) -> None:
    mean = tmp_path / "mean"
    assert average.main([str(mean), *seeds]) == 0
    first, second, both = (load_checkpoint(folder)[0].state_dict() for folder in (*seeds, str(mean)))
    assert all(torch.allclose(both[name], (first[name] + second[name]) / 2) for name in both)
    assert any(not torch.equal(first[name], second[name]) for name in both)
    record = json.loads((mean / "training.json").read_text())
    assert record["spread"] == json.loads((tmp_path / "run" / "seeds.json").read_text())
    card = " ".join((mean / "README.md").read_text().split())
    assert "seed 1, 2, best epoch 1, 1 of 1" in card
    assert f"The weights are the mean of {seeds[0]}, {seeds[1]}, which differ in seed." in card


def test_what_has_no_mean_is_refused_and_nothing_written(
    seeds: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = {
        "two or more are averaged, each once": seeds[:1],
        "are averaged, each once": [seeds[0], seeds[0]],
        "did not begin from": [seeds[0], str(tmp_path / "start")],
        "began with heads of its own, not from": [str(tmp_path / "start"), seeds[1]],
        "nothing": [str(tmp_path / "nothing"), seeds[1]],
    }
    for said, runs in refused.items():
        assert average.main([str(tmp_path / "mean"), *runs]) == 2
        assert said in capsys.readouterr().err
    assert not (tmp_path / "mean").exists()
    assert average.main([seeds[0], *seeds]) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_mean_is_not_averaged_again(seeds: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert average.main([str(tmp_path / "mean"), *seeds]) == 0
    assert average.main([str(tmp_path / "again"), str(tmp_path / "mean"), seeds[0]]) == 2
    assert "is itself a mean" in capsys.readouterr().err


def test_a_mean_is_not_scored_on_documents_that_have_changed(
    seeds: list[str], corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in seeds:
        path = Path(folder, "training.json")
        record = json.loads(path.read_text())
        path.write_text(json.dumps(record | {"validation": {"path": str(corpus), "sha256": "that of older ones"}}))
    assert average.main([str(tmp_path / "mean"), *seeds]) == 2
    assert f"{corpus}: has changed since" in capsys.readouterr().err


def test_runs_on_from_other_weights_of_the_same_name_are_refused(
    seeds: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(seeds[1], "training.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"start": "0" * 64}))
    assert average.main([str(tmp_path / "mean"), *seeds]) == 2
    assert "did not begin from the same weights" in capsys.readouterr().err


def test_what_runs_differ_in_is_recorded(seeds: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(seeds[1], "training.json")
    record = json.loads(path.read_text())
    optim = record["settings"]["optim"]
    longer = optim | {"epochs": 2}
    path.write_text(json.dumps(record | {"settings": record["settings"] | {"optim": longer}, "corpora": []}))
    assert average.main([str(tmp_path / "mean"), *seeds]) == 0
    differences = json.loads((tmp_path / "mean" / "training.json").read_text())["differences"]
    assert differences == {"optim": [optim, longer], "corpora": [record["corpora"], []]}
    path.write_text(json.dumps(record | {"seed": 1}))
    assert average.main([str(tmp_path / "other"), *seeds]) == 2
    assert "of the same seed as" in capsys.readouterr().err
    path.write_text(json.dumps(record | {"validation": {"path": "others.jsonl"}}))
    assert average.main([str(tmp_path / "other"), *seeds]) == 2
    assert "was compared on other documents than" in capsys.readouterr().err
