"""Disputes: claims about the same harm on which sources differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from tolltale.claims import Claim


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims about the same harm on which sources differ.

    `sides` are the claims of each source that add up to one toll; `low` and `high` the spread over all sides, None
    where a side has no such bound.
    """

    kind: str
    sides: tuple[tuple[Claim, ...], ...]
    low: int | None
    high: int | None


def find_disputes(text: str, claims: Sequence[Claim]) -> tuple[Dispute, ...]:  # noqa: ARG001
    """The disputes among the claims of a text, in the order of the text."""
    return ()
