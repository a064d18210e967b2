"""Columns as in CoNLL: a word a line, then its BIO tag in each layer, tabs between; empty lines part documents.

A layer that is not annotated has `_` throughout. Comments hold id, source and text as JSON, so that offsets come
back exactly. Lost are links, scores, spans that cut a word, span ids (they are numbered anew), and the layers of a
document without words.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from tolltale.documents import Document, Span, number_spans
from tolltale.errors import DocumentError
from tolltale.formats.fields import locate, read_text
from tolltale.formats.loss import Written, drop_scores, keep_spans, replace_halves
from tolltale.labels import LAYERS, tags
from tolltale.outputs import open_output
from tolltale.words import is_aligned, split_words, tag_words

HEADER = "# columns = word " + " ".join(LAYERS)
_COMMENT = re.compile("# (id|source|date|text) = (.*)")
_BREAK = re.compile("[\x7f-\x9f\u2028\u2029]")  # JSON lets these stand, and other tools may end a line there

Line = tuple[int, str]  # its number in the file, from 1, and its text


def to_lines(document: Document, lost: Counter[str]) -> list[str]:
    """The lines of a document; what columns cannot hold is counted in `lost`."""
    if not len(split_words(document.text)):
        lost["layers of documents without words"] += len(document.layers)
    document = _hold(document, lost)
    words = split_words(document.text)
    columns = [[document.text[start:end] for start, end in words]]
    for layer in LAYERS:
        tagged = tag_words(words, document.layer(layer), layer)
        columns.append([tags(layer)[tag] if layer in document.layers else "_" for tag in tagged])
    names = ("id", "source", "date", "text") if document.date else ("id", "source", "text")
    comments = [f"# {name} = {_escape(getattr(document, name))}" for name in names]
    return comments + ["\t".join(row) for row in zip(*columns, strict=True)]


def from_lines(lines: Sequence[Line], *, where: str = "") -> Document:
    """The document of its lines.

    Raises DocumentError naming `where` and the line where the words are not those of the text, a line has too few
    or too many columns, or a tag is unknown or continues nothing.
    """
    comments = _comments(lines, where)
    if "text" not in comments:
        raise DocumentError(f"{where}:{lines[0][0]}: text: missing; a document needs a line `# text = ...`")
    text = comments["text"]
    rows = [(f"{where}:{number}", line.split("\t")) for number, line in lines if not line.startswith("# ")]
    words = split_words(text)
    _check_words(rows, [text[start:end] for start, end in words], f"{where}:{lines[-1][0]}")
    columns = {layer: [(place, row[i]) for place, row in rows] for i, layer in enumerate(LAYERS, 1)}
    layers = tuple(layer for layer, column in columns.items() if any(tag != "_" for _, tag in column))
    spans = []
    for layer in layers:
        for label, first, after in _runs(columns[layer], layer):
            start, end = int(words[first, 0]), int(words[after - 1, 1])
            spans.append(Span("", layer, label, start, end, text[start:end]))
    name, source, date = (comments.get(key, "") for key in ("id", "source", "date"))
    return Document(text, name, source, layers, number_spans(spans), date=date)


def read(path: Path) -> Iterator[Document]:
    """The documents of a file. Raises DocumentError naming file and line."""
    lines = [(number, line.rstrip("\r")) for number, line in enumerate(read_text(path).split("\n"), 1)]
    for filled, block in groupby(lines, key=lambda line: bool(line[1])):
        found = [line for line in block if line[1] != HEADER]
        if filled and found:
            yield from_lines(found, where=str(path))


def write(path: Path, documents: Iterable[Document]) -> Written:
    """Write a file, its first line the names of the columns; it is there when all is written."""
    written = Written()
    with open_output(path) as file:
        file.write(HEADER + "\n")
        for document in documents:
            file.write("\n" + "\n".join(to_lines(document, written.lost)) + "\n")
            written.documents += 1
    return written


def _hold(document: Document, lost: Counter[str]) -> Document:
    document = drop_scores(replace_halves(document, lost), lost)
    lost["links"] += len(document.links)
    words = split_words(document.text)
    document = replace(document, links=(), layers=document.layers if len(words) else ())
    document = keep_spans(document, lambda span: is_aligned(span, words), lost, "spans that cut a word")
    spans = number_spans(document.spans)
    lost["span ids"] += sum(old.id != new.id for old, new in zip(document.spans, spans, strict=True))
    return replace(document, spans=spans)


def _escape(value: str) -> str:
    return _BREAK.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _comments(lines: Sequence[Line], where: str) -> dict[str, str]:
    comments = {}
    for number, line in lines:
        if found := _COMMENT.fullmatch(line):
            with locate(f"{where}:{number}: {found[1]}"):
                value = json.loads(found[2])
                if not isinstance(value, str):
                    raise DocumentError(f"expected str, found {type(value).__name__}")
            comments[found[1]] = value
    return comments


def _check_words(rows: Sequence[tuple[str, list[str]]], words: Sequence[str], last: str) -> None:
    for (place, row), word in zip(rows, words, strict=False):
        if row[0] != word:
            raise DocumentError(f"{place}: word: {row[0]!r} stands where the text has {word!r}")
    for place, row in rows:
        if len(row) != 1 + len(LAYERS):
            raise DocumentError(f"{place}: expected {1 + len(LAYERS)} columns with tabs between, found {len(row)}")
    if len(rows) != len(words):
        raise DocumentError(f"{last}: {len(rows)} words stand here, and the text has {len(words)}")


def _runs(column: Sequence[tuple[str, str]], layer: str) -> list[tuple[str, int, int]]:
    """Label, first word and the word after the last, of each run of tags."""
    runs: list[tuple[str, int, int]] = []
    for i, (place, tag) in enumerate(column):
        if tag not in tags(layer):
            raise DocumentError(f"{place}: {layer}: {tag!r} is none of {', '.join(tags(layer))}")
        prefix, _, label = tag.partition("-")
        if prefix == "B":
            runs.append((label, i, i + 1))
        elif prefix == "I":
            if not runs or (runs[-1][0], runs[-1][2]) != (label, i):
                raise DocumentError(f"{place}: {layer}: {tag} continues nothing; a span begins with B-{label}")
            runs[-1] = (label, runs[-1][1], i + 1)
    return runs
