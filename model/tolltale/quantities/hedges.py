"""Hedges: the words before or after an amount that say how to take it, as tables, and what they do to its bounds.

An entry is a regular expression over words in lower case, and of several that fit the first counts. Hedges are read one
after the other (`at least another`, `an estimated total of more than`), so an entry holds what means nothing apart.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tolltale.quantities.amounts import Quantity

Hedge = Callable[[Quantity], Quantity | None]  # None where the hedge makes no sense: `at least up to five`


def as_it_is(inner: Quantity) -> Quantity | None:
    """The words say nothing about the number."""
    return inner


def about(inner: Quantity) -> Quantity | None:
    """The bounds are soft."""
    return replace(inner, approximate=True)


def at_least(inner: Quantity, *, more: int = 0) -> Quantity | None:
    """Only the low bound holds."""
    if inner.low is None or inner.open_low:
        return None
    return replace(inner, low=inner.low + more, high=None, point=None, open_high=True)


def at_least_about(inner: Quantity) -> Quantity | None:
    """Only the low bound holds, and it is soft."""
    above = at_least(inner)
    return above and about(above)


def and_some(inner: Quantity) -> Quantity | None:
    """More than a round number, but not the next: `forty-odd` is 40 to 49. How far past a hundred, nobody knows."""
    if inner.point is None or inner.point % 10:
        return about(inner)
    if not 20 <= inner.point < 100:
        return at_least_about(inner)
    return Quantity(inner.point, inner.point + 9, None, approximate=True)


def more_than(inner: Quantity) -> Quantity | None:
    """The low bound is passed."""
    return at_least(inner, more=1)


def just_over(inner: Quantity) -> Quantity | None:
    """The low bound is passed, by little."""
    above = more_than(inner)
    return above and about(above)


def at_most(inner: Quantity, *, less: int = 0) -> Quantity | None:
    """Only the high bound holds; nobody is possible."""
    if inner.high is None or inner.high < less:
        return None
    return replace(inner, low=0, high=inner.high - less, point=None, open_low=True)


def less_than(inner: Quantity) -> Quantity | None:
    """The high bound is not reached."""
    return at_most(inner, less=1)


def nearly(inner: Quantity, *, less: int = 0) -> Quantity | None:
    """The number is not quite reached: how far from it, the words do not say, but nobody is not meant."""
    if inner.point is None or inner.point < less:
        return None
    return Quantity(None, inner.point - less, None, open_low=True, approximate=True)


def just_under(inner: Quantity) -> Quantity | None:
    """The number is not reached."""
    return nearly(inner, less=1)


def vaguely(inner: Quantity) -> Quantity | None:
    """The words belong only before a vague word: `in the hundreds`."""
    return inner if inner.approximate and inner.point is None else None


_SLIGHTLY = "(?:just|slightly|barely|a little|a bit)"
_FAR = "(?:(?:well|far|way|much|many|considerably|significantly) )?"
_OVER = "(?:over|above|(?:more|greater|higher) than|in excess of|north of|beyond|exceeding|>)"
_UNDER = "(?:under|below|(?:fewer|less|lower) than|<)"
_MAYBE = "(?:possibly|perhaps|probably|maybe|likely|potentially|even|if not)"

_STRIKING = "(?:appall|astonish|astound|horrify|shock|stagger|strik|stunn|whopp)ing|grim|horrific|massive"

_BEFORE: list[tuple[Hedge, str]] = [
    (just_over, f"{_SLIGHTLY} {_OVER}"),
    (just_under, f"{_SLIGHTLY} {_UNDER}|(?:just )?(?:short|shy) of"),
    (at_least, "at (?:the |the very )?least|(?:at )?a minimum(?: of)?|minimum(?: of)?|as (?:few|little|low) as"),
    (at_least, _FAR + "upwards? of"),
    (at_least, ">=|(?:no|not) (?:fewer|less) than"),
    (at_least, "a good"),
    (at_most, "(?:(?:any|some)(?:where|thing) )?up to|at (?:the |the very )?most|(?:at )?a maximum(?: of)?"),
    (at_most, "maximum(?: of)?|as (?:many|much|high) as"),
    (at_most, "<=|(?:no|not) (?:more|greater) than|not exceeding"),
    (more_than, _FAR + _OVER),
    (less_than, _FAR + _UNDER),
    (nearly, "nearly|almost|close (?:up)?on|close to|approaching|nearing|not quite|virtually|practically"),
    (
        about,
        "about|around|roughly|approximately|approx|circa|ca?|~|est|barely|some|somewhere around|something like|like",
    ),
    (about, "nearer|more or less|in the (?:region|order|vicinity) of|on the order of|an average of|an estimate of"),
    (about, "(?:an? |the )?(?:estimated|rough)|perhaps|possibly|probably|maybe|likely|potentially"),
    (as_it_is, "exactly|precisely|only|just|merely|even|a mere|(?:an? |the )?(?:confirmed|reported|record|full)"),
    (as_it_is, f"an? (?:{_STRIKING})|still|now|by now"),
    (as_it_is, "(?:an? |the )?(?:combined |grand |death )?(?:total|toll) of|all|(?:the )?(?:first|last)"),
    (as_it_is, "an? (?:further|additional|extra|single|lone)|(?:yet )?another|one single"),
    (as_it_is, "further|additional|extra|other|remaining|the|these|those|his|her|its|their|our|my|your"),
    (vaguely, "in(?:to)? (?:the|their)(?: (?:low|high|upper|mid))?"),
]
_AFTER: list[tuple[Hedge, str]] = [
    (and_some, "odd|some|something"),
    (about, "(?:, )?(?:or so|or thereabouts|give or take|more or less|approximately|on average)"),
    (at_least, "(?:, )?(?:(?:or|and) (?:over|above|up|upwards?)|plus|and counting|minimum)"),
    (at_least, "(?:, )?at (?:the |the very |a )?(?:least|minimum)"),
    (at_least, rf"(?:[,–(] )?(?:(?:and|or|but)(?: {_MAYBE})*|{_MAYBE}(?: {_MAYBE})*)(?: many| far)? more"),
    (at_most, "(?:, )?(?:(?:or|and) (?:fewer|less|under|below)|at (?:the |the very |a )?(?:most|maximum)|maximum)"),
    (as_it_is, "more|others?|further|additional|extra|new|in all|in total|altogether|all told"),
]

BEFORE: Sequence[tuple[Hedge, re.Pattern[str]]] = [
    (hedge, re.compile(rf"(?:{words}) (?P<rest>.+)")) for hedge, words in _BEFORE
]
AFTER: Sequence[tuple[Hedge, re.Pattern[str]]] = [
    (hedge, re.compile(rf"(?P<rest>.+?) (?:{words})")) for hedge, words in _AFTER
]

# Between two numbers: the second only possible; the second a limit to the first; the ends of a range.
POSSIBLY = re.compile(rf"(?: [,–(])?(?: (?:and|or|but))?(?: {_MAYBE})+ ")
LIMITED = re.compile(r"(?: [,–(])? (?:and|but) ")
TO = re.compile(rf" (?:(?:up )?to|through|thru|or|–) (?:{_MAYBE} )?")
AND_OR_TO = re.compile(rf" (?:(?:up )?to|through|thru|or|–|and) (?:{_MAYBE} )?")
GIVE_OR_TAKE = re.compile(r"(?: ,)? (?:give or take|plus or minus|±) ")
OPENING = re.compile(r"(?:(?:any|some)(?:where|thing) )?(?:between|from) ")

# A second number that comes on top of the first, so that the two are no range.
ADDED = re.compile(r"\b(?:more|others?|another|further|additional|extra)\b(?! than)")
