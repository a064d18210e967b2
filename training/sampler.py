"""The order of windows: corpora by their weights, batches of like length, another order each epoch."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch.utils.data import Sampler
from transformers import TrainerCallback, TrainerState
from transformers.trainer_pt_utils import get_length_grouped_indices


class EpochSampler(Sampler[int]):
    """Draws the windows of an epoch, given by seed and epoch alone, so that a resumed run sees the same.

    `lengths` are those of all windows, corpus after corpus; `parts` gives each corpus's number of windows and its
    weight. A weight of 2 draws each window twice; one of 0.25 a quarter of them, the next quarter next epoch.
    """

    def __init__(
        self, lengths: Sequence[int], parts: Sequence[tuple[int, float]], *, batch_size: int, seed: int
    ) -> None:
        self._lengths, self._parts, self._batch_size, self._seed = lengths, parts, batch_size, seed
        self._epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Say which epoch is drawn next, from 0."""
        self._epoch = epoch

    def __len__(self) -> int:
        return sum(_n_drawn(size, weight) for size, weight in self._parts)

    def __iter__(self) -> Iterator[int]:
        drawn = self._draw()
        generator = torch.Generator().manual_seed(self._seed * 100_003 + self._epoch)
        lengths = [self._lengths[i] for i in drawn]
        order = get_length_grouped_indices(lengths, self._batch_size, generator=generator)
        batches = [order[i : i + self._batch_size] for i in range(0, len(order), self._batch_size)]
        # The library hands each stretch of batches out from long to short; the last batch, if not full, stays last.
        full = len(order) // self._batch_size
        for k in [*torch.randperm(full, generator=generator).tolist(), *range(full, len(batches))]:
            yield from (drawn[i] for i in batches[k])

    def _draw(self) -> list[int]:
        drawn, first = [], 0
        for size, weight in self._parts:
            generator = torch.Generator().manual_seed(self._seed)
            order = torch.randperm(size, generator=generator).tolist()
            count = _n_drawn(size, weight)
            drawn += [first + order[(self._epoch * count + k) % size] for k in range(count)]
            first += size
        return drawn


class EpochTeller(TrainerCallback):
    """Tells the sampler which epoch begins, however many processes stand between it and the Trainer."""

    def __init__(self, sampler: EpochSampler) -> None:
        self._sampler = sampler

    def on_epoch_begin(self, args: Any, state: TrainerState, control: Any, **kwargs: Any) -> None:
        """Pass the epoch on; a resumed run begins with one above 0."""
        self._sampler.set_epoch(round(state.epoch or 0))


def _n_drawn(size: int, weight: float) -> int:
    return max(1, round(size * weight))
