import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolltale import decode, rests


def scores(seed: int, length: int, calm: float) -> npt.NDArray[np.float64]:
    """Tag scores of words, a share of which comes in runs that are certainly outside all spans."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, 4, (length, 7))
    for start in range(0, length, 10):
        if random.random() < calm:
            logits[start : start + 6, 0] += 25
    return logits


@given(st.integers(0, 2**32 - 1), st.integers(0, 400), st.floats(0, 1))
def test_a_sequence_that_is_cut_is_decoded_as_if_it_were_whole(seed: int, length: int, calm: float) -> None:
    logits = scores(seed, length, calm)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rests, "LONG", 1000)
        (whole,) = decode.decode([logits])
        patch.setattr(rests, "LONG", 12)
        (cut,) = decode.decode([logits])
    assert [(s.label, s.start, s.end) for s in cut] == [(s.label, s.start, s.end) for s in whole]
    assert [s.score for s in cut] == pytest.approx([s.score for s in whole], abs=1e-9)


@given(st.integers(0, 2**32 - 1), st.integers(0, 400), st.floats(0, 1), st.integers(1, 100))
def test_stretches_cover_a_sequence_and_are_no_shorter_than_long(
    seed: int, length: int, calm: float, long: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rests, "LONG", long)
        stretches = list(rests.cut_at_rests(scores(seed, length, calm)))
    assert [place for stretch in stretches for place in range(*stretch)] == list(range(length))
    assert all(end - start >= long for start, end in stretches[:-1])


def test_long_calm_sequences_are_cut_and_others_are_not() -> None:
    calm = scores(1, 3 * rests.LONG, calm=1.0)
    assert len(list(rests.cut_at_rests(calm))) == 3
    assert len(list(rests.cut_at_rests(np.zeros((3 * rests.LONG, 7))))) == 1


def test_all_layers_have_to_rest_where_a_text_is_cut() -> None:
    busy = np.zeros((40, 3))
    first, second = busy.copy(), busy.copy()
    first[5:12, 0] += 25
    second[20:27, 0] += 25
    assert rests.find_last_rest([first, second]) == 0
    second[6:11, 0] += 25
    assert 6 < rests.find_last_rest([first, second]) < 11
    assert rests.find_last_rest([first[:2], second[:2]]) == 0
