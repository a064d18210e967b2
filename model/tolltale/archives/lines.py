"""JSON Lines, a document a line."""

import os
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from tolltale.archives.parts import Part, Row, describe
from tolltale.corpora import read_line
from tolltale.documents import Document

SUFFIX = ".jsonl"


def cut_lines(file: str, *, n_rows: int, sealed: bool) -> Iterator[Part]:
    """Parts of `n_rows` lines that are not empty; one part, unsealed, where there is no file to read twice."""
    if Path(file).is_file() and os.access(file, os.R_OK):
        yield from _cut(file, n_rows, sealed)
    else:
        yield Part((file,))


def _cut(file: str, n_rows: int, sealed: bool) -> Iterator[Part]:
    part, n_held, at, seal = Part((file,)), 0, 0, sha256()
    with Path(file).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            at += len(line)
            n_held += bool(line.strip())
            if sealed:
                seal.update(line)
            if n_held == n_rows:
                yield replace(part, end=at, sha256=seal.hexdigest() if sealed else "")
                part, n_held, seal = Part((file,), start=at, first=number + 1), 0, sha256()
    if n_held:
        yield replace(part, end=at, sha256=seal.hexdigest() if sealed else "")


def read_lines(part: Part, root: Path) -> Iterator[Row]:
    """A row a line of the part, or a fault. The file is read as bytes: a line that is no UTF-8 spoils no other."""
    (file,) = part.files
    at, seal = part.start, sha256()
    try:
        with Path(root, file).open("rb") as lines:
            if part.start:
                lines.seek(part.start)
            for number, line in enumerate(lines, part.first):
                at += len(line)
                seal.update(line)
                if line.strip():
                    yield Row(file, number, read_line(line, file, number, Document.unmarked))
                if at == part.end:
                    break
    except OSError as error:
        yield Row.fault(file, describe(error))
    part.check(seal.hexdigest())
