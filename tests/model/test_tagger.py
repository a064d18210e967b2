import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import torch
from encoders import KINDS
from hypothesis import HealthCheck, given, settings
from safetensors.torch import load_file, save_file
from strategies import texts

from tolltale import CheckpointError, Document, Reading, Tagger, predict
from tolltale.checkpoint import VARIABLE, default_checkpoint, is_checkpoint
from tolltale.errors import TolltaleError

per_kind = pytest.mark.parametrize("kind", KINDS)
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
SENTENCE = "At least five villagers were killed and 1,200 hurt, the army said on Tuesday.\n"


@pytest.fixture(scope="module")
def taggers(checkpoints: dict[str, Path]) -> dict[str, Tagger]:
    return {kind: Tagger.from_pretrained(folder, device="cpu") for kind, folder in checkpoints.items()}


@per_kind
@shared
@given(text=texts)
def test_a_reading_is_a_sound_document_with_exact_offsets(kind: str, text: str, taggers: dict[str, Tagger]) -> None:
    reading = taggers[kind].predict(text)
    assert Document.from_dict(reading.to_dict()) == Document(
        **{f.name: getattr(reading, f.name) for f in fields(Document)}
    )
    for span in reading.spans:
        assert span.text == text[span.start : span.end] == span.text.strip()
        assert span.score is not None
        assert 0 <= span.score <= 1
    assert {span.layer for span in reading.figures} <= {"figure"}
    assert len(reading.figures) + len(reading.attributions) + len(reading.stances) == len(reading.spans)


@per_kind
def test_a_long_text_is_read_to_its_end(kind: str, taggers: dict[str, Tagger]) -> None:
    reading = taggers[kind].predict(SENTENCE * 400)
    assert max(span.end for span in reading.spans) > len(reading.text) - 2 * len(SENTENCE)
    assert min(span.start for span in reading.spans) < 2 * len(SENTENCE)


def test_many_texts_are_read_in_order_and_as_each_alone(taggers: dict[str, Tagger]) -> None:
    tagger = taggers["bert"]
    many = [SENTENCE * n for n in (3, 0, 40, 1, 7)] + ["", " \n"]
    together = list(tagger.predict_batch(iter(many), batch_size=3))
    assert [reading.text for reading in together] == many
    for reading, text in zip(together, many, strict=True):
        alone = tagger.predict(text)
        places = [[(s.layer, s.label, s.start, s.end) for s in r.spans] for r in (reading, alone)]
        assert places[0] == places[1]


def test_texts_are_taken_in_as_they_are_needed(taggers: dict[str, Tagger]) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield SENTENCE * 100

    readings = taggers["bert"].predict_batch(endless())
    next(readings)
    assert taken < 2 * 200_000 / len(SENTENCE * 100) + 3  # two groups, and what begins the next


def test_a_document_keeps_its_name_and_source(taggers: dict[str, Tagger]) -> None:
    (reading,) = taggers["bert"].annotate([Document(SENTENCE, id="a", source="b")])
    assert (reading.id, reading.source) == ("a", "b")
    assert isinstance(reading, Reading)


def test_what_is_no_text_is_refused_by_its_position(taggers: dict[str, Tagger]) -> None:
    with pytest.raises(TypeError, match="text 1 is no string but int"):
        list(taggers["bert"].predict_batch(["fine", 3]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match="for one, call predict"):
        list(taggers["bert"].predict_batch("Five died."))


@pytest.mark.parametrize("method", ["predict_batch", "annotate", "link"])
def test_a_batch_of_nothing_is_refused_at_once(method: str, taggers: dict[str, Tagger]) -> None:
    with pytest.raises(TolltaleError, match="batch_size is the number of windows read at a time, 1 or more, not 0"):
        getattr(taggers["bert"], method)([], batch_size=0)


@pytest.mark.parametrize("method", ["predict_batch", "annotate"])
def test_a_score_that_is_no_probability_is_refused_at_once(method: str, taggers: dict[str, Tagger]) -> None:
    with pytest.raises(TolltaleError, match=r"min_score is a probability, 0 to 1, not 1\.5"):
        getattr(taggers["bert"], method)([], min_score=1.5)


def test_predict_reads_with_the_checkpoint_that_is_named(
    checkpoints: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(checkpoints["bert"]))
    assert predict(SENTENCE).text == SENTENCE


def test_without_a_checkpoint_the_error_says_how_to_train(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("tolltale.checkpoint.RELEASED", tmp_path / "none")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CheckpointError, match=r"python -m training configs/quickstart\.yaml"):
        predict("x")


def test_the_newest_run_is_the_default(
    checkpoints: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("tolltale.checkpoint.RELEASED", tmp_path / "none")
    monkeypatch.chdir(tmp_path)
    for age, (name, kind) in enumerate((("new", "roberta"), ("old", "bert"), ("older", "deberta"))):
        folder = tmp_path / "runs" / name / ("seed-1" if name == "new" else "")
        shutil.copytree(checkpoints[kind], folder)
        os.utime(folder / "config.json", (1e9 - age, 1e9 - age))
    assert default_checkpoint() == "runs/new/seed-1"


def test_a_folder_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="no checkpoint of tolltale"):
        Tagger.from_pretrained(tmp_path)


def test_a_name_that_no_hub_has_is_refused_without_asking_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tolltale.checkpoint.TaggerNetwork", None)
    with pytest.raises(CheckpointError, match="mistyped: no checkpoint of tolltale"):
        Tagger.from_pretrained("mistyped")


def test_a_checkpoint_without_all_its_weights_is_refused(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(checkpoints["bert"], folder)
    weights = load_file(folder / "model.safetensors")
    save_file({k: v for k, v in weights.items() if "heads" not in k}, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(CheckpointError, match="comes without 6 weights"):
        Tagger.from_pretrained(folder)
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(CheckpointError, match="cannot be loaded"):
        Tagger.from_pretrained(folder)


def test_a_checkpoint_with_weights_of_another_size_is_refused_in_a_line(
    checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    folder = shutil.copytree(checkpoints["bert"], tmp_path / "wide")
    weights = load_file(folder / "model.safetensors")
    weights["heads.figure.bias"] = torch.zeros(3)
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(CheckpointError, match=r"wide: 1 weights are not of the size .*heads\.figure\.bias") as refused:
        Tagger.from_pretrained(folder)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("config", [b"[]", b"\xff", b"{"])
def test_a_config_of_something_else_is_no_checkpoint(config: bytes, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(config)
    (tmp_path / "model.safetensors").touch()
    assert not is_checkpoint(tmp_path)


def test_importing_the_package_loads_no_torch() -> None:
    code = "import sys, tolltale; from tolltale import Document; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
