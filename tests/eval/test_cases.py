"""The commands that score rules over judged cases, on cases of texts that we wrote."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from eval import disputes, mentions, tolls
from tolltale.corpora import write_corpus
from tolltale.markup import parse

TEXT = (
    "<S1>Ali Noor, a spokesman for the rebels,</S1> <Q1>said</Q1> <C1><K1>30</K1> <V1>people</V1>, including "
    "<K2>12</K2> <V2>children</V2>, died</C1>. <S2>Noor</S2> <Q2>put</Q2> <C2>the wounded at <I3>50</I3></C2>, but "
    "<S3>the army</S3> <Q3>said</Q3> <C3>only <K4>four</K4> died</C3>."
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "corpus.jsonl", [parse(TEXT, name="d")])
    return tmp_path / "corpus.jsonl"


def place(text: str, nth: int = 0) -> list[int]:
    """Where a span of TEXT stands."""
    spans = [span for span in parse(TEXT).spans if span.text == text]
    return [spans[nth].start, spans[nth].end]


def write(path: Path, *rows: Mapping[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_mentions_count_what_is_found_and_what_is_not(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full = place("Ali Noor, a spokesman for the rebels,")
    right = {"id": "d", "source": place("Noor"), "name": full, "held_out": True}
    wrong = {"id": "d", "source": place("the army"), "name": full, "held_out": True}
    for cases, share in (([right], "1.000"), ([right, wrong], "0.500")):
        assert mentions.main([str(corpus), "--cases", str(write(tmp_path / "cases.jsonl", *cases))]) == 0
        assert share in capsys.readouterr().out
    unknown = write(tmp_path / "cases.jsonl", right | {"id": "none"})
    assert mentions.main([str(corpus), "--cases", str(unknown)]) == 2


def test_tolls_count_subsets_and_classes(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tolls, "CASES", tmp_path)
    subset = {"id": "d", "figure": place("12"), "subset_of": place("30"), "cumulative": False, "part": "mine"}
    missed = {"id": "d", "figure": place("50"), "subset_of": place("30"), "cumulative": False, "part": "mine"}
    write(tmp_path / "tolls.jsonl", subset, missed)
    write(tmp_path / "victims.jsonl", {"id": "d", "victim": place("children"), "class": "child", "part": "mine"})
    assert tolls.main([str(corpus)]) == 0
    out = capsys.readouterr().out
    assert "1/1" in out
    assert "1/2" in out


def test_disputes_count_what_is_found_and_what_is_not(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sides = [[place("30")], [place("four")]]
    case = {"id": "d", "sides": sides, "verdict": "dispute"}
    other = case | {"sides": [[place("50")], [place("four")]]}
    assert disputes.main([str(corpus), "--cases", str(write(tmp_path / "cases.jsonl", case, other))]) == 0
    assert "1.000 (1/1)" in (out := capsys.readouterr().out)
    assert "0.500 (1/2)" in out
    strange = write(tmp_path / "cases.jsonl", case | {"text_sha256": "0"})
    assert disputes.main([str(corpus), "--cases", str(strange)]) == 2


def test_denials_are_scored_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "<S1>Rebels</S1> <Q1>said</Q1> <C1><K1>six</K1> died</C1>. "
        "<S2>The army</S2> <Q2><DENY2>denied</DENY2></Q2> <C2>this</C2>."
    )
    document = parse(text, name="d")
    places = {span.label: [span.start, span.end] for span in document.spans}
    write_corpus(tmp_path / "corpus.jsonl", [document])
    case = {"id": "d", "sides": [[places["KILLED"]]], "denials": [places["DENY"]], "verdict": "dispute"}
    cases = str(write(tmp_path / "cases.jsonl", case))
    assert disputes.main([str(tmp_path / "corpus.jsonl"), "--cases", cases]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("denials")]
    assert line.count("1.000 (1/1)") == 2
