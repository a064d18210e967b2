"""Exports: the network in another engine's form, in a folder of its own inside the checkpoint whose weights it has."""

import hashlib
import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tolltale.backends import BF16, FP32, Ints
from tolltale.checkpoint import folder_of
from tolltale.errors import CheckpointError

WEIGHTS = "model.safetensors"
RECORD = "export.json"
INPUTS = ("input_ids", "attention_mask")  # of a graph, both (windows, pieces)
STATES = "states"  # its output beside the scores of each layer


def export_name(backend: str, precision: str) -> str:
    """The folder of an export inside the checkpoint; bf16 is computed from full weights, and shares theirs."""
    return f"{backend}-{FP32 if precision == BF16 else precision}"


def find_export(checkpoint: str | Path, backend: str, precision: str) -> Path:
    """The folder of an export. Raises CheckpointError where there is none, or it was made from other weights."""
    home = folder_of(checkpoint)
    folder = home / export_name(backend, precision)
    command = f"tolltale export --backend {backend} --precision {precision} --checkpoint {checkpoint}"
    if not Path(checkpoint).is_dir():
        command += " --output FOLDER"
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CheckpointError(f"{folder}: no export for {backend} {precision}; run `{command}`") from None
    if record.get("weights") != hash_weights(home):
        raise CheckpointError(f"{folder}: an export of other weights than those in {home}; run `{command}`")
    return folder


def write_record(folder: Path, checkpoint: Path, **facts: Any) -> None:
    """Keep in an export which weights it was made from, and how."""
    record = {"weights": hash_weights(checkpoint), **facts}
    (folder / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def hash_weights(checkpoint: Path) -> str:
    """The SHA-256 of a checkpoint's weights."""
    with (checkpoint / WEIGHTS).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def inputs_of(window: Ints) -> dict[str, Ints]:
    """What a graph takes in for one window, (pieces,), by itself."""
    return dict(zip(INPUTS, (window[None], np.ones_like(window)[None]), strict=True))


@contextmanager
def quietly() -> Iterator[None]:
    """Keep exporters from warning of their own habits, and of packages that nothing here needs."""
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
