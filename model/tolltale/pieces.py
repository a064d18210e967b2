"""Pieces: what a tokenizer makes of words, without its offsets and so without their quirks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer
from tokenizers.pre_tokenizers import Metaspace
from transformers import PreTrainedTokenizerBase

from tolltale.buckets import bucket
from tolltale.characters import whole_characters
from tolltale.errors import CheckpointError
from tolltale.words import Offsets

Ints = npt.NDArray[np.int64]

# A word of more pieces is judged by these. Most words end at 32 characters: endless numbers and odd scripts get there.
MAX_PIECES_OF_WORD = 64
AT_A_TIME = 50_000  # words that the tokenizer is given together: what it makes of them takes many times their room


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary numbers of a text's pieces, (pieces,), and where each word's begin, (words + 1,)."""

    ids: Ints
    starts: Ints

    @property
    def counts(self) -> Ints:
        """How many pieces each word has, (words,): at least one."""
        return np.diff(self.starts)


class PieceEncoder:
    """Cuts words into pieces with a fast tokenizer, and frames windows with its special pieces.

    A word goes in with a space before it where it has white space there (or, for SentencePiece, begins the text), so
    that a vocabulary sees what it was trained on, but that no piece spans two words.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        backend = getattr(tokenizer, "backend_tokenizer", None)
        if backend is None or tokenizer.unk_token_id is None:
            raise CheckpointError(f"{type(tokenizer).__name__}: need a fast tokenizer with an unknown piece")
        self._backend = _copy(backend)
        self.pad_id = int(tokenizer.pad_token_id or 0)
        self._unknown = int(tokenizer.unk_token_id)
        framed = self._backend.encode("a", add_special_tokens=True)
        special = [bool(mark) for mark in framed.special_tokens_mask]
        first, after = special.index(False), len(special) - special[::-1].index(False)
        self._prefix = np.array(framed.ids[:first], dtype=np.int64)
        self._suffix = np.array(framed.ids[after:], dtype=np.int64)

    @property
    def n_special(self) -> int:
        """How many special pieces frame a window."""
        return len(self._prefix) + len(self._suffix)

    @property
    def n_prefix(self) -> int:
        """How many special pieces stand before the first word of a window."""
        return len(self._prefix)

    def encode(self, texts: Sequence[str], words: Sequence[Offsets]) -> list[Pieces]:
        """The pieces of each text's words. A word that the tokenizer drops becomes the unknown piece."""
        whole = [whole_characters(text) for text in texts]  # the tokenizer takes nothing but UTF-8
        blocks = [(n, block) for n, offsets in enumerate(words) for block in _split(offsets)]
        encoded: dict[int, Pieces] = {}
        for group in bucket([len(block) for _, block in blocks], most_cells=AT_A_TIME):
            encoded.update(zip(group, self._encode([(whole[blocks[i][0]], blocks[i][1]) for i in group]), strict=True))
        parts: list[list[Pieces]] = [[] for _ in texts]
        for i, (n, _) in enumerate(blocks):
            parts[n].append(encoded[i])
        return [_join(pieces) for pieces in parts]

    def frame(self, ids: Ints) -> Ints:
        """A window's pieces between the special ones."""
        return np.concatenate([self._prefix, ids, self._suffix])

    def _encode(self, blocks: Sequence[tuple[str, Offsets]]) -> list[Pieces]:
        spaced_start = isinstance(self._backend.pre_tokenizer, Metaspace)
        cut = [_cut(text, words, spaced_start=spaced_start) for text, words in blocks]
        encodings = self._backend.encode_batch(cut, is_pretokenized=True, add_special_tokens=False)
        return [
            self._collect(np.array(encoding.ids, dtype=np.int64), encoding.word_ids, len(words))
            for encoding, (_, words) in zip(encodings, blocks, strict=True)
        ]

    def _collect(self, ids: Ints, word_of: list[int | None], n_words: int) -> Pieces:
        owners = np.array(word_of, dtype=np.int64)
        counts = np.bincount(owners, minlength=n_words)
        rank = np.arange(len(ids)) - (np.cumsum(counts) - counts)[owners]
        kept = rank < MAX_PIECES_OF_WORD
        missing = np.flatnonzero(counts == 0)
        order = np.argsort(np.concatenate([owners[kept], missing]), kind="stable")
        ids = np.concatenate([ids[kept], np.full(len(missing), self._unknown)])[order]
        starts = np.concatenate([[0], np.cumsum(np.clip(counts, 1, MAX_PIECES_OF_WORD))])
        return Pieces(ids, starts)


def _copy(backend: Tokenizer) -> Tokenizer:
    """The same vocabulary, set to cut nothing off, to fill nothing up, and to add no space of its own to a word."""
    copy = Tokenizer.from_str(backend.to_str())
    copy.no_truncation()
    copy.no_padding()
    if isinstance(copy.pre_tokenizer, Metaspace):
        copy.pre_tokenizer = Metaspace(copy.pre_tokenizer.replacement, prepend_scheme="never")
    return copy


def _cut(text: str, words: Offsets, *, spaced_start: bool) -> list[str]:
    return [
        f" {text[start:end]}" if (text[start - 1].isspace() if start else spaced_start) else text[start:end]
        for start, end in words.tolist()
    ]


def _split(words: Offsets) -> list[Offsets]:
    """A text's words in blocks of AT_A_TIME; one block, which may be empty, at least."""
    return np.split(words, range(AT_A_TIME, len(words), AT_A_TIME))


def _join(parts: Sequence[Pieces]) -> Pieces:
    """The pieces of blocks that follow on each other."""
    counts = np.concatenate([part.counts for part in parts])
    return Pieces(np.concatenate([part.ids for part in parts]), np.concatenate([[0], np.cumsum(counts)]))
