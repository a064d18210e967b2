"""Tolls: which figure is a part of another, and which counts more than the event.

Both go by the words around the figures (the tables are in `tolltale.toll_words`). A figure that no words tie to
another, or to a period, is tied to none.

A part counts some of the very people that its whole counts: "30 people, including 12 children", "seven men and five
women" after "12 people", "another five died, bringing the toll to 30". What counts more than the event sums over a
period longer than a weekend, or over a war or campaign; the toll of another event ("the 1994 massacre of 8,000") does
not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from tolltale.documents import Span
from tolltale.quantities import read_quantity
from tolltale.sentences import split_sentences
from tolltale.toll_words import (
    CLAUSES,
    CLOSERS,
    COMPARED,
    DATES,
    EVENT,
    HARMED,
    IN_ALL,
    OF_NAMED,
    OF_THE,
    OF_WHOLE,
    OPENERS,
    PERIODS,
    RAISING,
    RISEN,
    THE_REST,
    TOLL,
    WHEN,
)

REACH = 80  # characters from the word that opens a list of parts to the first of them, at most
SENTENCES = 3  # how many back the whole may stand that "the dead included" takes up
PLACED = ("CAPTURED", "MISSING")  # the kidnapped are both


def _compile(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns).replace(" ", r"\s"), re.IGNORECASE)


_OPENER, _CLOSER, _OF_WHOLE, _OF_NAMED = _compile(*OPENERS), _compile(*CLOSERS), _compile(OF_WHOLE), _compile(OF_NAMED)
_OF_THE, _THE_REST, _IN_ALL, _HARMED = _compile(OF_THE), _compile(THE_REST), _compile(IN_ALL), _compile(HARMED)
_RAISING, _TOLL, _RISEN, _WHEN = _compile(RAISING), _compile(TOLL), _compile(RISEN), _compile(WHEN)
_PERIOD, _DATE, _EVENT = _compile(*PERIODS), _compile(*DATES), _compile(EVENT)
_COMPARED, _CLAUSE = _compile(COMPARED), _compile(CLAUSES)

Pairs = Iterator[tuple[Span, Span]]  # a part, its whole


def find_subsets(text: str, figures: Sequence[Span]) -> dict[str, Span]:
    """By the id of a figure, the figure that it is a part of ("30 people, including 12 children").

    A part has the kind of its whole or is among CASUALTIES, is never the larger, and wholes never go round in a circle.
    """
    passage = _Passage(text, figures)
    for find in (_joined, _named, _opened, _rest, _raised, _summed):
        for part, whole in find(passage):
            passage.tie(part, whole)
    return passage.wholes


def find_cumulative(text: str, figures: Sequence[Span]) -> set[str]:
    """The ids of the figures that count more than the event ("since the war began").

    A period counts for the figures of its clause, and for their parts where these have no clause of their own.
    """
    passage = _Passage(text, figures)
    clauses = {figure.id: passage.clause(figure) for figure in passage.figures}
    found = {figure.id for figure in passage.figures if _is_long(clauses[figure.id])}
    for part, whole in find_subsets(text, figures).items():
        if whole.id in found and not _EVENT.search(clauses[part]):
            found.add(part)
    return found


def _is_long(clause: str) -> bool:
    """Whether a clause names a period longer than an event."""
    periods = [place for place in _PERIOD.finditer(clause) if not _COMPARED.search(clause[: place.start()])]
    return bool(periods) or bool(_DATE.search(clause) and not _EVENT.search(clause))


class _Passage:
    """The figures of a text in their order, what stands around them, and the wholes found so far."""

    def __init__(self, text: str, figures: Iterable[Span]) -> None:
        self.text = text
        self.figures = sorted(figures, key=lambda figure: figure.start)
        self.wholes: dict[str, Span] = {}
        self._quantities = {figure.id: read_quantity(figure.text) for figure in self.figures}
        self._sentences = split_sentences(text)
        self._starts = [start for start, _ in self._sentences]

    def sentence(self, figure: Span) -> int:
        """Which sentence a figure begins in, counted from 1."""
        return bisect_right(self._starts, figure.start)

    def lead(self, index: int) -> str:
        """The text before a figure, back to the one before it or the start of its sentence."""
        figure = self.figures[index]
        start = self._sentences[self.sentence(figure) - 1][0]
        return self.text[max(start, self.figures[index - 1].end if index else 0) : figure.start]

    def tail(self, index: int) -> str:
        """The text after a figure, up to the next one or the end of its sentence."""
        figure = self.figures[index]
        end = max(self._sentences[self.sentence(figure) - 1][1], figure.end)
        after = self.figures[index + 1].start if index + 1 < len(self.figures) else end
        return self.text[figure.end : min(after, end)]

    def clause(self, figure: Span) -> str:
        """The clause that a figure stands in."""
        start, end = self._sentences[self.sentence(figure) - 1]
        edges = [start, *(place.end() for place in _CLAUSE.finditer(self.text, start, end)), max(end, figure.end)]
        return next(self.text[a:b] for a, b in zip(edges, edges[1:]) if a <= figure.start < b)

    def before(self, index: int, sentences: int) -> list[int]:
        """The figures before one, nearest first, no more than so many sentences back."""
        first = self.sentence(self.figures[index]) - sentences
        return [n for n in range(index - 1, -1, -1) if self.sentence(self.figures[n]) >= first]

    def point(self, index: int) -> int | None:
        """The number that a figure gives, if it gives one."""
        quantity = self._quantities[self.figures[index].id]
        return quantity.point if quantity else None

    def may_hold(self, whole: Span, part: Span, any_kind: bool = False) -> bool:
        """Whether kinds and sizes allow one figure to be a part of another."""
        of_kind = whole.label in (part.label, "CASUALTIES") or {whole.label, part.label} == set(PLACED)
        return (of_kind or any_kind) and not self._exceeds(part, whole)

    def _exceeds(self, part: Span, whole: Span) -> bool:
        low, high = self._quantities[part.id], self._quantities[whole.id]
        return bool(low and high and low.low is not None and high.high is not None and low.low > high.high)

    def tie(self, part: Span, whole: Span) -> None:
        """Note a whole, unless one is known or the part is, by others, the whole's own whole."""
        above: Span | None = whole
        while above and above.id != part.id:
            above = self.wholes.get(above.id)
        if above is None:
            self.wholes.setdefault(part.id, whole)


