"""Errors by kind: what became of each annotated span, and what was found where there is none."""

from collections import Counter
from collections.abc import Sequence

from tabulate import tabulate

from tolltale.documents import Document, Span
from tolltale.labels import LABELS

KINDS = ("right", "other edges", "other label", "missed", "invented")


def count_errors(gold: Sequence[Document], found: Sequence[Document]) -> dict[str, Counter[str]]:
    """Counts of KINDS by label.

    An annotated span is `right`, found under its label with `other edges`, touched by a span of an `other label` only,
    or `missed`. A found span is `invented` where it touches no annotated one of its layer.
    """
    counts: dict[str, Counter[str]] = {}
    for truth, guess in zip(gold, found, strict=True):
        for layer in truth.layers:
            ours, theirs = truth.layer(layer), guess.layer(layer)
            for span in ours:
                counts.setdefault(span.label, Counter())[_fate(span, theirs)] += 1
            for span in theirs:
                if not any(span.touches(other.start, other.end) for other in ours):
                    counts.setdefault(span.label, Counter())["invented"] += 1
    return counts


def format_errors(counts: dict[str, Counter[str]], style: str = "simple") -> str:
    """A line a label."""
    labels = [label for labels in LABELS.values() for label in labels if label in counts]
    return tabulate([[label, *(counts[label][kind] for kind in KINDS)] for label in labels], ["", *KINDS], style)


def _fate(span: Span, found: Sequence[Span]) -> str:
    touching = [other for other in found if span.touches(other.start, other.end)]
    alike = [other for other in touching if other.label == span.label]
    if any((other.start, other.end) == (span.start, span.end) for other in alike):
        return "right"
    return "other edges" if alike else "other label" if touching else "missed"
