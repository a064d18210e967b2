"""Tolls: which figure is a part of another, and which counts more than the event.

Both go by the words around the figures (the tables are in `tolltale.tolls.words`). A figure that no words tie to
another, or to a period, is tied to none.

What counts more than the event sums over a period longer than a weekend, or over a war or campaign; the toll of another
event ("the 1994 massacre of 8,000") does not.
"""

from collections.abc import Mapping, Sequence

from tolltale.documents import Span
from tolltale.tolls import words
from tolltale.tolls.passages import Passage
from tolltale.tolls.subsets import find_subsets
from tolltale.tolls.words import to_pattern

__all__ = ["find_cumulative", "find_subsets"]

DISTINCT = 20  # a number so large, of the same kind, is the same toll wherever it stands in a text
TIMES = 20  # a toll that is so many times what raises it is no single event's ...
RAISED = 200  # ... if it is so large: the wounded who die later raise the toll of a blast, one by one
WHOLE = 1000  # a toll so large, with nothing to compare it to, is a war's

_PERIOD, _NO_PERIOD = to_pattern(*words.PERIODS), to_pattern(*words.NO_PERIODS)
_DATE, _COUNTED, _EVENT = to_pattern(*words.DATES), to_pattern(words.COUNTED), to_pattern(*words.EVENTS)
_WHOLE_TOLL, _RAISING, _TOLL = to_pattern(*words.WHOLE_TOLLS), to_pattern(words.RAISING), to_pattern(words.TOLL)


def find_cumulative(text: str, figures: Sequence[Span], wholes: Mapping[str, Span]) -> set[str]:
    """The ids of the figures that count more than the event ("since the war began").

    `wholes` are what `find_subsets` finds among the same figures.
    A period counts for the figures of its clause, for the parts that follow them unless an event is named there, and
    wherever the same large number of the same kind stands again.
    """
    passage = Passage(text, figures)
    found: set[str] = set()
    for index, figure in enumerate(passage.figures):
        whole = wholes.get(figure.id)
        is_whole_long = whole is not None and whole.id in found
        if _is_cumulative(passage, index, whole, is_whole_long) or _is_war_toll(passage, index, wholes):
            found.add(figure.id)
    keys = {figure.id: (figure.label, passage.number(n)) for n, figure in enumerate(passage.figures)}
    repeated = {keys[name] for name in found if (keys[name][1] or 0) >= DISTINCT}
    return found | {name for name, key in keys.items() if key in repeated}


def _is_cumulative(passage: Passage, index: int, whole: Span | None, is_whole_long: bool) -> bool:
    figure, tail = passage.figures[index], passage.tail(index)
    # A part that stands before its whole ("six died, taking the toll this year to 90") is none of a period's.
    if whole is None or whole.start > figure.start or not passage.holds_kind(whole, figure):
        return _is_long_for(passage, index)
    if passage.sentence(whole) == passage.sentence(figure):
        return _is_long(tail) or (is_whole_long and not _EVENT.search(tail))
    return is_whole_long or _is_long_for(passage, index)


def _is_war_toll(passage: Passage, index: int, wholes: Mapping[str, Span]) -> bool:
    """Whether a toll is too large for an event: `12 died on Sunday, bringing the toll to 41,000`."""
    clause, number = passage.clause(index), passage.number(index) or 0
    if number < RAISED or _EVENT.search(clause):
        return False
    if _RAISING.search(passage.lead(index)) and _TOLL.search(clause):
        figure = passage.figures[index]
        raisers = [n for n in passage.before(index, 0) if wholes.get(passage.figures[n].id) is figure]
        most = max((passage.number(n) or 0 for n in raisers), default=0)
        return number >= (TIMES * most or WHOLE)
    return number >= WHOLE and bool(_WHOLE_TOLL.search(clause))


def _is_long_for(passage: Passage, index: int) -> bool:
    """Whether the clause of a figure names a period; one person ("a man held since Monday") is no sum."""
    return passage.number(index) != 1 and _is_long(passage.clause(index))


def _is_long(clause: str) -> bool:
    """Whether a clause names a period longer than an event."""
    rest = _NO_PERIOD.sub("", clause)
    if _PERIOD.search(rest):
        return True
    return bool(_DATE.search(rest) or _COUNTED.search(rest)) and not _EVENT.search(rest)
