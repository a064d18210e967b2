"""Turns: contenders measured one after the other, again and again, so that what slows the machine slows them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tqdm import tqdm

Measure = Callable[[], float]  # runs a contender once; how much it did a second


@dataclass(frozen=True)
class Range:
    """A median, and the least and the most that it was taken of."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Range":
        """The range of one value or more."""
        return cls(median(values), min(values), max(values))

    def __str__(self) -> str:
        return f"{format_number(self.middle)} ({format_number(self.least)}-{format_number(self.most)})"


def take_turns(contenders: Mapping[str, Measure], repeats: int) -> dict[str, list[float]]:
    """What each contender does a second, once in each of the repeats; every other one goes in reverse order."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    with tqdm(total=repeats * len(contenders), disable=None) as bar:
        for repeat in range(repeats):
            for name in list(contenders)[:: -1 if repeat % 2 else 1]:
                bar.set_postfix_str(name)
                rates[name].append(contenders[name]())
                bar.update()
    return rates


def compare(rates: Sequence[float], baseline: Sequence[float]) -> Range:
    """How many times as fast as a baseline: the ratio within each repeat, then the range of these."""
    return Range.of([rate / base for rate, base in zip(rates, baseline, strict=True)])


def compare_all(rates: Mapping[str, Sequence[float]]) -> dict[str, dict[str, Any]]:
    """Each contender's rates, and its ratio to every other, as plain data."""
    return {
        name: {
            "rates": list(own),
            "median": median(own),
            "ratios": {other: vars(compare(own, rates[other])) for other in rates if other != name},
        }
        for name, own in rates.items()
    }


def format_number(number: float) -> str:
    """A number with three digits that count, more where it has them before the point."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
