import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from eval.score import score
from tolltale import Tagger
from tolltale.corpora import read_corpus
from training.__main__ import main
from training.data import hash_corpus

WriteConfig = Callable[..., str]
ROOT = Path(__file__).parents[2]


def weights(folder: Path) -> dict[str, torch.Tensor]:
    return dict(load_file(folder / "model.safetensors"))


def record(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "training.json").read_text(encoding="utf-8")))


def same(left: dict[str, torch.Tensor], right: dict[str, torch.Tensor]) -> bool:
    return left.keys() == right.keys() and all(torch.equal(left[name], right[name]) for name in left)


def test_a_run_ends_with_a_checkpoint_that_reads_and_says_where_it_comes_from(
    write_config: WriteConfig, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([write_config()]) == 0
    out = capsys.readouterr().out
    folder = tmp_path / "run"
    assert out.endswith(f'from tolltale import Tagger\nreading = Tagger.from_pretrained("{folder}").predict(text)\n')
    assert out.count("KILLED") == 3  # a table for each epoch and one for the best
    kept = record(folder)
    gold = list(read_corpus(corpus))
    found = list(Tagger.from_pretrained(folder).annotate(gold))
    assert [row.to_dict() | {"interval": 0} for row in score(gold, found)] == [
        row | {"interval": 0} for row in kept["scores"]
    ]
    assert kept["corpora"][0]["sha256"] == hash_corpus(corpus)
    assert kept["settings"]["optim"]["learning_rate"] == 1e-3
    assert {row["group"] for row in kept["scores"]} == {"figure", "attribution", "stance", "links", "claims"}
    assert kept["losses"][-1] < kept["losses"][0]
    assert not list(folder.rglob("*.bin")) + list(folder.rglob("*.pt")) + list(folder.rglob("*.pth"))
    assert kept["corpora"][0]["sha256"] in (folder / "README.md").read_text(encoding="utf-8")


def test_the_same_config_gives_the_same_weights(write_config: WriteConfig, tmp_path: Path) -> None:
    config = write_config()
    assert main([config, f"output={tmp_path}/a"]) == 0
    assert main([config, f"output={tmp_path}/b"]) == 0
    assert main([config, f"output={tmp_path}/c", "seeds=[2]"]) == 0
    assert same(weights(tmp_path / "a"), weights(tmp_path / "b"))
    assert not same(weights(tmp_path / "a"), weights(tmp_path / "c"))


KILLED_AFTER_AN_EPOCH = """
import os, sys
from transformers import TrainerCallback
import training.trainer
class Killer(training.trainer.Progress):
    def on_save(self, args, state, control, **kwargs):
        if round(state.epoch) == 2:
            os._exit(9)
training.trainer.Progress = Killer
from training.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("optim", ["optim.averaged=0", "optim.averaged=0.75"])
def test_a_killed_run_goes_on_and_ends_at_the_same_numbers(
    optim: str, write_config: WriteConfig, tmp_path: Path
) -> None:
    config = write_config()
    whole = [config, "optim.epochs=4", optim, f"output={tmp_path}/whole"]
    broken = [config, "optim.epochs=4", optim, f"output={tmp_path}/broken"]
    assert main(whole) == 0
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER_AN_EPOCH, *broken], cwd=ROOT, env=_environment(), check=False
    )
    assert killed.returncode == 9
    assert not (tmp_path / "broken" / "model.safetensors").exists()
    assert main([*broken, "resume=true"]) == 0
    assert same(weights(tmp_path / "whole"), weights(tmp_path / "broken"))
    assert record(tmp_path / "whole")["losses"] == record(tmp_path / "broken")["losses"]
    assert record(tmp_path / "whole")["scores"] == record(tmp_path / "broken")["scores"]


def test_a_run_is_not_resumed_with_other_settings(
    write_config: WriteConfig, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config()
    command = [sys.executable, "-c", KILLED_AFTER_AN_EPOCH, config]
    subprocess.run(command, cwd=ROOT, env=_environment(), check=False)
    assert main([config, "resume=true", "optim.learning_rate=2e-3"]) == 2
    assert capsys.readouterr().err.startswith("error: optim: differs from the run that is to be resumed")


def test_a_plan_that_is_not_whole_is_named(
    write_config: WriteConfig, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "run" / "state" / "training.json"
    plan.parent.mkdir(parents=True)
    plan.write_text('{"seed": 1, "set', encoding="utf-8")
    assert main([write_config(), "resume=true"]) == 2
    assert capsys.readouterr().err.startswith(f"error: {plan}: no JSON")


def test_a_run_is_not_resumed_on_other_documents(
    write_config: WriteConfig, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text(corpus.read_text(encoding="utf-8"), encoding="utf-8")
    arguments = [write_config(), f"data.train.mine.path={mine}"]
    assert main(arguments) == 0
    mine.write_text("".join(corpus.read_text(encoding="utf-8").splitlines(keepends=True)[:4]), encoding="utf-8")
    assert main([*arguments, "resume=true"]) == 2
    assert "error: resume: the corpora changed since the run began" in capsys.readouterr().err


def test_a_wrong_setting_leaves_saved_states_alone(write_config: WriteConfig, tmp_path: Path) -> None:
    config = write_config()
    subprocess.run([sys.executable, "-c", KILLED_AFTER_AN_EPOCH, config], cwd=ROOT, env=_environment(), check=False)
    before = sorted((tmp_path / "run").rglob("*"))
    assert before
    assert main([config, "data.validation=typo.jsonl"]) == 2
    assert sorted((tmp_path / "run").rglob("*")) == before


def test_the_mean_of_the_last_weights_is_kept_where_it_is_asked_for(write_config: WriteConfig, tmp_path: Path) -> None:
    config = write_config()
    cosine = ["optim.schedule=cosine", "optim.least_rate=0.5"]
    assert main([config, *cosine, "optim.averaged=0.01", f"output={tmp_path}/last"]) == 0  # of so few steps: one
    assert main([config, *cosine, "optim.averaged=0.5", f"output={tmp_path}/mean"]) == 0
    assert main([config, "optim.averaged=0.5", f"output={tmp_path}/linear"]) == 0
    assert record(tmp_path / "mean")["best_epoch"] == 2
    assert record(tmp_path / "mean")["losses"] == record(tmp_path / "last")["losses"]
    assert not same(weights(tmp_path / "mean"), weights(tmp_path / "last"))
    assert not same(weights(tmp_path / "mean"), weights(tmp_path / "linear"))


def test_seeds_train_a_model_each_and_report_the_spread(
    write_config: WriteConfig, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config()
    assert main([config, "seeds=[1,2]"]) == 0
    folder = tmp_path / "run"
    spread = json.loads((folder / "seeds.json").read_text(encoding="utf-8"))
    assert len(spread["figure"]["values"]) == 2
    assert "2 runs" in capsys.readouterr().out
    assert not same(weights(folder / "seed-1"), weights(folder / "seed-2"))
    before = (folder / "seed-1" / "model.safetensors").stat().st_mtime_ns
    assert main([config, "seeds=[1,2]", "resume=true"]) == 0
    assert (folder / "seed-1" / "model.safetensors").stat().st_mtime_ns == before


def test_seeds_that_go_on_from_a_tagger_have_a_mean(
    write_config: WriteConfig, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config()
    assert main([config, "optim.epochs=1", f"output={tmp_path}/start"]) == 0
    assert main([config, "seeds=[1,2]", f"encoder.name={tmp_path}/start", "optim.averaged=0.5"]) == 0
    folders = [tmp_path / "run" / name for name in ("mean", "seed-1", "seed-2")]
    assert f"checkpoint: {', '.join(map(str, folders))}" in capsys.readouterr().out
    mean, first, second = map(weights, folders)
    assert not same(first, second)
    assert all(torch.allclose(mean[name], (first[name] + second[name]) / 2) for name in mean)
    gold = list(read_corpus(record(folders[0])["validation"]["path"]))
    found = list(Tagger.from_pretrained(folders[0]).annotate(gold))
    assert [row.to_dict() | {"interval": 0} for row in score(gold, found)] == [
        row | {"interval": 0} for row in record(folders[0])["scores"]
    ]
    card = " ".join((folders[0] / "README.md").read_text(encoding="utf-8").split())
    assert "seed 1, 2, mean of the weights of 2 seeds (mean of the weights over the last 50% of 2 epochs)" in card
    assert "Scores of the runs: | 2 runs" in card
    assert not list(tmp_path.rglob("state"))


def test_seeds_that_begin_from_an_encoder_have_none(write_config: WriteConfig, tmp_path: Path) -> None:
    assert main([write_config(), "seeds=[1,2]", "optim.epochs=1"]) == 0
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["seed-1", "seed-2", "seeds.json"]


def test_a_run_is_not_resumed_from_other_weights(
    write_config: WriteConfig, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = f"output={tmp_path}/start"
    further = [write_config(), "seeds=[1,2]", f"encoder.name={tmp_path}/start", "optim.epochs=1"]
    assert main([write_config(), "optim.epochs=1", start]) == 0
    assert main(further) == 0
    assert main([write_config(), "optim.epochs=1", start, "seeds=[3]"]) == 0
    assert main([*further, "resume=true"]) == 2
    assert "resume: the start changed since the run began" in capsys.readouterr().err


def test_two_processes_learn_as_one_does_with_batches_of_twice_the_size(
    write_config: WriteConfig, tmp_path: Path
) -> None:
    launch = [sys.executable, "-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes", "2"]
    environment = _environment() | {"ACCELERATE_USE_CPU": "true"}
    settings = [write_config(), "encoder.dropout=0", "optim.epochs=4", "optim.averaged=0.5"]
    command = [*launch, "-m", "training", *settings, "optim.batch_size=2"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("checkpoint: ") == 1
    two = record(tmp_path / "run")
    assert two["n_processes"] == 2
    assert main([*settings, "optim.batch_size=4", f"output={tmp_path}/one"]) == 0
    one = record(tmp_path / "one")
    # the same windows in each step; but the mean of two means over words is not quite the mean over all
    assert two["losses"] == pytest.approx(one["losses"], rel=0.05)


def test_an_unsound_document_is_an_error_of_one_line(
    write_config: WriteConfig, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(corpus.read_text(encoding="utf-8") + '{"text": "x", "layers": ["x"]}\n', encoding="utf-8")
    assert main([write_config(), f"data.train.mine.path={bad}"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"error: {bad}:13: layers: 'x' is none of")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'model'}{os.pathsep}{ROOT}"}
