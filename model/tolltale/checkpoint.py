"""Where checkpoints are found, and how one is loaded."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import AutoTokenizer, PreTrainedTokenizerBase
from transformers.utils import logging
from transformers.utils.hub import cached_file

from tolltale.errors import CheckpointError
from tolltale.network import TaggerConfig, TaggerNetwork

VARIABLE = "TOLLTALE_CHECKPOINT"
RELEASED = Path(__file__).parent / "checkpoint"
RUNS = Path("runs")
_OF_THE_LOADER = ("_name_or_path", "transformers_version")  # what a network's settings say of how it was loaded


def default_checkpoint() -> str:
    """The checkpoint to use where none is named.

    It is the one that TOLLTALE_CHECKPOINT names, else the released one, else the newest run under `runs/` in the
    working directory. Raises CheckpointError, saying how to train one, where there is none.
    """
    if named := os.environ.get(VARIABLE):
        return named
    if is_checkpoint(RELEASED):
        return str(RELEASED)
    trained = [path for pattern in ("*", "*/seed-*") for path in RUNS.glob(pattern) if is_checkpoint(path)]
    if not trained:
        raise CheckpointError(
            f"no checkpoint: {VARIABLE} names none and there is no trained run under {RUNS.absolute()}; "
            "train one with `python -m training configs/quickstart.yaml` in a checkout of tolltale"
        )
    return str(max(trained, key=lambda folder: (folder / "config.json").stat().st_mtime_ns))


def load_checkpoint(name: str | Path) -> tuple[TaggerNetwork, PreTrainedTokenizerBase]:
    """The network and the tokenizer of a folder or of a model on the hub.

    Weights are read from safetensors only, and no code that comes with them is run. Raises CheckpointError.
    """
    folder = Path(name)
    # a hub id has its owner before a slash: for what has none the hub is not asked, with half a minute of tries
    local = folder.exists() or folder.is_absolute() or str(name).startswith(".") or "/" not in str(name)
    if local and not is_checkpoint(folder):
        raise CheckpointError(f"{folder}: no checkpoint of tolltale (a folder that `python -m training` wrote)")
    try:
        with _quiet():
            loaded: Any = TaggerNetwork.from_pretrained(
                # released weights are kept in half precision, and computed with in full
                str(name),
                use_safetensors=True,
                trust_remote_code=False,
                output_loading_info=True,
                ignore_mismatched_sizes=True,  # to be refused by name
                dtype=torch.float32,
            )
            tokenizer = AutoTokenizer.from_pretrained(str(name), trust_remote_code=False)
    except (OSError, ValueError, SafetensorError) as error:
        reason = " ".join(str(error).split())
        raise CheckpointError(f"{name}: cannot be loaded as a checkpoint of tolltale: {reason}") from error
    network, report = loaded
    _refuse_unfit(name, report)
    return network, tokenizer


def _refuse_unfit(name: str | Path, report: dict[str, Any]) -> None:
    if missing := sorted(report["missing_keys"]):
        raise CheckpointError(f"{name}: comes without {len(missing)} weights, {missing[0]} first")
    if other := sorted(key for key, *_ in report["mismatched_keys"]):
        told = f"{len(other)} weights are not of the size that its config.json says, {other[0]} first"
        raise CheckpointError(f"{name}: {told}")


def folder_of(name: str | Path) -> Path:
    """Where the files of a checkpoint lie that could be loaded: its folder, or the hub's cache."""
    folder = Path(name)
    return folder if folder.is_dir() else Path(str(cached_file(str(name), "config.json"))).parent


def is_checkpoint(folder: str | Path) -> bool:
    """Whether a folder holds a trained tagger."""
    folder = Path(folder)
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):  # the latter: no JSON, or no UTF-8
        return False
    ours = isinstance(config, dict) and config.get("model_type") == TaggerConfig.model_type
    return ours and (folder / "model.safetensors").is_file()


def hash_checkpoint(name: str | Path) -> str:
    """A hash of all that a checkpoint reads with: its settings, weights and tokenizer. Raises CheckpointError."""
    network, tokenizer = load_checkpoint(name)
    settings = {key: value for key, value in network.config.to_dict().items() if key not in _OF_THE_LOADER}
    seal = sha256(json.dumps(settings, sort_keys=True, default=str).encode())
    for key, weights in sorted(network.state_dict().items()):
        seal.update(key.encode())
        seal.update(weights.contiguous().numpy())
    seal.update(tokenizer.backend_tokenizer.to_str().encode())
    return seal.hexdigest()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers from a progress bar for every small file, and from telling at length what we tell in a line."""
    shown, verbosity = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if shown:
            logging.enable_progress_bar()
