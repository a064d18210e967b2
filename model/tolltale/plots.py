"""Plots of claims over time; matplotlib, an extra, is asked for only here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tolltale.claims import Claim
from tolltale.errors import TolltaleError
from tolltale.outputs import whole
from tolltale.reading import Reading
from tolltale.summary import source_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_SOURCES = 12  # that a plot can tell apart; the others are one line
_OTHERS = "(others)"

UNDRAWN = "without a date or a number"


@dataclass(frozen=True, slots=True)
class Point:
    """The date of an article and the bounds of what it claims; an open bound stands at the number that is named."""

    date: datetime
    low: int
    high: int
    open_low: bool
    open_high: bool


def points_by_source(readings: Iterable[Reading], kind: str) -> tuple[dict[str, list[Point]], Counter[str]]:
    """The dated tolls of a kind by source, the sources with most claims first, and why others were left out, counted.

    Left out are claims that are no tolls of their source (`Claim.reason_apart`), those of articles without a date (ISO
    8601), and those that give no number.
    """
    points: dict[str, list[Point]] = {}
    names: dict[str, str] = {}  # as it is written first
    left_out: Counter[str] = Counter()
    for reading in readings:
        date = _date(reading.date)
        for claim in (claim for claim in reading.claims if claim.kind == kind):
            if claim.reason_apart:
                left_out[claim.reason_apart] += 1
            elif point := _point(date, claim):
                name = names.setdefault(source_of(claim).casefold(), source_of(claim))
                points.setdefault(name, []).append(point)
            else:
                left_out[UNDRAWN] += 1
    ordered = sorted(points.items(), key=lambda item: (-len(item[1]), item[0]))
    kept = dict(ordered[:MOST_SOURCES])
    if rest := [point for _, others in ordered[MOST_SOURCES:] for point in others]:
        kept[_OTHERS] = rest
    return kept, left_out


def draw_claims(readings: Iterable[Reading], path: Path, *, kind: str = "KILLED") -> Counter[str]:
    """Draw the tolls of a kind over the dates of their articles, a line a source, ranges as bars, open ends as arrows.

    Returns how many claims were left out, by reason (see `points_by_source`). Raises TolltaleError where matplotlib is
    not installed or no claim can be drawn.
    """
    try:
        from matplotlib import pyplot
    except ImportError:
        raise TolltaleError("plots need matplotlib: pip install 'tolltale[plots]'") from None
    points, left_out = points_by_source(readings, kind)
    if not points:
        raise TolltaleError(f"no claim of {kind} has both a number and an article with a `date`")
    figure, axis = pyplot.subplots(figsize=(9, 5))
    for source, found in points.items():
        _draw_source(axis, source, sorted(found, key=lambda point: (point.date, point.low, point.high)))
    axis.set_ylabel(kind.lower())
    axis.set_ylim(bottom=0)
    axis.legend(frameon=False, fontsize=8)
    figure.autofmt_xdate()
    figure.tight_layout()
    with whole(path) as partial:
        figure.savefig(partial, dpi=130, format=path.suffix.removeprefix(".") or "png")
    pyplot.close(figure)
    return left_out


def _date(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return None


def _point(date: datetime | None, claim: Claim) -> Point | None:
    """Where one bound is open, what is said of the other stands for it."""
    low = claim.high if claim.low is None or (claim.open_low and not claim.low) else claim.low
    high = claim.low if claim.high is None else claim.high
    if date is None or low is None or high is None:
        return None
    return Point(date, low, high, claim.open_low, claim.open_high)


def _draw_source(axis: "Axes", source: str, points: Sequence[Point]) -> None:
    """A line through the middles of a source's ranges, with a bar for each and an arrow where its bound is open."""
    dates, lows, highs = ([getattr(point, name) for point in points] for name in ("date", "low", "high"))
    middles = [(low + high) / 2 for low, high in zip(lows, highs, strict=True)]
    reach = [(high - low) / 2 for low, high in zip(lows, highs, strict=True)]
    line, _, _ = axis.errorbar(
        dates, middles, yerr=reach, marker="o", markersize=4, capsize=3, linewidth=1, label=source[:60]
    )
    for marker, ends in (
        ("^", [(point.date, point.high) for point in points if point.open_high]),
        ("v", [(point.date, point.low) for point in points if point.open_low]),
    ):
        for date, end in ends:
            axis.plot(  # dates too, whatever its types say
                date,  # type: ignore[arg-type]
                end,
                marker=marker,
                markersize=9,
                fillstyle="none",
                color=line.get_color(),
            )
