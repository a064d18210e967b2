"""Tolls: which figure is a part of another, and which counts more than the event."""

from collections.abc import Sequence

from tolltale.documents import Span


def find_subsets(text: str, figures: Sequence[Span]) -> dict[str, Span]:  # noqa: ARG001
    """By the id of a figure, the figure that it is a part of ("30 people, including 12 children")."""
    return {}


def find_cumulative(text: str, figures: Sequence[Span]) -> set[str]:  # noqa: ARG001
    """The ids of the figures that count more than the event ("since the war began")."""
    return set()
