"""Quantities: how many people a figure says, as bounds.

A figure is read as it is marked in a text, with its hedges and without its noun: `read_quantity("at least five")`.

    figure                                      low   high  point
    five; 5; all five; the other five           5     5     5
    about five; some five; five or so           5     5     5      approximate
    ten, give or take two; 10 ± 2               8     12    -      approximate
    forty-odd; 40-something                     40    49    -      approximate
    a hundred odd                               100   -     -      open_high approximate
    no; nobody; none; not one                   0     0     0
    at least five; five or more; as few as 5    5     -     -      open_high
    more than five; over five                   6     -     -      open_high
    just over five                              6     -     -      open_high approximate
    up to five; as many as five; five at most   0     5     -      open_low
    fewer than five; under five                 0     4     -      open_low
    nearly five; close to five                  -     5     -      open_low approximate
    just under five                             -     4     -      open_low approximate
    five to ten; between five and ten           5     10    -
    at least five and possibly ten              5     10    -
    more than five but fewer than ten           6     9     -
    dozens                                      24    99    -      approximate
    several dozen                               36    119   -      approximate
    dozens, perhaps hundreds                    24    999   -      approximate

What vague words stand for is `amounts.VAGUE`, and the hedges are listed in `hedges`.

What is not understood to its last word gives None, and so does what says no number (`any`, `most`, `few`, `half`,
`50%`, `five men`) and what can be read in two ways (`3 to 4,000`, `3-400`): a figure is never guessed. A unit that
belongs to both numbers of a range is given to both, as English has it: `two to three hundred` is 200 to 300.
"""

import re
from collections.abc import Callable, Iterator

from tolltale.quantities.amounts import (
    ANY_UNIT,
    UNIT_INSIDE,
    UNITS_AT_END,
    Quantity,
    is_hardly_any,
    read_amount,
    read_nobody,
    read_word,
)
from tolltale.quantities.hedges import ADDED, AFTER, AND_OR_TO, BEFORE, GIVE_OR_TAKE, LIMITED, OPENING, POSSIBLY, TO
from tolltale.quantities.numerals import UNITS, normalise

__all__ = ["Quantity", "read_quantity"]

LONGEST = 200  # characters; a longer text is no figure

_Reader = Callable[[str], Quantity | None]


def read_quantity(phrase: str) -> Quantity | None:
    """What a figure says, or None where it is not understood to its last word. Never raises."""
    text = normalise(phrase) if len(phrase) <= LONGEST else ""
    if is_hardly_any(text):
        return None
    return read_nobody(text) or _read_first_and_second(text) or _read_hedged(text, _read_range)


def _read_first_and_second(text: str) -> Quantity | None:
    """`at least 10 and possibly 12`, `dozens, perhaps hundreds`, `more than 1,000 but fewer than 2,000`."""
    for first, second in _splits(text, POSSIBLY):
        if not ADDED.search(second) and (found := _read_ends(first, second, _read_range)):
            return found
    for first, second in _splits(text, LIMITED):
        limit = None if ADDED.search(second) else _read_hedged(second, _read_range)
        if limit and limit.is_open and (found := _read_ends(first, second, _read_range)):
            return found
    return None


def _read_range(text: str) -> Quantity | None:
    """`10 to 15`, `between 10 and 15`, `10, give or take 2`, or an amount."""
    opening = OPENING.match(text)
    for first, second in _splits(text[opening.end() :], AND_OR_TO) if opening else _splits(text, TO):
        if found := _read_ends(first, second, read_amount):
            return found
    for number, margin in _splits(text, GIVE_OR_TAKE):
        return _read_margin(read_amount(number), read_amount(margin))
    return read_amount(text)


def _read_margin(number: Quantity | None, margin: Quantity | None) -> Quantity | None:
    if not number or not margin or number.point is None or margin.point is None or number.point < margin.point:
        return None
    return Quantity(number.point - margin.point, number.point + margin.point, None, approximate=True)


def _splits(text: str, between: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    return ((text[: place.start()], text[place.end() :]) for place in between.finditer(text))


def _read_ends(first: str, second: str, reader: _Reader) -> Quantity | None:
    """The bounds that two texts give together; the first is read with the second's units where it can be."""
    low, high = _read_hedged(first, reader), _read_hedged(second, reader)
    for units in _trailing_units(second):
        shared = _read_hedged(first + units, reader)
        joined = shared and high and _join(shared, high)
        if joined:
            return joined
    if low is None or high is None or _may_share_a_unit(first, low, second, high):
        return None
    return _join(low, high)


def _trailing_units(text: str) -> Iterator[str]:
    """` hundred thousand`, ` thousand` of `three hundred thousand`; none of `a hundred`, `one thousand two hundred`."""
    found = UNITS_AT_END.search(text)
    count = f" {text[: found.start()]} " if found else ""
    if found and not count.endswith((" a ", " an ", " than ")) and not UNIT_INSIDE.search(count):
        words = found[0].split()
        yield from (" " + " ".join(words[n:]) for n in range(len(words)))


def _may_share_a_unit(first: str, low: Quantity, second: str, high: Quantity) -> bool:
    """Whether the first number may be meant in a unit inside the second: `3 to 4,000`, `one to two hundred and six`."""
    if not low.point or not high.point or low.point >= 1000 or ANY_UNIT.search(first):
        return False
    inside = UNIT_INSIDE.search(second)
    unit = UNITS[inside[1]] if inside else _unit_in_digits(second)
    return unit > 1 and low.point * unit < high.point


def _unit_in_digits(text: str) -> int:
    """1000 of `4,000`, 100 of `400`: `3 to 400` most often means 300."""
    if re.search(r"\d,?000$", text):
        return 1000
    return 100 if re.search(r"\b\d00$", text) and "," not in text else 1


def _join(first: Quantity, second: Quantity) -> Quantity | None:
    if first.open_low and second.open_high:  # fewer than ten but more than five
        first, second = second, first
    beyond = second.low if second.high is None else second.high
    if first.low is not None and beyond is not None and first.low > beyond:
        return None
    soft = first.approximate or second.approximate
    return Quantity(first.low, second.high, None, first.open_low, second.open_high, soft)


def _read_hedged(text: str, reader: _Reader) -> Quantity | None:
    """What `reader` reads, in hedges; those that follow it reach over those that precede."""
    if word := read_word(text):
        return word
    for hedge, words in (*AFTER, *BEFORE):
        if match := words.fullmatch(text):
            inner = _read_hedged(match["rest"], reader)
            return inner and hedge(inner)
    return reader(text)
