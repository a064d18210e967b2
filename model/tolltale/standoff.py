"""Stand-off annotations: spans and links of texts that may not be passed on, with the hash that says which text."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tolltale.corpora import read_corpus
from tolltale.documents import Document
from tolltale.errors import DocumentError

HASH = "text_sha256"  # in a row, in the place of the `text`


def detach(document: Document) -> dict[str, Any]:
    """A document as a row without its text."""
    row = document.to_dict()
    return {HASH: hash_text(row.pop("text")), **row}


def attach(rows: Iterable[Mapping[str, Any]], texts: Mapping[str, str], where: str) -> Iterator[Document]:
    """The documents of rows, with the texts found under their ids.

    Raises DocumentError, naming the row, where its text is missing or another than was annotated.
    """
    for row in rows:
        name = row["id"]
        if name not in texts:
            raise DocumentError(f"{where}: {name!r} is not among the texts")
        if hash_text(texts[name]) != row[HASH]:
            raise DocumentError(f"{where}: the text of {name!r} is another than the one that was annotated")
        bare = {key: value for key, value in row.items() if key != HASH}
        yield Document.from_dict({**bare, "text": texts[name]})


def read_annotated(path: str | Path, texts: str | Path | None = None) -> Iterator[Document]:
    """The documents of a corpus, or where `texts` is named of a stand-off file.

    Raises as `tolltale.corpora.read_corpus` and `read_standoff`.
    """
    return read_standoff(path, texts) if texts else read_corpus(path)


def read_standoff(path: str | Path, texts: str | Path) -> Iterator[Document]:
    """The documents of a stand-off file, with their texts from a `.jsonl` or `.jsonl.gz` file. Raises as `attach`."""
    return attach(_read_rows(path, ("id", HASH)), read_texts(texts), str(path))


def read_texts(path: str | Path) -> dict[str, str]:
    """The texts of a `.jsonl` or `.jsonl.gz` file by id. Raises DocumentError naming file and line."""
    return {row["id"]: row["text"] for row in _read_rows(path, ("id", "text"))}


def _read_rows(path: str | Path, needed: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    try:
        with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _row(line, needed, f"{path}:{number}")
    except (OSError, EOFError, zlib.error) as error:  # no such file, a folder, no gzip, half of one
        raise DocumentError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _row(line: bytes, needed: tuple[str, ...], where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{where}: no JSON in UTF-8: {error}") from None
    for name in needed:
        if not isinstance(row, dict) or not isinstance(row.get(name), str):
            raise DocumentError(f"{where}: expected an object with a string {name!r}")
    return dict(row)


def realign(marked: Document, text: str) -> Document:
    """A marked-up document laid over its full text, which may have white space around what was marked up.

    Raises DocumentError where the two are not the same.
    """
    if marked.text != text.strip():
        raise DocumentError(f"{marked.id}: the mark-up changed the text")
    lead = text.index(marked.text)
    moved = tuple(replace(span, start=span.start + lead, end=span.end + lead) for span in marked.spans)
    return replace(marked, text=text, spans=moved)


def hash_text(text: str) -> str:
    """The sha256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
