"""Other engines for the network: they read what torch reads, and what is missing is named with what to run."""

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from encoders import KINDS
from safetensors.torch import load_file, save_file

from tolltale import CheckpointError, Reading, Tagger, command
from tolltale.backends import OFFERED, PRECISIONS, Ints, load_backend
from tolltale.backends.exports import find_export, inputs_of
from tolltale.checkpoint import RELEASED, load_checkpoint
from tolltale.errors import TolltaleError
from tolltale.export import export

if not (find_spec("onnxruntime") and find_spec("openvino")):  # not imported here, where it would report its use
    pytest.skip("needs the extras onnx and openvino", allow_module_level=True)

EXPORTED = [(name, kind) for name in ("onnx", "openvino") for kind in PRECISIONS[name] if kind != "bf16"]
per_export = pytest.mark.parametrize(("backend", "precision"), EXPORTED)
per_offer = pytest.mark.parametrize(
    ("backend", "precision"), [pair for pair in EXPORTED if pair[1] in OFFERED[pair[0]]]
)
TEXTS = [
    "At least 31 people were killed and more than 70 wounded, the regional health office said on Tuesday.",
    "The army denied that its batteries had killed 14 civilians.\n\nNobody claimed it.",
    "",
    "Two fishermen are missing, said their cousin, who had counted nine boats that morning. " * 12,
]


def places(readings: list[Reading]) -> list[set[tuple[str, str, int, int]]]:
    return [{(s.layer, s.label, s.start, s.end) for s in reading.spans} for reading in readings]


def load(checkpoint: Path, backend: str = "torch", precision: str = "fp32") -> Tagger:
    """A tagger with any backend, offered or not."""
    network, tokenizer = load_checkpoint(checkpoint)
    return Tagger(network, tokenizer, "cpu", load_backend(backend, precision, network.eval(), checkpoint))


def read(checkpoint: Path, backend: str = "torch", precision: str = "fp32") -> list[Reading]:
    return list(load(checkpoint, backend, precision).predict_batch(TEXTS))


def write_texts(folder: Path) -> Path:
    path = folder / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS), encoding="utf-8")
    return path


@pytest.fixture
def checkpoint(checkpoints: dict[str, Path], tmp_path: Path) -> Path:
    return shutil.copytree(checkpoints["bert"], tmp_path / "checkpoint")


