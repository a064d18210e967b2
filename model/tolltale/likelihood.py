"""How likely claims are right, by the scores of what they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from tolltale.attributions import Attribution, Voices
from tolltale.calibration import SCORE_DIGITS, calibrate
from tolltale.documents import Document, Span

CLAIM = "claim"  # what the scores of claims are calibrated under

Calibration = Mapping[str, Sequence[float]]  # see `tolltale.calibration`
LinkScores = Mapping[tuple[str, str, str], float | None]  # by label, head and tail


def link_scores(document: Document) -> LinkScores:
    """The scores of the links of a document."""
    return {(tie.label, tie.head, tie.tail): tie.score for tie in document.links}


def claim_score(
    figure: Span, attribution: Attribution | None, links: LinkScores, calibration: Calibration
) -> float | None:
    """The probability that figure, kind and source are right; None where people marked the figure.

    It is the product of the scores of all that the claim rests on, which are nearly independent given the text,
    calibrated; and a claim is right no oftener than its figure and its source are. The cue has no part in it: with
    other edges it would lead to the same source.
    """
    if figure.score is None:
        return None
    content = attribution.piece_around(figure) if attribution else None
    source = attribution.source if attribution and content else None
    factors = [figure.score]
    if attribution and content:
        factors += _known(content.score, links.get(("content", attribution.cue.id, content.id)))
    if attribution and source:
        factors += _known(source.score, links.get(("source", attribution.cue.id, source.id)))
    parts = _known(figure.score, source.score if source else None)
    return min(round(calibrate(prod(factors), CLAIM, calibration), SCORE_DIGITS), *parts)


def find_doubts(figures: Iterable[Span], found: Document, kept: Voices, calibration: Calibration) -> dict[str, float]:
    """By the id of a figure, what its claim scores with the source that was found, but is not among what was kept.

    Where a source scores too little to be given out, somebody speaks all the same: of the claims of `news/dev` that
    lost theirs so (11 of 332), naming nobody was right for 2. A claim that names nobody should score no more then.
    """
    voices, links = Voices.of(found), link_scores(found)
    doubts = {}
    for figure in figures:
        if kept.source_of(figure) is None and voices.source_of(figure) is not None:
            score = claim_score(figure, voices.attribution_of(figure), links, calibration)
            if score is not None:
                doubts[figure.id] = score
    return doubts


def _known(*scores: float | None) -> list[float]:
    return [score for score in scores if score is not None]
