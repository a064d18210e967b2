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

    `labels` are those of a text's spans, in the order of the text; `words` (spans, 2) their words, half-open. Spans
    under one label do not overlap.
    """
    rule = LINK_RULES[link]
    choosers = np.array([i for i, label in enumerate(labels) if label in rule.choosers], dtype=np.int64)
    options = np.array([i for i, label in enumerate(labels) if label in rule.options], dtype=np.int64)
    near, ranks = _look_around(words[choosers], words[options])
    placed = np.vstack([words[options], [[0, 0]]])  # NO_OPTION leads to the row at the end
    gaps = _gaps(words[choosers], placed[near])
    distances = np.where(near == NO_OPTION, np.iinfo(np.int64).max, np.abs(gaps))
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :N_OPTIONS]
    near, gaps, ranks = (np.take_along_axis(values, nearest, 1) for values in (near, gaps, ranks))
    return Choices(
        choosers,
        np.append(options, NO_OPTION)[near],
        np.where(near == NO_OPTION, 0, _bucket(gaps) + _MOST_DISTANCE),
        np.where(near == NO_OPTION, 0, ranks + _MOST_RANK),
    )


def place_spans(row: int, ends: Ints) -> Ints:
    """Spans as the network looks them up, (spans + 1, 3): the row, the first and the last place that `ends` gives.

    NO_OPTION, taken as an index, leads to the row added at the end, which says that there is nothing (-1).
    """
    places = np.full((len(ends) + 1, 3), NO_OPTION, dtype=np.int64)
    places[:-1, 0] = row
    places[:-1, 1:] = ends
    return places


def _look_around(choosers: Ints, options: Ints) -> tuple[Ints, Ints]:
    """The options that may be among the nearest of each chooser, in the order of the text, and their ranks.

    Both are (choosers, 3 * N_OPTIONS): those before it, those that overlap it and those after; a text's thousands are
    not all asked.
    """
    steps = np.arange(N_OPTIONS)
    first = np.searchsorted(options[:, 1], choosers[:, 0], side="right")[:, None]
    after = np.maximum(first, np.searchsorted(options[:, 0], choosers[:, 1], side="left")[:, None])
    near: Ints = np.hstack([first - N_OPTIONS + steps, first + steps, after + steps])
    ends = np.repeat(np.hstack([first, after, np.full_like(first, len(options))]), N_OPTIONS, axis=1)
    ranks = np.hstack([near[:, :N_OPTIONS] - first, np.zeros_like(first) * steps, np.zeros_like(first) + steps + 1])
    return np.where((near >= 0) & (near < ends), near, NO_OPTION), np.clip(ranks, -_MOST_RANK, _MOST_RANK)


def _gaps(choosers: Ints, options: Ints) -> Ints:
    """1 for the next word, 2 for one word between ..., below 0 where the option stands before; 0 where they overlap."""
    after = options[..., 0] - choosers[:, None, 1] + 1
    before = choosers[:, None, 0] - options[..., 1] + 1
    gaps: Ints = np.maximum(after, 0) - np.maximum(before, 0)
    return gaps


def _bucket(gaps: Ints) -> Ints:
    size = 1 + np.floor(np.log2(np.maximum(np.abs(gaps), 1))).astype(np.int64)
    buckets: Ints = np.sign(gaps) * np.minimum(size, _MOST_DISTANCE)
    return buckets
