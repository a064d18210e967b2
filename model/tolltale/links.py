"""Links: which spans each span may be tied to, and where the two stand to each other.

Each figure picks its victim, each cue its source, each content its cue and each stance the cue of its holder, among the
spans of the whole text that stand nearest, or none. In the training documents of `news` the true one is among the three
nearest but for 2 of 6,690; we offer more, so that a false span between them costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tolltale.labels import LINK_RULES

Ints = npt.NDArray[np.int64]

N_OPTIONS = 8  # the nearest that a span chooses among
NO_OPTION = -1  # fills up where a text has fewer

_MOST_DISTANCE, _MOST_RANK = 9, 4
N_DISTANCES, N_RANKS = 2 * _MOST_DISTANCE + 1, 2 * _MOST_RANK + 1


@dataclass(frozen=True, slots=True)
class Choices:
    """What the spans of a text choose among for one kind of link.

    choosers: (choosers,), numbers of spans. options: (choosers, N_OPTIONS), numbers of spans or NO_OPTION.
    distances: the same shape, 0 to N_DISTANCES - 1: the words between the two, in powers of two, by direction.
    ranks: the same shape, 0 to N_RANKS - 1: as how many-th on its side an option stands.
    """

    choosers: Ints
    options: Ints
    distances: Ints
    ranks: Ints


def plan_choices(link: str, labels: Sequence[str], words: Ints) -> Choices:
    """Lay out the choices of one kind of link.

    `labels` are those of a text's spans, in the order of the text; `words` (spans, 2) their words, half-open.
    """
    rule = LINK_RULES[link]
    choosers = np.array([i for i, label in enumerate(labels) if label in rule.choosers], dtype=np.int64)
    options = np.array([i for i, label in enumerate(labels) if label in rule.options], dtype=np.int64)
    gaps = _gaps(words[choosers], words[options])
    ranks = _ranks(gaps)
    nearest = np.argsort(np.abs(gaps), axis=1, kind="stable")[:, :N_OPTIONS]
    return Choices(
        choosers,
        _fill(options[nearest], NO_OPTION),
        _fill(np.take_along_axis(_bucket(gaps), nearest, 1) + _MOST_DISTANCE, 0),
        _fill(np.take_along_axis(ranks, nearest, 1) + _MOST_RANK, 0),
    )


def place_spans(row: int, ends: Ints) -> Ints:
    """Spans as the network looks them up, (spans + 1, 3): the row, the first and the last place that `ends` gives.

    NO_OPTION, taken as an index, leads to the row added at the end, which says that there is nothing (-1).
    """
    places = np.full((len(ends) + 1, 3), NO_OPTION, dtype=np.int64)
    places[:-1, 0] = row
    places[:-1, 1:] = ends
    return places


def _gaps(choosers: Ints, options: Ints) -> Ints:
    """1 for the next word, 2 for one word between ..., below 0 where the option stands before; 0 where they overlap."""
    after = options[None, :, 0] - choosers[:, None, 1] + 1
    before = choosers[:, None, 0] - options[None, :, 1] + 1
    gaps: Ints = np.maximum(after, 0) - np.maximum(before, 0)
    return gaps


def _bucket(gaps: Ints) -> Ints:
    size = 1 + np.floor(np.log2(np.maximum(np.abs(gaps), 1))).astype(np.int64)
    buckets: Ints = np.sign(gaps) * np.minimum(size, _MOST_DISTANCE)
    return buckets


def _ranks(gaps: Ints) -> Ints:
    """As how many-th after (above 0) or before (below 0) each option stands, in the order of the text; 0 overlaps."""
    after = np.cumsum(gaps > 0, axis=1)
    before = np.cumsum((gaps < 0)[:, ::-1], axis=1, dtype=np.int64)[:, ::-1]
    ranks: Ints = np.where(gaps > 0, after, np.where(gaps < 0, -before, 0))
    return np.clip(ranks, -_MOST_RANK, _MOST_RANK)


def _fill(chosen: Ints, value: int) -> Ints:
    filled = np.full((len(chosen), N_OPTIONS), value, dtype=np.int64)
    filled[:, : chosen.shape[1]] = chosen
    return filled
