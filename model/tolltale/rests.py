"""Rests: where a long sequence of tags may be cut without changing what is decoded.

No span goes on over words that are certainly outside all of them, and what is found on one side of such words does not
depend on the other.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

LONG = 2_000  # words: shorter sequences are not cut
CERTAIN = 1e-3  # the most probability that a word of a rest leaves to tags other than `O`
REST = 4  # words of a rest: a span would have to go through all of them, with a probability of 1e-12

BLOCK = 100_000  # words that are looked at together


def cut_at_rests(logits: npt.NDArray[np.floating]) -> Iterator[tuple[int, int]]:
    """Start and end of the stretches of a sequence of tag scores (words, tags), `O` first; none where it is empty.

    A stretch has LONG words or more, but for the last, and ends at the first rest after them.
    """
    edges = [0]
    if len(logits) > LONG:
        for place in _find_rests(_are_outside(logits)):
            if place - edges[-1] >= LONG:
                edges.append(int(place))
    if len(logits) > edges[-1]:
        edges.append(len(logits))
    yield from pairwise(edges)


def find_last_rest(layers: Iterable[npt.NDArray[np.floating]]) -> int:
    """The last place where the tags of all layers, each (words, tags) of the same words, may be cut; 0 for none."""
    outside = np.logical_and.reduce([_are_outside(logits) for logits in layers])
    return int(_find_rests(outside).max(initial=0))


def _find_rests(outside: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The words at which the second half of a rest begins."""
    if len(outside) < REST:
        return np.empty(0, np.int64)
    run = np.lib.stride_tricks.sliding_window_view(outside, REST).all(axis=1)
    return np.flatnonzero(run) + REST // 2


def _are_outside(logits: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    """Whether each word is certainly outside all spans, (words,)."""
    blocks = [_are_block_outside(logits[start : start + BLOCK]) for start in range(0, len(logits), BLOCK)]
    return np.concatenate(blocks) if blocks else np.empty(0, np.bool_)


def _are_block_outside(logits: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    outside: npt.NDArray[np.bool_] = weights[:, 1:].sum(axis=1) <= CERTAIN * weights.sum(axis=1)
    return outside
