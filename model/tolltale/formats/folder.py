"""Folders of files named after document ids, which may hold what no file name can."""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote

from tolltale.errors import DocumentError

_UNSAFE = re.compile(r"[^\w.~ -]|^[. ]|[. ]\Z")
_EMPTY = "%"  # never what `file_name` makes of another id: it writes a `%` as `%25`


def file_name(name: str) -> str:
    """An id as a file name without suffix: `/` and other characters that are not safe stand percent-encoded."""
    return _UNSAFE.sub(lambda found: quote(found[0], safe="").replace(".", "%2E"), name) or _EMPTY


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