@pytest.fixture(scope="module")
def exported(checkpoints: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint with all its exports."""
    folder = shutil.copytree(checkpoints["bert"], tmp_path_factory.mktemp("exported") / "checkpoint")
    texts = write_texts(folder.parent)
    for backend, precision in EXPORTED:
        export(folder, backend, precision, texts=texts if precision == "int8" else None)
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("backend", ["onnx", "openvino"])
def test_full_precision_finds_the_same_with_every_encoder(
    kind: str, backend: str, checkpoints: dict[str, Path], tmp_path: Path
) -> None:
    export(checkpoints[kind], backend, "fp32", output=tmp_path / "checkpoint")
    assert places(read(tmp_path / "checkpoint", backend)) == places(read(checkpoints[kind]))


@per_export
def test_the_numbers_are_those_of_torch(backend: str, precision: str, exported: Path) -> None:
    network, _ = load_checkpoint(exported)
    window: Ints = np.arange(5, 90)
    inputs = inputs_of(window).values()
    scores, states = load_backend(backend, precision, network, exported)(*inputs)
    expected, expected_states = load_backend("torch", "fp32", network.eval())(*inputs)
    assert scores.keys() == expected.keys()
    assert states.dtype == np.float16
    assert states.shape == expected_states.shape
    tolerance = 1e-4 if precision == "fp32" else 0.1 * float(expected["figure"].std())
    for layer, values in expected.items():
        assert scores[layer].dtype == np.float32
        assert np.abs(scores[layer] - values).mean() < tolerance


@per_export
def test_a_text_is_read_alike_alone_and_beside_others(backend: str, precision: str, exported: Path) -> None:
    tagger = load(exported, backend, precision)
    assert places(list(tagger.predict_batch(TEXTS))) == places([tagger.predict(text) for text in TEXTS])


def test_what_is_not_offered_is_refused_with_what_is(checkpoint: Path) -> None:
    for backend, precision in (("onnx", "bf16"), ("torch", "int8"), ("tensorflow", "fp32"), ("torch", "fp8")):
        message = f"{backend} {precision} is not offered; take one of torch fp32, "
        with pytest.raises(CheckpointError, match=message):
            Tagger.from_pretrained(checkpoint, backend=backend, precision=precision)
        with pytest.raises(CheckpointError, match=message):
            export(checkpoint, backend, precision)


def test_what_is_offered_can_be_run() -> None:
    for backend, precisions in OFFERED.items():
        assert set(precisions) <= set(PRECISIONS[backend])


def test_torch_needs_no_export(checkpoint: Path) -> None:
    with pytest.raises(CheckpointError, match="torch reads a checkpoint as it is"):
        export(checkpoint, "torch", "fp32")


@pytest.mark.parametrize(("backend", "package"), [("onnx", "onnxruntime"), ("openvino", "openvino")])
def test_a_missing_extra_is_named(
    backend: str, package: str, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, f"tolltale.backends.{backend}", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    message = rf"{package} is not installed; run `pip install 'tolltale\[{backend}\]'`"
    with pytest.raises(CheckpointError, match=message):
        Tagger.from_pretrained(checkpoint, backend=backend)
    with pytest.raises(CheckpointError, match=message):
        export(checkpoint, backend, "fp32")


@per_offer
def test_a_missing_export_is_named_with_the_command_that_makes_it(
    backend: str, precision: str, checkpoint: Path
) -> None:
    message = f"no export for {backend} {precision}; run `tolltale export --backend {backend} --precision {precision}"
    with pytest.raises(CheckpointError, match=message):
        Tagger.from_pretrained(checkpoint, backend=backend, precision=precision)


def test_an_export_of_other_weights_is_refused(exported: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exported, tmp_path / "checkpoint")
    weights = load_file(folder / "model.safetensors")
    weights["heads.figure.bias"] += 1
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(CheckpointError, match=r"an export of other weights .* run `tolltale export --backend onnx"):
        Tagger.from_pretrained(folder, backend="onnx")
    (folder / "onnx-fp32" / "export.json").write_text("{", encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"no export .* run `tolltale export --backend onnx"):
        Tagger.from_pretrained(folder, backend="onnx")


def test_bf16_shares_the_export_of_full_precision(exported: Path) -> None:
    assert find_export(exported, "openvino", "bf16") == exported / "openvino-fp32"


def test_other_backends_leave_the_gpu_alone(exported: Path) -> None:
    with pytest.raises(CheckpointError, match="device cuda: the backend onnx runs on cpu; for a GPU take torch"):
        Tagger.from_pretrained(exported, device="cuda", backend="onnx")


def test_torch_takes_bf16_where_the_processor_has_it(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": False})
    with pytest.raises(CheckpointError, match="torch bf16: cpu does not compute in it; take precision fp32"):
        load(checkpoint, "torch", "bf16")
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True})
    network, _ = load_checkpoint(checkpoint)
    inputs = inputs_of(np.arange(5, 30)).values()
    exact, _ = load_backend("torch", "fp32", network.eval())(*inputs)
    scores, _ = load_backend("torch", "bf16", network)(*inputs)
    for layer, values in exact.items():
        assert 0 < np.abs(scores[layer] - values).mean() < 0.1 * values.std()


def test_openvino_refuses_bf16_that_it_would_silently_widen(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openvino = pytest.importorskip("tolltale.backends.openvino").openvino

    class Plain:
        def get_property(self, *_: str) -> list[str]:
            return ["FP32", "INT8"]

    monkeypatch.setattr(openvino, "Core", Plain)
    with pytest.raises(CheckpointError, match="openvino bf16: this processor does not compute in it"):
        load(exported, "openvino", "bf16")


@pytest.mark.usefixtures("exported")
def test_openvino_and_its_quantiser_report_to_nobody() -> None:
    assert "openvino" in sys.modules
    assert "openvino_telemetry" not in sys.modules


def test_the_command_exports_beside_the_weights(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", "--backend", "openvino", "--precision", "int8", "--checkpoint", str(checkpoint)]
    assert command.main([*arguments, "--texts", str(write_texts(tmp_path))]) == 0
    out, err = capsys.readouterr()
    assert out == f"{checkpoint / 'openvino-int8'}\n"
    assert ("openvino int8 is not offered" in err) == ("int8" not in OFFERED["openvino"])
    assert not list(tmp_path.rglob("*.partial"))
    assert len(read(checkpoint, "openvino", "int8")) == len(TEXTS)


def test_bad_texts_are_named_and_nothing_is_written(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(checkpoint.iterdir())
    texts = tmp_path / "texts.jsonl"
    arguments = ["export", "--backend", "onnx", "--precision", "int8", "--checkpoint", str(checkpoint)]
    for content, complaint in (('{"text": "Five."}\n{"text": 5}\n', "texts.jsonl:2: text"), ("", "no text in it")):
        texts.write_text(content, encoding="utf-8")
        assert command.main([*arguments, "--texts", str(texts)]) == 2
        assert complaint in capsys.readouterr().err
    assert sorted(checkpoint.iterdir()) == before


def test_texts_for_what_has_no_ranges_are_refused(checkpoint: Path) -> None:
    with pytest.raises(TolltaleError, match="texts set the ranges of int8, and fp32 has none: leave them out"):
        export(checkpoint, "onnx", "fp32", texts="texts.jsonl")


def test_an_export_that_fails_leaves_the_older_one(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    onnx = pytest.importorskip("tolltale.backends.onnx")
    before = {path: path.read_bytes() for path in exported.rglob("*.*")}

    def fail(*arguments: Path) -> None:
        _, _, folder, _ = arguments
        (folder / "model.onnx").write_bytes(b"half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(onnx, "export", fail)
    with pytest.raises(OSError, match="No space left"):
        export(exported, "onnx", "fp32")
    assert {path: path.read_bytes() for path in exported.rglob("*.*")} == before


def test_a_copy_takes_the_export_where_the_checkpoint_may_not_be_written(
    checkpoints: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "mine"
    assert export(checkpoints["bert"], "openvino", "fp32", output=output) == output / "openvino-fp32"
    assert {path.name for path in checkpoints["bert"].iterdir()} < {path.name for path in output.iterdir()}
    export(checkpoints["bert"], "openvino", "fp32", output=output)
    with pytest.raises(CheckpointError, match="holds something else; name a new folder with --output"):
        export(checkpoints["roberta"], "openvino", "fp32", output=output)

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(CheckpointError, match="may not be written; name a folder of yours with --output"):
        export(output, "openvino", "fp32")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(RELEASED, tmp_path_factory.mktemp("released") / "checkpoint")


@per_offer
def test_the_released_checkpoint_finds_the_same(backend: str, precision: str, released: Path) -> None:
    export(released, backend, precision)
    expected, found = read(released), read(released, backend, precision)
    assert sum(map(len, places(expected))) > 10
    assert places(found) == places(expected)
    assert [len(reading.links) for reading in found] == [len(reading.links) for reading in expected]
