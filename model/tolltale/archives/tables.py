"""Parquet, a document a row. Needs pyarrow."""

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

from tolltale.archives.parts import Part, Row, describe
from tolltale.documents import Document
from tolltale.errors import DocumentError, RowError

SUFFIX = ".parquet"
_COLUMNS = ("id", "text", "source", "date")
_BATCH = 64  # rows that are held at a time


def cut_table(file: str, *, n_rows: int, sealed: bool) -> Iterator[Part]:
    """Parts of `n_rows` rows; one part, unsealed, where the file cannot be read or has no texts.

    The seal is that of the whole file. Raises DocumentError where pyarrow is missing.
    """
    arrow, parquet = _import()
    try:
        with parquet.ParquetFile(file) as table:
            count = table.metadata.num_rows if "text" in table.schema_arrow.names else None
        seal = _seal(Path(file)) if sealed else ""
    except (OSError, arrow.ArrowException):
        count = None
    if count is None:
        yield Part((file,))
        return
    for start in range(0, count, n_rows):
        yield Part((file,), start=start, end=min(start + n_rows, count), first=start + 1, sha256=seal)


def read_table(part: Part, root: Path) -> Iterator[Row]:
    """A row a row of the part; from where the file cannot be read on, a fault.

    The seal, which is that of the whole file, is looked at only then.
    """
    arrow, parquet = _import()
    (file,) = part.files
    position = part.first
    try:
        with parquet.ParquetFile(Path(root, file)) as table:
            if "text" not in table.schema_arrow.names:
                yield Row.fault(file, "no column `text`")
                return
            for values in _rows(table, part):
                yield _row(file, position, values)
                position += 1
    except (OSError, arrow.ArrowException) as error:
        if part.sha256:
            part.check(_seal(Path(root, file)))
        unread = "" if part.end is None else f" (rows {position} to {part.end})"
        yield Row.fault(file, describe(error) + unread)


def _rows(table: Any, part: Part) -> Iterator[dict[str, Any]]:
    """The values of each row of a part; a value that cannot be read is an exception."""
    columns = [name for name in _COLUMNS if name in table.schema_arrow.names]
    groups, first = _groups(table.metadata, part)
    skip, left = part.start - first, (part.end or 0) - part.start
    for batch in table.iter_batches(_BATCH, row_groups=groups, columns=columns, use_threads=False):
        for i in range(min(skip, batch.num_rows), min(batch.num_rows, skip + left)):
            yield {name: _value(batch.column(name)[i]) for name in columns}
            left -= 1
        skip = max(0, skip - batch.num_rows)
        if not left:
            return


def _groups(metadata: Any, part: Part) -> tuple[list[int], int]:
    """The row groups that a part lies in, and the number of the first row of the first of them."""
    groups: list[int] = []
    first, at = part.start, 0
    for group in range(metadata.num_row_groups):
        end = at + metadata.row_group(group).num_rows
        if at < (part.end or 0) and end > part.start:
            first = first if groups else at
            groups.append(group)
        at = end
    return groups, first


def _value(scalar: Any) -> Any:
    """A cell as plain Python: a string; a date as ISO writes it; the exception where it is no UTF-8."""
    try:
        value = scalar.as_py()
    except UnicodeDecodeError as error:
        return error
    return value.isoformat() if hasattr(value, "isoformat") else value


def _row(file: str, position: int, values: dict[str, Any]) -> Row:
    for name, value in values.items():
        if isinstance(value, UnicodeDecodeError):
            return Row.fault(file, f"{name}: {describe(value)}", position)
    try:
        return Row(file, position, Document.unmarked(values))
    except DocumentError as error:
        return Row(file, position, RowError(file, position, str(error)))


def _seal(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _import() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise DocumentError("Parquet needs pyarrow: pip install 'tolltale[ray]'") from None
    return pyarrow, pyarrow.parquet
