"""Tables: the claims of documents as rows, for analysts. `RECORDS.md` says what each column means."""

import csv
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from tolltale.characters import whole_characters
from tolltale.claims import Claim, read_claims
from tolltale.disputes import Dispute, find_disputes
from tolltale.documents import Document, Span
from tolltale.reading import Reading

if TYPE_CHECKING:
    import pandas

# What a claim's columns are called, in their order, and the pandas type of each: every one of them may be empty but
# for the booleans.
_WHOLE, _TEXT, _YES_OR_NO, _SHARE = "Int64", "string", "bool", "Float64"
_SPANS = ("figure", "victims", "source", "source_name", "cue", "content")
_AS_THEY_ARE = (  # what a row takes from a claim unchanged
    *("kind", "low", "high", "point", "open_low", "open_high", "approximate"),
    *("victim_class", "cumulative", "reason_apart", "score"),
)
_STANCES = ("stances", "article_stances")
_LARGEST = 2**63 - 1  # what Int64 holds


def _span_columns(name: str) -> dict[str, str]:
    return {name: _TEXT, f"{name}_start": _WHOLE, f"{name}_end": _WHOLE}


COLUMNS: dict[str, str] = {
    **dict.fromkeys(("document", "document_source", "date"), _TEXT),
    "kind": _TEXT,
    **_span_columns("figure"),
    **dict.fromkeys(("low", "high", "point"), _WHOLE),
    **dict.fromkeys(("open_low", "open_high", "approximate"), _YES_OR_NO),
    **_span_columns("victims"),
    "victim_class": _TEXT,
    **{column: kind for name in _SPANS[2:] for column, kind in _span_columns(name).items()},
    **dict.fromkeys(_STANCES, _TEXT),
    "subset_of": _WHOLE,
    "cumulative": _YES_OR_NO,
    "reason_apart": _TEXT,
    "dispute": _WHOLE,
    "score": _SHARE,
}


def claims_of(document: Document) -> tuple[Claim, ...]:
    """The claims of a document; those of a reading with their calibrated scores."""
    return document.claims if isinstance(document, Reading) else read_claims(document)


def disputes_of(document: Document, claims: Sequence[Claim]) -> tuple[Dispute, ...]:
    """The disputes among the claims of a document, which `claims_of` gave."""
    return document.disputes if isinstance(document, Reading) else find_disputes(document, claims)


def claim_rows(document: Document) -> list[dict[str, Any]]:
    """A row a claim, in the order of the text, under the names of `COLUMNS`; None where there is nothing to say.

    U+FFFD stands for each half character (lone surrogate), which no file in UTF-8 holds; offsets are as in the text.
    """
    claims = claims_of(document)
    numbers = number_disputes(disputes_of(document, claims))
    return [_row(document, claim, numbers.get(claim.figure.id)) for claim in claims]


def number_disputes(disputes: Sequence[Dispute]) -> dict[str, int]:
    """By the id of its figure, the number (from 1) of the first dispute that a claim has a part in."""
    numbers: dict[str, int] = {}
    for number, dispute in enumerate(disputes, 1):
        for side in dispute.sides:
            for claim in side:
                numbers.setdefault(claim.figure.id, number)
    return numbers


def claims_table(documents: Iterable[Document]) -> "pandas.DataFrame":
    """The claims of documents or readings as a DataFrame, a row each, under the names of `COLUMNS`.

    Raises ImportError where pandas is missing, TypeError where `documents` is a single one.
    """
    if isinstance(documents, Document):
        raise TypeError("claims_table takes several documents or readings; for one, give a list of it")
    try:
        import pandas
    except ImportError:
        raise ImportError("claims_table needs pandas: pip install 'tolltale[tables]'") from None
    rows = [row for document in documents for row in claim_rows(document)]
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    return pandas.DataFrame(
        {name: pandas.Series(values, dtype=_pandas_type(name, values)) for name, values in columns.items()}
    )


def write_csv(documents: Iterable[Document], file: TextIO) -> int:
    """Write a header and a row a claim, as RFC 4180 has it, and return how many claims there were.

    Documents are taken one at a time. Open the file with `newline=""`.
    """
    writer = csv.DictWriter(file, tuple(COLUMNS))
    writer.writeheader()
    count = 0
    for document in documents:
        rows = claim_rows(document)
        writer.writerows(rows)
        count += len(rows)
    return count


def _row(document: Document, claim: Claim, dispute: int | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "document": document.id,
        "document_source": document.source,
        "date": document.date,
        **{name: getattr(claim, name) for name in _AS_THEY_ARE},
        **{name: ";".join(stance.label for stance in getattr(claim, name)) for name in _STANCES},
        "subset_of": claim.subset_of.start if claim.subset_of else None,
        "dispute": dispute,
    }
    for name in _SPANS:
        span: Span | None = getattr(claim, name)
        values |= {name: span and span.text, f"{name}_start": span and span.start, f"{name}_end": span and span.end}
    return {name: whole_characters(values[name]) for name in COLUMNS}


def _pandas_type(name: str, values: list[Any]) -> str:
    too_large = COLUMNS[name] == _WHOLE and any(value is not None and value > _LARGEST for value in values)
    return "object" if too_large else COLUMNS[name]
