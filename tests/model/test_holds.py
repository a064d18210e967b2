"""What happens at the edges: odd texts, long texts and many rows."""

import json
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from weakref import WeakSet

import numpy as np
import pytest
from odd import ODD

from tolltale import Document, Reading, Tagger
from tolltale.command import main
from tolltale.documents import Link, Span
from tolltale.links import plan_choices
from tolltale.markup import parse
from tolltale.sentences import split_sentences
from tolltale.writers import FORMS, write_readings

SENTENCE = "At least five villagers were killed and 1,200 hurt, the army said on Tuesday.\n"


@pytest.fixture(autouse=True)
def _checkpoint(checkpoints: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLTALE_CHECKPOINT", str(checkpoints["bert"]))


@pytest.fixture(scope="module")
def tagger(checkpoints: dict[str, Path]) -> Tagger:
    return Tagger.from_pretrained(checkpoints["bert"], device="cpu")


def test_odd_texts_come_back_as_they_were_with_exact_offsets(odd_rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    assert main([str(odd_rows), "--output", str(output)]) == 0
    found = [json.loads(line) for line in output.read_bytes().splitlines()]
    assert {row["id"]: row["text"] for row in found} == ODD
    for row in found:
        for span in row["spans"]:
            words = row["text"][span["start"] : span["end"]]
            assert words
            assert words == words.strip()
        for claim in row["claims"]:
            assert claim["figure"]["text"] == row["text"][claim["figure"]["start"] : claim["figure"]["end"]]
    assert [row["id"] for row in found if not row["spans"]] == ["empty", "white space"]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "html"])
def test_every_form_holds_odd_texts(form: str, odd_rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert main([str(odd_rows), "--format", form, "--output", str(output)]) == 0
    for path in output.iterdir() if output.is_dir() else [output]:
        path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("form", ["listing", "summary", "table"])
def test_no_text_steers_the_terminal(form: str, tmp_path: Path) -> None:
    text = "Ten \x1b[2J\x07men\ud800"
    spans = (Span("T1", "figure", "KILLED", 0, 3, "Ten"), Span("T2", "attribution", "CUE", 4, 5, "\x1b"))
    source = Span("T3", "attribution", "SOURCE", 5, len(text), text[5:])
    content = Span("T4", "attribution", "CONTENT", 0, 4, "Ten ")
    links = (Link("source", "T2", "T3"), Link("content", "T2", "T4"))
    scored = tuple(replace(span, score=0.5) for span in (*spans, source, content))
    reading = Reading(text, layers=("figure", "attribution"), spans=scored, links=links)
    write_readings(form, [reading], tmp_path / "out")
    shown = (tmp_path / "out").read_bytes().decode("utf-8")
    assert all(character.isprintable() for character in shown.replace("\n", ""))


@pytest.mark.parametrize("form", [form for form in FORMS if form != "html"])
def test_what_is_held_does_not_grow_with_the_rows(form: str, tmp_path: Path) -> None:
    alive: WeakSet[Reading] = WeakSet()
    most = 0

    def make() -> Iterator[Reading]:
        nonlocal most
        for number in range(300):
            document = parse("<S1>The army</S1> <Q1>said</Q1> <C1><K1>five</K1> died</C1>.", name=str(number))
            spans = tuple(replace(span, score=0.5) for span in document.spans)
            reading = _Tracked(document.text, document.id, "", document.layers, spans, document.links)
            alive.add(reading)
            most = max(most, len(alive))
            yield reading

    write_readings(form, make(), tmp_path / "out")
    assert most <= 3


class _Tracked(Reading):
    """A reading that a WeakSet can hold: documents that are equal are told apart."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def test_the_tagger_holds_no_more_rows_than_it_reads_ahead(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tolltale.ahead.READ_AHEAD", 1000)
    taken = 0

    def make() -> Iterator[str]:
        nonlocal taken
        for taken in range(1, 501):
            yield f"{taken} men died."

    ahead = [taken - number for number, _ in enumerate(tagger.predict_batch(make()), 1)]
    assert len(ahead) == 500
    assert max(ahead) < 2 * 1000 / len("1 men died.")  # a group that is read, and the next that is cut


def _claims_of(n_sentences: int, name: str) -> Document:
    """A text whose every sentence has a source of its own, a figure and a stance."""
    text, spans, links = "", [], []
    for n in range(n_sentences):
        start = len(text)
        text += f"Omar {name}{n}oor denied twelve men died. "
        for k, (layer, label, words) in enumerate(
            [
                ("attribution", "SOURCE", f"Omar {name}{n}oor"),
                ("attribution", "CUE", "denied"),
                ("stance", "DENY", "denied"),
                ("attribution", "CONTENT", "twelve men died"),
                ("figure", "KILLED", "twelve"),
            ]
        ):
            at = text.index(words, start)
            spans.append(Span(f"T{5 * n + k}", layer, label, at, at + len(words), words, 0.5))
        links += [Link("source", f"T{5 * n + 1}", f"T{5 * n}"), Link("content", f"T{5 * n + 1}", f"T{5 * n + 3}")]
    return Document(text, layers=("figure", "attribution", "stance"), spans=tuple(spans), links=tuple(links))


def _count_calls(work: Callable[[], object]) -> int:
    count = 0

    def see(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_the_work_grows_with_the_length_of_an_article_and_not_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tolltale.mentions.MOST", 10)

    def read(document: Document) -> None:
        reading = Reading(document.text, layers=document.layers, spans=document.spans, links=document.links)
        assert len(reading.claims) == len(document.spans) / 5
        assert all(claim.source_name and claim.stances for claim in reading.claims)
        reading.to_html()

    short, long = _claims_of(60, "N"), _claims_of(240, "M")
    read(_claims_of(60, "K"))  # what is done once is done; each name is looked for by a pattern of its own
    assert _count_calls(lambda: read(long)) < 5 * _count_calls(lambda: read(short))


def test_links_of_many_spans_take_little_memory() -> None:
    n_spans = 20_000  # a table of all pairs would take 800 MB
    words = np.repeat(np.arange(n_spans)[:, None], 2, axis=1) + np.array([0, 1])
    tracemalloc.start()
    plan_choices("counts", ["KILLED", "VICTIM"] * (n_spans // 2), words)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50e6


@pytest.mark.parametrize("mark", [".", "?!", ". ", "\n", " ", "\n ", '."', ". ("])
def test_a_million_marks_are_split(mark: str) -> None:
    text = mark * (1_000_000 // len(mark))
    assert sum(end - start for start, end in split_sentences(text)) == len(text)


def test_a_row_that_is_no_text_is_named_in_few_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps({"text": ["x" * 1000] * 1000}) + '\n{"text": "Five died."}\n', encoding="utf-8")
    assert main([str(corpus)]) == 1
    caught = capsys.readouterr()
    assert "corpus.jsonl:1: text: expected str, found list" in caught.err
    assert len(caught.err) < 1000
    assert json.loads(caught.out)["text"] == "Five died."
