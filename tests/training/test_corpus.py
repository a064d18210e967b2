import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tolltale.corpora import read_corpus
from tolltale.labels import FIGURES, LABELS, LAYERS, LINKS, STANCE
from tolltale.markup import SHORT, parse, render
from training.corpus.__main__ import main
from training.corpus.files import DOCUMENTS, SPLITS, MarkedFile, read_files
from training.corpus.likeness import find_alike
from training.corpus.stats import FORMS, PLACES, form_of, place_of

ROOT = Path(__file__).parents[2]
HEAD = "---\nkind: newswire-brief\ndifficulties: [bounds]\n---\n"


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_corpus_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "391 documents sound, 0 errors; 0 pairs" in capsys.readouterr().out


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


def test_a_folder_of_ones_own_is_checked_without_front_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "mine/ferry.txt", "<K1>Five</K1> <V1>passengers</V1> drowned.")
    assert main(["check", str(tmp_path)]) == 0
    assert "1 document sound, 0 errors" in capsys.readouterr().out
    bad = write(tmp_path, "mine/bus.txt", "\n<K1>Six")
    assert main(["check", str(tmp_path)]) == 1
    assert f"error: {bad}:2: never closed: <K1>" in capsys.readouterr().err
    assert main(["stats", str(tmp_path)]) == 2
    assert "only `check` reads others" in capsys.readouterr().err


def test_a_file_of_the_corpus_without_a_kind_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = write(tmp_path, "train/a/newswire-brief-1.txt", "Nobody came.")
    assert main(["check", str(tmp_path)]) == 1
    assert f"error: {bare}:2: kind: there is none; it must be one of newswire-brief" in capsys.readouterr().err


def test_every_place_of_a_stance_and_form_of_a_figure_is_there_25_times_and_declared() -> None:
    files = [row for row in read_files(DOCUMENTS) if isinstance(row, MarkedFile)]
    places: Counter[tuple[str, str]] = Counter()
    forms: Counter[str] = Counter()
    for file in files:
        found = [(span.label, place_of(span, file.document)) for span in file.document.layer(STANCE)]
        places.update(found)
        forms.update(form_of(span.text) for span in file.document.spans if span.label in FIGURES)
        declared = set(file.difficulties) & set(PLACES.values())
        assert declared == {PLACES[place] for _, place in found}, file.path
        assert "nothing-to-mark" not in file.difficulties or not file.document.spans, file.path
    assert len(places) == len(LABELS[STANCE]) * len(PLACES)
    assert min(places.values()) >= 25
    assert min(forms[form] for form in FORMS) >= 25


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
    marked = (
        "<K1>Five</K1> <V1>men</V1> died, <S1>he</S1> <Q1><CONFIRM1>confirmed</CONFIRM1></Q1>. <S2>He</S2> "
        '<Q2>said</Q2> <C2>it was "<CONDEMN2>foul</CONDEMN2>" and <K2>six (6)</K2> or <K3>1,200</K3> more</C2>. It '
        "<CONDEMN0>was</CONDEMN0>: <I4>about 40</I4>."
    )
    write(tmp_path, "train/a/newswire-brief-1.txt", HEAD + marked)
    assert main(["stats", str(tmp_path)]) == 0
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in capsys.readouterr().out.splitlines()]
    assert ["train", "a", "1", "20"] in rows
    assert ["KILLED", "3", "0", "0", "3"] in rows
    for name in ("CONFIRM on a cue", "CONDEMN in content", "CONDEMN own voice", *FORMS):
        assert [name, "1", "0", "0", "1"] in rows
    assert ["DENY in content", "0", "0", "0", "0"] in rows
    assert ["bounds", "1", "0", "0", "1"] in rows


def test_show_prints_the_markup(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(corpus), "d1"]) == 0
    assert "<Q1><DENY1>denied</DENY1></Q1>" in capsys.readouterr().out
    assert main(["show", str(corpus), "nobody"]) == 2
    assert "no document nobody" in capsys.readouterr().err


def test_show_ends_without_a_word_where_nobody_reads_on() -> None:
    command = f"{shlex.quote(sys.executable)} -m training.corpus show training/corpus/documents | head -n 1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("== ")
    assert done.stderr == ""


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
