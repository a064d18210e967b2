from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tolltale.decode import decode

Logits = npt.NDArray[np.float64]


def chain(n_labels: int, most: int) -> st.SearchStrategy[Logits]:
    shape = st.integers(0, most).map(lambda length: (length, 1 + 2 * n_labels))
    return shape.flatmap(lambda s: arrays(np.float64, s, elements=st.floats(-20, 20)))


def is_possible(path: tuple[int, ...]) -> bool:
    return all(tag == 0 or tag % 2 or before in (tag, tag - 1) for before, tag in zip((0, *path), path, strict=False))


def segments_of(path: tuple[int, ...]) -> set[tuple[int, int, int]]:
    found = set()
    for start, tag in enumerate(path):
        if tag % 2:
            end = start + 1
            while end < len(path) and path[end] == tag + 1:
                end += 1
            found.add(((tag - 1) // 2, start, end))
    return found


@given(st.lists(chain(2, 5), max_size=3))
def test_decoding_finds_the_best_possible_path_and_its_probabilities(sequences: list[Logits]) -> None:
    for logits, found in zip(sequences, decode(sequences), strict=True):
        scores = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        paths = [p for p in product(range(5), repeat=len(logits)) if is_possible(p)]
        weights = np.exp([sum(scores[t, tag] for t, tag in enumerate(path)) for path in paths])
        mine = {(s.label, s.start, s.end) for s in found}
        best = max(weights)
        assert any(segments_of(p) == mine and w >= best * (1 - 1e-6) for p, w in zip(paths, weights, strict=True))
        for segment in found:
            key = (segment.label, segment.start, segment.end)
            mass = sum(w for p, w in zip(paths, weights, strict=True) if key in segments_of(p))
            assert segment.score == pytest.approx(mass / weights.sum(), abs=1e-6)


@given(chain(6, 30))
def test_segments_stand_apart_and_scores_are_probabilities(logits: Logits) -> None:
    at = 0
    for segment in decode([logits])[0]:
        assert at <= segment.start < segment.end <= len(logits)
        assert 0 <= segment.score <= 1
        at = segment.end


def test_an_inside_tag_that_nothing_opened_makes_no_impossible_sequence() -> None:
    logits = np.full((3, 5), -300.0)
    logits[:, 2] = 300.0  # certain of I- everywhere
    (segment,) = decode([logits])[0]
    assert (segment.label, segment.start, segment.end) == (0, 0, 3)
