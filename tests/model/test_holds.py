"""What happens at the edges: odd texts, long texts, many rows, and output that breaks off."""

import errno
import json
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from weakref import WeakSet

import numpy as np
import pytest

from tolltale import Document, Reading, Tagger
from tolltale.command import main
from tolltale.documents import Link, Span
from tolltale.links import plan_choices
from tolltale.markup import parse
from tolltale.sentences import split_sentences
from tolltale.writers import FORMS, write_readings

SENTENCE = "At least five villagers were killed and 1,200 hurt, the army said on Tuesday.\n"
ODD = {
    "empty": "",
    "white space": " \t\r\n\u00a0\u2028\x1c",
    "no Latin letters": "東京で五人が死亡した。قُتل ١٢ شخصا على الأقل، بحسب الجيش.",
    "emoji and combining marks": "👩🏽\u200d🚒 Cinq cafe\u0301s 🇸🇾 \u0301\u0301 12\ufe0f\u20e3 dead",
    "control characters": "Five\x00 men\x1b[2J died\x07,\x85 he\x7f said\ufeff.",
    "half characters": "\ud83d Five \udfff men \ud83d \ude00 died\ud800, he said.",
    "HTML": "<p>Five &amp; six <b>died</b></p><script>alert(1)</script> <K1>12</K1>",
    "one word without end": "a" * 3000 + "9" * 3000,
}


@pytest.fixture(autouse=True)
def _checkpoint(checkpoints: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLTALE_CHECKPOINT", str(checkpoints["bert"]))


@pytest.fixture(scope="module")
def tagger(checkpoints: dict[str, Path]) -> Tagger:
    return Tagger.from_pretrained(checkpoints["bert"], device="cpu")


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": ODD[name]}) + "\n" for name in ODD), encoding="ascii")
    return path


def test_odd_texts_come_back_as_they_were_with_exact_offsets(rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    assert main([str(rows), "--output", str(output)]) == 0
    found = [json.loads(line) for line in output.read_bytes().splitlines()]
    assert {row["id"]: row["text"] for row in found} == ODD
    for row in found:
        for claim in row["claims"]:
            figure = claim["figure"]
            assert figure["text"] == row["text"][figure["start"] : figure["end"]] == figure["text"].strip()
    assert [row["id"] for row in found if not row["spans"]] == ["empty", "white space"]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "html"])
def test_every_form_holds_odd_texts(form: str, rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert main([str(rows), "--format", form, "--output", str(output)]) == 0
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
    monkeypatch.setattr("tolltale.tagger.READ_AHEAD", 1000)
    taken = 0

    def make() -> Iterator[str]:
        nonlocal taken
        for taken in range(1, 501):
            yield f"{taken} men died."

    ahead = [taken - number for number, _ in enumerate(tagger.predict_batch(make()), 1)]
    assert len(ahead) == 500
    assert max(ahead) < 1000 / len("1 men died.")


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


@pytest.fixture
def breaking(rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], list[str]]:
    """Arguments of a run over odd texts into an older file, in which the third row raises."""

    def prepare(error: BaseException) -> list[str]:
        (tmp_path / "out.jsonl").write_text("older\n", encoding="utf-8")
        made = []

        def fail(reading: Reading) -> str:
            made.append(reading)
            if len(made) == 3:
                raise error
            return json.dumps({"id": reading.id}) + "\n"

        monkeypatch.setattr("tolltale.writers.to_line", fail)
        return [str(rows), "--output", str(tmp_path / "out.jsonl")]

    return prepare


Breaking = Callable[[BaseException], list[str]]


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 2, "out.jsonl: No space left on device"),
        (KeyboardInterrupt(), 130, "stopped; "),
    ],
)
def test_a_run_that_breaks_off_leaves_an_older_output_as_it_was(
    error: BaseException, status: int, said: str, breaking: Breaking, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(breaking(error)) == status
    assert said in capsys.readouterr().err
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "older\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "rows.jsonl"]


def test_ctrl_c_keeps_the_rows_that_have_come_out(breaking: Breaking, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(breaking(KeyboardInterrupt())[:1]) == 130
    caught = capsys.readouterr()
    assert [json.loads(line)["id"] for line in caught.out.splitlines()] == list(ODD)[:2]
    assert "the rows that have come out are whole" in caught.err


def test_a_reader_that_has_gone_ends_the_run_without_a_word(
    rows: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        assert main([str(rows)]) == 141
    assert "error" not in capsys.readouterr().err


needs_full = pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full")


@needs_full
def test_a_full_disk_under_standard_output_is_told(
    rows: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main([str(rows)]) == 2
    assert "error: standard output: No space left on device" in capsys.readouterr().err


@pytest.mark.parametrize("device", ["/dev/null", pytest.param("/dev/full", marks=needs_full)])
def test_a_device_is_written_to_and_not_replaced(device: str, rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if os.name != "posix" or not Path(device).is_char_device():
        pytest.skip(f"no {device}")
    status = main([str(rows), "--output", device])
    assert Path(device).is_char_device()
    assert (status, "No space left" in capsys.readouterr().err) == ((0, False) if device == "/dev/null" else (2, True))


@pytest.mark.parametrize("form", ["jsonl", "brat", "label-studio"])
def test_a_folder_with_files_is_not_taken_for_an_output(
    form: str, rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    assert main([str(rows), "--format", form, "--output", str(tmp_path / "kept")]) == 2
    assert "kept: is a folder" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["file"]


def test_an_output_below_a_file_is_refused(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(rows), "--output", str(rows / "out.jsonl")]) == 2
    assert "rows.jsonl" in capsys.readouterr().err


def test_a_link_is_followed_and_what_a_killed_run_left_is_cleared(rows: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real.partial").mkdir()
    assert main([str(rows), "--output", str(tmp_path / "link")]) == 0
    assert (tmp_path / "link").is_symlink()
    assert len((tmp_path / "real").read_bytes().splitlines()) == len(ODD)
    assert not (tmp_path / "real.partial").exists()
