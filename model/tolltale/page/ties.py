"""Ties: which spans of a document light up with which."""

from collections.abc import Iterable, Sequence

from tolltale.claims import Claim
from tolltale.documents import Document
from tolltale.labels import FIGURES
from tolltale.overlaps import Places


def find_ties(document: Document, claims: Sequence[Claim]) -> dict[str, set[str]]:
    """By the id of a span, those of the spans that are linked to it, straight or by way of a cue.

    A figure is tied to all that its claim rests on as well, the pieces of a range to each other too; a source's name
    may be words that are no span, and is not.
    """
    links = _both_ways((tie.head, tie.tail) for tie in document.links)
    cues = {span.id for span in document.spans if span.label == "CUE"}
    figures = Places(span for span in document.spans if span.label in FIGURES)
    ties: dict[str, set[str]] = {}
    for span in document.spans:
        near = links.get(span.id, set())
        ties[span.id] = near.union(*(links[cue] for cue in near & cues)) - {span.id}
    for claim in claims:
        pieces = figures.within(claim.figure.start, claim.figure.end)
        stances = (*claim.stances, *claim.article_stances)
        rests_on = (claim.victims, claim.source, claim.source_name, claim.cue, claim.subset_of, *stances, *pieces)
        for piece in pieces:
            ties[piece.id] |= {span.id for span in rests_on if span and span.id in ties} - {piece.id}
    return ties


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for head, tail in pairs:
        found.setdefault(head, set()).add(tail)
        found.setdefault(tail, set()).add(head)
    return found
