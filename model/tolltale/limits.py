"""What is given out of all that was found: scores as probabilities, and what scores too little left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tolltale.attributions import Voices
from tolltale.calibration import SCORE_DIGITS, Calibration, calibrate
from tolltale.documents import Span
from tolltale.labels import FIGURES
from tolltale.reading import Reading


def scale(reading: Reading, calibration: Calibration) -> Reading:
    """All that was found, with scores as probabilities; `calibration` as in `tolltale.calibration`."""

    def scaled(score: float | None, key: str) -> float:
        return round(calibrate(score or 0.0, key, calibration), SCORE_DIGITS)

    found = reading.found
    spans = tuple(replace(span, score=scaled(span.score, span.layer)) for span in found.spans)
    links = tuple(replace(tie, score=scaled(tie.score, tie.label)) for tie in found.links)
    return replace(found, spans=spans, links=links, calibration=calibration, claim_scores={})


def leave_out(reading: Reading, min_scores: Mapping[str, float], *, spare_telling: bool = False) -> Reading:
    """All that was found but the spans and links that score too little, and the links that hang on such spans.

    `min_scores` is by layer and by kind of link; a layer or kind that is not named there stays whole. With
    `spare_telling` the spans that tell of a figure which stays are kept, whatever they score: their edges may be wrong,
    and yet they lead to the right source.
    """
    found = reading.found
    kept = {span.id for span in found.spans if (span.score or 0.0) >= min_scores.get(span.layer, 0.0)}
    if spare_telling:
        kept |= _telling(found, [span for span in found.spans if span.label in FIGURES and span.id in kept])
    spans = tuple(span for span in found.spans if span.id in kept)
    links = tuple(
        tie
        for tie in found.links
        if {tie.head, tie.tail} <= kept and (tie.score or 0.0) >= min_scores.get(tie.label, 0.0)
    )
    whole = found if (len(spans), len(links)) < (len(found.spans), len(found.links)) else None
    return replace(found, spans=spans, links=links, whole=whole, claim_scores={})


def _telling(found: Reading, figures: Sequence[Span]) -> set[str]:
    """The ids of what leads from figures to who tells of them: piece of content, cue and source."""
    voices, ids = Voices.of(found), set()
    for figure in figures:
        if attribution := voices.attribution_of(figure):
            spans = (attribution.piece_around(figure), attribution.cue, attribution.source)
            ids |= {span.id for span in spans if span}
    return ids
