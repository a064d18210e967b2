"""Amounts: how many a figure says without its hedges, in a number (`eleven`), a vague word (`dozens`) or both.

`VAGUE` is the one table of what vague words stand for.
"""

import re
from dataclasses import dataclass, replace

from tolltale.quantities.numerals import UNITS, read_number

# What vague words stand for: the fewest and the most, None where there is no limit. Yours to edit. A unit multiplies
# them: `several dozen` is 3 x 12 to 10 x 12 - 1, and `tens of thousands` follows from `tens`.
VAGUE: dict[str, tuple[int, int | None]] = {
    "a couple": (2, 2),
    "couple": (2, 2),
    "a few": (2, 5),
    "quite a few": (3, None),
    "a handful": (3, 7),
    "handful": (3, 7),
    "several": (3, 9),
    "in the teens": (13, 19),
    "tens": (20, 99),
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "lakhs": (200_000, 999_999),
    "millions": (2_000_000, 9_999_999),
    "crores": (20_000_000, 99_999_999),
    "more": (1, None),
    "an unknown number": (1, None),
    "an undetermined number": (1, None),
    "an undisclosed number": (1, None),
    "an unspecified number": (1, None),
    "a number": (2, None),  # and `a large number`: see SIZES
    "numbers": (2, None),
    "some": (2, None),
    "others": (2, None),
    "multiple": (2, None),
    "numerous": (2, None),
    "various": (2, None),
    "many": (2, None),
    "a good many": (2, None),
    "a great many": (2, None),
    "a bunch": (2, None),
    "a lot": (2, None),
    "lots": (2, None),
    "loads": (2, None),
    "countless": (2, None),
    "untold": (2, None),
}
SIZES = (
    "alarming|considerable|good|great|growing|high|huge|increasing|large|limited|record|significant|small|untold|vast"
)

_COUNTED = {"both": 2, "another": 1, "a further": 1, "an additional": 1, "a single": 1, "someone": 1, "somebody": 1}
_NOBODY = re.compile(
    r"(?:no|no ?one|nobody|none|neither|not (?:one|a single)(?: one)?|(?:not|no longer) any(?:one|body)?)"
    r"(?: (?:more|others?|else|further|additional|new|at all))*"
)
_HARDLY_ANY = re.compile(r"(?:(?:very|too|only|relatively|comparatively) )?few(?: (?:more|others?|if any))?")
_OVER_AND_OVER = re.compile(r"(?P<word>\w+s) (?:and|upon|on) (?P=word)")
_SIZED_NUMBER = re.compile(rf"(?:(?P<one>an?|the) )?(?:very )?(?:{SIZES}) number(?P<plural>s?)")
_REPEATED = re.compile(r"(?P<number>.+) \( (?P<again>.+)")
_UNIT = rf"(?:{'|'.join(UNITS)}|tens)s?"
ANY_UNIT = re.compile(rf"\b{_UNIT}\b")
UNITS_AT_END = re.compile(rf" (?:of )?{_UNIT}(?: (?:of )?{_UNIT})*$")
UNIT_INSIDE = re.compile(rf"\b({'|'.join(UNITS)}) ")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people as bounds, both included; a bound that the words do not give is None.

    `point` is the number itself where one is named and nothing else bounds it. Where a bound is open the truth may lie
    any way beyond the number that is named: above the `low` of `at least five`, below the `high` of `up to five`.
    `approximate` says that bounds are soft: the number is rounded, estimated, doubted, or only a vague word.
    """

    low: int | None
    high: int | None
    point: int | None
    open_low: bool = False
    open_high: bool = False
    approximate: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the truth may lie beyond a bound."""
        return self.open_low or self.open_high


def read_nobody(text: str) -> Quantity | None:
    """`no`, `nobody else`, `not a single`: read of whole figures only, as `almost no` is no zero."""
    return _exactly(0) if _NOBODY.fullmatch(text) else None


def is_hardly_any(text: str) -> bool:
    """Whether it is a bare `few`, which may be nobody; asked of whole figures only: `the few` are some."""
    return _HARDLY_ANY.fullmatch(text) is not None


def read_word(text: str) -> Quantity | None:
    """What is no number, but hedged like one: `both`, `another`, `dozens`, `a large number`."""
    sized = _SIZED_NUMBER.fullmatch(text)
    if sized and bool(sized["one"]) != bool(sized["plural"]):
        text = "numbers" if sized["plural"] else "a number"
    return _exactly(_COUNTED[text]) if text in _COUNTED else _read_vague(text)


def read_amount(text: str) -> Quantity | None:
    """A number, a number and the same again (`eleven (11)`), or a vague number of units (`tens of thousands`)."""
    twice = _REPEATED.fullmatch(text)
    number = read_number(twice["number"] if twice else text)
    if number is None:
        return _read_vague_units(text)
    return _exactly(number) if not twice or read_number(twice["again"]) == number else None


def _read_vague_units(text: str) -> Quantity | None:
    units = UNITS_AT_END.search(text)
    count = units and _read_vague(text[: units.start()])
    if not units or not count or count.low is None:
        return None
    unit = 1
    for word in units[0].split():
        unit *= {"of": 1, "tens": 10}.get(word) or UNITS[word.removesuffix("s")]
    if count.low >= UNITS["dozen"] and unit <= UNITS["hundred"]:  # nobody counts in "dozens of hundreds"
        return None
    high = None if count.high is None else (count.high + 1) * unit - 1
    return replace(count, low=count.low * unit, high=high)


def _read_vague(text: str) -> Quantity | None:
    if text == "few":  # of "the few", "another few"
        text = "a few"
    if (again := _OVER_AND_OVER.fullmatch(text)) and again["word"].removesuffix("s") in (*UNITS, "ten"):
        return replace(_exactly(VAGUE[again["word"]][0]), high=None, point=None, open_high=True, approximate=True)
    if text not in VAGUE:
        return None
    low, high = VAGUE[text]
    return Quantity(low, high, None, open_high=high is None, approximate=True)


def _exactly(number: int) -> Quantity:
    return Quantity(number, number, number)
