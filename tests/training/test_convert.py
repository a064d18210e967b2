import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tolltale.corpora import read_corpus, write_corpus
from tolltale.errors import DocumentError
from tolltale.formats import FORMATS, brat, conll, doccano, label_studio
from tolltale.markup import parse
from training.corpus.__main__ import main

MARKED = "👩 <C1><K1>Five</K1>\n<V1>men</V1> died</C1>, <S1>he</S1> <Q1>said</Q1>."
EXAMPLE = parse(MARKED, name="a/b", source="s")
SCORED = replace(EXAMPLE, spans=tuple(replace(span, score=0.5) for span in EXAMPLE.spans))


ROW = json.dumps(doccano.to_row(EXAMPLE, Counter()))
TASK = json.dumps([label_studio.to_task(EXAMPLE)])
COLUMNS = "\n".join(conll.to_lines(EXAMPLE, Counter())) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("doccano", ROW.replace('"start_offset": 3', '"start_offset": 1'), ":1: entities[0].start_offset: offset 1 is"),
        ("doccano", ROW.replace("KILLED", "DEAD"), ":1: entities[1].label: 'DEAD' is none of KILLED"),
        ("doccano", ROW + '\n{"text": "a", "label": []}', ":2: entities: missing"),
        ("doccano", ROW.replace('"to_id": 1', '"to_id": "1"'), ":1: relations[0].to_id: expected int, found str '1'"),
        ("label-studio", "[{", ": no JSON: "),
        ("label-studio", '{"data": {}}', ": expected a list of tasks, found dict"),
        ("label-studio", TASK.replace('"start": 2, "end": 15', '"end": 15'), "1: result[0].value.start: missing"),
        ("label-studio", TASK.replace("CONTENT", "DENY"), "task 1: result[0].value.labels: 'DENY' is no label of"),
        (
            "label-studio",
            TASK.replace('"right"', '"bi"'),
            "task 1: result[5].direction: 'bi' is neither right nor left",
        ),
        ("label-studio", TASK.replace('"annotations": [', '"annotations": [{},'), "task 1: annotations: there are 2"),
        ("conll", COLUMNS.replace("B-KILLED", "I-KILLED"), ":5: figure: I-KILLED continues nothing"),
        ("conll", COLUMNS.replace("men\tB", "man\tB"), ":6: word: 'man' stands where the text has 'men'"),
        ("conll", COLUMNS.replace("\tO\n", "\n", 1), ":4: expected 4 columns with tabs between, found 3"),
        ("conll", COLUMNS.replace("# text", "# txt"), ":1: text: missing"),
        ("conll", COLUMNS.replace(".\tO\tO\tO\n", ""), ":10: 7 words stand here, and the text has 8"),
        ("jsonl", '{"id": "a"}', ":1: text: missing"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(name: str, content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        list(FORMATS[name].read(path))
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("ann", "message"),
    [
        ("T1\tKILLED 0 4;10 13\tFive men\n", "a.ann:1: T1: is in pieces with words between them"),
        ("\nT1\tKILLED 1 5\tFive\n", "a.ann:2: T1: 'Five' does not stand at 1 5 of the text, but 'ive '"),
        ("T1\tDEAD 0 4\tFive\n", "a.ann:1: T1: 'DEAD' is none of KILLED"),
        ("E1\tKILLED:T1\n", "a.ann:1: 'E1\\tKILLED:T1' is neither a span (T), a directed link (R) nor a note"),
        ("R1\tcounts Arg1:T1 Arg2:T2\n", "a.ann: links[0].head: 'T1' is no span of this document"),
    ],
)
def test_a_bad_ann_file_is_refused_with_its_line(ann: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Five old men", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"a\.ann: no text in UTF-8"):
        list(brat.read(tmp_path))
    (tmp_path / "a.ann").write_text(ann, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        list(brat.read(tmp_path))
    assert message in str(caught.value)


def test_brat_numbers_the_later_of_two_documents_with_one_id(tmp_path: Path) -> None:
    written = brat.write(tmp_path / "new", [EXAMPLE, EXAMPLE])
    assert written.documents == len(list((tmp_path / "new").rglob("*.ann"))) == 2
    assert written.lost["document ids (a later one of the same is numbered)"] == 1


@pytest.mark.parametrize("name", ["brat", "markup"])
def test_a_folder_is_not_mixed_with_what_stands_in_it(name: str, tmp_path: Path) -> None:
    if name == "markup":
        with pytest.raises(DocumentError, match="two documents may have the same id"):
            FORMATS[name].write(tmp_path / "new", [EXAMPLE, EXAMPLE])
    else:
        FORMATS[name].write(tmp_path / "new", [EXAMPLE])
    with pytest.raises(DocumentError, match="is no empty folder"):
        FORMATS[name].write(tmp_path / "new", [EXAMPLE])


def test_convert_guesses_what_is_clear_and_says_what_was_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jsonl, folder, back = tmp_path / "a.jsonl", tmp_path / "x" / "brat", tmp_path / "b.jsonl"
    write_corpus(jsonl, [SCORED])
    assert main(["convert", str(jsonl), str(folder), "--to", "brat"]) == 0
    assert capsys.readouterr().out == f"{folder}: 1 document written\nnot held: 5 scores\n"
    assert main(["convert", str(folder), str(back), "--from", "brat"]) == 0
    assert list(read_corpus(back)) == [EXAMPLE]
    assert main(["convert", str(jsonl), str(tmp_path / "marked"), "--to", "markup"]) == 0
    assert main(["convert", str(tmp_path / "marked"), str(back)]) == 0
    assert list(read_corpus(back)) == [EXAMPLE]


def test_convert_counts_the_front_matter_that_documents_have_no_place_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("---\nkind: s\ndifficulties: [zero]\n---\nNo.\n", encoding="utf-8")
    assert main(["convert", str(tmp_path / "in"), str(tmp_path / "out"), "--to", "markup"]) == 0
    assert "1 document written\nnot held: 1 settings of front matter other than kind\n" in capsys.readouterr().out


def test_convert_asks_for_a_format_that_is_not_clear(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(tmp_path / "a.jsonl", [EXAMPLE])
    assert main(["convert", str(tmp_path / "a.jsonl"), str(tmp_path / "b.json")]) == 2
    assert "its format is not clear from its name; say --to jsonl|markup|label-studio|" in capsys.readouterr().err
    assert main(["convert", str(tmp_path / "no"), str(tmp_path / "b.jsonl"), "--from", "conll"]) == 2
    assert "no such file or folder" in capsys.readouterr().err
