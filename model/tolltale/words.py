"""Words: the units that are judged, the same whatever the encoder's tokenizer makes of them.

Spans begin and end at words, so their offsets depend on no tokenizer, and neither a number such as `1,200`
nor a letter with its accents is ever split.
"""

from collections.abc import Iterable
from itertools import chain

import numpy as np
import numpy.typing as npt
import regex

from tolltale.documents import Span
from tolltale.labels import tags

Offsets = npt.NDArray[np.int64]

# A number with its separators and unit; a run of letters and digits (cut at 32 characters, for scripts that put no
# space between words); one CJK character; else whatever a reader sees as one character.
_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}"
_LETTER = rf"[\w--[{_CJK}]]"
_WORD = regex.compile(
    rf"\d++(?:[.,]\d++)*+(?:{_LETTER}\p{{M}}*){{0,8}}+|(?:{_LETTER}\p{{M}}*){{1,32}}|[{_CJK}]\p{{M}}*|(?![\s\x1c-\x1f])\X",
    regex.VERSION1,
)


def split_words(text: str) -> Offsets:
    """The words of a text: start and end of each in code points, shape (words, 2)."""
    edges = chain.from_iterable(match.span() for match in _WORD.finditer(text))  # as they come: a list takes far more
    return np.fromiter(edges, dtype=np.int64).reshape(-1, 2)


def words_of(span: Span, words: Offsets) -> tuple[int, int]:
    """The first word that a span touches, and the one after the last; equal where it touches none."""
    first = int(np.searchsorted(words[:, 1], span.start, side="right"))
    after = int(np.searchsorted(words[:, 0], span.end, side="left"))
    return first, max(first, after)


def is_aligned(span: Span, words: Offsets) -> bool:
    """Whether a span begins where a word begins and ends where one ends."""
    first, after = words_of(span, words)
    return first < after and bool(words[first, 0] == span.start and words[after - 1, 1] == span.end)


def tag_words(words: Offsets, spans: Iterable[Span], layer: str) -> npt.NDArray[np.int64]:
    """The BIO tag of each word for the spans of one layer: indices into `tags(layer)`, shape (words,).

    A span that cuts a word takes the whole word; where two spans cut the same word, the first keeps it.
    """
    names = tags(layer)
    tagged = np.zeros(len(words), dtype=np.int64)
    for span in spans:
        first, after = words_of(span, words)
        while first < after and tagged[first]:
            first += 1
        tagged[first:after] = names.index(f"I-{span.label}")
        tagged[first : first + (first < after)] = names.index(f"B-{span.label}")
    return tagged
