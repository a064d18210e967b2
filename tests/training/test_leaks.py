import gzip
import json
from pathlib import Path

import pytest

from tolltale.corpora import write_corpus
from tolltale.documents import Document
from tolltale.markup import parse
from tolltale.standoff import detach
from training.corpus.__main__ import main
from training.corpus.leaks import find_leaks

FERRY = "The ferry to Umm Dalil went down at dawn with forty people, and <K1>none</K1> of <V1>them</V1> has been found."
SHARED = "the ferry to Umm Dalil went down at dawn, with FORTY people"  # 12 words: five runs


def write(path: Path, *documents: Document) -> str:
    write_corpus(path, documents)
    return str(path)


def words(count: int) -> str:
    return " ".join(f"w{number}" for number in range(count))


def test_a_passage_of_a_document_kept_apart_is_found_whatever_its_case_and_marks() -> None:
    copy, other = parse(f"Port office: {SHARED}.", name="copy"), parse("Nobody saw a ferry.", name="other")
    (leak,) = find_leaks([copy, other], [parse(FERRY, name="ferry")])
    assert leak == ("copy", "ferry", 5, 7, SHARED)


@pytest.mark.parametrize(("n_words", "n_found"), [(95, 1), (96, 0)])  # 12 more make 100 and 101 runs
def test_less_than_a_twentieth_is_no_leak(n_words: int, n_found: int) -> None:
    long = parse(f"{FERRY} {words(200).replace('w', 'v')}")
    assert len(list(find_leaks([parse(f"{SHARED} {words(n_words)}")], [long]))) == n_found


def test_a_short_document_kept_apart_that_stands_in_a_long_one_is_found() -> None:
    (leak,) = find_leaks([parse(f"{words(500)} {FERRY}")], [parse(FERRY, name="ferry"), parse(words(5), name="none")])
    assert (leak.apart, leak.n_shared) == ("ferry", 12)


def test_four_runs_are_no_leak() -> None:
    assert not list(find_leaks([parse(SHARED.rsplit(" ", 1)[0])], [parse(FERRY)]))
    assert not list(find_leaks([parse("Five died."), parse("")], [parse("Five died."), parse("")]))


def test_runs_are_counted_in_all_documents_kept_apart_and_the_one_with_most_is_named() -> None:
    apart = [parse(words(9), name="little"), parse(f"w9 {FERRY}", name="much"), parse(SHARED, name="some")]
    (leak,) = find_leaks([parse(f"{words(10)} {FERRY}", name="both")], apart)
    assert (leak.apart, leak.n_shared, leak.n_runs) == ("much", 15, 22)
    assert leak.passage.startswith("w9 The ferry")


def test_the_command_names_leaks_of_a_stand_off_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = parse(FERRY, name="copy")
    (tmp_path / "real.jsonl").write_text(json.dumps(detach(copy)) + "\n", encoding="utf-8")
    with gzip.open(tmp_path / "texts.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "copy", "text": copy.text}) + "\n")
    one = write(tmp_path / "one.jsonl", parse("Nobody came.", name="none"))
    two = write(tmp_path / "two.jsonl", parse(SHARED, name="ferry"))
    call = ["leaks", str(tmp_path / "real.jsonl"), "--texts", str(tmp_path / "texts.jsonl.gz"), "--against", one]
    assert main([*call, two]) == 1
    out = capsys.readouterr().out
    assert "copy: 5 of 12 runs of 8 words (42%) are in documents to keep apart, most in ferry: 'The ferry to Umm" in out
    assert out.endswith("1 of 1 document with passages out of 2 documents to keep apart\n")
    assert main(call) == 0
    assert capsys.readouterr().out.startswith("0 of 1 document")


def test_nothing_to_keep_apart_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    full, empty = write(tmp_path / "full.jsonl", parse(FERRY)), write(tmp_path / "empty.jsonl")
    assert main(["leaks", full, "--against", empty]) == 2
    assert f"error: {empty}: holds no document" in capsys.readouterr().err
