from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.sampler import EpochSampler

part = st.tuples(st.integers(1, 30), st.sampled_from([0.25, 0.5, 1.0, 1.5, 2.0]))


def draw(parts: list[tuple[int, float]], epoch: int, seed: int = 1) -> list[int]:
    lengths = [7 * i % 13 + 1 for i in range(sum(size for size, _ in parts))]
    sampler = EpochSampler(lengths, parts, batch_size=4, seed=seed)
    sampler.set_epoch(epoch)
    drawn = list(sampler)
    assert len(drawn) == len(sampler)
    return drawn


@given(st.lists(part, min_size=1, max_size=3), st.integers(0, 5))
def test_each_corpus_is_drawn_as_its_weight_says(parts: list[tuple[int, float]], epoch: int) -> None:
    counts = Counter(draw(parts, epoch))
    first = 0
    for size, weight in parts:
        times = [counts[i] for i in range(first, first + size)]
        assert sum(times) == max(1, round(size * weight))
        assert max(times) - min(times) <= 1
        first += size


def test_a_small_weight_reaches_every_window_in_time() -> None:
    seen = {i for epoch in range(4) for i in draw([(40, 0.25)], epoch)}
    assert seen == set(range(40))


def test_an_epoch_is_given_by_seed_and_number_alone() -> None:
    parts = [(50, 1.0)]
    assert draw(parts, 3) == draw(parts, 3)
    assert draw(parts, 3) != draw(parts, 4)
    assert draw(parts, 3) != draw(parts, 3, seed=2)


def test_batches_hold_windows_of_like_length() -> None:
    lengths = [i % 100 for i in range(800)]
    sampler = EpochSampler(lengths, [(800, 1.0)], batch_size=8, seed=1)
    order = [lengths[i] for i in sampler]
    spread = [max(order[i : i + 8]) - min(order[i : i + 8]) for i in range(0, 800, 8)]
    assert sum(spread) / len(spread) < 15  # a random order would give about 80


@pytest.mark.parametrize("weight", [0.001, 1.0])
def test_no_corpus_is_left_out(weight: float) -> None:
    assert any(i >= 10 for i in draw([(10, 1.0), (3, weight)], 0))
