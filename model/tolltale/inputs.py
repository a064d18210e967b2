"""Inputs of the network: a text cut into words, pieces and windows, the same for training and for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from transformers import PreTrainedTokenizerBase

from tolltale.errors import CheckpointError
from tolltale.pieces import MAX_PIECES_OF_WORD, Ints, PieceEncoder, Pieces
from tolltale.windows import Window, plan_windows
from tolltale.words import Offsets, split_words

if TYPE_CHECKING:
    from tolltale.network import TaggerNetwork


@dataclass(frozen=True, slots=True)
class CutText:
    """A text's words, (words, 2) in code points, their pieces, and the windows that cover them."""

    words: Offsets
    pieces: Pieces
    windows: list[Window]


class TextCutter:
    """Cuts texts for one tokenizer and one size of window (`window` and `overlap` in pieces, special ones in)."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, *, window: int, overlap: int) -> None:
        self._encoder = PieceEncoder(tokenizer)
        self._capacity = window - self._encoder.n_special
        self._overlap = overlap
        self.pad_id = self._encoder.pad_id
        if self._capacity - overlap < MAX_PIECES_OF_WORD:
            least = overlap + MAX_PIECES_OF_WORD + self._encoder.n_special
            raise CheckpointError(f"a window of {window} pieces is too small beside its overlap; take {least} or more")

    @classmethod
    def of(cls, network: "TaggerNetwork", tokenizer: PreTrainedTokenizerBase) -> "TextCutter":
        """What cuts texts for a network. Raises CheckpointError where its windows are too small for a word."""
        return cls(tokenizer, window=network.config.window, overlap=network.config.overlap)

    def cut(self, texts: Sequence[str]) -> list[CutText]:
        """Cut each text; an empty one has no words, no pieces and no windows."""
        words = [split_words(text) for text in texts]
        return [
            CutText(offsets, pieces, plan_windows(pieces.counts, capacity=self._capacity, overlap=self._overlap))
            for offsets, pieces in zip(words, self._encoder.encode(texts, words), strict=True)
        ]

    def frame(self, cut: CutText, window: Window) -> Ints:
        """What the network reads for a window: its pieces between the special ones, (pieces,)."""
        return self._encoder.frame(cut.pieces.ids[cut.pieces.starts[window.start] : cut.pieces.starts[window.end]])

    def places(self, cut: CutText, window: Window, start: int, end: int) -> Ints:
        """Where in a framed window the first pieces of words `start` to `end` (half-open) stand."""
        starts = cut.pieces.starts
        places: Ints = starts[start:end] - starts[window.start] + self._encoder.n_prefix
        return places


def pad(rows: Sequence[Ints], value: int) -> Ints:
    """Rows of different length as one array (rows, longest), filled up on the right."""
    padded = np.full((len(rows), max(map(len, rows))), value, dtype=np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return padded