def _joined(passage: _Passage) -> Pairs:
    """`12 of the 30`, and the other way round: `Of the 30 dead, 12 were children`."""
    figures = passage.figures
    for index in range(1, len(figures)):
        left, right, lead = figures[index - 1], figures[index], passage.lead(index)
        if passage.sentence(left) != passage.sentence(right):
            continue
        if _OF_WHOLE.fullmatch(lead) and passage.may_hold(right, left, any_kind=True):
            yield left, right
        elif _OF_THE.search(passage.lead(index - 1)) and "," in lead and passage.may_hold(left, right):
            yield right, left


def _named(passage: _Passage) -> Pairs:
    """`two of whom`, `40 of these deaths`, `one of the Russian generals` where earlier figures count generals."""
    for index, part in enumerate(passage.figures):
        place = _OF_NAMED.match(passage.tail(index))
        whole = place and _find_named(passage, index, place)
        if whole:
            yield part, whole


def _find_named(passage: _Passage, index: int, place: re.Match[str]) -> Span | None:
    part = passage.figures[index]
    smaller = [n for n in passage.before(index, 2 * SENTENCES) if _is_smaller(passage, index, n)]
    if place["pronoun"]:
        return next(
            (passage.figures[n] for n in smaller if passage.sentence(part) - passage.sentence(passage.figures[n]) < 2),
            None,
        )
    words = {word for word in place["noun"].casefold().split() if len(word) > 3}
    shared = {n: len(words & set(passage.tail(n).casefold().split()[:6])) for n in smaller}
    best = max(smaller, key=lambda n: shared[n], default=None)
    if best is not None and (shared[best] or _HARMED.search(place["noun"])):
        return passage.figures[best]
    return None


