"""What is given out of all that was found: scores as probabilities, and what scores too little left out."""

from collections.abc import Mapping
from dataclasses import replace

from tolltale.calibration import SCORE_DIGITS, calibrate
from tolltale.likelihood import Calibration
from tolltale.reading import Reading


def scale(reading: Reading, calibration: Calibration) -> Reading:
    """All that was found, with scores as probabilities; `calibration` as in `tolltale.calibration`."""

    def scaled(score: float | None, key: str) -> float:
        return round(calibrate(score or 0.0, key, calibration), SCORE_DIGITS)

    found = reading.found
    spans = tuple(replace(span, score=scaled(span.score, span.layer)) for span in found.spans)
    links = tuple(replace(tie, score=scaled(tie.score, tie.label)) for tie in found.links)
    return replace(found, spans=spans, links=links, calibration=calibration)


def leave_out(reading: Reading, min_scores: Mapping[str, float]) -> Reading:
    """All that was found but the spans and links that score too little, and the links that hang on such spans.

    `min_scores` is by layer and by kind of link; who is not named there stays. What is left out goes to the reading's
    `left_out`.
    """
    found = reading.found
    spans = tuple(span for span in found.spans if (span.score or 0.0) >= min_scores.get(span.layer, 0.0))
    kept = {span.id for span in spans}
    firm = {
        tie
        for tie in found.links
        if {tie.head, tie.tail} <= kept and (tie.score or 0.0) >= min_scores.get(tie.label, 0.0)
    }
    links = tuple(tie for tie in found.links if tie in firm)
    weak = tuple(span for span in found.spans if span.id not in kept)
    loose = tuple(tie for tie in found.links if tie not in firm)
    return replace(found, spans=spans, links=links, left_out=(*weak, *loose))
