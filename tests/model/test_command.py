import io
import json
import sys
from pathlib import Path

import pytest

from tolltale.command import main


@pytest.fixture(autouse=True)
def _checkpoint(checkpoints: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLTALE_CHECKPOINT", str(checkpoints["bert"]))


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_text_becomes_a_json_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_bytes(b"Five died.\r\nHe said so.")
    assert main([str(article)]) == 0
    (row,) = lines(capsys.readouterr().out)
    assert (row["id"], row["text"]) == ("article", "Five died.\r\nHe said so.")


def test_a_text_is_listed_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Five soldiers\ndied, he said. " * 9, encoding="utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main([str(article)]) == 0
    out = capsys.readouterr().out
    assert "figure" in out
    assert not out.startswith("{")


def test_standard_input_is_read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Five died.")))
    assert main(["-"]) == 0
    assert lines(capsys.readouterr().out)[0]["text"] == "Five died."


def test_good_rows_around_a_bad_one_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus, output = tmp_path / "corpus.jsonl", tmp_path / "readings.jsonl"
    corpus.write_bytes(b'{"id": "a", "text": "Five died."}\n{"text": 3}\n\xff\n{"id": "b", "text": "Six died."}\n')
    assert main([str(corpus), "--output", str(output)]) == 1
    assert [row["id"] for row in lines(output.read_text(encoding="utf-8"))] == ["a", "b"]
    err = capsys.readouterr().err
    assert f"{corpus}:2: text: expected str" in err
    assert f"{corpus}:3: no JSON in UTF-8" in err
    assert sorted(tmp_path.iterdir()) == [corpus, output]


def test_a_missing_file_is_named_and_the_others_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Five died.", encoding="utf-8")
    assert main([str(tmp_path / "none.txt"), str(article)]) == 1
    caught = capsys.readouterr()
    assert "none.txt: No such file" in caught.err
    assert len(lines(caught.out)) == 1


def test_a_text_that_is_no_utf8_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_bytes(b"caf\xe9")
    assert main([str(article)]) == 2
    assert "article.txt: no UTF-8" in capsys.readouterr().err


def test_nothing_read_leaves_an_older_output_as_it_was(tmp_path: Path) -> None:
    output = tmp_path / "readings.jsonl"
    output.write_text("older\n", encoding="utf-8")
    assert main([str(tmp_path / "none.txt"), "--output", str(output)]) == 2
    assert output.read_text(encoding="utf-8") == "older\n"
    assert list(tmp_path.iterdir()) == [output]


def test_any_row_with_a_text_is_read(tmp_path: Path) -> None:
    corpus, output = tmp_path / "corpus.jsonl", tmp_path / "readings.jsonl"
    rows: list[dict[str, object]] = [
        {"id": 7, "text": "Five died.", "source": None, "spans": [{"start": 0}]},
        {"id": "half", "text": "Six \ud83d died."},
        {"text": "Seven died."},
    ]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main([str(corpus), "--output", str(output)]) == 0
    assert [row["id"] for row in lines(output.read_text(encoding="utf-8"))] == ["7", "half", ""]


def test_a_wrong_option_is_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Five died.", encoding="utf-8")
    assert main([str(article), "--device", "foo"]) == 2
    assert capsys.readouterr().err.startswith("error: device: ")
    with pytest.raises(SystemExit, match="2"):
        main([str(article), "--batch-size", "0"])


def test_a_missing_checkpoint_is_an_error_of_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "x.txt"), "--checkpoint", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.startswith("error: ")
    assert len(err.splitlines()) == 1
