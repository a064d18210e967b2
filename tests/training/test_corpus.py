from pathlib import Path
from xml.etree import ElementTree

import pytest

from tolltale.corpora import read_corpus
from tolltale.labels import LAYERS, LINKS
from tolltale.markup import SHORT, parse, render
from training.corpus.__main__ import main
from training.corpus.files import DOCUMENTS, SPLITS, MarkedFile, read_files
from training.corpus.likeness import find_alike

HEAD = "---\nkind: newswire-brief\ndifficulties: [bounds]\n---\n"


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_corpus_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "325 documents sound, 0 errors; 0 pairs" in capsys.readouterr().out


def test_no_conflict_is_in_two_splits_and_markup_leads_back() -> None:
    files = [row for row in read_files(DOCUMENTS) if isinstance(row, MarkedFile)]
    assert len({(file.split, file.conflict) for file in files}) == len({file.conflict for file in files})
    for file in files:
        assert parse(render(file.document)).spans == file.document.spans


def test_unsound_files_are_named_with_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = write(tmp_path, "train/a/newswire-brief-1.txt", HEAD + "<K1>Five died.")
    odd = write(tmp_path, "train/a/newswire-brief-2.txt", HEAD.replace("newswire-brief", "poem") + "Nobody came.")
    assert main(["check", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert f"error: {bad}:5: never closed: <K1>" in err
    assert f"error: {odd}:2: kind: 'poem' is none of" in err


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("difficulties: 3", ":3: difficulties: expected a list"),
        ("difficulties: bounds", ":3: difficulties: expected a list"),
        ("difficulties: [[bounds]]", ":3: difficulties: ['bounds'] is none of"),
        ("difficulties: [bounds, zero, bounds]", ":3: difficulties: 'bounds' is named twice"),
        ("difficulties: [bounds", "front matter is no YAML"),
    ],
)
def test_difficulties_are_a_list_of_names(
    front: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "train/a/newswire-brief-1.txt", f"---\nkind: newswire-brief\n{front}\n---\nNo.")
    assert main(["check", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"error: {path}:")
    assert message in err
    assert err.count("\n") == 1


def test_a_file_stands_in_its_place_and_has_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "train/a/newswire-brief-1.txt", "\ufeff" + HEAD + "Nobody came.")
    twice = write(tmp_path, "dev/a/newswire-brief-1.txt", HEAD + "Nobody went.")
    odd = write(tmp_path, "train/b/interview-1.txt", HEAD + "Nobody stayed.")
    empty = write(tmp_path, "train/b/newswire-brief-1.txt", HEAD + "\n")
    assert main(["check", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert f"{odd}:2: kind: 'newswire-brief' does not fit the name of the file" in err
    assert f"{empty}:1: there is no text in it" in err
    assert f"1: the conflict 'a' is in dev too: {twice}" in err
    assert "2 documents sound, 3 errors; 0 pairs" in out


def test_sentences_that_are_too_much_alike_are_named() -> None:
    sentence = "The army said on Tuesday that its men had left the valley before {} came down from the hills."
    documents = [parse(sentence.format(who), name=who) for who in ("rebels", "bandits")]
    ((left, right, *_, likeness),) = find_alike(documents)
    assert (left, right) == ("rebels", "bandits")
    assert likeness > 0.8
    assert not list(
        find_alike([documents[0], parse("A quite different thing was told by the women of the upper town.")])
    )


def test_one_frame_with_other_fillings_is_named() -> None:
    frame = "<S1>{}</S1> <Q1>said</Q1> {} <V2,3>{}</V2,3> were <K2>{}</K2> dead and <I3>{}</I3> hurt when a bus {} {}."
    fillings = [
        ("The ministry of war", "on Monday that", "young recruits", "12", "1,040", "was hit near", "Umm Dalil"),
        ("He", "on Friday that", "shepherds", "Forty-one", "six", "was hit near", "Kor"),
    ]
    other = "<S1>He</S1> <Q1>denied</Q1> <C1>that a bus of his had been anywhere near the front in those weeks</C1>."
    documents = [parse(frame.format(*fillings[0]), name="a"), parse(frame.format(*fillings[1]), name="b")]
    assert [(left, right) for left, right, *_ in find_alike(documents)] == [("a", "b")]
    assert not list(find_alike([documents[0], parse(other, name="c")]))
    headings = [
        "SITREP No. 4: Wadi Sahl, 12-19 March, Office of the Envoy",
        "SITREP No. 9: Dar Rukn, 2-9 May, Office of Aid",
    ]
    assert not list(find_alike([parse(text, name=text[:12]) for text in headings]))


def test_compile_writes_a_file_for_each_split(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "docs/train/a/newswire-brief-1.txt", HEAD + "<K1>Five</K1> died.")
    write(tmp_path, "docs/dev/c/newswire-brief-1.txt", HEAD + "Nobody came.")
    assert main(["compile", str(tmp_path / "docs"), "--output", str(tmp_path / "out")]) == 0
    assert [len((tmp_path / "out" / f"{split}.jsonl").read_text().splitlines()) for split in SPLITS] == [1, 1, 0]
    (document,) = read_corpus(tmp_path / "out" / "train.jsonl")
    assert (document.id, document.source, document.spans[0].label) == (
        "train/a/newswire-brief-1",
        "newswire-brief",
        "KILLED",
    )
    assert "train.jsonl: 1 document\n" in capsys.readouterr().out


def test_stats_count_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "train/a/newswire-brief-1.txt", HEAD + "<K1>Five</K1> <V1>men</V1> died.")
    assert main(["stats", str(tmp_path)]) == 0
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in capsys.readouterr().out.splitlines()]
    assert ["train", "a", "1", "3"] in rows
    assert ["KILLED", "1", "0", "0", "1"] in rows
    assert ["bounds", "1", "0", "0", "1"] in rows


def test_show_prints_the_markup(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(corpus), "d1"]) == 0
    assert "<Q1><DENY1>denied</DENY1></Q1>" in capsys.readouterr().out
    assert main(["show", str(corpus), "nobody"]) == 2
    assert "no document nobody" in capsys.readouterr().err


def test_the_scheme_explains_every_tag() -> None:
    scheme = (DOCUMENTS.parent / "ANNOTATION.md").read_text(encoding="utf-8")
    for name, label in SHORT.items():
        assert f"`{name}`" in scheme
        assert label in scheme


def test_labelling_prints_what_label_studio_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["labelling"]) == 0
    config = ElementTree.fromstring(capsys.readouterr().out)
    assert [labels.get("name") for labels in config.iter("Labels")] == list(LAYERS)
    assert [relation.get("value") for relation in config.iter("Relation")] == list(LINKS)
