"""How likely claims are right, by the scores of what they rest on."""

from collections.abc import Mapping, Sequence
from math import prod

from tolltale.attributions import Attribution, Voices
from tolltale.calibration import CLAIM, SCORE_DIGITS, Calibration, calibrate
from tolltale.documents import Document, Span
from tolltale.labels import FIGURE
from tolltale.overlaps import Places

LinkScores = Mapping[tuple[str, str, str], float | None]  # by label, head and tail


def score_claims(
    document: Document, figures: Sequence[Span], voices: Voices, found: Document, calibration: Calibration
) -> dict[str, float | None]:
    """By the id of its figure, how likely each claim of a document is right; None where people marked the figure.

    `figures` and `voices` are the document's, `found` is the document with what scored too little to be given out, if
    anything did. Where its row gave a claim a score, that is it.
    """
    links, lost = _link_scores(document), _lost_chains(found, voices) if found is not document else {}
    pieces = Places(lost)
    scores: dict[str, float | None] = {}
    for figure in figures:
        attribution = voices.attribution_of(figure)
        score = _claim_score(figure, attribution, links, calibration)
        if score is not None:
            chains = [lost[piece] for piece in pieces.within(*figure.place) if figure.holds(piece)]
            score = _told(document, figure, attribution, _doubted(score, chains))
        scores[figure.id] = score
    return scores


def _told(document: Document, figure: Span, attribution: Attribution | None, score: float) -> float:
    """What the document's row says that the claim scores, if it says it, else what it is found to score."""
    source = attribution.source if attribution else None
    return document.claim_scores.get((figure.label, figure.place, source.place if source else None), score)


def _doubted(score: float, chains: Sequence[float]) -> float:
    """The score of a claim for which sources were lost, by how likely each was."""
    return round(min(score, *(min(chain, 1 - chain) for chain in chains), 1.0), SCORE_DIGITS)


def _claim_score(
    figure: Span, attribution: Attribution | None, links: LinkScores, calibration: Calibration
) -> float | None:
    """The product of what the claim rests on, calibrated; but a claim is right no oftener than figure and source are.

    The cue is no factor: with other edges it leads to the same source.
    """
    if figure.score is None:
        return None
    chain = _chain(figure, attribution, links)
    source = attribution.source.score if attribution and attribution.source else None
    score = calibrate(prod([figure.score, *chain]), CLAIM, calibration)
    return min(score, figure.score, 1.0 if source is None else source)


def _lost_chains(found: Document, kept: Voices) -> dict[Span, float]:
    """Of each figure span whose source was found and not kept, how likely all is right that leads to that source.

    A claim that names nobody then is seldom right: not where the source was likely, and not where it was unlikely, for
    then there mostly is one with other edges or another cue (`model/MODEL_CARD.md` has the count).
    """
    voices, links, chains = Voices.of(found), _link_scores(found), {}
    for figure in found.layer(FIGURE):
        attribution = voices.attribution_of(figure)
        if attribution and attribution.source and kept.source_of(figure) is None:
            cue = 1.0 if attribution.cue.score is None else attribution.cue.score
            chains[figure] = prod([cue, *_chain(figure, attribution, links)])
    return chains


def _chain(figure: Span, attribution: Attribution | None, links: LinkScores) -> list[float]:
    """The scores of what leads from a figure to its source, or to the cue that names none."""
    content = attribution.piece_around(figure) if attribution else None
    if attribution is None or content is None:
        return []
    scores = [content.score, links.get(("content", attribution.cue.id, content.id))]
    if source := attribution.source:
        scores += [source.score, links.get(("source", attribution.cue.id, source.id))]
    return [score for score in scores if score is not None]


def _link_scores(document: Document) -> LinkScores:
    return {(tie.label, tie.head, tie.tail): tie.score for tie in document.links}
