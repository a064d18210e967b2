"""Partitions: readings, and rows that could not be read, as Parquet files that get their names when whole.

A reading's row has the names and values of its line of JSON (`Reading.to_dict`): spans, links, claims and disputes are
lists of structs, and `file` and `position` before them say where in the archive it was read. Parquet holds no half
characters (lone surrogates) and no number over 64 bits: U+FFFD and null stand for them there, and `exact` holds the
line of JSON itself; it is null in every other row.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from tolltale.archives import Row
from tolltale.characters import whole_characters
from tolltale.errors import RowError
from tolltale.reading import Reading

_TEXT, _WHOLE, _YES_OR_NO, _SHARE = pa.string(), pa.int64(), pa.bool_(), pa.float64()
_LEAST, _MOST = -(2**63), 2**63 - 1
_HELD = 4_000_000  # characters of text whose rows are held before they are written as a row group


def _struct(**fields: Any) -> Any:
    return pa.struct(list(fields.items()))


_PLACE = {"id": _TEXT, "text": _TEXT, "start": _WHOLE, "end": _WHOLE}
_SPAN = _struct(id=_TEXT, layer=_TEXT, label=_TEXT, start=_WHOLE, end=_WHOLE, score=_SHARE)
_LINK = _struct(label=_TEXT, head=_TEXT, tail=_TEXT, score=_SHARE)
_CLAIM = _struct(
    kind=_TEXT,
    **dict.fromkeys(("low", "high", "point"), _WHOLE),
    **dict.fromkeys(("open_low", "open_high", "approximate"), _YES_OR_NO),
    **dict.fromkeys(("figure", "victims", "source", "source_name", "cue", "content", "subset_of"), _struct(**_PLACE)),
    victim_class=_TEXT,
    **dict.fromkeys(("stances", "article_stances"), pa.list_(_struct(label=_TEXT, **_PLACE))),
    cumulative=_YES_OR_NO,
    reason_apart=_TEXT,
    score=_SHARE,
)
_DENIAL = _struct(
    **dict.fromkeys(("source", "source_name", "cue", "content"), _struct(**_PLACE)),
    stances=pa.list_(_struct(label=_TEXT, **_PLACE)),
)
_DISPUTE = _struct(kind=_TEXT, low=_WHOLE, high=_WHOLE, sides=pa.list_(pa.list_(_TEXT)), denials=pa.list_(_DENIAL))
READINGS = pa.schema(
    {
        "file": _TEXT,
        "position": _WHOLE,
        "id": _TEXT,
        "source": _TEXT,
        "date": _TEXT,  # null where the row gives none, as JSON leaves the name out
        "layers": pa.list_(_TEXT),
        "text": _TEXT,
        "spans": pa.list_(_SPAN),
        "links": pa.list_(_LINK),
        "claims": pa.list_(_CLAIM),
        "disputes": pa.list_(_DISPUTE),
        "n_left_out": _WHOLE,
        "exact": _TEXT,
    }
)
ERRORS = pa.schema({"file": _TEXT, "position": _WHOLE, "reason": _TEXT})


class PartitionFile:
    """Writes rows as they come to a Parquet file, which gets its name when the context is left without an error.

    Until then it lies in `unfinished`, a folder on the same disk. With `keep_empty=False` there is no file where there
    are no rows.
    """

    def __init__(self, path: Path, schema: Any, unfinished: Path, *, keep_empty: bool = True) -> None:
        unfinished.mkdir(parents=True, exist_ok=True)
        self._path, self._schema = path, schema
        # a name of its own: a worker that is taken for dead may still be writing
        self._file = (unfinished / f"{path.stem}-{uuid4().hex}").open("wb")
        self._writer = pq.ParquetWriter(self._file, schema, compression="zstd")
        self._rows: list[Mapping[str, Any]] = []
        self._n_held = 0
        self._is_kept = keep_empty

    def write(self, row: Mapping[str, Any]) -> None:
        """Add a row; it may be held for a while."""
        self._is_kept = True
        self._rows.append(row)
        self._n_held += len(row.get("text", ""))
        if self._n_held > _HELD:
            self._flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        unfinished = Path(self._file.name)
        try:
            if error is None and self._is_kept:
                self._finish()
                self._path.parent.mkdir(parents=True, exist_ok=True)
                unfinished.replace(self._path)
        finally:
            with suppress(OSError, pa.ArrowException):
                self._writer.close()
            self._file.close()
            unfinished.unlink(missing_ok=True)

    def _finish(self) -> None:
        self._flush()
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())  # a file that has its name is never done again

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
            self._rows, self._n_held = [], 0


def reading_row(place: Row, reading: Reading) -> dict[str, Any]:
    """The row of a reading, which was read at a place of an archive, under the names of READINGS."""
    line: dict[str, Any] = reading.to_dict()
    held: dict[str, Any] = _hold({"file": place.file, "position": place.position, "date": None, **line, "exact": None})
    return held if line_of(held) == line else held | {"exact": json.dumps(line)}


def error_row(error: RowError) -> dict[str, Any]:
    """The row of an error, under the names of ERRORS."""
    return {name: whole_characters(getattr(error, name)) for name in ERRORS.names}


def line_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """What `Reading.to_dict` gave for a row of READINGS: its line of JSON."""
    if row["exact"] is not None:
        return dict(json.loads(row["exact"]))
    missing = {"date"} if row["date"] is None else set()
    return {name: row[name] for name in READINGS.names if name not in {"file", "position", "exact", *missing}}


def read_partitions(folder: Path) -> Iterator[dict[str, Any]]:
    """The rows of the partitions in a folder, in their order, a few at a time."""
    for path in sorted(folder.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(256):
                yield from batch.to_pylist()


def count_rows(paths: Iterable[Path]) -> int:
    """How many rows there are in partitions."""
    return sum(pq.read_metadata(path).num_rows for path in paths)


def _hold(value: Any) -> Any:
    """A value without what Parquet cannot hold."""
    if isinstance(value, dict):
        return {name: _hold(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_hold(item) for item in value]
    if isinstance(value, int) and not _LEAST <= value <= _MOST:
        return None
    return whole_characters(value)
