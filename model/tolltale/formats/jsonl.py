"""Our own JSON Lines. They hold everything but half characters that would read as one whole character together."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tolltale.corpora import read_corpus, to_line, write_corpus
from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.formats.loss import Written, replace_halves


def read(path: Path) -> Iterator[Document]:
    """The documents of a file. Raises DocumentError naming file, line and field."""
    if path.is_dir():
        raise DocumentError(f"{path}: is a folder, and JSON Lines are a file")
    return read_corpus(path)


def write(path: Path, documents: Iterable[Document]) -> Written:
    """Write a document a line."""
    written = Written()
    sound = (item if _comes_back(item) else replace_halves(item, written.lost) for item in documents)
    written.documents = write_corpus(path, sound)
    return written


def _comes_back(document: Document) -> bool:
    try:
        return bool(json.loads(to_line(document).encode("utf-8")) == document.to_dict())
    except UnicodeEncodeError:
        return False
