import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from strategies import documents

from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.markup import parse
from tolltale.standoff import HASH, attach, detach, read_standoff, realign
from training.corpus.__main__ import main


@given(documents())
def test_a_document_comes_back_with_its_text(document: Document) -> None:
    row = json.loads(json.dumps(detach(document)))
    assert "text" not in row
    assert list(attach([row], {"d": document.text}, "file")) == [document]


def test_another_text_is_refused_and_so_is_none() -> None:
    row = detach(parse("<K1>Two</K1> died.", name="d"))
    with pytest.raises(DocumentError, match="'d' is another than the one that was annotated"):
        list(attach([row], {"d": "Six died."}, "file"))
    with pytest.raises(DocumentError, match="'d' is not among the texts"):
        list(attach([row], {}, "file"))


def test_white_space_around_a_text_moves_the_spans() -> None:
    document = realign(parse("<K1>Two</K1> died.", name="d"), "\n\n Two died. \n")
    (span,) = document.spans
    assert document.text[span.start : span.end] == "Two"
    with pytest.raises(DocumentError, match="d: the mark-up changed the text"):
        realign(parse("<K1>Two</K1> died!", name="d"), "Two died.")


def test_the_command_takes_the_text_away(tmp_path: Path) -> None:
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "a-1.txt").write_text("<K1>Two</K1> <V1>cooks</V1> died.\n", encoding="utf-8")
    with gzip.open(tmp_path / "texts.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a-1", "text": "Two cooks died."}) + "\n")
    output = tmp_path / "standoff.jsonl"
    call = ["detach", str(tmp_path / "marked"), "--texts", str(tmp_path / "texts.jsonl.gz"), "--output", str(output)]
    assert main(call) == 0
    assert "cooks" not in output.read_text(encoding="utf-8")
    assert HASH in output.read_text(encoding="utf-8")
    (document,) = read_standoff(output, tmp_path / "texts.jsonl.gz")
    assert [(span.label, span.text) for span in document.spans] == [("KILLED", "Two"), ("VICTIM", "cooks")]
    assert [(tie.label, tie.head, tie.tail) for tie in document.links] == [("counts", "T1", "T2")]
