"""From scores of tags to spans: the best possible BIO sequence, and how probable each of its spans is.

A head scores each word's tag by itself. We read those scores as a linear chain in which an `I-` may only follow
the `B-` or `I-` of its own label and everything else is free. The best sequence is found by the Viterbi
algorithm, a span's probability by the forward-backward algorithm (Rabiner 1989, "A tutorial on hidden Markov
models", sections III A and B): the summed probability of all possible sequences that hold exactly this span.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tolltale.buckets import bucket
from tolltale.rests import cut_at_rests

SIDE_BY_SIDE = 100_000  # words, padding included: enough to share the cost of a step, little to hold

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Segment:
    """Words `start` to `end` (half-open) under label number `label` of a layer, with probability `score`."""

    label: int
    start: int
    end: int
    score: float


@dataclass(frozen=True)
class _Chain:
    """Tag probabilities of N sequences over L labels, padded with certain `O`: (T, N), (T, N, L), (T, N, L)."""

    outside: Floats
    begin: Floats
    inside: Floats


def decode(logits: Sequence[npt.NDArray[np.floating]]) -> list[list[Segment]]:
    """The segments of each sequence, in order.

    A sequence is an array (words, 1 + 2 * labels) of unnormalised scores in the order of `labels.tags`; sequences
    may differ in words and labels. Long ones are cut where they rest, so that what is held at a time does not grow
    with them; those of like length are decoded side by side.
    """
    stretches = [(n, *edges) for n, sequence in enumerate(logits) for edges in cut_at_rests(sequence)]
    found: list[list[Segment]] = [[] for _ in stretches]
    for group in bucket([end - start for _, start, end in stretches], most_cells=SIDE_BY_SIDE):
        chosen = [stretches[i] for i in group]
        decoded = _decode([logits[n][start:end] for n, start, end in chosen])
        for i, (_, start, _), segments in zip(group, chosen, decoded, strict=True):
            found[i] = [replace(s, start=start + s.start, end=start + s.end) for s in segments]
    joined: list[list[Segment]] = [[] for _ in logits]
    for (n, _, _), segments in zip(stretches, found, strict=True):
        joined[n] += segments
    return joined


def _decode(logits: list[npt.NDArray[np.floating]]) -> list[list[Segment]]:
    chain = _chain(logits)
    forward, backward, scale = _forward_backward(chain)
    with np.errstate(divide="ignore"):
        stay = np.log(chain.inside) - np.log(scale)[:, :, None]
        enter = np.log(forward)
        leave = np.log(backward)
    found = []
    for n, path in enumerate(_best_paths(chain).T):
        segments = _segments(path[: len(logits[n])], chain.begin.shape[2])
        found.append([_scored(segment, enter[:, n], stay[:, n], leave[:, n]) for segment in segments])
    return found


def _chain(logits: list[npt.NDArray[np.floating]]) -> _Chain:
    length = max(map(len, logits))
    n_tags = max(sequence.shape[1] for sequence in logits)
    padded = np.full((length, len(logits), n_tags), -np.inf)
    padded[:, :, 0] = 0
    for n, sequence in enumerate(logits):
        padded[: len(sequence), n, : sequence.shape[1]] = sequence
    weights = np.exp(padded - padded.max(axis=-1, keepdims=True))
    probabilities = weights / weights.sum(axis=-1, keepdims=True)
    # Kept off zero, so that a certain but impossible `I-` leaves its word some possible tag.
    probabilities = np.where(np.isneginf(padded), 0, np.maximum(probabilities, 1e-30))
    return _Chain(probabilities[:, :, 0], probabilities[:, :, 1::2], probabilities[:, :, 2::2])


def _best_paths(chain: _Chain) -> npt.NDArray[np.int64]:
    """The best tag of each word, as a column of O, all B, all I, shape (T, N), by Viterbi."""
    with np.errstate(divide="ignore"):
        scores = [np.log(part) for part in (chain.outside[:, :, None], chain.begin, chain.inside)]
    length, n_sequences, n_labels = chain.begin.shape
    # The columns are O, all B, all I. The best way into O and B is from whatever is best so far.
    best = np.concatenate([scores[0][0], scores[1][0], np.full_like(scores[2][0], -np.inf)], axis=1)
    origin = np.zeros((length, n_sequences, 1 + 2 * n_labels), dtype=np.int64)
    begins = np.arange(1, n_labels + 1)
    rows = np.arange(n_sequences)
    for t in range(1, length):
        top = best.argmax(axis=1)
        begun, inside = best[:, 1 : n_labels + 1], best[:, n_labels + 1 :]
        origin[t, :, : n_labels + 1] = top[:, None]
        origin[t, :, n_labels + 1 :] = np.where(begun >= inside, begins, begins + n_labels)
        free = best[rows, top][:, None]
        held = np.maximum(begun, inside)
        best = np.concatenate([scores[0][t] + free, scores[1][t] + free, scores[2][t] + held], axis=1)
    path = np.empty((length, n_sequences), dtype=np.int64)
    path[-1] = best.argmax(axis=1)
    for t in range(length - 1, 0, -1):
        path[t - 1] = origin[t, rows, path[t]]
    return path


def _forward_backward(chain: _Chain) -> tuple[Floats, Floats, Floats]:
    """Scaled forward weights of each `B-` (T, N, L), backward weights of `O` (T, N), the scales (T, N)."""
    length, n_sequences, n_labels = chain.begin.shape
    entering = np.empty((length, n_sequences, n_labels))
    scale = np.empty((length, n_sequences))
    held = np.zeros((n_sequences, n_labels))
    for t in range(length):
        inside = chain.inside[t] * held
        scale[t] = chain.outside[t] + chain.begin[t].sum(axis=1) + inside.sum(axis=1)
        entering[t] = chain.begin[t] / scale[t][:, None]
        held = entering[t] + inside / scale[t][:, None]
    leaving = np.ones((length, n_sequences))
    within = np.ones((n_sequences, n_labels))
    for t in range(length - 1, 0, -1):
        restart = chain.outside[t] * leaving[t] + (chain.begin[t] * within).sum(axis=1)
        leaving[t - 1] = restart / scale[t]
        within = (restart[:, None] + chain.inside[t] * within) / scale[t][:, None]
    return entering, leaving, scale


def _segments(path: npt.NDArray[np.int64], n_labels: int) -> list[tuple[int, int, int]]:
    """(label, start, end) of each run that a `B-` opens, in a path of the columns of `_best_paths`."""
    edges = np.append(np.flatnonzero(path <= n_labels), len(path))
    return [(int(path[start]) - 1, int(start), int(end)) for start, end in pairwise(edges) if path[start] > 0]


def _scored(segment: tuple[int, int, int], enter: Floats, stay: Floats, leave: Floats) -> Segment:
    label, start, end = segment
    log_score = enter[start, label] + stay[start + 1 : end, label].sum() + leave[end - 1]
    return Segment(label, start, end, float(min(1.0, np.exp(log_score))))
