"""Claims: what an analyst takes away from an article, one record a figure."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from tolltale.attributions import Attribution, Voices, attributions
from tolltale.documents import Document, Span
from tolltale.figures import read_figures
from tolltale.labels import STANCE
from tolltale.mentions import resolve_sources
from tolltale.overlaps import Places
from tolltale.quantities import Quantity, read_quantity
from tolltale.sentences import split_sentences
from tolltale.tolls import find_cumulative, find_subsets
from tolltale.victims import classify_victim

VERDICTS = ("CONFIRM", "DENY", "DOUBT")  # the stances that a figure itself can meet with
APART = REJECTED, PARTIAL, CUMULATIVE = "denied or doubted", "part of another", "cumulative"
REACH = 1000  # characters from a figure to a verdict of its sentence, at most: tables go on without a full stop
# How a sentence begins that is about the figures of the one before it: "Neither figure could be verified."
_REFERS_BACK = re.compile(
    r"(?:neither|neither of the|none of the|the|these|those|both) (?:death |casualty )?(?:figures?|numbers?|tolls?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """How many, harmed how, who they were, who says so, and how that source stands to it.

    `figure` is the span that proves it, `quantity` what it says (None where it cannot be read: never guessed). A range
    that was marked as several spans is one figure, with the words of all and the id of the first (`tolltale.figures`).
    `victims` and `victim_class` say who was counted; `source`, `cue` and `content` are those of the attribution
    that holds the figure, all None in the article's own voice. `source_name` is the fuller mention that a source such
    as "he" or "the ministry" takes up, else the source itself. `stances` are those of the source to what it says, and
    verdicts (CONFIRM, DENY, DOUBT) in the figure's sentence. `subset_of` is the figure that this one is a part of,
    `cumulative` says whether it counts more than the event. `score` is the probability that figure, kind and source
    are all right; None where people marked them.
    """

    kind: str
    figure: Span
    quantity: Quantity | None
    victims: Span | None
    victim_class: str
    source: Span | None
    source_name: Span | None
    cue: Span | None
    content: Span | None
    stances: tuple[Span, ...]
    subset_of: Span | None
    cumulative: bool
    score: float | None

    @property
    def low(self) -> int | None:
        """The least that the figure says; None where it says no least, or cannot be read."""
        return self.quantity.low if self.quantity else None

    @property
    def high(self) -> int | None:
        """The most that the figure says; None where it says no most, or cannot be read."""
        return self.quantity.high if self.quantity else None

    @property
    def point(self) -> int | None:
        """The number that the figure gives; None for a range or a bound, or where it cannot be read."""
        return self.quantity.point if self.quantity else None

    @property
    def open_low(self) -> bool:
        """Whether there may have been fewer than any number that the figure gives ("up to 30")."""
        return bool(self.quantity and self.quantity.open_low)

    @property
    def open_high(self) -> bool:
        """Whether there may have been more than any number that the figure gives ("at least 30")."""
        return bool(self.quantity and self.quantity.open_high)

    @property
    def approximate(self) -> bool:
        """Whether the figure calls itself rough ("about 30", "dozens")."""
        return bool(self.quantity and self.quantity.approximate)

    @property
    def reason_apart(self) -> str | None:
        """Why it is not what its source tells as the toll of the event, one of APART; None where it is.

        Who denies or doubts a figure tells none; that the article could not verify it leaves it the source's.
        """
        if any(map(self._is_rejected_by, self.stances)):
            return REJECTED
        if self.subset_of:
            return PARTIAL
        return CUMULATIVE if self.cumulative else None

    def _is_rejected_by(self, stance: Span) -> bool:
        if stance.label != "DOUBT" or self.cue is None:
            return stance.label in ("DENY", "DOUBT")
        own = [span for span in (self.cue, self.content) if span]
        return any(stance.start < span.end and span.start < stance.end for span in own)

    def to_dict(self) -> dict[str, Any]:
        """The claim as plain values; spans as their ids, texts and offsets."""
        numbers = ("kind", "low", "high", "point", "open_low", "open_high", "approximate")
        spans = ("figure", "victims", "source", "source_name", "cue", "content", "subset_of")
        return {
            **{name: getattr(self, name) for name in numbers},
            **{name: to_place(getattr(self, name)) for name in spans},
            "victim_class": self.victim_class,
            "stances": [{"label": span.label, **(to_place(span) or {})} for span in self.stances],
            "cumulative": self.cumulative,
            "score": self.score,
        }


def read_claims(document: Document) -> tuple[Claim, ...]:
    """The claims of a document, one a figure, in the order of the text; from its spans and links, whoever made them."""
    voices = Voices(attributions(document))
    names = resolve_sources(document.text, [span for span in document.spans if span.label == "SOURCE"])
    figures, victims = read_figures(document, voices)
    subsets = find_subsets(document.text, figures)
    cumulative = find_cumulative(document.text, figures, subsets)
    verdicts = _Verdicts(document)
    scores = {(tie.label, tie.head, tie.tail): tie.score for tie in document.links}
    claims = []
    for figure in figures:
        attribution = voices.attribution_of(figure)
        source = attribution.source if attribution else None
        content = attribution.piece_around(figure) if attribution else None
        victim = victims.get(figure.id)
        claims.append(
            Claim(
                kind=figure.label,
                figure=figure,
                quantity=read_quantity(figure.text),
                victims=victim,
                victim_class=classify_victim(victim.text if victim else ""),
                source=source,
                source_name=names.get(source.id, source) if source else None,
                cue=attribution.cue if attribution else None,
                content=content,
                stances=verdicts.on(figure, attribution),
                subset_of=subsets.get(figure.id),
                cumulative=figure.id in cumulative,
                score=_score(figure, attribution, content, scores),
            )
        )
    return tuple(claims)


class _Verdicts:
    """The stances of a document, looked up by figure."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        stances = document.layer(STANCE)
        self._stances = Places(stances)
        self._verdicts = Places(stance for stance in stances if stance.label in VERDICTS)
        self._holders = {tie.head: tie.tail for tie in document.links if tie.label == "holder"}
        self._edges = [*(start for start, _ in split_sentences(document.text)), len(document.text)]

    def on(self, figure: Span, attribution: Attribution | None) -> tuple[Span, ...]:
        """What lies on the cue, and the verdicts of the same holder, or of the article, in the figure's sentence."""
        cue = attribution.cue if attribution else None
        voices = (None, cue.id if cue else None)
        met = {stance.id: stance for stance in (self._stances.within(cue.start, cue.end) if cue else [])}
        start, end = self._reach(figure)
        for stance in self._verdicts.within(start, end):
            if stance.start >= start and self._holders.get(stance.id) in voices:
                met[stance.id] = stance
        return tuple(sorted(met.values(), key=lambda stance: stance.start))

    def _reach(self, figure: Span) -> tuple[int, int]:
        """Start and end of the figure's sentence, with the next if that is of its figures, as far as is looked at."""
        number = bisect_right(self._edges, figure.start)
        end = self._edges[number]
        if number + 1 < len(self._edges) and _REFERS_BACK.match(self._text, end):
            end = self._edges[number + 1]
        return max(self._edges[number - 1], figure.start - REACH), min(end, figure.end + REACH)


def _score(
    figure: Span,
    attribution: Attribution | None,
    content: Span | None,
    links: Mapping[tuple[str, str, str], float | None],
) -> float | None:
    """The product of the scores of all that the claim rests on: they are nearly independent given the text.

    `links` are the scores of links by label, head and tail.
    """
    if figure.score is None:
        return None
    factors: list[float | None] = [figure.score]
    if attribution and content:
        factors += [content.score, links.get(("content", attribution.cue.id, content.id))]
        if source := attribution.source:
            factors += [source.score, links.get(("source", attribution.cue.id, source.id))]
    return prod(1.0 if factor is None else factor for factor in factors)


def to_place(span: Span | None) -> dict[str, Any] | None:
    """A span as its id, text and offsets; None where there is none."""
    return None if span is None else {"id": span.id, "text": span.text, "start": span.start, "end": span.end}


def count_unread(claims: Sequence[Claim]) -> int:
    """How many figures could not be read as a number."""
    return sum(claim.quantity is None for claim in claims)
