import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import documents, texts

from tolltale.documents import Document, Link, Span, number_spans
from tolltale.errors import DocumentError
from tolltale.formats import FORMATS, Written, brat, conll, doccano, label_studio, markup
from tolltale.formats.folder import document_id, file_name
from tolltale.formats.utf16 import code_points, code_units
from tolltale.labels import LAYERS
from tolltale.markup import parse, render
from tolltale.words import split_words

MARKED = "👩 <C1><K1>Five</K1>\n<V1>men</V1> died</C1>, <S1>he</S1> <Q1>said</Q1>."
EXAMPLE = parse(MARKED, name="a/b", source="s")
SCORED = replace(EXAMPLE, spans=tuple(replace(span, score=0.5) for span in EXAMPLE.spans))
# Hypothesis makes one alphabet of those that a text is drawn from, where odd characters are rare: pieces are not.
PIECES = [
    "five",
    "men",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u2028",
    "\x85",
    "\x1c",
    "\x00",
    "\ud83d",
    "\udc69",
    "👩",
    "👩\u200d🚒",
]
PIECES += ["e\u0301", "東", "1,200", "#", "_", "<K1>", "---\n", "\\n", '"', "%", ";", "\ufeff"]
odd_texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | texts
names = st.text(st.one_of(st.sampled_from("a./% é"), st.characters(exclude_categories=["Cs"])), max_size=8)


@st.composite
def corpora(draw: st.DrawFn) -> list[Document]:
    """Documents with ids of their own, some of them predictions, some annotated for some layers only."""
    return [draw(_annotated(name)) for name in draw(st.lists(names, max_size=3, unique=True))]


@st.composite
def _annotated(draw: st.DrawFn, name: str) -> Document:
    document, score = draw(documents(odd_texts)), draw(st.none() | st.floats(0, 1))
    layers = tuple(layer for layer in LAYERS if draw(st.booleans()))
    spans = tuple(replace(span, score=score) for span in document.spans if span.layer in layers)
    kept = {span.id for span in spans}
    links = tuple(replace(link, score=score) for link in document.links if {link.head, link.tail} <= kept)
    return Document(document.text, name, draw(names), layers, spans, links, draw(st.sampled_from(["", "2024-05-01"])))


def whole(document: Document, lost: Counter[str]) -> Document:
    text = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in document.text)
    lost["half characters"] += sum(a != b for a, b in zip(text, document.text, strict=True))
    spans = tuple(replace(span, text=text[span.start : span.end]) for span in document.spans)
    return replace(document, text=text, spans=spans)


def without_pairs(document: Document, lost: Counter[str]) -> Document:
    return whole(document, lost) if re.search("[\ud800-\udbff][\udc00-\udfff]", document.text) else document


def without_scores(document: Document, lost: Counter[str]) -> Document:
    document = whole(document, lost)
    lost["scores"] += sum(span.score is not None for span in document.spans)
    lost["scores"] += sum(link.score is not None for link in document.links)
    spans = tuple(replace(span, score=None) for span in document.spans)
    return replace(document, spans=spans, links=tuple(replace(link, score=None) for link in document.links))


def only_words(document: Document, lost: Counter[str]) -> Document:
    document = without_scores(document, lost)
    lost["links"] += len(document.links)
    spans = number_spans(document.spans)
    lost["span ids"] += sum(old.id != new.id for old, new in zip(document.spans, spans, strict=True))
    if not len(split_words(document.text)):
        lost["layers of documents without words"] += len(document.layers)
        document = replace(document, layers=())
    return replace(document, spans=spans, links=())


HELD: dict[str, Callable[[Document, Counter[str]], Document]] = {
    "jsonl": without_pairs,
    "label-studio": whole,
    "brat": without_scores,
    "doccano": without_scores,
    "conll": only_words,
}