def _is_smaller(passage: _Passage, part: int, whole: int) -> bool:
    low, high = passage.point(part), passage.point(whole)
    distinct = low is None or high is None or low < high
    return distinct and passage.may_hold(passage.figures[whole], passage.figures[part])


def _opened(passage: _Passage) -> Pairs:
    """`30 people, including 12 children and three women`; `The dead included two policemen`."""
    listed: dict[int, Span] = {}
    for index, part in enumerate(passage.figures):
        lead = passage.lead(index)
        opener = next(reversed(list(_OPENER.finditer(lead))), None)
        whole: Span | None = None
        if opener:
            near = len(lead) - opener.end() <= REACH and not _CLOSER.search(lead, opener.end())
            whole = _find_opened(passage, index, listed) if near else None
        elif index - 1 in listed and not _ends_list(passage, index):
            whole = listed[index - 1]
        if whole and passage.may_hold(whole, part):
            listed[index] = whole
            yield part, whole


def _find_opened(passage: _Passage, index: int, listed: dict[int, Span]) -> Span | None:
    """The nearest figure of the sentence that may hold a part, or of those before it that is itself none."""
    part = passage.figures[index]
    for n in passage.before(index, SENTENCES):
        whole = passage.figures[n]
        near = passage.sentence(whole) == passage.sentence(part)
        if _is_smaller(passage, index, n) and (near or n not in listed):
            return whole
    return None


def _ends_list(passage: _Passage, index: int) -> bool:
    left, right = passage.figures[index - 1], passage.figures[index]
    apart = left.label != right.label or passage.sentence(left) != passage.sentence(right)
    return apart or bool(_CLOSER.search(passage.lead(index) + right.text))


def _rest(passage: _Passage) -> Pairs:
    """`the other two victims`: of the nearest figure that may hold them."""
    for index, part in enumerate(passage.figures):
        if _THE_REST.search(passage.lead(index)) or part.text.casefold().startswith("the other"):
            for n in passage.before(index, SENTENCES):
                if _is_smaller(passage, index, n):
                    yield part, passage.figures[n]
                    break


def _raised(passage: _Passage) -> Pairs:
    """`another five died, bringing the toll to 30`; `the toll rose to 44 when a boy died`."""
    for index, whole in enumerate(passage.figures):
        lead, tail = passage.lead(index), passage.tail(index)
        if (verb := _RAISING.search(lead)) and _TOLL.search(lead[verb.start() :] + tail[:REACH]):
            for n in _run_before(passage, index):
                yield passage.figures[n], whole
        elif _RISEN.search(lead) and _WHEN.search(tail) and index + 1 < len(passage.figures):
            part = passage.figures[index + 1]
            if passage.sentence(part) == passage.sentence(whole) and passage.may_hold(whole, part):
                yield part, whole


def _run_before(passage: _Passage, index: int) -> list[int]:
    """The figures before one, in its sentence, that it may hold: the nearest and those that are one list with it."""
    held = (n for n in passage.before(index, 0))
    return list(takewhile(lambda n: passage.may_hold(passage.figures[index], passage.figures[n]), held))


def _summed(passage: _Passage) -> Pairs:
    """Figures of one sentence that add up to the one before or after them."""
    for index, whole in enumerate(passage.figures):
        total = passage.point(index)
        after = range(index + 1, len(passage.figures))
        before = range(index - 1, -1, -1) if _IN_ALL.search(passage.lead(index)) else ()
        for run in (after, before):
            for n in _addends(passage, whole, total, run):
                yield passage.figures[n], whole


def _addends(passage: _Passage, whole: Span, total: int | None, run: Iterable[int]) -> list[int]:
    taken: list[int] = []
    for n in run:
        figure, point = passage.figures[n], passage.point(n)
        if figure.id in passage.wholes:
            continue
        if abs(passage.sentence(figure) - passage.sentence(whole)) > SENTENCES or not passage.may_hold(whole, figure):
            break
        if total is None or point is None or point >= total:
            break
        taken.append(n)
        if len(taken) > 1 and sum(passage.point(k) or 0 for k in taken) == total:
            return taken
    return []
