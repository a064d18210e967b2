"""Passages: the figures of a text in their order, with the words between them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from tolltale.documents import Span
from tolltale.quantities import read_quantity
from tolltale.sentences import split_sentences
from tolltale.tolls.words import CLAUSES, to_pattern

_CLAUSE = to_pattern(*CLAUSES)

WIDTH = 400  # characters on either side of a figure that are looked at; sentences without an end are common in tables
MOST = 40  # figures before or after one that are looked at


class Passage:
    """The figures of a text in their order, what stands around them, and the wholes found so far."""

    def __init__(self, text: str, figures: Iterable[Span]) -> None:
        self.text = text
        self.figures = sorted(figures, key=lambda figure: figure.start)
        self.wholes: dict[str, Span] = {}
        self._quantities = {figure.id: read_quantity(figure.text) for figure in self.figures}
        self._sentences = split_sentences(text)
        self._starts = [start for start, _ in self._sentences]

    def sentence(self, figure: Span) -> int:
        """Which sentence a figure begins in, counted from 0."""
        return bisect_right(self._starts, figure.start) - 1

    def sentence_text(self, number: int) -> str:
        """The beginning of a sentence, as far as it is looked at."""
        start, end = self._sentences[number]
        return self.text[start : min(end, start + 2 * WIDTH)]

    def around(self, index: int) -> str:
        """The sentence of a figure, as far as it is looked at."""
        start, end = self._reach(index)
        return self.text[start:end]

    def lead(self, index: int) -> str:
        """The text before a figure, back to the one before it or the start of its sentence."""
        start, _ = self._reach(index)
        return self.text[max(start, self.figures[index - 1].end if index else 0) : self.figures[index].start]

    def tail(self, index: int) -> str:
        """The text after a figure, up to the next one or the end of its sentence."""
        _, end = self._reach(index)
        after = self.figures[index + 1].start if index + 1 < len(self.figures) else end
        return self.text[self.figures[index].end : min(after, end)]

    def clause(self, index: int) -> str:
        """The clause that a figure begins in."""
        start, end = self._reach(index)
        edges = [start, *(place.end() for place in _CLAUSE.finditer(self.text, start, end)), end]
        place = self.figures[index].start
        return next(self.text[left:right] for left, right in pairwise(edges) if left <= place < right)

    def _reach(self, index: int) -> tuple[int, int]:
        """Start and end of the sentence around a figure, as far as it is looked at."""
        figure = self.figures[index]
        start, end = self._sentences[self.sentence(figure)]
        return max(start, figure.start - WIDTH), min(end, figure.end + WIDTH)

    def before(self, index: int, n_sentences: int) -> Iterator[int]:
        """The figures before one, nearest first, no more than so many sentences back."""
        first = self.sentence(self.figures[index]) - n_sentences
        near = range(index - 1, max(index - 1 - MOST, -1), -1)
        return takewhile(lambda n: self.sentence(self.figures[n]) >= first, near)

    def after(self, index: int, n_sentences: int) -> Iterator[int]:
        """The figures after one, nearest first, no more than so many sentences on."""
        last = self.sentence(self.figures[index]) + n_sentences
        near = range(index + 1, min(index + 1 + MOST, len(self.figures)))
        return takewhile(lambda n: self.sentence(self.figures[n]) <= last, near)

    def number(self, index: int) -> int | None:
        """The number that a figure gives, or else the least."""
        quantity = self._quantities[self.figures[index].id]
        if quantity is None:
            return None
        is_least = quantity.point is None and quantity.open_high and not quantity.approximate
        return quantity.low if is_least else quantity.point

    def holds_kind(self, whole: Span, part: Span) -> bool:
        """Whether who is harmed as the part says is harmed as the whole says; the kidnapped are missing."""
        return whole.label in (part.label, "CASUALTIES") or {whole.label, part.label} == {"CAPTURED", "MISSING"}

    def may_hold(self, whole: Span, part: Span) -> bool:
        """Whether kinds and sizes allow one figure to be a part of another."""
        return self.holds_kind(whole, part) and not self.exceeds(part, whole)

    def exceeds(self, part: Span, whole: Span) -> bool:
        """Whether one figure is surely larger than another."""
        low, high = self._quantities[part.id], self._quantities[whole.id]
        return bool(low and high and low.low is not None and high.high is not None and low.low > high.high)

    def is_smaller(self, part: int, whole: int) -> bool:
        """Whether a figure may be a part of another, and does not just repeat it."""
        low, high = self.number(part), self.number(whole)
        return (low is None or low != high) and self.may_hold(self.figures[whole], self.figures[part])

    def tie(self, part: Span, whole: Span) -> None:
        """Note the whole of a part, unless one is known or a circle would close."""
        above: Span | None = whole
        while above and above.id != part.id:
            above = self.wholes.get(above.id)
        if above is None:
            self.wholes.setdefault(part.id, whole)
