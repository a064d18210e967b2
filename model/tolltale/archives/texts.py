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
_TABLES = (".csv", ".tsv", ".json", ".ndjson", ".xlsx")  # but these, which would be one text with all their rows
_PACKED = (".gz", ".zip")
_LAID_OUT = (".pdf", ".doc", ".docx", ".odt")


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
            yield _fault(part, Path(root, file), file, describe(error))
        else:
            seal.update(_seal(raw))
            yield _row(part, file, raw)
    part.check(seal.hexdigest())


def _row(part: Part, file: str, raw: bytes) -> Row:
    if reason := _no_text(part, Path(file).suffix.lower()):
        return Row.fault(file, reason)
    try:
        return Row(file, 1, Document(raw.decode("utf-8-sig"), id=_name(part, file)))
    except UnicodeDecodeError as error:
        return Row.fault("standard input" if file == STDIN else file, describe(error))


def _no_text(part: Part, suffix: str) -> str:
    """Why a file is not read as a text; "" where it is."""
    if suffix in _PACKED:
        return "no text but packed; unpack it first"
    if suffix in _TABLES:
        return "no text; make it .jsonl or .parquet with a `text` in each row"
    if suffix in _LAID_OUT:
        return "no text but laid out for print; take its text out first, as with `pdftotext` or `pandoc --to plain`"
    return "no .txt, .jsonl or .parquet file" if part.folder and suffix != SUFFIX else ""


def _fault(part: Part, path: Path, file: str, reason: str) -> Row:
    if path.is_dir():
        reason = "no .txt, .jsonl or .parquet file in it"
        if part.folder and path.is_symlink():  # one that was named is followed
            reason = "a link to a folder, not followed; name it itself"
    return Row.fault(file, reason)


def _name(part: Part, file: str) -> str:
    if file == STDIN:
        return ""
    # REPORT.TXT keeps its suffix: report.txt may stand beside it
    return Path(file).relative_to(part.folder).as_posix().removesuffix(SUFFIX) if part.folder else Path(file).stem


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
