"""From corpora to windows that the network learns from, through Arrow files that are cached by content."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from datasets import Dataset
from datasets.exceptions import DatasetGenerationError
from transformers import PreTrainedTokenizerBase

import tolltale
from tolltale.corpora import to_line
from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.inputs import CutText, TextCutter
from tolltale.labels import LAYERS
from tolltale.network import NOT_SCORED
from tolltale.standoff import read_annotated
from tolltale.words import is_aligned, tag_words
from training import ties
from training.settings import CorpusSettings, DataSettings, EncoderSettings, SettingsError
from training.ties import window_links

COLUMNS = ("input_ids", "length", "n_cut_words", "is_told", "begins", *LAYERS, "spans", "ties")


@dataclass(frozen=True)
class Corpus:
    """A corpus as windows, and what a checkpoint keeps to name it by."""

    name: str
    path: str
    sha256: str
    weight: float
    n_documents: int
    n_cut_words: int  # spans that begin or end inside a word, and are learnt as the whole word
    n_taught: int  # windows with a layer that is not annotated, so that teachers tell of it
    windows: Dataset  # a row a window, with the COLUMNS that `window_rows` fills

    def describe(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        kept = ("name", "path", "sha256", "weight", "n_documents", "n_cut_words")
        return {**{key: getattr(self, key) for key in kept}, "n_windows": len(self.windows)}


def load_corpora(data: DataSettings, encoder: EncoderSettings, tokenizer: PreTrainedTokenizerBase) -> list[Corpus]:
    """Read, check and cut every training corpus, but for optional ones that are not there.

    Raises SettingsError where another path leads nowhere or teachers have nothing to tell, DocumentError where a
    document is unsound.
    """
    cutter = TextCutter(tokenizer, window=encoder.window, overlap=encoder.overlap)
    there = {name: corpus for name, corpus in data.train.items() if not (corpus.optional and missing_paths(corpus))}
    if not there:
        raise SettingsError("data.train: none of its corpora is there")
    corpora = [_load(name, corpus, cutter, data.processes) for name, corpus in there.items()]
    if data.teachers and not any(corpus.n_taught for corpus in corpora):
        raise SettingsError("data.teachers: every layer is annotated, so they have nothing to tell; leave them out")
    return corpora


def missing_paths(corpus: CorpusSettings) -> list[str]:
    """The files of a corpus that are not there."""
    return [path for path in (corpus.path, corpus.texts) if path is not None and not Path(path).exists()]


def choose_validation(data: DataSettings) -> str:
    """The validation documents that are there: `validation`, or else `validation_else`."""
    if data.validation_else and not Path(data.validation).exists():
        return data.validation_else
    return data.validation


def load_validation(data: DataSettings) -> list[Document]:
    """The documents that epochs are compared on. Raises as `load_corpora`."""
    path = choose_validation(data)
    _check_path("data.validation", path)
    return list(_read_checked(path))


def hash_corpus(path: str | Path) -> str:
    """The sha256 of a file, or of the names and contents of a folder's `.txt` files."""
    path = Path(path)
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
        digest.update(file.relative_to(path).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _check_path(key: str, path: str) -> None:
    if not Path(path).exists():
        raise SettingsError(f"{key}: {path}: no such file or folder here ({Path.cwd()})")


def _read_checked(path: str, texts: str | None = None, *, unmarked: bool = False) -> Iterator[Document]:
    documents = list(read_annotated(path, texts))
    if not documents:
        raise DocumentError(f"{path}: holds no document")
    for document in documents:
        if not (document.layers or unmarked):
            raise DocumentError(f"{path}: document {document.id!r} names no `layers`, so it teaches and tests nothing")
        yield document


def _load(name: str, corpus: CorpusSettings, cutter: TextCutter, processes: int) -> Corpus:
    path = corpus.path
    _check_path(f"data.train.{name}.path", path)
    if corpus.texts is not None:
        _check_path(f"data.train.{name}.texts", corpus.texts)
    sha256 = hash_corpus(path)
    try:
        version = _hash_code() + sha256 + (hash_corpus(corpus.texts) if corpus.texts else "")
        given = {"path": path, "texts": corpus.texts, "unmarked": corpus.unmarked, "version": version}
        lines = Dataset.from_generator(_lines, gen_kwargs=given)
    except DatasetGenerationError as error:
        raise error.__cause__ or error from None
    windows = lines.map(
        _cut_lines,
        batched=True,
        batch_size=64,
        num_proc=min(processes, len(lines)),
        fn_kwargs={"cutter": cutter, "version": version},
        remove_columns=lines.column_names,
    )
    if not len(windows):
        raise DocumentError(f"{path}: holds nothing but empty texts")
    n_cut_words, n_taught = sum(windows["n_cut_words"]), len(windows) - sum(windows["is_told"])
    return Corpus(name, path, sha256, corpus.weight, len(lines), n_cut_words, n_taught, windows)


def _hash_code() -> str:
    """The sha256 of the code that cuts texts, so that what older code has cut is not taken from the cache."""
    digest = hashlib.sha256()
    own = [__file__, ties.__file__]
    for file in [*map(Path, own), *sorted(Path(tolltale.__file__).parent.glob("*.py"))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _lines(path: str, texts: str | None, unmarked: bool, version: str) -> Iterator[dict[str, str]]:  # noqa: ARG001
    """A corpus as rows of Arrow; `version` is there for the cache, which goes by the arguments."""
    for document in _read_checked(path, texts, unmarked=unmarked):
        yield {"document": to_line(document)}


def _cut_lines(batch: dict[str, list[str]], cutter: TextCutter, version: str) -> dict[str, list[Any]]:  # noqa: ARG001
    documents = [Document.from_dict(json.loads(line)) for line in batch["document"]]
    rows = [
        row
        for document, cut in zip(documents, cutter.cut([d.text for d in documents]), strict=True)
        for row in window_rows(document, cut, cutter)
    ]
    return {column: [row[column] for row in rows] for column in COLUMNS}


def window_rows(document: Document, cut: CutText, cutter: TextCutter) -> Iterator[dict[str, Any]]:
    """A row for each window of a document; the targets of a layer that is not annotated are all NOT_SCORED.

    `input_ids`, `begins` (which pieces begin a word) and, by layer, the target of each piece, all (pieces,); `length`
    in pieces; `is_told`, whether every layer is annotated; `spans` and `ties` as `window_links` gives them.
    `n_cut_words` stands in the first row only, so that it adds up over windows.
    """
    tagged = {
        layer: tag_words(cut.words, document.layer(layer), layer) if layer in document.layers else None
        for layer in LAYERS
    }
    n_cut_words = sum(not is_aligned(span, cut.words) for span in document.spans)
    for window in cut.windows:
        input_ids = cutter.frame(cut, window)
        places = cutter.places(cut, window, window.start, window.end)
        row: dict[str, Any] = {
            "input_ids": input_ids,
            "length": len(input_ids),
            "n_cut_words": n_cut_words,
            "is_told": set(LAYERS) <= set(document.layers),
            "begins": np.isin(np.arange(len(input_ids)), places),
        }
        for layer, tags in tagged.items():
            row[layer] = np.full(len(input_ids), NOT_SCORED)
            if tags is not None:
                row[layer][places] = tags[window.start : window.end]
        row["spans"], row["ties"] = window_links(document, cut.words, window, places)
        yield row
        n_cut_words = 0
