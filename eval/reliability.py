"""Reliability: whether what scored so much was right as often, over the spans, links and claims of readings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tabulate import tabulate

from eval.relations import claim_items
from tolltale.calibration import CLAIM
from tolltale.documents import Document
from tolltale.labels import ATTRIBUTION, FIGURE
from tolltale.reading import Reading

N_BINS = 10
N_DRAWS = 200

Outcomes = npt.NDArray[np.float64]  # (n, 2): a score, and 1 where it was right, else 0
Outcome = tuple[str, float, bool]


@dataclass(frozen=True)
class Reliability:
    """How well scores keep their word: the expected calibration errors of a kind, before and after scaling."""

    key: str
    outcomes: Outcomes
    scaled: Outcomes

    @property
    def errors(self) -> tuple[float, float]:
        """Before and after."""
        return expected_calibration_error(self.outcomes), expected_calibration_error(self.scaled)

    @property
    def chance(self) -> float:
        """The error that the scaled scores would show if they were true: so few outcomes never meet their share."""
        scores, rng = self.scaled[:, 0], np.random.default_rng(0)
        draws = rng.uniform(size=(N_DRAWS, len(scores))) < scores
        return float(np.mean([expected_calibration_error(np.column_stack([scores, draw])) for draw in draws]))


def collect(gold: Sequence[Document], found: Sequence[Reading]) -> dict[str, Outcomes]:
    """The outcomes of all scores by layer, by kind of link (of those whose spans are right) and of claims."""
    outcomes: dict[str, list[tuple[float, bool]]] = {}
    for truth, reading in zip(gold, found, strict=True):
        for key, score, right in (*span_outcomes(truth, reading), *_links(truth, reading), *_claims(truth, reading)):
            outcomes.setdefault(key, []).append((score, right))
    return {key: np.array(pairs, dtype=np.float64) for key, pairs in outcomes.items()}


def bin_outcomes(outcomes: Outcomes) -> npt.NDArray[np.float64]:
    """Over bins of equal width that hold any: mean score, share that is right, share of all, (bins, 3)."""
    bins = np.minimum((outcomes[:, 0] * N_BINS).astype(int), N_BINS - 1)
    return np.array([[*outcomes[bins == b].mean(axis=0), np.mean(bins == b)] for b in np.unique(bins)])


def expected_calibration_error(outcomes: Outcomes) -> float:
    """The mean distance between score and share of right ones over N_BINS bins, weighted by their size.

    Guo et al. 2017, "On calibration of modern neural networks", equation 3.
    """
    score, right, weight = bin_outcomes(outcomes).T
    return float((np.abs(score - right) * weight).sum())


def format_errors(measured: Sequence[Reliability], style: str = "simple") -> str:
    """A line for each kind of score."""
    rows = [[m.key, len(m.outcomes), m.errors[0], len(m.scaled), m.errors[1], m.chance] for m in measured]
    headers = ["", "found", "error before", "kept", "error after", "by chance"]
    return tabulate(rows, headers=headers, tablefmt=style, floatfmt=".3f")


def span_outcomes(truth: Document, reading: Reading) -> Iterable[Outcome]:
    """Of every span of a layer that was annotated: its layer, its score, and whether it is right."""
    gold = {(span.label, span.start, span.end) for span in truth.spans}
    for span in reading.spans:
        if span.layer in truth.layers:
            yield span.layer, span.score or 0.0, (span.label, span.start, span.end) in gold


def _links(truth: Document, reading: Reading) -> Iterable[Outcome]:
    gold = {span.id: (span.label, span.start, span.end) for span in truth.spans}
    found = {span.id: (span.label, span.start, span.end) for span in reading.spans}
    places, ties = set(gold.values()), {(tie.label, gold[tie.head], gold[tie.tail]) for tie in truth.links}
    for tie in reading.links:
        head, tail = found[tie.head], found[tie.tail]
        if head in places and tail in places:
            yield tie.label, tie.score or 0.0, (tie.label, head, tail) in ties


def _claims(truth: Document, reading: Reading) -> Iterable[Outcome]:
    if {FIGURE, ATTRIBUTION} <= set(truth.layers):
        gold, found = claim_items(truth), claim_items(reading)
        for claim in reading.claims:
            yield CLAIM, claim.score or 0.0, found[claim.figure.id] in gold.values()
