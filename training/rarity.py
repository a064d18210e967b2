"""Weights of labels by how rare they are, so that what is seldom met is learnt too."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from tolltale.labels import LAYERS, tags
from training.data import Corpus

LEAST, MOST = 0.5, 4.0  # the bounds of a weight: neither shall a common label be lost nor a rare one drown all others


def tag_weights(corpora: Sequence[Corpus], exponent: float) -> dict[str, Tensor]:
    """By layer, the weight of each tag, (tags,): 1 for `O`, and for the tags of a label (mean / count) ** exponent.

    Counts are of spans, each corpus weighed as it is read. A label that does not occur weighs 1.
    """
    return {layer: torch.from_numpy(_weigh(_count(corpora, layer), exponent)) for layer in LAYERS}


def _count(corpora: Sequence[Corpus], layer: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The spans of each label of a layer."""
    n_labels = len(tags(layer)) // 2
    counts = np.zeros(n_labels)
    for corpus in corpora:
        for targets in corpus.windows[layer]:
            begun = np.asarray(targets)
            counts += corpus.weight * np.bincount(begun[begun > 0], minlength=1 + 2 * n_labels)[1::2]
    return counts


def _weigh(
    counts: np.ndarray[tuple[int], np.dtype[np.float64]], exponent: float
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    present = counts > 0
    weights = np.ones_like(counts)
    if present.any():
        weights[present] = np.clip((counts[present].mean() / counts[present]) ** exponent, LEAST, MOST)
    return np.concatenate([[1.0], np.repeat(weights, 2)]).astype(np.float32)
