import shutil
from pathlib import Path

import pytest
import torch
from encoders import make_encoder
from safetensors.torch import load_file, save_file

from training.encoders import build_network
from training.settings import EncoderSettings, SettingsError


def test_a_checkpoint_without_all_its_weights_is_refused(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(checkpoints["bert"], tmp_path / "checkpoint"))
    weights = load_file(folder / "model.safetensors")
    kept = {name: value for name, value in weights.items() if not name.startswith("scorers.")}
    save_file(kept, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(SettingsError, match=r"comes without \d+ weights, scorers\."):
        build_network(EncoderSettings(name=str(folder), window=128, overlap=32))


def test_an_encoder_without_all_its_weights_is_refused(tmp_path: Path) -> None:
    folder = make_encoder("bert", tmp_path)
    weights = load_file(folder / "model.safetensors")
    kept = {name: value for name, value in weights.items() if "layer.1." not in name}
    save_file(kept, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(SettingsError, match=r"encoder\.name: .* comes without \d+ weights"):
        build_network(EncoderSettings(name=str(folder), window=128, overlap=32))


def test_an_encoder_with_weights_of_another_size_is_refused(tmp_path: Path) -> None:
    folder = make_encoder("bert", tmp_path)
    weights = load_file(folder / "model.safetensors")
    name = next(name for name in weights if name.endswith("layer.1.output.dense.bias"))
    save_file(weights | {name: torch.zeros(3)}, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(SettingsError, match=r"encoder\.name: .* cannot be loaded: "):
        build_network(EncoderSettings(name=str(folder), window=128, overlap=32))


def test_an_encoder_in_half_precision_is_trained_in_full(tmp_path: Path) -> None:
    folder = make_encoder("roberta", tmp_path)
    weights = load_file(folder / "model.safetensors")
    save_file({k: v.to(torch.bfloat16) for k, v in weights.items()}, folder / "model.safetensors", {"format": "pt"})
    config = folder / "config.json"
    config.write_text(config.read_text(encoding="utf-8").replace("float32", "bfloat16"), encoding="utf-8")
    network, _ = build_network(EncoderSettings(name=str(folder), window=128, overlap=32))
    assert {parameter.dtype for parameter in network.parameters()} == {torch.float32}


def test_the_embedded_encoder_is_checked_and_loads() -> None:
    network, tokenizer = build_network(EncoderSettings())
    assert network.encoder.config.hidden_size == 384
    assert tokenizer.unk_token == "[UNK]"
