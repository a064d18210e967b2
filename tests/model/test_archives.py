import json
import os
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tolltale.archives import Part, Row, cut_archive, read_part
from tolltale.documents import Document
from tolltale.errors import DocumentError

shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def write_lines(path: Path, texts: list[str]) -> str:
    path.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts)), "utf-8")
    return str(path)


def write_table(path: Path, rows: list[dict[str, object]], **settings: int) -> str:
    pq.write_table(pa.Table.from_pylist(rows), path, **settings)
    return str(path)


def read(inputs: list[str], n_rows: int = 3, *, sealed: bool = True) -> Iterator[Row]:
    for part in cut_archive(inputs, n_rows=n_rows, sealed=sealed):
        yield from read_part(part)


def shown(row: Row) -> object:
    return row.content.text if isinstance(row.content, Document) else str(row.content)


LINES = st.lists(st.sampled_from([b'{"text": "a"}', b'{"text": 3}', b"", b"  ", b"\xff", b'{"text": "\xc3\xa9"}']))


@shared
@given(lines=LINES, ending=st.booleans(), n_rows=st.integers(1, 4))
def test_parts_of_lines_hold_each_line_once(tmp_path: Path, lines: list[bytes], ending: bool, n_rows: int) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n" * ending)
    parts = list(cut_archive([str(path)], n_rows=n_rows, sealed=True))
    rows = [list(read_part(part)) for part in parts]
    assert all(1 <= len(held) <= n_rows for held in rows)
    assert [row.position for held in rows for row in held] == [i for i, line in enumerate(lines, 1) if line.strip()]
    whole = [shown(row) for row in read_part(Part((str(path),)))]
    assert [shown(row) for held in rows for row in held] == whole


@shared
@given(count=st.integers(0, 20), group=st.integers(1, 9), n_rows=st.integers(1, 9))
def test_parts_of_a_table_hold_each_row_once(tmp_path: Path, count: int, group: int, n_rows: int) -> None:
    table = pa.table({"text": pa.array([f"text {i}" for i in range(count)], pa.string())})
    pq.write_table(table, tmp_path / "rows.parquet", row_group_size=group)
    rows = list(read([str(tmp_path / "rows.parquet")], n_rows))
    assert [row.position for row in rows] == list(range(1, count + 1))
    assert [shown(row) for row in rows] == [f"text {i}" for i in range(count)]


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/two.txt", "a.txt", "c.d.txt", "b/one.txt", ".hidden.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    write_lines(tmp_path / "b.jsonl", ["x", "y"])
    rows = list(read([str(tmp_path)]))
    assert [shown(row) for row in rows] == ["a.txt", "b/one.txt", "b/two.txt", "x", "y", "c.d.txt"]
    ids = [row.content.id for row in rows if isinstance(row.content, Document)]
    assert ids == ["a", "b/one", "b/two", "0", "1", "c.d"]


def test_texts_that_are_named_share_parts(tmp_path: Path) -> None:
    names = [str(tmp_path / f"{i}.txt") for i in range(5)]
    for name in names:
        Path(name).write_text(name, encoding="utf-8")
    assert [part.files for part in cut_archive(names, n_rows=3)] == [tuple(names[:3]), tuple(names[3:])]


def test_nothing_of_an_archive_is_left_out_in_silence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "good.txt").write_text("good", encoding="utf-8")
    (archive / "latin.txt").write_bytes(b"caf\xe9")
    (archive / "paper.pdf").write_bytes(b"%PDF")
    (archive / "torn.parquet").write_bytes(b"PAR1")
    write_table(archive / "untold.parquet", [{"body": "x"}])
    messages = [str(shown(row)) for row in read([str(archive), str(tmp_path / "empty"), str(tmp_path / "none.jsonl")])]
    for message, expected in zip(
        messages,
        [
            "good",
            f"{archive}/latin.txt: no UTF-8",
            f"{archive}/paper.pdf: no text but laid out for print; take its text out first, as with `pdftotext` or "
            "`pandoc --to plain`",
            f"{archive}/torn.parquet: ",
            f"{archive}/untold.parquet: no column `text`",
            f"{tmp_path}/empty: no .txt, .jsonl or .parquet file in it",
            f"{tmp_path}/none.jsonl: No such file or directory",
        ],
        strict=True,
    ):
        assert message.startswith(expected)


def test_a_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "REPORT.TXT").write_text("a report", encoding="utf-8")
    write_lines(tmp_path / "CORPUS.JSONL", ["x", "y"])
    write_table(tmp_path / "TABLE.PARQUET", [{"text": "z"}])
    assert [shown(row) for row in read([str(tmp_path)])] == ["x", "y", "a report", "z"]
    assert [shown(row) for row in read([str(tmp_path / "CORPUS.JSONL")])] == ["x", "y"]


@pytest.mark.parametrize("name", ["rows.jsonl.gz", "texts.ZIP"])
def test_what_is_packed_is_to_be_unpacked(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x8b")
    for place in (tmp_path, tmp_path / name):
        assert [shown(row) for row in read([str(place)])] == [f"{tmp_path / name}: no text but packed; unpack it first"]


def test_a_link_to_a_folder_is_told_from_an_empty_one(tmp_path: Path) -> None:
    archive, elsewhere = tmp_path / "archive", tmp_path / "elsewhere"
    archive.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("a", encoding="utf-8")
    (archive / "link").symlink_to(elsewhere)
    assert [shown(row) for row in read([str(archive)])] == [
        f"{archive / 'link'}: a link to a folder, not followed; name it itself"
    ]
    assert [shown(row) for row in read([str(archive / "link")])] == ["a"]


def test_a_bad_row_of_a_table_spoils_no_other(tmp_path: Path) -> None:
    broken = pa.array([b"one", b"caf\xe9", b"three", None], pa.binary()).view(pa.string())
    days = pa.array([date(2024, 5, 1)] * 4)
    pq.write_table(pa.table({"text": broken, "date": days, "id": [1, 2, 3, 4]}), tmp_path / "rows.parquet")
    first, second, third, fourth = read([str(tmp_path / "rows.parquet")], 9)
    assert isinstance(first.content, Document)
    assert (first.content.text, first.content.date, first.content.id) == ("one", "2024-05-01", "1")
    assert str(second.content).startswith(f"{tmp_path}/rows.parquet:2: text: no UTF-8")
    assert shown(third) == "three"
    assert str(fourth.content) == f"{tmp_path}/rows.parquet:4: text: is null"


def test_a_sealed_part_that_changed_is_refused(tmp_path: Path) -> None:
    lines, text = write_lines(tmp_path / "rows.jsonl", ["a", "b"]), tmp_path / "text.txt"
    text.write_text("one", encoding="utf-8")
    parts = list(cut_archive([lines, str(text)], sealed=True))
    for part in parts:
        assert all(isinstance(row.content, Document) for row in read_part(part))
    write_lines(tmp_path / "rows.jsonl", ["a", "c"])
    text.unlink()
    for part in parts:
        with pytest.raises(DocumentError, match="changed while the archive was read"):
            list(read_part(part))


def test_a_table_that_cannot_be_read_any_more_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "rows.parquet"
    (part,) = cut_archive([write_table(table, [{"text": "a"}])], sealed=True)
    table.write_bytes(b"PAR1")
    with pytest.raises(DocumentError, match="changed while the archive was read"):
        list(read_part(part))


def test_lines_come_through_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "rows.jsonl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b'{"text": "a"}\n' * 5))
    writer.start()
    assert len(list(read([str(pipe)], sealed=False))) == 5
    writer.join()
