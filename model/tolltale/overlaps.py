"""Overlaps: which spans stand where another does, found without asking each of them; an article may hold thousands."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from tolltale.documents import Span


class Places:
    """Spans, looked up by place. Quick where they do not nest many deep, as those of one layer never do."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))  # how far any span up to here goes

    def within(self, start: int, end: int) -> list[Span]:
        """The spans that have a character in common with a stretch, half-open in code points, by where they start."""
        last = bisect_left(self._starts, end)
        first = last
        while first and self._reach[first - 1] > start:
            first -= 1
        return [span for span in self._spans[first:last] if span.end > start]
