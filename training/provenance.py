"""Where a checkpoint comes from: all that is needed to make it again."""

import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from tolltale.checkpoint import hash_checkpoint
from tolltale.errors import TolltaleError
from training.data import Corpus, choose_validation, hash_corpus
from training.encoders import find_checkpoint, require_checkpoint
from training.settings import Settings, SettingsError
from training.stages import find_stages, learnt_corpora


def describe_run(settings: Settings, seed: int, corpora: Sequence[Corpus], n_processes: int) -> dict[str, Any]:
    """The resolved settings, the corpora by hash, the code by commit and the machine, as plain data.

    Asked for before a run begins: the code may be changed while it lasts.
    """
    validation = choose_validation(settings.data)
    return {
        "seed": seed,
        "n_processes": n_processes,
        "settings": asdict(settings),
        "start": _hash_start(settings.encoder.name),
        "teachers": [describe_teacher(name) for name in settings.data.teachers],
        "corpora": [corpus.describe() for corpus in corpora],
        "validation": {"path": validation, "sha256": hash_corpus(validation)},
        "git_commit": git_commit(),
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("tolltale", "torch", "transformers", "tokenizers")},
        "device": torch.cuda.get_device_name() if torch.cuda.is_available() else platform.processor() or "cpu",
    }


def _hash_start(name: str) -> str | None:
    """The hash of the trained tagger that a run goes on from; None where it begins from an encoder."""
    checkpoint = find_checkpoint(name)
    return hash_checkpoint(checkpoint) if checkpoint else None


def describe_teacher(name: str) -> dict[str, Any]:
    """A teacher by hash, with what it and its own teachers learnt from: that is handed on to whom it teaches.

    Raises SettingsError where that cannot be told.
    """
    checkpoint = hash_checkpoint(require_checkpoint("data.teachers", name))
    try:
        return {"name": name, "checkpoint": checkpoint, "corpora": learnt_corpora(find_stages(Path(name)))}
    except TolltaleError as error:
        raise SettingsError(f"data.teachers: {name!r}: what it learnt from cannot be told: {error}") from None


def git_commit() -> str:
    """The commit of the checkout, marked where files differ from it; "unknown" outside of one."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()
