"""Bounds: the least and the most that figures say, None where open, and what they come to together."""

from collections.abc import Callable, Iterable

Bounds = tuple[int | None, int | None]  # the least and the most, None where open


def reach(choose: Callable[[Iterable[int]], int], bounds: Iterable[int | None]) -> int | None:
    """The least, the most or the sum of bounds; None where one of them is open."""
    every = list(bounds)
    closed = [bound for bound in every if bound is not None]
    return choose(closed) if len(closed) == len(every) else None


def add_bounds(parts: Iterable[Bounds]) -> Bounds:
    """The bounds of all parts together; there is one at least."""
    lows, highs = zip(*parts, strict=True)
    return reach(sum, lows), reach(sum, highs)
