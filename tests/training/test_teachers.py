from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn.functional import kl_div
from transformers import AutoTokenizer

from tolltale.checkpoint import load_checkpoint
from tolltale.documents import Document
from tolltale.inputs import TextCutter
from tolltale.labels import LAYERS
from tolltale.markup import parse
from tolltale.network import LAYER_WEIGHTS, TaggerConfig, TaggerNetwork
from training.__main__ import main
from training.card import read_record
from training.collator import Collator
from training.data import window_rows
from training.settings import SettingsError
from training.teachers import Teachers

MARKED = parse("<K1>Nine</K1> <V1>miners</V1> died, <S1>the mayor</S1> <Q1>said</Q1>.")
FIGURES_ALONE = replace(parse("<K1>Nine</K1> <V1>miners</V1> died, the mayor said."), layers=("figure",))
BARE = Document("Nobody knew how many had died in the storm over the hills of the north.", layers=())


def batch_of(folder: Path, *documents: Document) -> dict[str, Any]:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    cutter = TextCutter(tokenizer, window=128, overlap=32)
    cuts = cutter.cut([document.text for document in documents])
    rows = [row for document, cut in zip(documents, cuts, strict=True) for row in window_rows(document, cut, cutter)]
    return Collator(tokenizer, for_teachers=True)(
        [{key: torch.as_tensor(value) for key, value in row.items()} for row in rows]
    )


def network_of(folder: Path, shift: float = 0.0) -> TaggerNetwork:
    """The network of a checkpoint, that of a larger shift the farther from it."""
    network, _ = load_checkpoint(folder)
    torch.nn.Module.eval(network)
    with torch.no_grad():
        for weight in network.heads.parameters():
            weight.add_(torch.arange(weight.numel()).reshape(weight.shape).sin(), alpha=shift)
    return network


def logits_of(network: TaggerNetwork, batch: dict[str, Any]) -> dict[str, torch.Tensor]:
    return dict(network(batch["input_ids"], batch["attention_mask"]).logits)


def test_who_thinks_as_the_teacher_has_nothing_to_learn_and_others_have(checkpoints: dict[str, Path]) -> None:
    batch = batch_of(checkpoints["bert"], MARKED, BARE)
    teachers = Teachers([network_of(checkpoints["bert"])])
    same, other = (logits_of(network_of(checkpoints["bert"], shift), batch) for shift in (0.0, 0.5))
    assert teachers.loss(same, batch, LAYER_WEIGHTS).item() == pytest.approx(0, abs=1e-5)
    assert teachers.loss(other, batch, LAYER_WEIGHTS).item() > 0.01


def test_what_people_annotated_is_not_taught(checkpoints: dict[str, Path]) -> None:
    batch = batch_of(checkpoints["bert"], MARKED, MARKED)
    other = logits_of(network_of(checkpoints["bert"], 0.5), batch)
    assert Teachers([network_of(checkpoints["bert"])]).loss(other, batch, LAYER_WEIGHTS).item() == 0


def test_the_loss_is_the_divergence_from_the_mean_of_the_teachers_at_the_words(checkpoints: dict[str, Path]) -> None:
    batch = batch_of(checkpoints["bert"], MARKED, FIGURES_ALONE, BARE)
    networks = [network_of(checkpoints["bert"], shift) for shift in (0.0, 0.3)]
    mine = logits_of(network_of(checkpoints["bert"], 0.5), batch)
    expected = 0.0
    for layer in LAYERS:
        words = batch["begins"].clone()
        words[: 2 if layer == "figure" else 1] = False  # of the documents in which people annotated it
        mean = torch.stack([logits_of(network, batch)[layer][words].softmax(-1) for network in networks]).mean(0)
        apart = kl_div(mine[layer][words].log_softmax(-1), mean, reduction="none").sum(-1).mean()
        expected += LAYER_WEIGHTS[layer] * apart.item()
    assert Teachers(networks).loss(mine, batch, LAYER_WEIGHTS).item() == pytest.approx(expected, rel=1e-3)


def test_teachers_read_what_is_hidden_from_who_learns(checkpoints: dict[str, Path]) -> None:
    batch = batch_of(checkpoints["bert"], BARE)
    teachers = Teachers([network_of(checkpoints["bert"])])
    mine = logits_of(network_of(checkpoints["bert"], 0.5), batch)
    hidden = batch | {"input_ids": torch.full_like(batch["input_ids"], 4)}
    assert teachers.loss(mine, hidden, LAYER_WEIGHTS).equal(teachers.loss(mine, batch, LAYER_WEIGHTS))


