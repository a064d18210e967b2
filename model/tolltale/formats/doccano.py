"""doccano: JSON Lines with `entities` and `relations`, for a sequence labelling project with relations.

`id`, `source` and `layers` stand beside `text`: doccano keeps them as metadata. The layer of an entity follows from
its label. Scores are lost, and span ids other than `Tn`, for doccano's ids are numbers. doccano counts UTF-16 code
units, unless a project is told to count grapheme clusters, which we do not read.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tolltale.documents import Document
from tolltale.formats.fields import join_layers, layer_of, locate, name_of, read_text
from tolltale.formats.loss import Written, drop_scores, number_ids, replace_halves
from tolltale.formats.utf16 import code_points, code_units, to_code_point
from tolltale.outputs import open_output
from tolltale.rows import take


def to_row(document: Document, lost: Counter[str]) -> dict[str, Any]:
    """The row of a document; what doccano cannot hold is counted in `lost`."""
    document = drop_scores(replace_halves(document, lost), lost)
    numbers, units = number_ids(document, lost), code_units(document.text)
    entities = [
        {"id": numbers[s.id], "label": s.label, "start_offset": units[s.start], "end_offset": units[s.end]}
        for s in document.spans
    ]
    relations = [
        {"id": i, "from_id": numbers[link.head], "to_id": numbers[link.tail], "type": link.label}
        for i, link in enumerate(document.links, 1)
    ]
    row = document.to_dict()
    kept: dict[str, Any] = {name: row[name] for name in ("id", "source", "date", "layers", "text") if name in row}
    return {**kept, "entities": entities, "relations": relations}


def from_row(row: Any) -> Document:
    """The document of a row, as exported with relations. Raises DocumentError naming the field that is unsound."""
    points = code_points(take(row, "text", str))
    entities = take(row, "entities", list)
    spans = [_span_row(item, f"entities[{i}]", points) for i, item in enumerate(entities)]
    relations = take(row, "relations", list, default=[])
    layers = join_layers(take(row, "layers", list, default=[]), [span["layer"] for span in spans])
    links = [_link_row(item, f"relations[{i}]") for i, item in enumerate(relations)]
    said = {name: take(row, name, str, default="") for name in ("source", "date")}
    kept = {"id": name_of(row.get("id")), **said, "text": row["text"], "layers": layers}
    return Document.from_dict({**kept, "spans": spans, "links": links})


def read(path: Path) -> Iterator[Document]:
    """The documents of an export. Raises DocumentError naming file, line and field."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            with locate(f"{path}:{number}"):
                document = from_row(json.loads(line))
            yield document


def write(path: Path, documents: Iterable[Document]) -> Written:
    """Write a file to import, with `text` as its column of data and `entities` as its column of labels.

    It is there when all is written.
    """
    written = Written()
    with open_output(path) as file:
        for document in documents:
            file.write(json.dumps(to_row(document, written.lost), ensure_ascii=False) + "\n")
            written.documents += 1
    return written


def _span_row(item: Any, where: str, points: dict[int, int]) -> dict[str, Any]:
    label = take(item, "label", str, where)
    return {
        "id": f"T{take(item, 'id', int, where)}",
        "layer": layer_of(label, f"{where}.label"),
        "label": label,
        "start": to_code_point(points, take(item, "start_offset", int, where), f"{where}.start_offset"),
        "end": to_code_point(points, take(item, "end_offset", int, where), f"{where}.end_offset"),
    }


def _link_row(item: Any, where: str) -> dict[str, Any]:
    head, tail = (f"T{take(item, name, int, where)}" for name in ("from_id", "to_id"))
    return {"label": take(item, "type", str, where), "head": head, "tail": tail}
