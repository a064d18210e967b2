"""Finding: from judged words to the segments of all layers, and the states by which their links are scored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tolltale.decode import Segment, decode
from tolltale.judging import Judged, WordStates, join_states


@dataclass(frozen=True)
class Found:
    """What is found in a text: segments, each with its layer, and the states of their first and last words."""

    segments: list[tuple[str, Segment]]
    states: WordStates


def find(judged: Sequence[Judged]) -> Iterator[Found]:
    """What is found in each run of words; all are decoded together."""
    decoded = iter(decode([scores for run in judged for scores in run.scores.values()]))
    for run in judged:
        segments = [(layer, _shift(segment, run.start)) for layer in run.scores for segment in next(decoded)]
        edges = [place for _, segment in segments for place in (segment.start, segment.end - 1)]
        yield Found(segments, run.states_of(np.unique(np.array(edges, dtype=np.int64))))


def join(runs: Iterable[Found]) -> Found:
    """What is found in runs of words that follow on each other."""
    parts = list(runs)
    segments = [segment for part in parts for segment in part.segments]
    return Found(segments, join_states([part.states for part in parts]))


def _shift(segment: Segment, places: int) -> Segment:
    return replace(segment, start=segment.start + places, end=segment.end + places)
