"""Sentences that are too much alike: a corpus of invented reporting must not be one sentence said many times."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from tolltale.documents import Document

LEAST_WORDS = 8  # shorter ones (headings, formulas of address) may recur
LEAST_OF_FRAME = 5  # words that are no filling: headings, datelines and names of things have fewer
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")
_WORD = re.compile(r"\w+(?:[-'’,.]\w+)*")
_UNITS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_NUMERALS = f"{_UNITS}|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?"
_NUMBER = re.compile(rf"\d[\w,.:]*|(?:(?:{_NUMERALS}|dozens?|scores)-?)+", re.IGNORECASE)
_FILLED = ("VICTIM", "SOURCE")  # spans that another story fills otherwise
_FILLING = "\ue000"  # stands for a name, a number or such a span


class _Sentence(NamedTuple):
    document: str
    text: str
    compared: str


def find_alike(documents: Sequence[Document], *, limit: float = 0.8) -> Iterator[tuple[str, str, str, str, float]]:
    """Pairs of sentences of different documents whose likeness is above the limit: both ids, both texts, likeness.

    The likeness is the cosine between counts of words and of pairs of neighbouring words, 0 to 1. Sentences are
    compared as they stand, and again as frames: with names, numbers, sources and victims blanked.
    """
    whole = [_Sentence(d.id, s, s) for d in documents for s in _BREAK.split(d.text) if len(s.split()) >= LEAST_WORDS]
    found = {pair[:4]: pair for pair in _compare(whole, limit, r"\w+", once=False)}
    frames = [frame for document in documents for frame in _frames(document)]
    for pair in _compare(frames, limit, r"\S+", once=True):
        found.setdefault(pair[:4], pair)
    yield from found.values()


def _compare(
    sentences: Sequence[_Sentence], limit: float, token: str, *, once: bool
) -> Iterator[tuple[str, str, str, str, float]]:
    if not sentences:
        return
    counter = CountVectorizer(ngram_range=(1, 2), token_pattern=token, binary=once)
    vectors = normalize(counter.fit_transform(sentence.compared for sentence in sentences).astype(float))
    alike = (vectors @ vectors.T).tocoo()
    above = (alike.data > limit) & (alike.row < alike.col)
    for i, j, likeness in zip(alike.row[above], alike.col[above], alike.data[above], strict=True):
        a, b = sentences[i], sentences[j]
        if a.document != b.document:
            yield a.document, b.document, a.text, b.text, float(np.round(likeness, 2))


def _frames(document: Document) -> Iterator[_Sentence]:
    hidden = [s for s in document.spans if s.label in _FILLED and "\n" not in s.text]
    start = 0
    for gap in (*_BREAK.finditer(document.text), None):
        end = gap.start() if gap else len(document.text)
        inside = [(s.start - start, s.end - start) for s in hidden if start <= s.start and s.end <= end]
        frame = _blank(document.text[start:end], inside)
        if sum(word != _FILLING for word in frame) >= LEAST_OF_FRAME:
            yield _Sentence(document.id, document.text[start:end], " ".join(frame))
        start = gap.end() if gap else end


def _blank(sentence: str, hidden: list[tuple[int, int]]) -> list[str]:
    """The words of a sentence in lower case, one placeholder for each run of fillings."""
    words: list[str] = []
    for number, found in enumerate(_WORD.finditer(sentence)):
        is_name = number > 0 and found[0][0].isupper()
        is_hidden = any(start <= found.start() < end for start, end in hidden)
        filled = is_name or is_hidden or _NUMBER.fullmatch(found[0])
        if not (filled and words[-1:] == [_FILLING]):
            words.append(_FILLING if filled else found[0].lower())
    return words
