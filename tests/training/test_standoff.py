import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from strategies import documents

from tolltale.corpora import write_corpus
from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.markup import parse
from tolltale.standoff import HASH, attach, detach, read_annotated, read_standoff, realign
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


def test_the_command_leaves_no_half_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "a-1.txt").write_text("<K1>Two</K1> died.\n", encoding="utf-8")
    (tmp_path / "texts.jsonl").write_text('{"id": "a-1", "text": "Two died."}\n', encoding="utf-8")
    output = tmp_path / "standoff.jsonl"
    output.write_text("as it was\n", encoding="utf-8")
    monkeypatch.setattr("training.corpus.commands.detach_text", lambda _: 1 / 0)
    call = ["detach", str(tmp_path / "marked"), "--texts", str(tmp_path / "texts.jsonl"), "--output", str(output)]
    with pytest.raises(ZeroDivisionError):
        main(call)
    assert output.read_text(encoding="utf-8") == "as it was\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "b", "text": "Two."}', "texts.jsonl: no text with the id 'a-1'"),
        ('{"id": "b", "text"', "texts.jsonl:1: no JSON in UTF-8"),
        ('{"id": "a-1"}', "texts.jsonl:1: expected an object with a string 'text'"),
        ("3", "texts.jsonl:1: expected an object with a string 'id'"),
        (None, "texts.jsonl: cannot be read: No such file"),
    ],
)
def test_texts_that_do_not_serve_are_told_in_a_line(
    line: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "a-1.txt").write_text("<K1>Two</K1> died.\n", encoding="utf-8")
    texts = tmp_path / "texts.jsonl"
    if line is not None:
        texts.write_text(line, encoding="utf-8")
    call = ["detach", str(tmp_path / "marked"), "--texts", str(texts), "--output", str(tmp_path / "out")]
    assert main(call) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_a_corpus_is_read_as_stand_off_where_its_texts_are_named(tmp_path: Path) -> None:
    document = parse("<K1>Two</K1> <V1>men</V1> died.", name="d")
    write_corpus(tmp_path / "whole.jsonl", [document])
    (tmp_path / "bare.jsonl").write_text(json.dumps(detach(document)) + "\n", encoding="utf-8")
    assert list(read_annotated(tmp_path / "whole.jsonl")) == [document]
    assert list(read_annotated(tmp_path / "bare.jsonl", tmp_path / "whole.jsonl")) == [document]


def test_an_output_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = tmp_path / "texts.jsonl"
    write_corpus(texts, [parse("Nobody came.", name="d")])
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "d.txt").write_text("Nobody came.", encoding="utf-8")
    call = ["detach", str(tmp_path / "marked"), "--texts", str(texts), "--output", str(texts / "such")]
    assert main(call) == 2
    (error,) = capsys.readouterr().err.splitlines()
    assert error.startswith("error: ")
    assert str(texts) in error
