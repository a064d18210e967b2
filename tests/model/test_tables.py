import csv
import io
import re
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import documents

from tolltale.claims import read_claims
from tolltale.disputes import Dispute
from tolltale.documents import Document, Link, Span
from tolltale.markup import parse
from tolltale.reading import Reading
from tolltale.tables import COLUMNS, claim_rows, claims_table, number_disputes, write_csv

SPANS = ("figure", "victims", "source", "source_name", "cue", "content")
TEXT = (
    "<S1>The army</S1> <Q1><DENY1>denied</DENY1></Q1> <C1>that <K1>up to 30</K1> <V1>men</V1> died</C1>. "
    "<I2>About 50</I2> were hurt."
)

# Half characters are never drawn.
HALF = Document(
    "Ten\ud800 men",
    "\udfff",
    layers=("figure",),
    spans=(Span("T1", "figure", "KILLED", 0, 4, "Ten\ud800"), Span("T2", "figure", "VICTIM", 5, 8, "men")),
    links=(Link("counts", "T1", "T2"),),
)


def test_a_row_holds_all_of_a_claim() -> None:
    denied, hurt = claim_rows(parse(TEXT, name="d1"))
    assert list(denied) == list(COLUMNS)
    assert (denied["document"], denied["kind"]) == ("d1", "KILLED")
    assert (denied["figure"], denied["victims"]) == ("up to 30", "men")
    assert (denied["low"], denied["high"], denied["point"], denied["open_low"]) == (0, 30, None, True)
    assert (denied["source"], denied["source_start"], denied["source_end"]) == ("The army", 0, 8)
    assert (denied["cue"], denied["content"], denied["stances"]) == ("denied", "that up to 30 men died", "DENY")
    assert (denied["article_stances"], denied["reason_apart"], hurt["reason_apart"]) == ("", "denied or doubted", None)
    assert (denied["subset_of"], denied["cumulative"], denied["score"]) == (None, False, None)
    assert (hurt["kind"], hurt["point"], hurt["approximate"], hurt["stances"]) == ("INJURED", 50, True, "")
    assert (hurt["source"], hurt["source_start"], hurt["content"]) == (None, None, None)


def test_a_part_names_where_its_whole_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    document = parse("<K1>Thirty</K1> died, including <K2>six</K2> <V2>children</V2>.")
    thirty = document.spans[0]
    monkeypatch.setattr("tolltale.claims.find_subsets", lambda _, figures: {figures[1].id: thirty})
    assert [row["subset_of"] for row in claim_rows(document)] == [None, 0]


@given(documents())
@example(HALF)
def test_the_offsets_prove_the_words(document: Document) -> None:
    for row in claim_rows(document):
        for name in SPANS:
            words = None if row[name] is None else document.text[row[f"{name}_start"] : row[f"{name}_end"]]
            assert row[name] == (None if words is None else re.sub("[\ud800-\udfff]", "\ufffd", words))


@given(st.lists(documents(), max_size=3))
@example([HALF])
def test_what_is_written_as_csv_is_read_back(made: list[Document]) -> None:
    file = io.StringIO(newline="")
    count = write_csv(iter(made), file)
    file.getvalue().encode("utf-8")
    rows = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    expected = [row for document in made for row in claim_rows(document)]
    assert count == len(rows) == len(expected)
    assert rows == [{name: "" if value is None else str(value) for name, value in row.items()} for row in expected]


def test_csv_takes_one_document_at_a_time() -> None:
    file = io.StringIO(newline="")

    def make() -> object:
        for _ in range(3):
            lines.append(file.getvalue().count("\n"))
            yield parse("<K1>Ten</K1> died.")

    lines: list[int] = []
    write_csv(make(), file)  # type: ignore[arg-type]
    assert lines == [1, 2, 3]


@given(st.lists(documents(), max_size=3))
@example([HALF])
def test_the_table_holds_the_rows(made: list[Document]) -> None:
    table = claims_table(made)
    assert dict(table.dtypes.astype(str)) == COLUMNS
    expected = [row for document in made for row in claim_rows(document)]
    found = table.astype(object).where(table.notna(), None).to_dict("records")
    assert found == expected


def test_a_number_beyond_64_bits_is_kept() -> None:
    table = claims_table([parse(f"<K1>{'9' * 25}</K1> died.")])
    assert table["point"][0] == int("9" * 25)


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=re.escape("pip install 'tolltale[tables]'")):
        claims_table([])


def test_a_single_document_is_refused() -> None:
    with pytest.raises(TypeError, match="give a list of it"):
        claims_table(parse("<K1>Two</K1> died."))  # type: ignore[arg-type]


def test_a_reading_brings_its_calibrated_scores() -> None:
    span = Span("T1", "figure", "KILLED", 0, 3, "Ten", 0.5)
    reading = Reading("Ten died.", layers=("figure",), spans=(span,), calibration={"claim": (1.0, -1.0)})
    assert claim_rows(reading)[0]["score"] == reading.claims[0].score != 0.5


def test_the_claims_of_a_dispute_carry_its_number() -> None:
    ten, twelve, four = read_claims(parse("<K1>Ten</K1> died, or <K2>12</K2>; <I3>four</I3> were hurt."))
    first, second = (Dispute(claim.kind, ((claim,), (twelve,)), None, None) for claim in (ten, four))
    assert number_disputes([first, second]) == {ten.figure.id: 1, twelve.figure.id: 1, four.figure.id: 2}


def test_every_column_is_explained() -> None:
    records = (Path(__file__).parents[2] / "RECORDS.md").read_text(encoding="utf-8")
    offsets = {f"{name}_{edge}" for name in SPANS for edge in ("start", "end")}
    assert [name for name in COLUMNS if name not in offsets and f"`{name}`" not in records] == []
    assert len(re.findall(r"\S*\w\S*", records)) < 720


def test_a_row_says_which_document_it_is_from_and_when() -> None:
    document = Document.from_dict(
        {
            "id": "d1",
            "source": "Harun Post",
            "date": "2024-05-01",
            "text": "Ten died.",
            "layers": ["figure"],
            "spans": [{"id": "T1", "layer": "figure", "label": "KILLED", "start": 0, "end": 3}],
        }
    )
    (row,) = claim_rows(document)
    assert (row["document"], row["document_source"], row["date"]) == ("d1", "Harun Post", "2024-05-01")
