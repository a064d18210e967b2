"""Attributions: the spans of one act of saying, put together from the links of a document."""

from collections.abc import Sequence
from dataclasses import dataclass

from tolltale.documents import Document, Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with the source that it names, if any, and the pieces of what is said, in the order of the text."""

    cue: Span
    source: Span | None
    contents: tuple[Span, ...]

    def piece_around(self, span: Span) -> Span | None:
        """The piece of content that holds a span whole."""
        return next((piece for piece in self.contents if piece.start <= span.start and span.end <= piece.end), None)


def attributions(document: Document) -> list[Attribution]:
    """The attributions of a document, one a cue, in the order of the text.

    Pieces of content that no cue claims are in none.
    """
    spans = {span.id: span for span in document.spans}
    sources = {tie.head: spans[tie.tail] for tie in reversed(document.links) if tie.label == "source"}
    pieces: dict[str, list[Span]] = {}
    for tie in document.links:
        if tie.label == "content":
            pieces.setdefault(tie.head, []).append(spans[tie.tail])
    return [
        Attribution(span, sources.get(span.id), tuple(sorted(pieces.get(span.id, ()), key=lambda piece: piece.start)))
        for span in document.spans
        if span.label == "CUE"
    ]


def attribution_of(span: Span, attributions: Sequence[Attribution]) -> Attribution | None:
    """The attribution whose content holds a span whole."""
    return next((attribution for attribution in attributions if attribution.piece_around(span)), None)


def source_of(span: Span, attributions: Sequence[Attribution]) -> Span | None:
    """The source of the attribution whose content holds a span.

    None in the article's own voice, or where the attribution names nobody.
    """
    attribution = attribution_of(span, attributions)
    return attribution.source if attribution else None
