"""Stand-off annotations: spans and links of texts that may not be passed on, with the hash that says which text."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

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


def read_standoff(path: str | Path, texts: str | Path) -> Iterator[Document]:
    """The documents of a stand-off file, with their texts from a `.jsonl` or `.jsonl.gz` file. Raises as `attach`."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return attach(map(json.loads, lines), read_texts(texts), str(path))


def read_texts(path: str | Path) -> dict[str, str]:
    """The texts of a `.jsonl` or `.jsonl.gz` file by id."""
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {row["id"]: row["text"] for row in rows}


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
