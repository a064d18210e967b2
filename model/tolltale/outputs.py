"""Outputs: standard output, or a file or folder that gets its name when it is whole."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tolltale.errors import DocumentError


@contextmanager
def open_output(output: Path | None) -> Iterator[TextIO]:
    """A file to write text to, in UTF-8: standard output where none is named.

    A device or pipe (`/dev/stdout`) is written to as it is. Raises as `whole`.
    """
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # whatever the terminal's: a row holds any character
        yield sys.stdout
        sys.stdout.flush()  # a full disk is met here, where it can be told, and not as the process ends
    elif output.exists() and not output.is_file() and not output.is_dir():
        with output.open("w", encoding="utf-8", newline="") as file:
            yield file
    else:
        with whole(output) as path, path.open("w", encoding="utf-8", newline="") as file:
            yield file


@contextmanager
def whole(output: Path, *, folder: bool = False, replace: bool = False) -> Iterator[Path]:
    """A path beside the output, which takes its place when all is written; gone if anything goes wrong.

    Raises DocumentError at once as `check_output`. A folder with files in it is given up then where `replace` says so.
    A link is followed.
    """
    output = Path(os.path.realpath(output))
    check_output(output, folder=folder, replace=replace)
    partial = output.with_name(output.name + ".partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    _remove(partial)  # of a run that was killed
    try:
        yield partial
        if replace:
            _remove(output)
        partial.replace(output)
    finally:
        _remove(partial)


def check_output(output: Path, *, folder: bool = False, replace: bool = False) -> None:
    """Raise DocumentError where an output cannot take its name.

    A folder stands there, or where a `folder` is to be written a file, or a folder with files in it (unless `replace`).
    """
    if output.is_dir() and not (folder and (replace or not any(output.iterdir()))):
        wanted = "a folder that is empty or does not exist" if folder else "a file"
        raise DocumentError(f"{output}: is a folder{' with files in it' if folder else ''}; name {wanted}")
    if folder and output.exists() and not output.is_dir():
        raise DocumentError(f"{output}: is no folder; name one that is empty or does not exist")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def drop_standard_output() -> None:
    """Forget what could not be written, which Python would try again as it ends."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
