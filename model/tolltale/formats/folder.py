"""Folders of files named after document ids, which may hold what no file name can."""

import re
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from urllib.parse import quote, unquote

from tolltale.errors import DocumentError

_UNSAFE = re.compile(r"[^\w.~ -]|^[. ]|[. ]\Z")
MOST_BYTES = 200  # of a name without suffix and number; file systems take 255 in all
_EMPTY = "%"  # never what `file_name` makes of another id: it writes a `%` as `%25`


def file_name(name: str) -> str:
    """An id as a file name without suffix: `/` and other characters that are not safe stand percent-encoded.

    A half character (lone surrogate), which no name can hold, becomes a question mark.
    """
    return _UNSAFE.sub(lambda found: quote(found[0], safe="", errors="replace").replace(".", "%2E"), name) or _EMPTY


def cut_name(name: str) -> str:
    """An id without its end where its file name would be longer than MOST_BYTES in UTF-8."""
    if len(file_name(name).encode()) <= MOST_BYTES:
        return name
    starts = (name[:length] for length in range(MOST_BYTES, 0, -1))
    return next(start for start in starts if len(file_name(start).encode()) <= MOST_BYTES)


class FileNames:
    """The file names of documents in one folder: none twice, in whatever case, none too long."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}

    def take(self, name: str) -> str:
        """The file name of an id without its suffix, numbered (`a~2`) where another document has it already."""
        short = cut_name(name)
        numbered = (short if number == 1 else f"{short}~{number}" for number in count(1))
        free = next(written for written in map(file_name, numbered) if written.casefold() not in self._taken)
        self._taken.add(free.casefold())
        return free


def document_id(path: Path) -> str:
    """The id that a relative path without suffix stands for: the inverse of `file_name`, folders kept."""
    return "/".join("" if part == _EMPTY else unquote(part) for part in path.parts)


def write_files(folder: Path, stem: str, texts: Iterable[tuple[str, str]]) -> None:
    """Write a text for each suffix, bytes as they are. Raises DocumentError if one exists or cannot be named so."""
    for suffix, text in texts:
        path = folder / f"{stem}{suffix}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(text.encode("utf-8"))
        except FileExistsError:
            raise DocumentError(f"{path}: exists already; two documents may have the same id") from None
        except OSError as error:
            raise DocumentError(f"{path}: cannot be written: {error}") from None


def make_empty(folder: Path) -> None:
    """Make a folder. Raises DocumentError where files stand in it, which would mix with ours."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DocumentError(f"{folder}: is no empty folder; give one that is empty or does not exist")
    folder.mkdir(parents=True, exist_ok=True)
