"""Formats: documents as other annotation tools write and read them.

`FORMATS` names them. Each is a module with `read(path)` and `write(path, documents)`; a writer counts what its
format cannot hold, a reader raises DocumentError naming file, line or task, and field. Offsets are always ours
(code points) on this side. A document that does not say which layers it is annotated for is taken to be annotated
for those that its spans are in.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from tolltale.documents import Document
from tolltale.formats import brat, conll, doccano, jsonl, label_studio, markup
from tolltale.formats.loss import Written

__all__ = ["FORMATS", "Format", "Written"]


class Format(Protocol):
    """What every member of `FORMATS` can do."""

    def read(self, path: Path) -> Iterator[Document]:
        """The documents of a file or folder. Raises DocumentError at the first that is unsound."""

    def write(self, path: Path, documents: Iterable[Document]) -> Written:
        """Write documents, and say how many were written and what the format could not hold."""


FORMATS: dict[str, Format] = {
    "jsonl": jsonl,
    "markup": markup,
    "label-studio": label_studio,
    "brat": brat,
    "doccano": doccano,
    "conll": conll,
}
