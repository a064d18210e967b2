"""Scores of predicted documents against annotated ones: spans by layer and label, links, claims."""

from collections.abc import Sequence

from eval.measures import Row
from eval.relations import GIVEN_GROUP, score_claims, score_links
from eval.spans import score_spans
from tolltale.documents import Document


def score(
    gold: Sequence[Document],
    found: Sequence[Document],
    *,
    linked: Sequence[Document] | None = None,
    n_resamples: int = 0,
) -> list[Row]:
    """Score predictions: `found[i]` is what was found in the text of `gold[i]`.

    Returns the rows of `score_spans`, of the links end to end (of those between annotated spans too, where `linked`
    holds the annotated spans with links found between them) and of the claims; `n_resamples` of the bootstrap, 0 for no
    intervals. Raises ValueError where the texts differ.
    """
    for documents in (found, linked or gold):
        if [document.text for document in gold] != [document.text for document in documents]:
            raise ValueError("predictions must be of the annotated texts, in their order")
    rows = score_spans(gold, found, n_resamples)
    rows += score_links(gold, found, n_resamples)
    if linked is not None:
        rows += score_links(gold, linked, n_resamples, GIVEN_GROUP)
    return rows + score_claims(gold, found, n_resamples)
