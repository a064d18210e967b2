"""How likely claims are right, by the scores of what they rest on."""

from collections.abc import Mapping
from math import prod

from tolltale.attributions import Attribution, Voices, attributions
from tolltale.documents import Document, Span
from tolltale.labels import FIGURE

LinkScores = Mapping[tuple[str, str, str], float | None]  # by label, head and tail


def link_scores(document: Document) -> LinkScores:
    """The scores of the links of a document."""
    return {(tie.label, tie.head, tie.tail): tie.score for tie in document.links}


def claim_score(figure: Span, attribution: Attribution | None, links: LinkScores) -> float | None:
    """The product of the scores of all that a claim rests on: they are nearly independent given the text.

    None where people marked the figure.
    """
    if figure.score is None:
        return None
    factors: list[float | None] = [figure.score]
    if attribution and (content := attribution.piece_around(figure)):
        factors += [content.score, links.get(("content", attribution.cue.id, content.id))]
        if source := attribution.source:
            factors += [source.score, links.get(("source", attribution.cue.id, source.id))]
    return prod(1.0 if factor is None else factor for factor in factors)


def find_doubts(found: Document, kept: Document) -> dict[str, float]:
    """By figure, what its claim scores with the source that is found but not kept.

    Who speaks of a source that cannot be made out for sure is seldom nobody: so the claim that names none, or another,
    is no likelier than the one that names it.
    """
    before, after, links = _voices(found), _voices(kept), link_scores(found)
    doubts = {}
    for figure in kept.layer(FIGURE):
        source = before.source_of(figure)
        if source and source != after.source_of(figure):
            doubts[figure.id] = claim_score(figure, before.attribution_of(figure), links) or 0.0
    return doubts


def _voices(document: Document) -> Voices:
    return Voices(attributions(document))
