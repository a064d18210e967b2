"""Reading ahead: documents in groups, and the next group made ready while the network has this one."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tolltale.documents import Document

# Documents are taken in until they hold this many characters: enough to put windows of like length together,
# and the bound on what is held of each of two groups at a time (beside longer documents).
READ_AHEAD = 200_000
ROW = 100  # characters that a document counts for beside those of its text: a group of empty ones has its bound, too

Item = TypeVar("Item")
Result = TypeVar("Result")


def group_documents(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in groups; one that is longer than READ_AHEAD makes a group of its own."""
    group: list[Document] = []
    held = 0
    for document in documents:
        if group and held + len(document.text) + ROW > READ_AHEAD:
            yield group
            group, held = [], 0
        group.append(document)
        held += len(document.text) + ROW
    if group:
        yield group


def map_ahead(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result]]:
    """Each item with what a function makes of it, made in a thread while the one before is in use.

    Items are drawn in the caller's thread, one more than are given out. What the function raises comes with its item,
    and what the drawing raises after the items before it.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        begun = ((item, thread.submit(function, item)) for item in items)
        waiting = next(begun, None)
        while waiting:
            item, made = waiting
            try:
                waiting = next(begun, None)
            except Exception:  # what was drawn before this comes out before it does
                yield item, made.result()
                raise
            yield item, made.result()
            del item, made  # or three would be held while the next is drawn
