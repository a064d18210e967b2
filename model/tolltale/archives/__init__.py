"""Archives: texts, JSON Lines and Parquet, alone or in folders, cut into parts that are read one by one.

Where a part ends depends on the files alone: whoever reads a part, in one process or on many machines, reads the same.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tolltale.archives import lines, tables, texts
from tolltale.archives.parts import Part, Row

__all__ = ["PART", "Part", "Row", "cut_archive", "is_many", "read_part"]

PART = 1000  # rows: their readings are written, and done again after an accident, together
_MANY = (lines.SUFFIX, tables.SUFFIX)  # what holds many documents in a file


def cut_archive(inputs: Iterable[str], *, n_rows: int = PART, sealed: bool = False) -> Iterator[Part]:
    """The parts of files and folders, of at most `n_rows` rows each, in the order of the inputs.

    A folder stands for the files under it, in the order of their names; hidden ones (a dot first) are left out. Files
    are read through once, to find where rows begin and, where `sealed`, to seal the parts with a hash. What cannot be
    read is a part all the same, and reading it says why.
    """
    for (suffix, folder), found in groupby(_list_files(inputs), lambda item: (_suffix(item[0]), item[1])):
        files = (file for file, _ in found)
        if suffix not in _MANY:
            yield from texts.cut_texts(files, folder, n_rows=n_rows, sealed=sealed)
            continue
        cut = lines.cut_lines if suffix == lines.SUFFIX else tables.cut_table
        for file in files:
            yield from cut(file, n_rows=n_rows, sealed=sealed)


def read_part(part: Part, root: Path = Path()) -> Iterator[Row]:
    """The rows of a part, one at a time; files are looked up from `root`.

    Raises DocumentError where the part is sealed and does not hold what it held then.
    """
    read = {lines.SUFFIX: lines.read_lines, tables.SUFFIX: tables.read_table}.get(_suffix(part.files[0]))
    return (read or texts.read_texts)(part, root)


def is_many(name: str) -> bool:
    """Whether an input may hold several documents."""
    return _suffix(name) in _MANY or Path(name).is_dir()


def _suffix(file: str) -> str:
    suffix = Path(file).suffix.lower()
    return suffix if suffix in _MANY else texts.SUFFIX


def _list_files(inputs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each file and the folder that it was found in, "" for one that was named; an empty folder stands for itself."""
    for name in inputs:
        n_found = 0
        if Path(name).is_dir():
            for n_found, file in enumerate(_walk(name), 1):  # noqa: B007
                yield file, name
        if not n_found:
            yield name, ""


def _walk(folder: str) -> Iterator[str]:
    """The files under a folder; of however many, one folder's names are held at a time."""
    with os.scandir(folder) as found:
        entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        else:
            yield entry.path
