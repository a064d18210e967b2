import json
from collections.abc import Callable
from pathlib import Path

import pytest
from safetensors.torch import load_file

from tolltale import Tagger
from tolltale.checkpoint import load_checkpoint
from training import average, release
from training.__main__ import main as train


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Release into a folder of the test."""
    for name, file in (("RELEASED", "checkpoint"), ("CARD", "MODEL_CARD.md"), ("PLOT", "reliability.png")):
        monkeypatch.setattr(release, name, tmp_path / "model" / file)
    (tmp_path / "model").mkdir()
    return tmp_path / "model"


@pytest.fixture
def unseen(corpus: Path, tmp_path: Path) -> Path:
    """Another file than runs learn from."""
    path = tmp_path / "unseen.jsonl"
    path.write_text("".join(corpus.read_text(encoding="utf-8").splitlines(keepends=True)[:8]), encoding="utf-8")
    return path


def test_a_run_becomes_the_released_checkpoint(
    write_config: Callable[..., str], unseen: Path, tmp_path: Path, places: Path
) -> None:
    assert train([write_config()]) == 0
    second = tmp_path / "second"
    further = [f"encoder.name={tmp_path / 'run'}", f"output={second}", "optim.epochs=1", "seeds=[1,2]"]
    assert train([write_config(), *further]) == 0
    assert average.main([str(tmp_path / "mean"), *(str(second / f"seed-{seed}") for seed in (1, 2))]) == 0
    assert release.main([str(tmp_path / "mean"), str(unseen)]) == 0
    weights = load_file(places / "checkpoint" / "model.safetensors")
    assert {str(tensor.dtype) for tensor in weights.values()} == {"torch.float16"}
    config = json.loads((places / "checkpoint" / "config.json").read_text())
    assert {"figure", "attribution", "stance", "claim"} <= config["calibration"].keys()
    network, _ = load_checkpoint(places / "checkpoint")
    assert {str(parameter.dtype) for parameter in network.parameters()} == {"torch.float32"}
    assert Tagger.from_pretrained(places / "checkpoint").predict("Two villagers died.").text == "Two villagers died."
    card = (places / "MODEL_CARD.md").read_text()
    assert f"| {tmp_path / 'run'} " in card  # both stages are named
    assert card.count("claims") > 1
    assert "| 2 runs " in card
    assert "{" not in card
    assert (places / "reliability.png").stat().st_size > 1000


def test_a_run_that_is_too_large_is_refused_and_leaves_the_old_one(
    write_config: Callable[..., str],
    unseen: Path,
    tmp_path: Path,
    places: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert train([write_config(), "optim.epochs=1"]) == 0
    monkeypatch.setattr(release, "MOST_MEGABYTES", 0.001)
    assert release.main([str(tmp_path / "run"), str(unseen)]) == 2
    assert "more than the 0.001 that a package holds" in capsys.readouterr().err
    assert not (places / "checkpoint").exists()


def test_a_run_is_not_released_on_what_it_learnt_from(
    write_config: Callable[..., str], corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train([write_config(), "optim.epochs=1"]) == 0
    assert release.main([str(tmp_path / "run"), str(corpus)]) == 2
    assert capsys.readouterr().err.endswith(f"error: {corpus}: the run learnt from it; name documents unseen by it\n")
