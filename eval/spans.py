"""Scores of spans, per layer and label.

Strict: a span counts where label, start and end are all right (seqeval, IOB2, strict mode). Lenient: where it
overlaps one of the same label. Every annotated span is scored, whatever its place or length, in the layers that
its document is annotated for.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

from eval.measures import ALL, Counts, Measure, Row, count_right, interval, measure
from tolltale.documents import Document, Span
from tolltale.labels import LABELS, LAYERS, tags
from tolltale.words import split_words, tag_words


def score_spans(gold: Sequence[Document], found: Sequence[Document], n_resamples: int = 0) -> list[Row]:
    """A row for each layer that any document is annotated for, followed by those of its labels that occur."""
    rows = []
    for layer in LAYERS:
        pairs = [
            (g.text, g.layer(layer), f.layer(layer)) for g, f in zip(gold, found, strict=True) if layer in g.layers
        ]
        if pairs:
            rows += _score_layer(layer, pairs, n_resamples)
    return rows


Pair = tuple[str, tuple[Span, ...], tuple[Span, ...]]


def _score_layer(layer: str, pairs: list[Pair], n_resamples: int) -> list[Row]:
    strict = strict_by_tags(layer, pairs)
    rows = []
    for label in (ALL, *LABELS[layer]):
        exact = np.array([_exact(*_of_label(pair, label)) for pair in pairs])  # (documents, right/found/gold)
        _, n_found, n_gold = exact.sum(axis=0).tolist()
        if label == ALL or n_gold or n_found:
            overlaps = np.sum([_overlaps(*_of_label(pair, label)) for pair in pairs], axis=0)
            lenient = measure(overlaps[0], n_found, overlaps[1], n_gold)
            bounds = interval(exact, n_resamples) if n_resamples else None
            rows.append(Row(layer, label, n_gold, n_found, strict[label], lenient, bounds))
    return rows


def strict_by_tags(layer: str, pairs: list[Pair]) -> dict[str, Measure]:
    """The strict measures of a layer and its labels by seqeval, on the tags of words.

    Words are cut at every edge of a span, annotated or found, so that each span has tags of its own and the
    measures are those of character offsets.
    """
    names = tags(layer)
    truth, guess = [], []
    for text, gold, found in pairs:
        units = _units(text, (*gold, *found))
        truth.append([names[tag] for tag in tag_words(units, gold, layer)])
        guess.append([names[tag] for tag in tag_words(units, found, layer)])
    report = {}
    if any(gold or found for _, gold, found in pairs):  # seqeval warns of means over nothing
        report = classification_report(truth, guess, mode="strict", scheme=IOB2, output_dict=True, zero_division=0)
    nothing = {"precision": 0.0, "recall": 0.0, "f1-score": 0.0}
    chosen = {ALL: report.get("micro avg", nothing)} | {label: report.get(label, nothing) for label in LABELS[layer]}
    return {k: Measure(float(r["precision"]), float(r["recall"]), float(r["f1-score"])) for k, r in chosen.items()}


def _units(text: str, spans: Sequence[Span]) -> Counts:
    edges = np.unique([*split_words(text).flatten(), *(edge for span in spans for edge in (span.start, span.end))])
    return np.array(list(pairwise(edges.astype(np.int64).tolist())), dtype=np.int64).reshape(-1, 2)


def _of_label(pair: Pair, label: str) -> tuple[list[Span], list[Span]]:
    _, gold, found = pair
    return [s for s in gold if label in (ALL, s.label)], [s for s in found if label in (ALL, s.label)]


def _exact(gold: list[Span], found: list[Span]) -> tuple[int, int, int]:
    """Right, found, gold."""
    return count_right({(s.label, s.start, s.end) for s in gold}, {(s.label, s.start, s.end) for s in found})


def _overlaps(gold: list[Span], found: list[Span]) -> tuple[int, int]:
    """How many found spans overlap a gold one of their label, and how many gold spans a found one."""
    return sum(_touches(s, gold) for s in found), sum(_touches(s, found) for s in gold)


def _touches(span: Span, others: list[Span]) -> bool:
    return any(o.label == span.label and o.touches(span.start, span.end) for o in others)
