import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from strategies import documents

from tolltale.corpora import read_corpus, read_rows, to_line, write_corpus
from tolltale.documents import Document
from tolltale.errors import DocumentError

ROW: dict[str, Any] = {
    "id": "d1",
    "text": "Five soldiers died.",
    "layers": ["figure"],
    "spans": [
        {"id": "T1", "layer": "figure", "label": "KILLED", "start": 0, "end": 4},
        {"id": "T2", "layer": "figure", "label": "VICTIM", "start": 5, "end": 13},
    ],
    "links": [{"label": "counts", "head": "T1", "tail": "T2"}],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    row = json.loads(json.dumps(ROW))
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    place = row
    for key in way:
        place = place[key]
    place[last] = value
    return dict(row)


@given(documents())
def test_a_document_survives_its_row(document: Document) -> None:
    assert Document.from_dict(document.to_dict()) == document
    halves = re.sub("[\ud800-\udbff][\udc00-\udfff]", "\ufffd\ufffd", document.text)  # JSON would join them
    line = to_line(document).encode("utf-8")
    assert Document.from_dict(json.loads(line)) == Document.from_dict({**document.to_dict(), "text": halves})


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([], "a row is a JSON object"),
        ({}, "text: missing"),
        ({"text": None}, "text: is null"),
        ({"text": 3}, "text: expected str, found int 3"),
        (changed("layers", ["figures"]), "layers: 'figures' is none of"),
        (changed("layers", []), "is in layer 'figure', which `layers` does not name"),
        ({"text": "x", "spans": ROW["spans"]}, "layers: missing"),
        (changed("spans.0.label", "DEAD"), "spans[0].label: 'DEAD' is no label of layer 'figure'"),
        (changed("spans.1.end", 99), "5 to 99 is no stretch of a text of 19 characters"),
        (changed("spans.1.start", "5"), "spans[1].start: expected int, found str '5'"),
        (changed("spans.1.score", "high"), "spans[1].score: expected number, found str"),
        (changed("spans.1.score", 5.0), "spans[1].score: 5.0 is no probability, from 0 to 1"),
        (changed("spans.1.score", math.nan), "spans[1].score: nan is no probability"),
        (changed("spans.1.score", 10**400), "spans[1].score: 1000"),
        (changed("links.0.score", -0.1), "links[0].score: -0.1 is no probability"),
        (changed("spans.1.start", True), "spans[1].start: expected int"),
        (changed("spans.1.start", 2), "T1 and T2 overlap in layer 'figure'"),
        (changed("spans.1.id", "T1"), "two of them have the same id"),
        (changed("links.0.label", "count"), "links[0].label: 'count' is none of"),
        (changed("links.0.tail", "T9"), "links[0].tail: 'T9' is no span"),
    ],
)
def test_an_unsound_row_is_refused_by_its_field(row: Any, message: str) -> None:
    with pytest.raises(DocumentError) as refused:
        Document.from_dict(row)
    assert message in str(refused.value)


def test_a_corpus_reads_back_and_names_the_line_of_an_error(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    document = Document.from_dict(ROW)
    assert write_corpus(path, [document, document]) == 2
    assert list(read_corpus(path)) == [document, document]
    with path.open("a", encoding="utf-8") as file:
        file.write('{"text": 3}\n')
    with pytest.raises(DocumentError, match=r"corpus\.jsonl:3: text: expected str"):
        list(read_corpus(path))


def test_one_bad_line_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(b'{"text": "a"}\n\xff\xfe\n\n{"text": \n{"text": "b\xe2\x80\xa8c"}\n')
    rows = list(read_rows(path))
    assert [row.text if isinstance(row, Document) else str(row).split(": ")[0] for row in rows] == [
        "a",
        f"{path}:2",
        f"{path}:4",
        "b\u2028c",
    ]


def test_a_missing_or_empty_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file or folder"):
        read_corpus(tmp_path / "none.jsonl")
    with pytest.raises(DocumentError, match=r"no \.txt file under it"):
        list(read_corpus(tmp_path))


def test_spans_that_meet_do_not_touch_and_one_holds_itself() -> None:
    five, soldiers = Document.from_dict(ROW).spans
    assert not five.touches(4, 5)
    assert five.touches(3, 4)
    assert five.holds(five)
    assert not five.holds(soldiers)
