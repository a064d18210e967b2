"""Precision, recall and F1, and how sure they are."""

from collections.abc import Iterable, Set
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import bootstrap

ALL = "all"  # a group's row over all its labels (micro average)
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Measure:
    """Precision, recall and F1, each 0 to 1 (0 where nothing was to be found)."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Row:
    """The scores of one label, or of a whole group (label ALL); a group is a layer, the links, or the claims.

    `interval` is that of the strict F1: 95%, percentile bootstrap over documents; None where not asked for.
    """

    group: str
    label: str
    n_gold: int
    n_found: int
    strict: Measure
    lenient: Measure | None  # only of spans
    interval: tuple[float, float] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The row as plain dicts and numbers."""
        return asdict(self)

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> "Row":
        """The inverse of `to_dict`, from JSON too."""
        measures = {name: row[name] and Measure(**row[name]) for name in ("strict", "lenient")}
        interval = None if row["interval"] is None else tuple(row["interval"])
        return cls(**{**row, **measures, "interval": interval})


def totals(rows: Iterable[Row]) -> dict[str, float]:
    """The strict F1 of each whole group."""
    return {row.group: row.strict.f1 for row in rows if row.label == ALL}


def format_share(part: int, whole: int) -> str:
    """A share and what it was counted from; a dash where there was nothing to count."""
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def count_right(gold: Set[object], found: Set[object]) -> tuple[int, int, int]:
    """How many are right, found and annotated."""
    return len(gold & found), len(found), len(gold)


def measure(right_found: int, n_found: int, right_gold: int, n_gold: int) -> Measure:
    """The measure of what was found, given how much of it is right and how much of what is annotated was found."""
    precision = right_found / n_found if n_found else 0.0
    recall = right_gold / n_gold if n_gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Measure(float(precision), float(recall), float(f1))


def interval(exact: Counts, n_resamples: int) -> tuple[float, float] | None:
    """The bounds of a strict F1; `exact` (documents, 3) counts what is right, found and annotated in each.

    None where there are not two documents to draw from.
    """
    if len(exact) < 2:
        return None
    drawn = bootstrap(
        tuple(exact.T), _f1, paired=True, n_resamples=n_resamples, method="percentile", rng=np.random.default_rng(0)
    )
    return float(drawn.confidence_interval.low), float(drawn.confidence_interval.high)


def _f1(right: Counts, found: Counts, gold: Counts, axis: int = -1) -> npt.NDArray[np.float64]:
    total = found.sum(axis=axis) + gold.sum(axis=axis)
    return np.asarray(2 * right.sum(axis=axis) / np.maximum(total, 1))
