from collections.abc import Iterator
from threading import Event, current_thread, main_thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolltale.ahead import READ_AHEAD, ROW, group_documents, map_ahead
from tolltale.documents import Document

PATIENCE = 30  # seconds


@given(st.lists(st.integers()))
def test_items_come_in_order_with_what_is_made_of_them(items: list[int]) -> None:
    assert list(map_ahead(str, items)) == [(item, str(item)) for item in items]


def test_the_next_is_made_while_this_one_is_in_use() -> None:
    made = [Event() for _ in range(3)]

    def make(number: int) -> None:
        assert current_thread() is not main_thread()
        made[number].set()

    for number, _ in map_ahead(make, range(3)):
        assert made[min(number + 1, 2)].wait(PATIENCE)


def test_one_more_is_drawn_than_is_given_out() -> None:
    drawn = []

    def draw() -> Iterator[int]:
        for number in range(9):
            assert current_thread() is main_thread()
            drawn.append(number)
            yield number

    for number, _ in map_ahead(str, draw()):
        assert len(drawn) == min(number + 2, 9)


def test_what_goes_wrong_comes_with_its_item() -> None:
    found = map_ahead(lambda number: 6 // number, [3, 2, 0, 1])
    assert [next(found), next(found)] == [(3, 2), (2, 3)]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_what_goes_wrong_in_drawing_comes_after_what_was_drawn_before() -> None:
    def draw() -> Iterator[int]:
        yield 1
        yield 2
        raise LookupError

    found = map_ahead(str, draw())
    assert [next(found), next(found)] == [(1, "1"), (2, "2")]
    with pytest.raises(LookupError):
        next(found)


@given(st.lists(st.integers(0, 2 * READ_AHEAD), max_size=12))
def test_groups_hold_all_documents_in_order_and_little_each(lengths: list[int]) -> None:
    documents = [Document("x" * length) for length in lengths]
    groups = list(group_documents(documents))
    assert [document for group in groups for document in group] == documents
    assert all(len(group) == 1 or sum(len(d.text) for d in group) <= READ_AHEAD for group in groups)


def test_of_a_million_empty_rows_few_are_held_at_a_time() -> None:
    drawn = given_out = most = 0

    def draw() -> Iterator[Document]:
        nonlocal drawn
        empty = Document("")
        while drawn < 1_000_000:
            drawn += 1
            yield empty

    for _, n_rows in map_ahead(len, group_documents(draw())):
        most = max(most, drawn - given_out)
        given_out += n_rows
    assert given_out == 1_000_000
    assert READ_AHEAD // ROW < most < 3 * READ_AHEAD // ROW
