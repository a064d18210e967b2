"""Annotated documents: the schema of a corpus row, checked in this one place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from tolltale.errors import DocumentError
from tolltale.labels import LABELS, LAYERS, LINKS
from tolltale.rows import take, take_score

Place = tuple[int, int]  # start and end in a text, in code points, end exclusive
ClaimPlace = tuple[str, Place, Place | None]  # kind, figure and source, if any, of a claim


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of a document.

    `start` and `end` count Unicode code points of the document's text, end exclusive; `text` is what
    stands there. `score` is None where a person marked the span, else a probability (`tolltale.decode`
    says which).
    """

    id: str
    layer: str
    label: str
    start: int
    end: int
    text: str
    score: float | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.start, self.end

    def touches(self, start: int, end: int) -> bool:
        """Whether it has a character in common with a stretch of the text, half-open in code points."""
        return self.start < end and start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether another span lies in it whole."""
        return self.start <= other.start and other.end <= self.end

    def to_dict(self) -> dict[str, Any]:
        """The span as it stands in a corpus row; `score` only where there is one."""
        row = {name: getattr(self, name) for name in ("id", "layer", "label", "start", "end")}
        return row if self.score is None else {**row, "score": self.score}


@dataclass(frozen=True, slots=True)
class Link:
    """A directed tie between two spans of a document, which it names by their ids.

    `score` is None where a person tied them, else the probability that the two, if both are right, belong together.
    """

    label: str
    head: str
    tail: str
    score: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The link as it stands in a corpus row; `score` only where there is one."""
        row = {"label": self.label, "head": self.head, "tail": self.tail}
        return row if self.score is None else {**row, "score": self.score}


@dataclass(frozen=True)
class Document:
    """A text with its spans and links.

    `layers` names what the document is annotated for: a layer that is not named is unknown, not empty.
    Spans stand in the order of the text. `date` is that of the text, as its row gives it ("" where it gives none).
    `predicted` says that a model has read the text and nobody has checked it, though it may have found nothing;
    `claim_scores` are then what its row says that its claims score.
    """

    text: str
    id: str = ""
    source: str = ""
    layers: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    date: str = ""
    predicted: bool = field(default=False, kw_only=True, repr=False, compare=False)
    claim_scores: Mapping[ClaimPlace, float] = field(default_factory=dict, kw_only=True, repr=False, compare=False)

    def layer(self, name: str) -> tuple[Span, ...]:
        """The spans of one layer, in the order of the text."""
        return tuple(span for span in self.spans if span.layer == name)

    def to_dict(self) -> dict[str, Any]:
        """The document as a corpus row: plain lists, dicts, strings and numbers."""
        dated = {"date": self.date} if self.date else {}
        return {
            "id": self.id,
            "source": self.source,
            **dated,
            "layers": list(self.layers),
            "text": self.text,
            "spans": [span.to_dict() for span in self.spans],
            "links": [link.to_dict() for link in self.links],
        }

    @classmethod
    def unmarked(cls, row: Any) -> "Document":
        """The bare text of any row that has a `text`, with its `id` (a number too), `source` and `date` if strings.

        Raises DocumentError where there is no text.
        """
        if not isinstance(row, dict):
            raise DocumentError(f"a row is a JSON object, this is {type(row).__name__}")
        name = str(row["id"]) if isinstance(row.get("id"), int) else row.get("id")
        name, source, date = (
            said if isinstance(said, str) else "" for said in (name, row.get("source"), row.get("date"))
        )
        return cls(take(row, "text", str), name, source, date=date)

    @classmethod
    def from_dict(cls, row: Any) -> "Document":
        """Check a corpus row and build its document.

        A row needs `text`; one with `spans` needs `layers` too. Raises DocumentError naming the field that
        is missing, of a wrong type, out of bounds or at odds with another.
        """
        bare = cls.unmarked(row)
        text, layers = bare.text, _layers(row)
        items = enumerate(take(row, "spans", list, default=[]))
        spans = tuple(sorted((_span(text, item, f"spans[{i}]") for i, item in items), key=_order))
        _check_spans(spans, layers)
        links = [_link(item, f"links[{i}]") for i, item in enumerate(take(row, "links", list, default=[]))]
        _check_links(links, {span.id for span in spans})
        predicted = "n_left_out" in row  # which a reading has, even one without spans
        return replace(
            bare,
            layers=layers,
            spans=spans,
            links=tuple(links),
            predicted=predicted,
            claim_scores=_claim_scores(row) if predicted else {},
        )


def number_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in the order of the text (the longer first where two begin together), named T1, T2 ..."""
    return tuple(replace(span, id=f"T{i}") for i, span in enumerate(sorted(spans, key=_order), 1))


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, LAYERS.index(span.layer)


def _layers(row: dict[str, Any]) -> tuple[str, ...]:
    if row.get("spans") and "layers" not in row:
        raise DocumentError("layers: missing; name the layers that the spans were marked for")
    layers = tuple(take(row, "layers", list, default=[]))
    for layer in layers:
        if layer not in LAYERS:
            raise DocumentError(f"layers: {layer!r} is none of {', '.join(LAYERS)}")
    return layers


def _span(text: str, item: Any, where: str) -> Span:
    layer, label = (take(item, name, str, where) for name in ("layer", "label"))
    if label not in LABELS.get(layer, ()):
        raise DocumentError(f"{where}.label: {label!r} is no label of layer {layer!r}")
    start, end = (take(item, name, int, where) for name in ("start", "end"))
    if not 0 <= start < end <= len(text):
        raise DocumentError(f"{where}: {start} to {end} is no stretch of a text of {len(text)} characters")
    return Span(take(item, "id", str, where), layer, label, start, end, text[start:end], take_score(item, where))


def _check_spans(spans: Sequence[Span], layers: tuple[str, ...]) -> None:
    if len({span.id for span in spans}) < len(spans):
        raise DocumentError("spans: two of them have the same id")
    for span in spans:
        if span.layer not in layers:
            raise DocumentError(f"spans: {span.id} is in layer {span.layer!r}, which `layers` does not name")
    for layer in layers:
        for left, right in pairwise(span for span in spans if span.layer == layer):
            if right.start < left.end:
                raise DocumentError(f"spans: {left.id} and {right.id} overlap in layer {layer!r}")


def _link(item: Any, where: str) -> Link:
    label, head, tail = (take(item, name, str, where) for name in ("label", "head", "tail"))
    if label not in LINKS:
        raise DocumentError(f"{where}.label: {label!r} is none of {', '.join(LINKS)}")
    return Link(label, head, tail, take_score(item, where))


def _claim_scores(row: dict[str, Any]) -> dict[ClaimPlace, float]:
    scores = {}
    for i, claim in enumerate(take(row, "claims", list, default=[])):
        where = f"claims[{i}]"
        kind, source = take(claim, "kind", str, where), claim.get("source")
        figure = _claim_place(claim.get("figure"), f"{where}.figure")
        speaker = None if source is None else _claim_place(source, f"{where}.source")
        score = take_score(claim, where)
        if score is not None:
            scores[kind, figure, speaker] = score
    return scores


def _claim_place(item: Any, where: str) -> Place:
    return take(item, "start", int, where), take(item, "end", int, where)


def _check_links(links: list[Link], ids: set[str]) -> None:
    for i, link in enumerate(links):
        for name, found in (("head", link.head), ("tail", link.tail)):
            if found not in ids:
                raise DocumentError(f"links[{i}].{name}: {found!r} is no span of this document")
