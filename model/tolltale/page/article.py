"""The article of a page: the text with a mark around each stretch of each span."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from html import escape
from itertools import pairwise

from tolltale.documents import Document, Span
from tolltale.formats.loss import number_ids
from tolltale.labels import FIGURES, STANCE


def anchors(document: Document) -> dict[str, str]:
    """A name for each span that is fit for an anchor: its id where that is of the form `T3`."""
    return {name: f"T{number}" for name, number in number_ids(document, Counter()).items()}


def render_article(document: Document, ties: Mapping[str, Set[str]]) -> str:
    """The text in marks, tags left out exactly as it is.

    Spans may nest and cross, tags may only nest: the text is cut at every edge, and each piece has a mark of its own
    for every span that covers it, the longest outside. Marks of the same span share `data-id`.
    """
    names = anchors(document)
    pieces = []
    for start, end, covering in _cut(document):
        opened = [_open(span, start, end, names, ties.get(span.id, set())) for span in covering]
        pieces += [*opened, escape_text(document.text[start:end]), "</mark>" * len(covering)]
    return f'<article dir="auto">{"".join(pieces)}</article>'


def escape_text(text: str) -> str:
    """Text for HTML, where a bare carriage return would be read as a line feed."""
    return escape(text).replace("\r", "&#13;")


def _cut(document: Document) -> Iterator[tuple[int, int, list[Span]]]:
    """The stretches between one edge and the next, with the spans that cover each, the longest first."""
    begins: dict[int, list[Span]] = {}
    for span in document.spans:
        begins.setdefault(span.start, []).append(span)
    edges = {0, len(document.text), *begins, *(span.end for span in document.spans)}
    open_spans: list[Span] = []
    for start, end in pairwise(sorted(edges)):
        open_spans = [span for span in open_spans if span.end > start] + begins.get(start, [])
        open_spans.sort(key=lambda span: span.start - span.end)
        yield start, end, open_spans


def _open(span: Span, start: int, end: int, names: Mapping[str, str], tied: Set[str]) -> str:
    name = names[span.id]
    score = "" if span.score is None else f" {span.score:.2f}"
    attributes = {
        "class": f"{span.layer} {span.label.lower()}",
        "data-id": name,
        "data-ties": " ".join(sorted(names[other] for other in tied)),
        "title": f"{span.label}{score}",
    }
    if start == span.start:
        attributes["id"] = name
    if start == span.start and tied:
        attributes["tabindex"] = "0"
    if end == span.end and _is_tagged(span):
        attributes["data-tag"] = span.label.lower()
    written = (f' {key}="{escape(value)}"' for key, value in attributes.items() if value)
    return f"<mark{''.join(written)}>"


def _is_tagged(span: Span) -> bool:
    """Whether the label is written after the span: where the look of the layer does not say it."""
    return span.layer == STANCE or span.label in FIGURES
