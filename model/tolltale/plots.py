"""Plots of claims over time; matplotlib, an extra, is asked for only here."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from math import nan
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING

from tolltale.bounds import reach
from tolltale.claims import Claim
from tolltale.errors import TolltaleError
from tolltale.outputs import whole
from tolltale.reading import Reading
from tolltale.summary import source_of, tolls_of
from tolltale.wording import UNNAMED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_SOURCES = 12  # that a plot can tell apart; the others are grey and without a line
UNDATED = "in articles without a date (ISO 8601)"
UNCOUNTED = "without a number"

_OTHERS = "(others)"
# Okabe and Ito's colours, which stay apart for the colour-blind, without their yellow, which is pale on white. Seven
# colours and five markers meet anew in each of 35 sources; triangles are left to open bounds.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9")
_MARKERS = ("o", "s", "D", "X", "P")
_LONGEST_NAME = 40  # characters
_GREY = "#888888"
_UNEVEN = 50  # times the median: a toll that large would press all others on the floor of an even axis


@dataclass(frozen=True, slots=True)
class Point:
    """The date of an article and the bounds of what it claims; an open bound stands at the number that is named.

    Dates have no time zone: those that had one are in UTC, so that they compare.
    """

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
        left_out.update(claim.reason_apart for claim in reading.claims if claim.kind == kind and claim.reason_apart)
        for toll in (toll for toll in tolls_of(reading) if toll[0].kind == kind):
            if point := _point(date, toll):
                name = names.setdefault(source_of(toll[0]).casefold(), source_of(toll[0]))
                points.setdefault(name, []).append(point)
            else:
                left_out[UNDATED if date is None else UNCOUNTED] += len(toll)
    ordered = sorted(points.items(), key=lambda item: (-len(item[1]), item[0]))
    kept = dict(ordered[:MOST_SOURCES])
    if rest := [point for _, others in ordered[MOST_SOURCES:] for point in others]:
        kept[_OTHERS] = rest
    return kept, left_out


def draw_claims(readings: Iterable[Reading], path: Path, *, kind: str = "KILLED") -> Counter[str]:
    """Draw the tolls of a kind over the dates of their articles, a look a source, ranges as bars, open ends as arrows.

    A line leads a source that is named from date to date, but not through one at which it gives several tolls: which of
    them goes on is not known. The axis is logarithmic where one toll is so large that the others would not be seen.

    Returns how many claims were left out, by reason (see `points_by_source`). Raises TolltaleError as `plot_format`,
    before anything is read, and where no claim can be drawn.
    """
    form = plot_format(path)
    points, left_out = points_by_source(readings, kind)
    if not points:
        raise TolltaleError(f"no claim of {kind} has both a number and an article with a `date`")
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 5))
    axis = figure.subplots()
    for number, (source, found) in enumerate(points.items()):
        _draw_source(axis, source, sorted(found, key=lambda point: (point.date, point.low, point.high)), number)
    _scale(axis, [point.high for found in points.values() for point in found], kind.lower())
    axis.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))
    dates = AutoDateLocator(minticks=2)  # type: ignore[no-untyped-call]
    axis.xaxis.set_major_locator(dates)
    axis.xaxis.set_major_formatter(ConciseDateFormatter(dates))  # type: ignore[no-untyped-call]
    figure.tight_layout()
    with whole(path) as partial:
        figure.savefig(partial, dpi=130, format=form)
    return left_out


def plot_format(path: Path) -> str:
    """The format that a plot's suffix names, PNG where it has none.

    Raises TolltaleError where matplotlib is not installed, or does not write that format.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise TolltaleError("plots need matplotlib: pip install 'tolltale[plots]'") from None
    form = path.suffix.removeprefix(".").lower() or "png"
    known = Figure().canvas.get_supported_filetypes().keys() - {"pgf"}  # which needs LaTeX
    if form not in known:
        raise TolltaleError(f"{path}: no plot can be written as .{form}; take one of .{', .'.join(sorted(known))}")
    return form


def _date(written: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(written)
        return date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date
    except (ValueError, OverflowError):  # the latter in the first and the last hours of the calendar
        return None


def _point(date: datetime | None, toll: Sequence[Claim]) -> Point | None:
    """Where one bound is open, what is said of the other stands for it. Claims that add up are one point."""
    lows = [claim.high if claim.low is None or (claim.open_low and not claim.low) else claim.low for claim in toll]
    highs = [claim.low if claim.high is None else claim.high for claim in toll]
    low, high = reach(sum, lows), reach(sum, highs)
    if date is None or low is None or high is None:
        return None
    return Point(date, low, high, any(claim.open_low for claim in toll), any(claim.open_high for claim in toll))


def _draw_source(axis: "Axes", source: str, points: Sequence[Point], number: int) -> None:
    """A marker at the middle of each range, with a bar for it and an arrow where its bound is open, and the line."""
    colour, marker = _COLOURS[number % len(_COLOURS)], _MARKERS[number % len(_MARKERS)]
    if source == _OTHERS:
        colour, marker = _GREY, "x"
    elif source != UNNAMED:  # strangers to each other
        dates, tolls = zip(*_through(points), strict=True)
        axis.plot(dates, tolls, color=colour, linewidth=1)
    reach = [(point.high - point.low) / 2 for point in points]
    axis.errorbar(
        [point.date for point in points],  # type: ignore[arg-type]
        [_middle(point) for point in points],
        yerr=reach,
        color=colour,
        marker=marker,
        markersize=5,
        capsize=3,
        linestyle="none",
        elinewidth=1,
        label=source[:_LONGEST_NAME],
    )
    _draw_open(axis, [(point.date, point.high) for point in points if point.open_high], "^", colour)
    _draw_open(axis, [(point.date, point.low) for point in points if point.open_low], "v", colour)


def _draw_open(axis: "Axes", ends: Sequence[tuple[datetime, int]], marker: str, colour: str) -> None:
    for date, end in ends:
        axis.plot(date, end, marker=marker, markersize=10, fillstyle="none", color=colour)  # type: ignore[arg-type]


def _middle(point: Point) -> float:
    return (point.low + point.high) / 2


def _through(points: Sequence[Point]) -> Iterator[tuple[datetime, float]]:
    """Where a source's line leads, date by date; a gap (nan) where it gives several tolls."""
    for date, found in groupby(points, lambda point: point.date):
        tolls = {_middle(point) for point in found}
        yield date, tolls.pop() if len(tolls) == 1 else nan


def _scale(axis: "Axes", tolls: Sequence[int], name: str) -> None:
    """An axis from 0, even, or logarithmic (from 1) where the largest toll is very much larger than most."""
    if max(tolls) > _UNEVEN * max(1, median_low(tolls)):
        axis.set_yscale("symlog", linthresh=1, linscale=0.3)
        name += " (logarithmic scale)"
    else:
        axis.locator_params(axis="y", integer=True)  # a mark between two numbers would be shown as one of them
    axis.yaxis.set_major_formatter("{x:,.0f}")
    axis.set_ylim(bottom=0)
    axis.set_ylabel(name)
