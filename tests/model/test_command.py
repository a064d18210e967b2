import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tolltale.checkpoint import RELEASED
from tolltale.command import main


@pytest.fixture(autouse=True)
def _checkpoint(checkpoints: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLTALE_CHECKPOINT", str(checkpoints["bert"]))


def lines(text: str) -> list[dict[str, Any]]:
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


def test_what_scores_too_little_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Five people were killed, the army said.", encoding="utf-8")
    assert main([str(article), "--min-score", "0", "--format", "jsonl"]) == 0
    found = capsys.readouterr()
    (row,) = lines(found.out)
    assert "left out" not in found.err
    assert main([str(article), "--min-score", "1", "--format", "csv"]) == 0
    n_found = len(row["spans"]) + len(row["links"])
    assert f"left out: {n_found} spans and links that score too little" in capsys.readouterr().err


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
    for option, value in (("--batch-size", "0"), ("--workers", "two"), ("--min-score", "high"), ("--min-score", "2")):
        with pytest.raises(SystemExit, match="2"):
            main([str(article), option, value])
        assert f"argument {option}: '{value}' is no " in capsys.readouterr().err


def test_a_gpu_that_is_not_there_is_an_error_of_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text("Five died.", encoding="utf-8")
    assert main([str(tmp_path / "x.txt"), "--device", "cuda:99"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("error: device cuda:99: torch finds ")
    assert len(err.splitlines()) == 1


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Five died.", encoding="utf-8-sig")
    assert main([str(article)]) == 0
    assert lines(capsys.readouterr().out)[0]["text"] == "Five died."


@pytest.mark.parametrize("name", ["rows.csv", "rows.TSV", "rows.json", "rows.ndjson", "rows.xlsx"])
def test_a_table_is_not_read_as_one_text(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_text("id,text\n1,Five died.\n", encoding="utf-8")
    assert main([str(tmp_path / name)]) == 2
    assert f"{name}: no text; make it .jsonl or .parquet" in capsys.readouterr().err


def test_what_is_not_there_is_told_of_before_a_model_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tolltale.command._load", lambda _: pytest.fail("the model was loaded"))
    assert main([str(tmp_path / "x.txt")]) == 2
    assert "x.txt: No such file or directory" in capsys.readouterr().err


def test_a_missing_checkpoint_is_an_error_of_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text("Five died.", encoding="utf-8")
    assert main([str(tmp_path / "x.txt"), "--checkpoint", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.startswith("error: ")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("form", ["jsonl", "csv", "table", "html"])
def test_one_text_comes_out_in_the_form_that_is_asked_for(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article, output = tmp_path / "article.txt", tmp_path / "out"
    article.write_text("Five soldiers died, he said. " * 9, encoding="utf-8")
    assert main([str(article), "--format", form]) == 0
    out = capsys.readouterr().out
    assert main([str(article), "--format", form, "--output", str(output)]) == 0
    assert output.read_bytes().decode("utf-8") == out
    assert out.startswith(
        {"jsonl": '{"id"', "csv": "document,document_source,date,kind", "table": "article\n", "html": "<!DOCTYPE"}[form]
    )


@pytest.mark.parametrize("form", ["brat", "label-studio"])
def test_annotation_tools_get_what_they_import(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, output = tmp_path / "article.txt", tmp_path / "out"
    article.write_text("Five soldiers died, he said. " * 9, encoding="utf-8")
    assert main([str(article), "--format", form]) == 2
    assert f"--format {form}: needs --output" in capsys.readouterr().err
    assert main([str(article), "--format", form, "--output", str(output)]) == 0
    if form == "brat":
        assert sorted(path.name for path in output.iterdir()) == ["article.ann", "article.txt"]
        assert "scores" in capsys.readouterr().err
    else:
        assert json.loads(output.read_text(encoding="utf-8"))[0]["predictions"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "out"]


def test_a_page_shows_one_text_and_half_a_page_is_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus, output = tmp_path / "corpus.jsonl", tmp_path / "page.html"
    corpus.write_text('{"text": "Five died."}\n{"text": "Six died."}\n', encoding="utf-8")
    assert main([str(corpus), "--format", "html", "--output", str(output)]) == 2
    assert "for several name a folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [corpus]
    assert main([str(corpus), "--format", "html"]) == 2
    assert capsys.readouterr().out == ""


def test_several_texts_make_a_folder_of_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus, output = tmp_path / "corpus.jsonl", tmp_path / "pages"
    corpus.write_text('{"text": "Five died.", "id": "a/b"}\n{"text": 3}\n{"text": "Six died."}\n', encoding="utf-8")
    assert main([str(corpus), "--format", "html", "--output", str(output)]) == 1
    assert sorted(path.name for path in output.iterdir()) == ["a%2Fb.html", "index.html", "text 2.html"]
    assert main([str(corpus), "--format", "html", "--output", str(output)]) == 2
    assert "is a folder with files in it" in capsys.readouterr().err
    assert main([str(corpus), "--format", "html", "--output", str(corpus)]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_many_texts_are_summarised_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLLTALE_CHECKPOINT", str(RELEASED))
    corpus, plot = tmp_path / "corpus.jsonl", tmp_path / "plot.png"
    rows = [{"text": "At least five soldiers were killed, the army said.", "date": f"2024-05-0{day}"} for day in (1, 2)]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main([str(corpus), "--summary"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["2", "in", "2", "5", "or", "more", "the", "army"]
    assert lines[-1].startswith("2 articles, ")
    assert main([str(corpus), "--plot", str(plot)]) == 0
    assert plot.stat().st_size > 1000
    assert main([str(corpus), "--plot", str(plot), "--kind", "MISSING"]) == 2
    assert "no claim of MISSING has both a number and an article with a `date`" in capsys.readouterr().err


@pytest.mark.parametrize("unused", [["--format", "csv"], ["--summary"], ["--output", "out.csv"]])
def test_what_a_plot_would_not_write_is_refused(unused: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["article.txt", "--plot", "plot.png", *unused])
    assert "--plot draws and writes nothing else" in capsys.readouterr().err


def test_a_kind_without_a_plot_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["article.txt", "--kind", "MISSING"])
    assert "name a file with --plot" in capsys.readouterr().err


def test_workers_without_ray_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["article.txt", "--workers", "2"])
    assert "--workers shares the work out: needs --engine ray" in capsys.readouterr().err


@pytest.mark.parametrize("unfit", [[], ["--output", "out", "--format", "csv"], ["--plot", "plot.png"]])
def test_what_ray_does_not_write_is_refused_before_it_is_loaded(
    unfit: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "tolltale.distributed", None)
    with pytest.raises(SystemExit, match="2"):
        main(["article.txt", "--engine", "ray", *unfit])
    assert "--engine ray writes Parquet: needs --output FOLDER" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("unfit", "message"),
    [
        (["--format", "brat"], "--format brat: needs --output, a folder"),
        (["--plot", "claims.xyz"], "no plot can be written as .xyz"),
    ],
)
def test_an_output_that_does_not_fit_is_refused_before_the_model_is_loaded(
    unfit: list[str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tolltale.tagger.Tagger.from_pretrained", None)
    assert main(["article.txt", *unfit]) == 2
    assert message in capsys.readouterr().err


def test_what_scores_less_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Five soldiers died, he said. " * 9, encoding="utf-8")
    assert main([str(article)]) == 0
    everything = lines(capsys.readouterr().out)[0]["spans"]
    assert main([str(article), "--min-score", "1"]) == 0
    assert isinstance(everything, list)
    assert len(lines(capsys.readouterr().out)[0]["spans"]) < len(everything)
