"""Attributions: the spans of one act of saying, put together from the links of a document."""

from collections.abc import Sequence
from dataclasses import dataclass

from tolltale.documents import Document, Span
from tolltale.overlaps import Places


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with the source that it names, if any, and the pieces of what is said, in the order of the text."""

    cue: Span
    source: Span | None
    contents: tuple[Span, ...]

    def piece_around(self, span: Span) -> Span | None:
        """The piece of content that holds a span whole."""
        return next((piece for piece in self.contents if piece.holds(span)), None)


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


class Voices:
    """Who says what stands where, by the attributions of a document."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._attributions = attributions
        self._pieces = Places(piece for attribution in attributions for piece in attribution.contents)
        self._owners: dict[str, int] = {}  # by the id of a piece, the number of the first that says it
        for number, attribution in enumerate(attributions):
            for piece in attribution.contents:
                self._owners.setdefault(piece.id, number)

    @classmethod
    def of(cls, document: Document) -> "Voices":
        """Those of a document."""
        return cls(attributions(document))

    def attribution_of(self, span: Span) -> Attribution | None:
        """The attribution whose content holds a span whole, the first if several do."""
        near = self._pieces.within(span.start, span.end)
        around = [piece for piece in near if piece.holds(span)]
        number = min((self._owners[piece.id] for piece in around), default=None)
        return None if number is None else self._attributions[number]

    def source_of(self, span: Span) -> Span | None:
        """The source of that attribution; None in the article's own voice, or where it names nobody."""
        attribution = self.attribution_of(span)
        return attribution.source if attribution else None
