"""Scores of links and of claims: strict, every span that they tie right to the character.

A link counts where both its spans and its kind are right. A claim is a figure with the source that gives it; it counts
where the figure's span and kind are right, and its source too, or there is none and none was found.
"""

from collections.abc import Sequence

import numpy as np

from eval.measures import ALL, Row, count_right, interval, measure
from tolltale.attributions import Voices, attributions
from tolltale.documents import Document, Span
from tolltale.labels import ATTRIBUTION, FIGURE, FIGURES, LINKS, link_layers

LINK_GROUP, GIVEN_GROUP, CLAIM_GROUP = "links", "links, spans given", "claims"
SOURCED = "with a source"

Place = tuple[str, int, int]
Item = tuple[str, Place, Place | None]  # kind, and the two things that belong together
Pair = tuple[set[Item], set[Item]]  # annotated and found


def score_links(
    gold: Sequence[Document], found: Sequence[Document], n_resamples: int = 0, group: str = LINK_GROUP
) -> list[Row]:
    """A row for all links, followed by one for each kind that occurs."""
    pairs = [(_links(g, g.layers), _links(f, g.layers)) for g, f in zip(gold, found, strict=True)]
    return _rows(group, LINKS, pairs, n_resamples)


def score_claims(gold: Sequence[Document], found: Sequence[Document], n_resamples: int = 0) -> list[Row]:
    """A row for all claims, and one for those with a source, over the documents annotated for both layers."""
    pairs = [
        (set(claim_items(g).values()), set(claim_items(f).values()))
        for g, f in zip(gold, found, strict=True)
        if {FIGURE, ATTRIBUTION} <= set(g.layers)
    ]
    return _rows(CLAIM_GROUP, [SOURCED], pairs, n_resamples)


def _links(document: Document, layers: Sequence[str]) -> set[Item]:
    """The links of a document between spans of some layers."""
    kinds = [link for link in LINKS if link_layers(link) <= set(layers)]
    spans = {span.id: span for span in document.spans}
    return {
        (tie.label, _place(spans[tie.head]), _place(spans[tie.tail])) for tie in document.links if tie.label in kinds
    }


def claim_items(document: Document) -> dict[str, Item]:
    """What is compared of each claim, by the id of its figure."""
    voices = Voices(attributions(document))
    claims: dict[str, Item] = {}
    for figure in document.layer(FIGURE):
        if figure.label in FIGURES:
            source = voices.source_of(figure)
            claims[figure.id] = (SOURCED if source else "", _place(figure), _place(source) if source else None)
    return claims


def _place(span: Span) -> Place:
    return span.label, span.start, span.end


def _rows(group: str, kinds: Sequence[str], pairs: Sequence[Pair], n_resamples: int) -> list[Row]:
    rows = []
    for kind in (ALL, *kinds):
        exact = np.array([count_right(_of_kind(g, kind), _of_kind(f, kind)) for g, f in pairs]).reshape(-1, 3)
        right, n_found, n_gold = exact.sum(axis=0).tolist()
        if n_gold or n_found:
            bounds = interval(exact, n_resamples) if n_resamples else None
            rows.append(Row(group, kind, n_gold, n_found, measure(right, n_found, right, n_gold), None, bounds))
    return rows


def _of_kind(items: set[Item], kind: str) -> set[Item]:
    return {item for item in items if kind in (ALL, item[0])}
