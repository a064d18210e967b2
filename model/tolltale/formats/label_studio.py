"""Label Studio: a JSON list of tasks, with annotations or, where a model marked the text, with pre-annotations.

`id`, `source` and `layers` are kept in a task's `data`. Nothing is lost but half characters.

Label Studio counts code points, and so do we; its versions of 2021, and some until July 2024, counted UTF-16 code
units. On reading, the regions' own texts tell which of the two it was.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tolltale.calibration import SCORE_DIGITS
from tolltale.documents import Document, Link, Span
from tolltale.errors import DocumentError
from tolltale.formats.fields import join_layers, locate, name_of, read_text
from tolltale.formats.loss import Written, replace_halves
from tolltale.formats.utf16 import recount
from tolltale.labels import LABELS, LINKS
from tolltale.outputs import open_output
from tolltale.rows import take, take_score

MODEL_VERSION = "tolltale"
_TEXT = "text"  # the name of the labelling config's text, and of the field of `data` that it shows


def labelling_config() -> str:
    """The XML to give a project under Settings, Labeling Interface: a set of labels for each layer, and links."""
    view = Element("View")
    # Without the style, runs of spaces are shown as one, and offsets are counted without them.
    SubElement(view, "Style").text = ".htx-text { white-space: pre-wrap; }"
    relations = SubElement(view, "Relations")
    for link in LINKS:
        SubElement(relations, "Relation", value=link)
    for layer, labels in LABELS.items():
        choices = SubElement(view, "Labels", name=layer, toName=_TEXT)
        for label in labels:
            SubElement(choices, "Label", value=label)
    SubElement(view, "Text", name=_TEXT, value=f"${_TEXT}")
    indent(view)
    return tostring(view, encoding="unicode") + "\n"


def to_task(document: Document) -> dict[str, Any]:
    """The task of a document: a prediction where a model marked it, else an annotation, unless no layer has one.

    The score of a prediction is the mean of its spans' scores, so that tasks can be sorted by it.
    """
    row = document.to_dict()
    data = {name: row[name] for name in ("id", "source", "date", "layers", "text") if name in row}
    result = [_region(span) for span in document.spans] + [_relation(link) for link in document.links]
    scores = [span.score for span in document.spans if span.score is not None]
    if not (scores or document.predicted):
        return {"data": data, "annotations": [{"result": result}] if document.layers else []}
    score = {"score": round(fmean(scores), SCORE_DIGITS)} if scores else {}
    return {"data": data, "predictions": [{"model_version": MODEL_VERSION, **score, "result": result}]}


def from_task(task: Any) -> Document:
    """The document of a task: its annotation, or else its first prediction. Raises DocumentError naming the field."""
    data = take(task, "data", dict)
    text = take(data, _TEXT, str, "data")
    results, scored = _results(task)
    placed = [(item, f"result[{i}]", _kind(item, f"result[{i}]")) for i, item in enumerate(results)]
    spans = recount(text, [_span_row(item, where, scored) for item, where, kind in placed if kind == "labels"])
    row = {
        "id": name_of(data.get("id"), task.get("id")),
        **{name: take(data, name, str, "data", default="") for name in ("source", "date")},
        "layers": join_layers(take(data, "layers", list, "data", default=[]), [span["layer"] for span in spans]),
        "text": text,
        "spans": spans,
        "links": [_link_row(item, where, scored) for item, where, kind in placed if kind == "relation"],
    }
    return replace(Document.from_dict(row), predicted=scored)


def read(path: Path) -> Iterator[Document]:
    """The documents of an export (JSON, not JSON-MIN). Raises DocumentError naming file, task (from 1) and field."""
    with locate(str(path)):
        tasks = json.loads(read_text(path))
        if not isinstance(tasks, list):
            raise DocumentError(f"expected a list of tasks, found {type(tasks).__name__}")
    for number, task in enumerate(tasks, 1):
        with locate(f"{path}: task {number}"):
            document = from_task(task)
        yield document


def write(path: Path, documents: Iterable[Document]) -> Written:
    """Write a file to import; it is there when all is written."""
    written = Written()
    with open_output(path) as file:
        for document in documents:
            task = json.dumps(to_task(replace_halves(document, written.lost)), ensure_ascii=False, indent=1)
            file.write(f"{',' if written.documents else '['}\n{task}")
            written.documents += 1
        file.write("\n]\n" if written.documents else "[]\n")
    return written


def _region(span: Span) -> dict[str, Any]:
    value = {"start": span.start, "end": span.end, "text": span.text, "labels": [span.label]}
    region = {"id": span.id, "from_name": span.layer, "to_name": _TEXT, "type": "labels", "value": value}
    return region if span.score is None else {**region, "score": span.score}


def _relation(link: Link) -> dict[str, Any]:
    ends = {"from_id": link.head, "to_id": link.tail, "direction": "right", "labels": [link.label]}
    return {"type": "relation", **ends} if link.score is None else {"type": "relation", **ends, "score": link.score}


def _results(task: dict[str, Any]) -> tuple[list[Any], bool]:
    """What to read of a task, and whether a model made it."""
    annotations = take(task, "annotations", list, default=[])
    finished = [item for item in annotations if not (isinstance(item, dict) and item.get("was_cancelled"))]
    if len(finished) > 1:
        raise DocumentError(f"annotations: there are {len(finished)} of this task; settle them and keep one")
    if finished:
        return take(finished[0], "result", list, "annotations"), False
    predictions = take(task, "predictions", list, default=[])
    return (take(predictions[0], "result", list, "predictions[0]"), True) if predictions else ([], False)


def _kind(item: Any, where: str) -> str:
    kind = take(item, "type", str, where)
    if kind not in ("labels", "relation"):
        raise DocumentError(f"{where}.type: {kind!r} is neither labels nor relation, and we hold nothing else")
    return kind


def _span_row(item: dict[str, Any], where: str, scored: bool) -> dict[str, Any]:
    layer, value = take(item, "from_name", str, where), take(item, "value", dict, where)
    label = _only_label(value, f"{where}.value")
    if label not in LABELS.get(layer, ()):
        raise DocumentError(f"{where}.value.labels: {label!r} is no label of {layer!r}")
    start, end = (take(value, name, int, f"{where}.value") for name in ("start", "end"))
    row = {"id": take(item, "id", str, where), "layer": layer, "label": label, "start": start, "end": end}
    row |= {"text": value.get("text"), "where": f"{where}.value"}
    return row | _score(item, where, scored)


def _score(item: dict[str, Any], where: str, scored: bool) -> dict[str, Any]:
    return {"score": take_score(item, where)} if scored else {}


def _link_row(item: dict[str, Any], where: str, scored: bool) -> dict[str, Any]:
    head, tail = (take(item, name, str, where) for name in ("from_id", "to_id"))
    direction = take(item, "direction", str, where, default="right")
    if direction not in ("right", "left"):
        raise DocumentError(f"{where}.direction: {direction!r} is neither right nor left, and our links are directed")
    if direction == "left":
        head, tail = tail, head
    return {"label": _only_label(item, where), "head": head, "tail": tail} | _score(item, where, scored)


def _only_label(item: dict[str, Any], where: str) -> str:
    labels = take(item, "labels", list, where)
    if len(labels) != 1 or not isinstance(labels[0], str):
        raise DocumentError(f"{where}.labels: expected one label, found {labels!r}")
    return labels[0]