def there_and_back(name: str, written: list[Document]) -> tuple[Written, dict[str, Document]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        report = FORMATS[name].write(path, written)
        found = list(FORMATS[name].read(path)) if report.documents or path.is_file() else []
    return report, {document.id: document for document in found}


@pytest.mark.parametrize("name", HELD)
@settings(max_examples=50)
@given(corpora())
def test_what_a_format_holds_comes_back_and_the_rest_is_counted(name: str, written: list[Document]) -> None:
    lost: Counter[str] = Counter()
    held = {document.id: HELD[name](document, lost) for document in written}
    report, found = there_and_back(name, written)
    assert found == held
    assert (report.documents, +report.lost) == (len(written), +lost)


@settings(max_examples=50)
@given(corpora())
def test_markup_keeps_every_span_of_the_texts_that_it_can_hold(written: list[Document]) -> None:
    report, found = there_and_back("markup", written)
    assert len(found) == report.documents == len(written) - report.lost["documents whose text looks like mark-up"]
    for document in written:
        back = found.get("/".join(map(file_name, document.id.split("/"))))
        if back is not None:
            sound = replace(whole(document, Counter()), spans=without_scores(document, Counter()).spans)
            sound = replace(sound, text=sound.text.replace("\r\n", " \n").replace("\r", "\n"))
            lead = len(sound.text) - len(sound.text.lstrip())
            assert (back.text, back.source, back.layers) == (sound.text.strip(), sound.source, LAYERS)
            assert [(s.label, s.start + lead, s.end + lead) for s in back.spans] == [
                (s.label, s.start, s.end) for s in sound.spans
            ]
            assert len(back.links) == len(document.links)


@given(odd_texts)
def test_code_units_are_those_of_utf16(text: str) -> None:
    units = [len(text[:i].encode("utf-16-le", "surrogatepass")) // 2 for i in range(len(text) + 1)]
    assert code_units(text) == units
    assert [code_points(text)[unit] for unit in units] == list(range(len(text) + 1))


@given(names)
def test_a_file_name_leads_back_to_its_id(name: str) -> None:
    safe = file_name(name)
    assert document_id(Path(safe)) == name
    assert not {*safe} & {*'/\\:*?"<>|\0\n'}
    assert not safe.startswith(".")


@pytest.mark.parametrize(
    "name", ["é" * 200, "x" * 100_000, "https://a.b/?q=" + "%20" * 90, "." * 300, "a" * 199 + "東"]
)
def test_a_long_id_is_cut_in_the_file_name_and_comes_back_whole(name: str, tmp_path: Path) -> None:
    written = [replace(EXAMPLE, id=name), replace(EXAMPLE, id=name + "2"), EXAMPLE]
    report = brat.write(tmp_path / "brat", written)
    assert {document.id for document in brat.read(tmp_path / "brat")} == {name, name + "2", "a/b"}
    assert report.documents == 3
    assert sorted(count for what, count in report.lost.items() if "ids" in what) == [0, 1, 2]


def test_half_a_character_in_an_id_does_not_stop_the_others(tmp_path: Path) -> None:
    brat.write(tmp_path / "brat", [replace(EXAMPLE, id="a\ud83d"), EXAMPLE])
    assert len(list(brat.read(tmp_path / "brat"))) == 2


def test_brat_gets_spans_in_pieces_around_line_breaks() -> None:
    note = r'#1	AnnotatorNotes *	{"source": "s", "layers": ["figure", "attribution", "stance"]}'
    lost: Counter[str] = Counter()
    assert brat.to_ann(SCORED, lost) == (
        EXAMPLE.text,
        f"{note}\n"
        "T1\tCONTENT 2 6;7 15\tFive men died\n"
        "T2\tKILLED 2 6\tFive\n"
        "T3\tVICTIM 7 10\tmen\n"
        "T4\tSOURCE 17 19\the\n"
        "T5\tCUE 20 24\tsaid\n"
        "R1\tcontent Arg1:T5 Arg2:T1\n"
        "R2\tcounts Arg1:T2 Arg2:T3\n"
        "R3\tsource Arg1:T5 Arg2:T4\n",
    )
    assert +lost == {"scores": 5}
    assert file_name("a/b") == "a%2Fb"


def test_doccano_gets_offsets_in_utf16_and_numbers_for_ids() -> None:
    odd = replace(EXAMPLE, spans=(replace(EXAMPLE.spans[0], id="x"), *EXAMPLE.spans[1:]))
    odd = replace(odd, links=(Link("content", "T5", "x"),))
    lost: Counter[str] = Counter()
    row = doccano.to_row(odd, lost)
    assert list(row) == ["id", "source", "layers", "text", "entities", "relations"]
    assert row["entities"][0] == {"id": 1, "label": "CONTENT", "start_offset": 3, "end_offset": 16}
    assert row["relations"] == [{"id": 1, "from_id": 5, "to_id": 1, "type": "content"}]
    assert +lost == {"span ids": 1}


def test_conll_gets_a_word_a_line_and_no_span_that_cuts_one() -> None:
    cut = Span("T9", "stance", "DENY", 11, 13, "di")
    document = replace(EXAMPLE, layers=("figure", "stance"), links=())
    document = replace(document, spans=(*document.layer("figure"), cut))
    lost: Counter[str] = Counter()
    assert conll.to_lines(document, lost) == [
        '# id = "a/b"',
        '# source = "s"',
        r'# text = "👩 Five\nmen died, he said."',
        "👩\tO\t_\tO",
        "Five\tB-KILLED\t_\tO",
        "men\tB-VICTIM\t_\tO",
        *(f"{word}\tO\t_\tO" for word in ("died", ",", "he", "said", ".")),
    ]
    assert +lost == {"spans that cut a word": 1, "span ids": 2}


def test_markup_leaves_out_what_would_be_read_otherwise() -> None:
    lost: Counter[str] = Counter()
    assert markup.to_marked(Document("Write <K1>5</K1>."), lost) is None
    assert lost == {"documents whose text looks like mark-up": 1}
    lost.clear()
    assert markup.to_marked(EXAMPLE, lost) == f"---\nkind: s\n---\n{render(EXAMPLE)}"
    twice = replace(EXAMPLE, links=(Link("counts", "T2", "T3"), Link("counts", "T2", "T3"), Link("counts", "T5", "T1")))
    assert markup.hold(twice, lost).links == (Link("counts", "T2", "T3"),)
    assert +lost == {"links": 2}


def test_markup_turns_carriage_returns_into_line_feeds_and_offsets_stay() -> None:
    five = Span("T1", "figure", "KILLED", 8, 12, "Five")
    report, found = there_and_back("markup", [Document("So.\r\n\r\n\rFive died.\n", "a", "", LAYERS, (five,))])
    assert found["a"] == Document("So. \n \n\nFive died.", "a", "", LAYERS, (five,))
    assert +report.lost == {"carriage returns": 3, "texts with white space around them": 1}


def test_what_people_annotate_from_scratch_says_its_layers_by_its_spans() -> None:
    value = {"start": 0, "end": 4, "labels": ["KILLED"]}
    region = {"id": "x1", "from_name": "figure", "to_name": "text", "type": "labels", "value": value}
    task = {"id": 7, "data": {"text": "Five died."}, "annotations": [{"result": [region]}]}
    five = Span("x1", "figure", "KILLED", 0, 4, "Five")
    assert label_studio.from_task(task) == Document("Five died.", "7", layers=("figure",), spans=(five,))
    row = {
        "id": 7,
        "text": "Five died.",
        "entities": [{"id": 9, "label": "KILLED", "start_offset": 0, "end_offset": 4}],
    }
    spans = (replace(five, id="T9"),)
    assert doccano.from_row(row) == Document("Five died.", "7", layers=("figure",), spans=spans)
    assert brat.from_ann("Five died.", "T9\tKILLED 0 4\tFive\n#1\tAnnotatorNotes T9\tsure?\n").spans == spans


@pytest.mark.parametrize("name", ["label-studio", "doccano", "conll"])
def test_what_breaks_off_leaves_no_file(name: str, tmp_path: Path) -> None:
    def broken() -> Iterator[Document]:
        yield EXAMPLE
        raise DocumentError("broken")

    with pytest.raises(DocumentError, match="broken"):
        FORMATS[name].write(tmp_path / "out", broken())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 100_000], ids=["digits", "nest"])
@pytest.mark.parametrize(
    ("name", "file", "opening", "place"),
    [
        ("label-studio", "a.json", "", "a.json"),
        ("doccano", "a.json", "", "a.json:1"),
        ("conll", "a.json", "# id = ", "a.json:1: id"),
        ("brat", "a.ann", "#1\tAnnotatorNotes *\t", "a.ann:1"),
    ],
)
def test_json_that_python_refuses_is_named(
    name: str, file: str, opening: str, place: str, value: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / file).write_text(opening + value, encoding="utf-8")
    with pytest.raises(DocumentError, match=rf"{re.escape(place)}: cannot be read: "):
        list(FORMATS[name].read(tmp_path if name == "brat" else tmp_path / file))
