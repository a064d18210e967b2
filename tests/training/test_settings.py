from collections.abc import Callable
from pathlib import Path

import pytest

from training.__main__ import main
from training.settings import SettingsError, load_settings

CONFIGS = sorted(Path(__file__).parents[2].glob("configs/**/*.yaml"))
WriteConfig = Callable[..., str]


def test_the_configs_are_found() -> None:
    assert {path.name for path in CONFIGS} >= {"quickstart.yaml", "base.yaml", "large.yaml", "tiny.yaml"}


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.name)
def test_each_shipped_config_loads_and_opens_with_its_command(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLTALE_CORPORA", "/data")
    settings = load_settings(path)
    assert settings.output == f"runs/{path.stem}"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(f"-m training configs/{path.name}")


def test_overrides_reach_any_depth(write_config: WriteConfig) -> None:
    changes = ["optim.epochs=3", "seeds=[4,5]", "optim.learning_rate=2e-5", "data.train.mine.weight=0.5"]
    settings = load_settings(write_config(), changes)
    assert (settings.optim.epochs, settings.seeds, settings.optim.learning_rate) == (3, [4, 5], 2e-5)
    assert settings.data.train["mine"].weight == 0.5


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("optim.epoch=3", "optim.epoch: Key 'epoch' not in 'OptimSettings'. Did you mean: 'epochs'?"),
        ("optim.epochs=three", "optim.epochs: Value 'three' of type 'str' could not be converted to Integer"),
        ("optim.epochs=0", "optim.epochs: 0 is out of range, need 1 to 10000"),
        ("optim.averaged=2", "optim.averaged: 2.0 is out of range, need 0 to 1"),
        ("optim.least_rate=0.5", "optim.least_rate: only with optim.schedule=cosine"),
        ("optim.schedule=slow", "optim.schedule: Invalid value 'slow', expected one of"),
        ("optim.precision=fp8", "optim.precision: Invalid value 'fp8', expected one of"),
        ("encoder.window=9000", "encoder.window: 9000 is out of range, need 96 to 8192"),
        ("encoder.overlap=100", "encoder.overlap: 100 is out of range, need 0 to 56"),
        ("data.train.mine.weight=-1", "data.train.mine.weight: -1.0 is out of range"),
        ("data.train.mine.path=none.jsonl", "data.train.mine.path: none.jsonl: no such file or folder here"),
        ("data.train.other.weight=1", "data.train.other.path: needs a value"),
        ("data.validation=none.jsonl", "data.validation: none.jsonl: no such file or folder here"),
        ("data.validation=${oc.env:NOT_SET_ANYWHERE}", "data.validation: "),
        ("seeds=[1,1]", "seeds: need one or more, each once"),
        ("encoder.name=/none/such", "encoder.name: '/none/such' cannot be loaded"),
        ("encoder.window=600", "encoder.window: "),
        ("seeds=[-1]", "seeds: -1 is out of range"),
        ("data.teachers=[none/such]", "data.teachers: 'none/such' is no folder of a trained tagger"),
        ("data.teachers=[released,released]", "data.teachers: need each once, found released, released"),
        ("data.train.mine.unmarked=true", "data.train.mine.unmarked: nobody tells of it; name a tagger in data.teach"),
        ("optim.layer_weights.victim=2", "optim.layer_weights.victim: no layer; there are figure, attribution, stance"),
        ("report_to=[nonsense]", "report_to: nonsense is not installed"),
        ("optim.precision=fp16", "optim.precision: fp16 needs a GPU"),
        ("output=pyproject.toml", "[Errno"),
        ("resume", "resume: an override is key.sub=value"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_the_key(
    override: str, message: str, write_config: WriteConfig, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([write_config(), override]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error: {message}")
    assert len(error.splitlines()) == 1


def test_weights_that_are_spread_are_not_averaged(
    write_config: WriteConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    assert main([write_config(), "optim.averaged=0.5"]) == 2
    assert capsys.readouterr().err.startswith("error: optim.averaged: not of weights that are spread")


def test_a_missing_config_says_where_configs_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["configs/none.yaml"]) == 2
    assert capsys.readouterr().err.startswith("error: configs/none.yaml: no such file")


def test_a_config_without_corpora_is_refused(write_config: WriteConfig) -> None:
    with pytest.raises(SettingsError, match=r"data\.train: names no corpus"):
        load_settings(write_config(data={"validation": "x"}))
