"""The mean of the weights of runs that went on from the same checkpoint and differ in their seed alone.

It reads as fast as one of them and mostly better (Wortsman et al. 2022, "Model soups: averaging weights of multiple
fine-tuned models improves accuracy without increasing inference time").
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from tolltale.checkpoint import load_checkpoint
from training.spread import measure_spread


def save_mean(runs: Sequence[Path], folder: Path) -> None:
    """Write the mean of the weights of finished runs, with their configuration and tokenizer, into a folder."""
    networks = [load_checkpoint(run)[0] for run in runs]
    network, tokenizer = load_checkpoint(runs[0])
    network.load_state_dict(mean_weights([other.state_dict() for other in networks]))
    network.config.calibration, network.config.min_scores = {}, {}  # those of one run, if it was calibrated
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def mean_weights(states: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of each tensor over states of the same names and shapes."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def merge_records(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One record of runs that differ in their seed: lists of what each has of its own, or the sum of it."""
    return {
        **records[-1],
        **{key: [record[key] for record in records] for key in ("seed", "best_epoch", "losses", "git_commit")},
        "minutes": round(sum(record["minutes"] for record in records), 1),
        "resumed": any(record["resumed"] for record in records),
        "spread": measure_spread(records),
    }
