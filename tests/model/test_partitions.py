import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tolltale.archives import Row
from tolltale.documents import Span
from tolltale.errors import RowError
from tolltale.partitions import (
    ERRORS,
    READINGS,
    PartitionFile,
    count_rows,
    error_row,
    line_of,
    read_partitions,
    reading_row,
)
from tolltale.reading import Reading
from tolltale.tagger import Tagger

HUGE = "9" * 30


def figure(text: str, words: str) -> Reading:
    start = text.index(words)
    span = Span("T1", "figure", "KILLED", start, start + len(words), words, 0.5)
    return Reading(text, "d", "wire", ("figure",), (span,))


def store(tmp_path: Path, readings: list[Reading]) -> list[dict[str, object]]:
    with PartitionFile(tmp_path / "kept" / "part.parquet", READINGS, tmp_path / "unfinished") as file:
        for position, reading in enumerate(readings, 1):
            file.write(reading_row(Row("a.jsonl", position, reading), reading))
    return list(read_partitions(tmp_path / "kept"))


def test_a_row_is_the_line_of_json_in_columns(tmp_path: Path, checkpoints: dict[str, Path]) -> None:
    texts = ["At least five villagers were killed and 12 wounded, the army said. " * 4, "", "Nobody said a word."]
    readings = list(Tagger.from_pretrained(checkpoints["bert"]).predict_batch(texts))
    readings[0] = replace(readings[0], date="2024-05-01")
    rows = store(tmp_path, readings)
    assert [json.dumps(line_of(row)) for row in rows] == [json.dumps(reading.to_dict()) for reading in readings]
    assert readings[0].claims
    assert all(row["exact"] is None for row in rows)
    assert [(row["file"], row["position"], row["date"]) for row in rows[:2]] == [
        ("a.jsonl", 1, "2024-05-01"),
        ("a.jsonl", 2, None),
    ]


def test_what_parquet_cannot_hold_is_kept_as_json(tmp_path: Path) -> None:
    readings = [figure("Some \ud83d five died.", "five"), figure(f"As many as {HUGE} died.", HUGE)]
    half, huge = store(tmp_path, readings)
    assert half["text"] == "Some \ufffd five died."
    assert huge["claims"][0]["point"] is None  # type: ignore[index]
    assert [line_of(row) for row in (half, huge)] == [reading.to_dict() for reading in readings]
    assert readings[1].claims[0].point == int(HUGE)


def test_an_error_says_where_and_why(tmp_path: Path) -> None:
    with PartitionFile(tmp_path / "kept" / "part.parquet", ERRORS, tmp_path, keep_empty=False) as file:
        file.write(error_row(RowError("a\udcff.jsonl", 3, "text: missing")))
        file.write(error_row(RowError("b.txt", None, "no UTF-8")))
    assert list(read_partitions(tmp_path / "kept")) == [
        {"file": "a\ufffd.jsonl", "position": 3, "reason": "text: missing"},
        {"file": "b.txt", "position": None, "reason": "no UTF-8"},
    ]


def test_a_partition_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path, unfinished = tmp_path / "part.parquet", tmp_path / "unfinished"
    with pytest.raises(OSError, match="full"), PartitionFile(path, ERRORS, unfinished) as file:  # noqa: PT012
        file.write(error_row(RowError("a", 1, "x")))
        raise OSError("the disk is full")
    assert not path.exists()
    with PartitionFile(path, ERRORS, unfinished, keep_empty=False):
        pass
    assert not path.exists()
    with PartitionFile(path, ERRORS, unfinished):
        assert not path.exists()
    assert count_rows([path]) == 0
    assert list(unfinished.iterdir()) == []


def test_long_texts_are_not_held_until_the_end(tmp_path: Path) -> None:
    with PartitionFile(tmp_path / "part.parquet", READINGS, tmp_path) as file:
        for _ in range(5):
            file.write({"text": "long " * 500_000})
    assert pq.read_metadata(tmp_path / "part.parquet").num_row_groups == 3
