"""Sentences that are too much alike: a corpus of invented reporting must not be one sentence said many times."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from tolltale.documents import Document

LEAST_WORDS = 8  # shorter ones (headings, formulas of address) may recur
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")


def find_alike(documents: Sequence[Document], *, limit: float = 0.8) -> Iterator[tuple[str, str, str, str, float]]:
    """Pairs of sentences of different documents whose likeness is above the limit: both ids, both texts, likeness.

    The likeness is the cosine between counts of words and of pairs of neighbouring words, 0 to 1.
    """
    sentences = [(d.id, s) for d in documents for s in _BREAK.split(d.text) if len(s.split()) >= LEAST_WORDS]
    if not sentences:
        return
    vectors = CountVectorizer(ngram_range=(1, 2), token_pattern=r"\w+").fit_transform(s for _, s in sentences)
    vectors = normalize(vectors)
    alike = (vectors @ vectors.T).tocoo()
    above = (alike.data > limit) & (alike.row < alike.col)
    for i, j, likeness in zip(alike.row[above], alike.col[above], alike.data[above], strict=True):
        (left, a), (right, b) = sentences[i], sentences[j]
        if left != right:
            yield left, right, a, b, float(np.round(likeness, 2))
