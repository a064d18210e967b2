import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolltale.windows import plan_windows

sizes = st.lists(st.integers(1, 6), max_size=120)


@given(sizes, st.integers(7, 40), st.integers(0, 30))
def test_windows_hold_what_they_may_and_every_word_is_judged_once(counts: list[int], room: int, overlap: int) -> None:
    capacity = room + overlap
    windows = plan_windows(counts, capacity=capacity, overlap=overlap)
    judged = [word for w in windows for word in range(w.judged_start, w.judged_end)]
    assert judged == list(range(len(counts)))
    for window in windows:
        assert sum(counts[window.start : window.end]) <= capacity
        assert window.start <= window.judged_start <= window.judged_end <= window.end


@given(sizes, st.integers(7, 40), st.integers(0, 30))
def test_each_word_is_judged_where_it_has_most_context(counts: list[int], room: int, overlap: int) -> None:
    windows = plan_windows(counts, capacity=room + overlap, overlap=overlap)
    total = np.concatenate([[0], np.cumsum(counts)])

    def context(window: object, word: int) -> float:
        left = np.inf if window.start == 0 else total[word] - total[window.start]  # type: ignore[attr-defined]
        right = np.inf if window.end == len(counts) else total[window.end] - total[word + 1]  # type: ignore[attr-defined]
        return float(min(left, right))

    for window in windows:
        for word in range(window.judged_start, window.judged_end):
            best = max(context(other, word) for other in windows if other.start <= word < other.end)
            assert context(window, word) >= best - counts[word]  # a word on the border may go either way


def test_a_word_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        plan_windows([9], capacity=10, overlap=4)


def test_an_overlap_as_large_as_the_window_is_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        plan_windows([1], capacity=4, overlap=4)
