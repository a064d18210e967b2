"""Plots of claims over time; matplotlib, an extra, is asked for only here."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from tolltale.claims import Claim
from tolltale.errors import TolltaleError
from tolltale.outputs import whole
from tolltale.reading import Reading
from tolltale.summary import source_of

MOST_SOURCES = 12  # that a plot can tell apart; the others are one line
_OTHERS = "(others)"

Point = tuple[datetime, int, int]  # the date of an article, and the bounds of what it claims


def points_by_source(readings: Iterable[Reading], kind: str) -> tuple[dict[str, list[Point]], int]:
    """The dated claims of a kind by source, the sources with most claims first, and how many claims were left out.

    Left out are those of articles without a date (ISO 8601), and those that give no number.
    """
    points: dict[str, list[Point]] = {}
    names: dict[str, str] = {}  # as it is written first
    n_left_out = 0
    for reading in readings:
        date = _date(reading.date)
        for claim in reading.claims:
            bounds = _bounds(claim)
            if claim.kind == kind and (date is None or bounds is None):
                n_left_out += 1
            elif claim.kind == kind and date and bounds:
                name = names.setdefault(source_of(claim).casefold(), source_of(claim))
                points.setdefault(name, []).append((date, *bounds))
    ordered = sorted(points.items(), key=lambda item: (-len(item[1]), item[0]))
    kept = dict(ordered[:MOST_SOURCES])
    if rest := [point for _, others in ordered[MOST_SOURCES:] for point in others]:
        kept[_OTHERS] = rest
    return kept, n_left_out


def draw_claims(readings: Iterable[Reading], path: Path, *, kind: str = "KILLED") -> int:
    """Draw the claims of a kind over the dates of their articles, a line a source, ranges as bars.

    Returns how many claims were left out (see `points_by_source`). Raises TolltaleError where matplotlib is not
    installed or no claim can be drawn.
    """
    try:
        from matplotlib import pyplot
    except ImportError:
        raise TolltaleError("plots need matplotlib: pip install 'tolltale[plots]'") from None
    points, n_left_out = points_by_source(readings, kind)
    if not points:
        raise TolltaleError(f"no claim of {kind} has both a number and an article with a `date`")
    figure, axis = pyplot.subplots(figsize=(9, 5))
    for source, found in points.items():
        found.sort()
        dates, lows, highs = zip(*found, strict=True)
        middles = [(low + high) / 2 for low, high in zip(lows, highs, strict=True)]
        reach = [(high - low) / 2 for low, high in zip(lows, highs, strict=True)]
        axis.errorbar(dates, middles, yerr=reach, marker="o", markersize=4, capsize=3, linewidth=1, label=source[:60])
    axis.set_ylabel(kind.lower())
    axis.set_ylim(bottom=0)
    axis.legend(frameon=False, fontsize=8)
    figure.autofmt_xdate()
    figure.tight_layout()
    with whole(path) as partial:
        figure.savefig(partial, dpi=130, format=path.suffix.removeprefix(".") or "png")
    pyplot.close(figure)
    return n_left_out


def _date(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return None


def _bounds(claim: Claim) -> tuple[int, int] | None:
    """Both bounds; where one is open, what is said of the other stands for it."""
    bounds = [bound for bound in (claim.low, claim.high) if bound is not None]
    return (bounds[0], bounds[-1]) if bounds else None
