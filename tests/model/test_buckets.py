from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tolltale.buckets import bucket

LENGTHS = st.lists(st.integers(1, 300), max_size=60)
CELLS = st.integers(1, 2000)


@given(LENGTHS, CELLS)
def test_each_item_is_in_one_group_and_none_is_too_large(lengths: list[int], most_cells: int) -> None:
    groups = list(bucket(lengths, most_cells=most_cells))
    assert sorted(index for group in groups for index in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) == 1 or len(group) * max(lengths[index] for index in group) <= most_cells


@given(LENGTHS, CELLS)
def test_items_of_like_length_come_together(lengths: list[int], most_cells: int) -> None:
    in_order = [lengths[index] for group in bucket(lengths, most_cells=most_cells) for index in group]
    assert in_order == sorted(lengths)


@given(LENGTHS, CELLS)
def test_no_two_groups_that_follow_would_fit_into_one(lengths: list[int], most_cells: int) -> None:
    groups = list(bucket(lengths, most_cells=most_cells))
    for one, other in pairwise(groups):
        assert (len(one) + 1) * lengths[other[0]] > most_cells
