"""What is given out of all that was found: scores scaled, and what scores too little left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from tolltale.calibration import SCORE_DIGITS, calibrate
from tolltale.documents import Link, Span
from tolltale.likelihood import find_doubts
from tolltale.reading import Reading

Scored = TypeVar("Scored", Span, Link)


def scale(reading: Reading, calibration: Mapping[str, Sequence[float]]) -> Reading:
    """The reading with the scores of spans and links as probabilities; `calibration` as in `tolltale.calibration`."""
    spans = tuple(_scaled(reading.spans, "layer", calibration))
    links = tuple(_scaled(reading.links, "label", calibration))
    return replace(reading, spans=spans, links=links, calibration=calibration)


def keep(reading: Reading, min_scores: Mapping[str, float]) -> Reading:
    """The reading without the spans and links that score too little, and without the links that hang on such spans.

    `min_scores` is by layer and by kind of link. What is left out is counted, and claims that lose their source by it
    are told (`tolltale.likelihood.find_doubts`).
    """
    spans = tuple(span for span in reading.spans if (span.score or 0.0) >= min_scores.get(span.layer, 0.0))
    ids = {span.id for span in spans}
    links = tuple(
        tie
        for tie in reading.links
        if {tie.head, tie.tail} <= ids and (tie.score or 0.0) >= min_scores.get(tie.label, 0.0)
    )
    n_left_out = len(reading.spans) - len(spans) + len(reading.links) - len(links)
    if not n_left_out:
        return reading
    kept = replace(reading, spans=spans, links=links, n_left_out=reading.n_left_out + n_left_out)
    return replace(kept, doubts=find_doubts(reading, kept))


def _scaled(items: Iterable[Scored], key: str, calibration: Mapping[str, Sequence[float]]) -> Iterator[Scored]:
    for item in items:
        score = calibrate(item.score or 0.0, getattr(item, key), calibration)
        yield replace(item, score=round(score, SCORE_DIGITS))
