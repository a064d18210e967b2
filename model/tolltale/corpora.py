"""Corpora on disk: JSON Lines, one document a line, or a folder of texts with inline mark-up."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tolltale import markup
from tolltale.characters import HALF
from tolltale.documents import Document
from tolltale.errors import DocumentError, RowError
from tolltale.outputs import open_output

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def read_corpus(path: str | Path) -> Iterator[Document]:
    """The documents of a `.jsonl` file, or of every `.txt` file under a folder, in the order of their names.

    Raises DocumentError, naming file, line and field, at the first document that is unsound.
    """
    path = Path(path)
    if path.is_dir():
        return _read_folder(path)
    if not path.is_file():
        raise DocumentError(f"{path}: no such file or folder")
    return _refuse_errors(read_rows(path))


def read_rows(path: str | Path) -> Iterator[Document | RowError]:
    """The annotated document of each line of a file, or the error that says why there is none.

    The file is read as bytes, so that a line which is no UTF-8 spoils no other. Empty lines are left out.
    """
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield read_line(line, str(path), number, Document.from_dict)


def read_line(line: bytes, file: str, number: int, build: Callable[[Any], Document]) -> Document | RowError:
    """The document that `build` makes of a line of JSON, or the error that names file and line."""
    try:
        return build(json.loads(line))
    except DocumentError as error:
        return RowError(file, number, str(error))
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, a number of thousands of digits, a nest
        return RowError(file, number, f"no JSON in UTF-8: {error}")


def write_corpus(path: str | Path, documents: Iterable[Document]) -> int:
    """Write documents as JSON Lines and return how many there were; the file is there when all are."""
    count = 0
    with open_output(Path(path)) as file:
        for document in documents:
            file.write(to_line(document))
            count += 1
    return count


def to_line(document: Document) -> str:
    """A document as one line of JSON, line break included; half characters, which have no UTF-8, are escaped.

    U+FFFD stands for each of two halves that JSON would read as one character, which moved all offsets behind it.
    """
    line = _PAIR.sub("\ufffd\ufffd", json.dumps(document.to_dict(), ensure_ascii=False))
    return HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", line) + "\n"


def _refuse_errors(rows: Iterable[Document | RowError]) -> Iterator[Document]:
    for row in rows:
        if isinstance(row, RowError):
            raise row
        yield row


def _read_folder(folder: Path) -> Iterator[Document]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".txt")
    if not paths:
        raise DocumentError(f"{folder}: no .txt file under it")
    for path in paths:
        yield markup.read(path, name=path.relative_to(folder).as_posix().removesuffix(".txt"))
