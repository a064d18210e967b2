"""Claims: what an analyst takes away from an article, one record a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tolltale.attributions import Voices, attributions
from tolltale.calibration import Calibration
from tolltale.documents import Document, Span
from tolltale.figures import read_figures
from tolltale.likelihood import score_claims
from tolltale.mentions import resolve_sources
from tolltale.quantities import Quantity, read_quantity
from tolltale.tolls import find_cumulative, find_subsets
from tolltale.verdicts import Verdicts, stands_anyway
from tolltale.victims import classify_victim

APART = REJECTED, PARTIAL, CUMULATIVE = "denied or doubted", "part of another", "cumulative"


@dataclass(frozen=True, slots=True)
class Claim:
    """How many, harmed how, who they were, who says so, and how that source stands to it.

    `figure` is the span that proves it, `quantity` what it says (None where it cannot be read: never guessed). A range
    that was marked as several spans is one figure, with the words of all and the id of the first (`tolltale.figures`).
    `victims` and `victim_class` say who was counted; `source`, `cue` and `content` are those of the attribution
    that holds the figure, all None in the article's own voice. `source_name` is the fuller mention that a source such
    as "he" or "the ministry" takes up, else the source itself. `stances` are those of the source to what it says,
    `article_stances` the verdicts (CONFIRM, DENY, DOUBT) of the article itself on the figure. `subset_of` is the figure
    that this one is a part of, and `whole_is_cumulative` is for that one what `cumulative` says of this: whether it
    counts more than the event. `score` is the probability that figure, kind and source are all right: low, too, where
    a source was found that scored too little to be named; None where people marked them.
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
    article_stances: tuple[Span, ...]
    subset_of: Span | None
    whole_is_cumulative: bool
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

        A part of what counts more than the event ("four, taking the total this year to 120") may be all of the event.
        """
        if self.is_rejected:
            return REJECTED
        if self.subset_of and not self.whole_is_cumulative:
            return PARTIAL
        return CUMULATIVE if self.cumulative else None

    @property
    def is_rejected(self) -> bool:
        """Whether who tells the figure denies or doubts it, or the article denies it: how many, not the deed or blame.

        That the article could not verify what a source tells leaves it the source's.
        """
        unfit = ("DENY",) if self.cue else ("DENY", "DOUBT")
        rejecting = [stance for stance in self.stances if stance.label in ("DENY", "DOUBT")]
        rejecting += [stance for stance in self.article_stances if stance.label in unfit]
        return bool(rejecting) and not stands_anyway(self.figure, self.content, self.cue, rejecting)

    def to_dict(self) -> dict[str, Any]:
        """The claim as plain values; spans as their ids, texts and offsets."""
        numbers = ("kind", "low", "high", "point", "open_low", "open_high", "approximate")
        spans = ("figure", "victims", "source", "source_name", "cue", "content", "subset_of")
        return {
            **{name: getattr(self, name) for name in numbers},
            **{name: to_place(getattr(self, name)) for name in spans},
            "victim_class": self.victim_class,
            **{name: [to_stance(span) for span in getattr(self, name)] for name in ("stances", "article_stances")},
            "cumulative": self.cumulative,
            "reason_apart": self.reason_apart,
            "score": self.score,
        }


def read_claims(
    document: Document, found: Document | None = None, calibration: Calibration | None = None
) -> tuple[Claim, ...]:
    """The claims of a document, one a figure, in the order of the text; from its spans and links, whoever made them.

    `found` is the document with what scored too little to be given out, and `calibration` what the scores of claims are
    calibrated by.
    """
    acts = attributions(document)
    voices, verdicts = Voices(acts), Verdicts(document, acts)
    names = resolve_sources(document.text, [span for span in document.spans if span.label == "SOURCE"])
    figures, victims = read_figures(document, voices)
    subsets = find_subsets(document.text, figures)
    cumulative = find_cumulative(document.text, figures, subsets)
    scores = score_claims(document, figures, voices, found or document, calibration or {})
    claims = []
    for figure in figures:
        attribution = voices.attribution_of(figure)
        source = attribution.source if attribution else None
        content = attribution.piece_around(figure) if attribution else None
        victim, whole = victims.get(figure.id), subsets.get(figure.id)
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
                stances=verdicts.of_source(figure, attribution),
                article_stances=verdicts.of_article(figure, attribution),
                subset_of=whole,
                whole_is_cumulative=whole is not None and whole.id in cumulative,
                cumulative=figure.id in cumulative,
                score=scores[figure.id],
            )
        )
    return tuple(claims)


def to_place(span: Span | None) -> dict[str, Any] | None:
    """A span as its id, text and offsets; None where there is none."""
    return None if span is None else {"id": span.id, "text": span.text, "start": span.start, "end": span.end}


def to_stance(span: Span) -> dict[str, Any]:
    """A stance as its label, id, text and offsets."""
    return {"label": span.label, **(to_place(span) or {})}


def count_unread(claims: Sequence[Claim]) -> int:
    """How many figures could not be read as a number."""
    return sum(claim.quantity is None for claim in claims)
