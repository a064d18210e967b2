"""brat's stand-off format: a folder with NAME.txt and NAME.ann for each document, ids percent-encoded as names.

The layer of a span follows from its label. `source` and `layers`, for which brat has no place, and an id that is too
long for a file name stand as JSON in a note on no annotation (`#1 AnnotatorNotes * ...`): brat keeps it and shows it
nowhere. A span that runs over a line
break or a tab is written in pieces, as brat does it: its server refuses a line whose text differs from the document.

Scores are lost, span ids other than `Tn`, and spans with a line break or a tab at an edge (their links with them).
The notes of annotators are not read. Offsets are code points in the files, as in ours; but brat's page counts UTF-16
code units, so what is marked there after an emoji lands beside its place.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tolltale.documents import Document, Span
from tolltale.errors import DocumentError
from tolltale.formats.fields import join_layers, layer_of, locate, read_text
from tolltale.formats.folder import FileNames, cut_name, document_id, file_name, make_empty, write_files
from tolltale.formats.loss import Written, drop_scores, keep_spans, number_ids, replace_halves
from tolltale.rows import take

_BREAK = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")  # all that ends a line for brat, and its separator
_SPAN = re.compile(r"(T[0-9]+)\t(\S+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)(?:\t(.*))?")
_LINK = re.compile(r"R[0-9]+\t(\S+) Arg1:(T[0-9]+) Arg2:(T[0-9]+)\s*")
_NOTE = re.compile(r"#[0-9]+\tAnnotatorNotes \*\t(.*)")


def to_ann(document: Document, lost: Counter[str]) -> tuple[str, str]:
    """The text of a document and the lines of its .ann file; what brat cannot hold is counted in `lost`."""
    document = drop_scores(replace_halves(document, lost), lost)
    document = keep_spans(document, _has_firm_edges, lost, "spans with a line break at an edge")
    numbers = number_ids(document, lost)
    lines = ["#1\tAnnotatorNotes *\t" + json.dumps(_note(document))]
    for span in document.spans:
        pieces = list(_pieces(document.text, span))
        places = ";".join(f"{start} {end}" for start, end in pieces)
        shown = " ".join(document.text[start:end] for start, end in pieces)
        lines.append(f"T{numbers[span.id]}\t{span.label} {places}\t{shown}")
    for i, link in enumerate(document.links, 1):
        lines.append(f"R{i}\t{link.label} Arg1:T{numbers[link.head]} Arg2:T{numbers[link.tail]}")
    return document.text, "\n".join(lines) + "\n"


def from_ann(text: str, ann: str, *, name: str = "", where: str = "") -> Document:
    """The document of a text and the lines of its .ann file.

    Raises DocumentError naming `where` and the line: where a span is in pieces with words between them, a line
    stands for something other than a span or a directed link, or its text is not that of the document.
    """
    row: dict[str, Any] = {"id": name, "source": "", "layers": [], "spans": [], "links": []}
    for number, line in enumerate(ann.split("\n"), 1):
        with locate(f"{where}:{number}"):
            _read_line(row, line.rstrip("\r"), text)
    row["layers"] = join_layers(row["layers"], [span["layer"] for span in row["spans"]])
    with locate(where):
        return Document.from_dict({**row, "text": text})


def read(path: Path) -> Iterator[Document]:
    """The documents of a folder and those under it. Raises DocumentError naming file, line and field."""
    stems = sorted({found.with_suffix("") for suffix in ("txt", "ann") for found in path.rglob(f"*.{suffix}")})
    if not stems:
        raise DocumentError(f"{path}: no .txt file under it")
    for stem in stems:
        text, ann = (stem.with_name(f"{stem.name}.{suffix}") for suffix in ("txt", "ann"))
        name = document_id(stem.relative_to(path))
        yield from_ann(read_text(text), read_text(ann), name=name, where=str(ann))


def write(path: Path, documents: Iterable[Document]) -> Written:
    """Write into a folder that is empty or new."""
    written = Written()
    make_empty(path)
    names = FileNames()
    for document in documents:
        text, ann = to_ann(document, written.lost)
        name, short = names.take(document.id), cut_name(document.id)
        written.lost["file names of long ids (cut; the note in the .ann file has the id)"] += short != document.id
        written.lost["document ids (a later one of the same is numbered)"] += name != file_name(short)
        write_files(path, name, [(".txt", text), (".ann", ann)])
        written.documents += 1
    return written


def _has_firm_edges(span: Span) -> bool:
    return not (_BREAK.match(span.text[0]) or _BREAK.match(span.text[-1]))


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    at = span.start
    for gap in _BREAK.finditer(text, span.start, span.end):
        yield at, gap.start()
        at = gap.end()
    yield at, span.end


def _note(document: Document) -> dict[str, Any]:
    dated = {"date": document.date} if document.date else {}
    named = {"id": document.id} if cut_name(document.id) != document.id else {}
    return {**named, "source": document.source, **dated, "layers": document.layers}


def _read_line(row: dict[str, Any], line: str, text: str) -> None:
    if found := _SPAN.fullmatch(line):
        row["spans"].append(_span_row(found, text))
    elif found := _LINK.fullmatch(line):
        row["links"].append(dict(zip(("label", "head", "tail"), found.groups(), strict=True)))
    elif found := _NOTE.fullmatch(line):
        note = json.loads(found[1])
        row["id"] = take(note, "id", str, default=row["id"])
        row |= {name: take(note, name, str, default="") for name in ("source", "date")}
        row["layers"] = take(note, "layers", list, default=[])
    elif line.strip() and not line.startswith("#"):
        raise DocumentError(f"{line!r} is neither a span (T), a directed link (R) nor a note (#), or is broken")


def _span_row(found: re.Match[str], text: str) -> dict[str, Any]:
    places = [tuple(map(int, place.split())) for place in found[3].split(";")]
    start, end = places[0][0], places[-1][1]
    read = "".join(text[start:end] for start, end in places)
    if "".join(read.split()) != "".join(text[start:end].split()):
        raise DocumentError(f"{found[1]}: is in pieces with words between them, and our spans are not")
    if found[4] and "".join(found[4].split()) != "".join(read.split()):
        raise DocumentError(f"{found[1]}: {found[4]!r} does not stand at {found[3]} of the text, but {read!r}")
    return {"id": found[1], "layer": layer_of(found[2], found[1]), "label": found[2], "start": start, "end": end}
