"""Texts, a document a file: UTF-8, as it stands there but for a byte order mark, which is no part of a text."""

import sys
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

from tolltale.archives.parts import Part, Row, describe
from tolltale.documents import Document

STDIN = "-"
SUFFIX = ".txt"  # of a text in a folder; a file that is named by itself may have any
_NO_TEXTS = (".csv", ".tsv", ".json")  # but these, which would be read as one text with all their rows


def cut_texts(files: Iterator[str], folder: str, *, n_rows: int, sealed: bool) -> Iterator[Part]:
    """Parts of `n_rows` texts that were found in a folder, or named one by one (folder "")."""
    while group := tuple(islice(files, n_rows)):
        yield Part(group, folder, sha256=_seal_all(group) if sealed else "")


def read_texts(part: Part, root: Path) -> Iterator[Row]:
    """A row a text, or a fault."""
    seal = sha256()
    for file in part.files:
        try:
            raw = _read_bytes(root, file)
        except OSError as error:
            seal.update(_seal(None))
            yield _fault(root, file, describe(error))
        else:
            seal.update(_seal(raw))
            yield _row(part, file, raw)
    part.check(seal.hexdigest())


def _row(part: Part, file: str, raw: bytes) -> Row:
    if part.folder and not file.endswith(SUFFIX):
        return Row.fault(file, "no .txt, .jsonl or .parquet file")
    if Path(file).suffix.lower() in _NO_TEXTS:
        return Row.fault(file, "no text; make it .jsonl or .parquet with a `text` in each row")
    try:
        return Row(file, 1, Document(raw.decode("utf-8-sig"), id=_name(part, file)))
    except UnicodeDecodeError as error:
        return Row.fault("standard input" if file == STDIN else file, describe(error))


def _fault(root: Path, file: str, reason: str) -> Row:
    return Row.fault(file, "no .txt, .jsonl or .parquet file in it" if Path(root, file).is_dir() else reason)


def _name(part: Part, file: str) -> str:
    if file == STDIN:
        return ""
    return Path(file).relative_to(part.folder).with_suffix("").as_posix() if part.folder else Path(file).stem


def _read_bytes(root: Path, file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STDIN else Path(root, file).read_bytes()


def _seal_all(files: tuple[str, ...]) -> str:
    seal = sha256()
    for file in files:
        try:
            seal.update(_seal(_read_bytes(Path(), file)))
        except OSError:
            seal.update(_seal(None))
    return seal.hexdigest()


def _seal(raw: bytes | None) -> bytes:
    """What a text, or one that cannot be read, adds to the seal of its part: as long for each."""
    return bytes(32) if raw is None else sha256(raw).digest()
