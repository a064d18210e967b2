"""How likely claims are right, by the scores of what they rest on."""

from collections.abc import Mapping, Sequence
from math import prod

from tolltale.attributions import Attribution, Voices
from tolltale.calibration import CLAIM, SCORE_DIGITS, Calibration, calibrate
from tolltale.documents import Document, Place, Span
from tolltale.labels import FIGURE

LinkScores = Mapping[tuple[str, str, str], float | None]  # by label, head and tail


def score_claims(
    document: Document, figures: Sequence[Span], voices: Voices, found: Document, calibration: Calibration
) -> dict[str, float | None]:
    """By the id of its figure, how likely each claim of a document is right; None where people marked the figure.

    `figures` and `voices` are the document's, `found` is the document with what scored too little to be given out, if
    anything did. Where its row gave a claim a score, that is it.
    """
    links, chains = _link_scores(document), _lost_chains(found, voices) if found is not document else {}
    scores: dict[str, float | None] = {}
    for figure in figures:
        attribution = voices.attribution_of(figure)
        score = _claim_score(figure, attribution, links, calibration)
        if score is not None:
            told = document.claim_scores.get((figure.label, figure.place, source_place(attribution)))
            doubts = (min(chain, 1 - chain) for piece, chain in chains.items() if figure.holds(piece))
            score = told if told is not None else round(min(score, *doubts, 1.0), SCORE_DIGITS)
        scores[figure.id] = score
    return scores


def source_place(attribution: Attribution | None) -> Place | None:
    """Where the source of an attribution stands, if it names one."""
    return attribution.source.place if attribution and attribution.source else None


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
    then it mostly has other edges or another cue (`model/MODEL_CARD.md` has the count).
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
