import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from safetensors.torch import load_file
from tokenizers import Tokenizer

from tolltale import Tagger
from tolltale.checkpoint import load_checkpoint
from training import release, stages
from training.__main__ import main as train


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Release into a folder of the test."""
    for name, file in (("RELEASED", "checkpoint"), ("CARD", "MODEL_CARD.md"), ("PLOT", "reliability.png")):
        monkeypatch.setattr(release, name, tmp_path / "model" / file)
    monkeypatch.setattr(stages, "LINEAGE", tmp_path / "model" / "lineage.json")
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
    cut = Tokenizer.from_file(str(second / "mean" / "tokenizer.json"))
    cut.enable_truncation(128)
    cut.save(str(second / "mean" / "tokenizer.json"))
    assert release.main([str(second / "mean"), str(unseen)]) == 0
    weights = load_file(places / "checkpoint" / "model.safetensors")
    assert {str(tensor.dtype) for tensor in weights.values()} == {"torch.float16"}
    config = json.loads((places / "checkpoint" / "config.json").read_text())
    assert {"figure", "attribution", "stance", "claim"} <= config["calibration"].keys()
    tokenizer = json.loads((places / "checkpoint" / "tokenizer.json").read_text())
    assert (tokenizer["truncation"], tokenizer["padding"]) == (None, None)
    network, _ = load_checkpoint(places / "checkpoint")
    assert {str(parameter.dtype) for parameter in network.parameters()} == {"torch.float32"}
    assert Tagger.from_pretrained(places / "checkpoint").predict("Two villagers died.").text == "Two villagers died."
    card = (places / "MODEL_CARD.md").read_text()
    assert f"| {tmp_path / 'run'} " in card  # both stages are named
    assert f"| {second / 'mean'} " in card
    assert card.count("claims") > 1
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


def test_a_release_that_is_killed_leaves_a_checkpoint(
    places: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, said in (("checkpoint", "older"), ("half", "half a checkpoint")):
        (places / name).mkdir()
        (places / name / "config.json").write_text(said)
    (places / "half").rename(places / "checkpoint.new")  # of a release that was killed before
    made = tmp_path / "made"
    made.mkdir()
    (made / "config.json").write_text("newer")
    with monkeypatch.context() as patch:
        patch.setattr("shutil.copytree", killed)
        with pytest.raises(KeyboardInterrupt):
            release.keep(made)
    assert (places / "checkpoint" / "config.json").read_text() == "older"
    release.keep(made)
    assert (places / "checkpoint" / "config.json").read_text() == "newer"
    assert [path.name for path in places.iterdir()] == ["checkpoint"]


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_release_that_cannot_be_drawn_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.plots.find_spec", lambda _: None)
    assert release.main([str(tmp_path), "unseen.jsonl"]) == 2
    assert capsys.readouterr().err == "error: plots need matplotlib: pip install 'tolltale[plots]'\n"


@pytest.mark.parametrize("change", ["none", "moved", "rewritten"])
def test_a_run_is_not_released_on_what_it_learnt_from(
    change: str, write_config: Callable[..., str], corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learnt = Path(shutil.copy(corpus, tmp_path / "learnt.jsonl"))
    assert train([write_config(), f"data.train.mine.path={learnt}", "optim.epochs=1"]) == 0
    if change == "moved":
        learnt = learnt.rename(tmp_path / "elsewhere.jsonl")
    if change == "rewritten":
        learnt.write_text("".join(learnt.read_text(encoding="utf-8").splitlines(keepends=True)[:8]), encoding="utf-8")
    assert release.main([str(tmp_path / "run"), str(learnt)]) == 2
    assert capsys.readouterr().err.endswith(
        f"error: {learnt}: the run learnt from it, as it is or was; name documents unseen by it\n"
    )
