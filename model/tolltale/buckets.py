"""Buckets: items of like length put together, so that little is padding."""

from collections.abc import Iterator, Sequence


def bucket(lengths: Sequence[int], *, most_cells: int) -> Iterator[list[int]]:
    """Group the indices of items, shortest first.

    A group holds at most `most_cells` cells when all its items are padded to its longest; an item that is longer
    than that by itself gets a group of its own.
    """
    group: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[index] > most_cells:
            yield group
            group = []
        group.append(index)
    if group:
        yield group
