"""Articles: the texts that are read against the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tolltale.corpora import read_corpus
from tolltale.errors import DocumentError
from tolltale.inputs import CutText, TextCutter


@dataclass(frozen=True)
class Size:
    """How long the articles are, by one tokenizer and as one network has them laid in windows."""

    n_articles: int
    words: float  # an article
    pieces: float  # an article
    windows: tuple[int, ...]  # pieces in each window of all articles, special ones and overlaps included

    def describe(self) -> dict[str, Any]:
        """What the results say of it."""
        read = sum(self.windows) / self.n_articles
        return {
            "articles": self.n_articles,
            "words_per_article": round(self.words, 1),
            "pieces_per_article": round(self.pieces, 1),
            "pieces_read_per_article": round(read, 1),
            "windows_per_article": round(len(self.windows) / self.n_articles, 2),
        }


def read_articles(path: str, n_articles: int) -> list[str]:
    """The texts of the first documents of a corpus that are not empty; all of them where there are fewer."""
    texts = list(islice((document.text for document in read_corpus(path) if document.text.strip()), n_articles))
    if not texts:
        raise DocumentError(f"{path}: holds no text")
    return texts


def measure_size(texts: Sequence[str], cutter: TextCutter) -> Size:
    """How long texts are."""
    cuts = cutter.cut(texts)
    return Size(
        len(texts),
        sum(len(text.split()) for text in texts) / len(texts),
        sum(int(cut.pieces.counts.sum()) for cut in cuts) / len(texts),
        tuple(length for cut in cuts for length in _window_lengths(cut, cutter)),
    )


def _window_lengths(cut: CutText, cutter: TextCutter) -> list[int]:
    return [len(cutter.frame(cut, window)) for window in cut.windows]