def test_teachers_are_sure_of_what_they_think(checkpoints: dict[str, Path]) -> None:
    batch = batch_of(checkpoints["bert"], BARE)
    network = network_of(checkpoints["bert"])
    torch.nn.Module.train(network)
    teachers = Teachers([network])
    mine = logits_of(network_of(checkpoints["bert"], 0.5), batch)
    assert teachers.loss(mine, batch, LAYER_WEIGHTS).equal(teachers.loss(mine, batch, LAYER_WEIGHTS))


def test_teachers_do_not_learn(checkpoints: dict[str, Path]) -> None:
    batch = batch_of(checkpoints["bert"], BARE)
    teacher, pupil = network_of(checkpoints["bert"]), network_of(checkpoints["bert"], 0.5)
    Teachers([teacher]).loss(logits_of(pupil, batch), batch, LAYER_WEIGHTS).backward()
    assert all(weight.grad is None for weight in teacher.parameters())
    assert all(weight.grad is not None for weight in pupil.heads.parameters())


def test_a_teacher_that_cannot_teach_it_is_refused(checkpoints: dict[str, Path]) -> None:
    tokenizer = AutoTokenizer.from_pretrained(checkpoints["roberta"])
    names, config = [str(checkpoints["bert"])], TaggerConfig.from_pretrained(checkpoints["bert"])
    with pytest.raises(SettingsError, match=r"data\.teachers: .* has another vocabulary"):
        Teachers.load(names, config, tokenizer)
    tokenizer = AutoTokenizer.from_pretrained(checkpoints["bert"])
    assert Teachers.load(names, config, tokenizer)
    config.window = 8192
    with pytest.raises(SettingsError, match=r"encoder\.window: .* reads at most"):
        Teachers.load(names, config, tokenizer)
    config = TaggerConfig.from_pretrained(checkpoints["bert"])
    config.tags = {**config.tags, "stance": config.tags["stance"][::-1]}
    with pytest.raises(SettingsError, match=r"data\.teachers: .* has other tags"):
        Teachers.load(names, config, tokenizer)


@pytest.fixture
def taught(write_config: Callable[..., str], tmp_path: Path) -> list[str]:
    """A run on texts that nobody annotated, and its teacher, which is trained."""
    bare = tmp_path / "bare.jsonl"
    bare.write_text('{"id": "bare", "text": "Nine miners died in the north, the mayor said."}\n' * 4, encoding="utf-8")
    assert main([write_config(), f"output={tmp_path}/teacher"]) == 0
    unmarked = [f"data.train.mine.path={bare}", "data.train.mine.unmarked=true"]
    return [write_config(), f"output={tmp_path}/pupil", f"data.teachers=[{tmp_path}/teacher]", *unmarked]


def test_a_run_learns_from_its_teacher_where_nobody_annotated(
    taught: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*taught, "optim.epochs=30", "optim.accumulate=2"]) == 0
    out = capsys.readouterr().out
    assert f"taught by {tmp_path}/teacher where a layer is not annotated" in out
    assert "4 windows, 4 of them taught" in out
    teacher, pupil = read_record(tmp_path / "teacher"), read_record(tmp_path / "pupil")
    assert pupil["losses"][-1] < pupil["losses"][0] / 2
    learnt = [{key: corpus[key] for key in ("path", "sha256")} for corpus in teacher["corpora"]]
    assert [told["corpora"] for told in pupil["teachers"]] == [learnt]
    card = (tmp_path / "pupil" / "README.md").read_text(encoding="utf-8")
    assert f"taught by `{tmp_path}/teacher`" in card
    assert f"- teacher `{tmp_path}/teacher` learnt from {learnt[0]['path']}" in card


def test_a_run_is_not_resumed_under_a_teacher_that_has_changed(
    taught: list[str], write_config: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(taught) == 0
    assert main([write_config(), f"output={tmp_path}/teacher", "optim.epochs=1"]) == 0
    assert main([*taught, "resume=true"]) == 2
    assert "error: resume: the teachers changed since the run began" in capsys.readouterr().err


def test_a_run_does_not_write_over_its_teacher(
    taught: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*taught, f"output={tmp_path}/teacher"]) == 2
    assert capsys.readouterr().err.endswith("is where the run writes; name another output\n")


def test_teachers_with_nothing_to_tell_are_refused(
    taught: list[str], corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*taught, f"data.train.mine.path={corpus}"]) == 2
    assert "data.teachers: every layer is annotated" in capsys.readouterr().err


def test_a_teacher_without_a_record_is_refused(
    taught: list[str], checkpoints: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*taught, f"data.teachers=[{checkpoints['bert']}]"]) == 2
    assert "what it learnt from cannot be told" in capsys.readouterr().err
