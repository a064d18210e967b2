"""What comes back from the tagger: a text with every span and link that it found, and the claims that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tolltale.calibration import SCORE_DIGITS, calibrate
from tolltale.claims import Claim, read_claims
from tolltale.disputes import Dispute, find_disputes
from tolltale.documents import Document, Span
from tolltale.labels import ATTRIBUTION, FIGURE, STANCE

CLAIM = "claim"  # what the scores of claims are calibrated under


@dataclass(frozen=True)
class Reading(Document):
    """A document whose spans and links were predicted.

    Each has a score, the probability of exactly this span and label, or of this link if its spans are right;
    `calibration` is the checkpoint's (see `tolltale.calibration`); `n_left_out` counts the spans and links that scored
    too little to be given out; `doubts` says of figures that lost their source by it what their claims score with it.
    """

    predicted: bool = field(default=True, kw_only=True, repr=False, compare=False)
    calibration: Mapping[str, Sequence[float]] = field(default_factory=dict, repr=False, compare=False)
    n_left_out: int = 0
    doubts: Mapping[str, float] = field(default_factory=dict, repr=False, compare=False)

    @property
    def figures(self) -> tuple[Span, ...]:
        """How many were harmed, and who: KILLED, INJURED, MISSING, CAPTURED, CASUALTIES, VICTIM."""
        return self.layer(FIGURE)

    @property
    def attributions(self) -> tuple[Span, ...]:
        """Who says what: SOURCE, CUE, CONTENT."""
        return self.layer(ATTRIBUTION)

    @property
    def stances(self) -> tuple[Span, ...]:
        """How somebody stands to it: CONFIRM, DENY, DOUBT, ACCUSE, CONDEMN, SUPPORT."""
        return self.layer(STANCE)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """One record a figure: how many, harmed how, who they were, who says so, how that source stands to it."""
        return tuple(
            claim if claim.score is None else replace(claim, score=self._claim_score(claim, claim.score))
            for claim in read_claims(self)
        )

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """The claims about the same harm on which sources differ, or that one denies."""
        return find_disputes(self, self.claims)

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain values: a corpus row with `claims`, `disputes` and `n_left_out`."""
        claims = [claim.to_dict() for claim in self.claims]
        disputes = [dispute.to_dict() for dispute in self.disputes]
        return {**super().to_dict(), "claims": claims, "disputes": disputes, "n_left_out": self.n_left_out}

    def to_html(self) -> str:
        """A page of its own: the text with its layers marked, the claims beside it, the disputes on top."""
        from tolltale.page import format_html  # which knows readings

        return format_html(self)

    def _repr_html_(self) -> str:
        """How a notebook shows a reading."""
        from tolltale.page import format_frame

        return format_frame(self)

    def _claim_score(self, claim: Claim, score: float) -> float:
        """What its parts make probable, calibrated; a claim is right no oftener than its figure and its source are."""
        score = min(score, self.doubts.get(claim.figure.id, score))
        parts = (span.score for span in (claim.figure, claim.source) if span)
        return min(round(calibrate(score, CLAIM, self.calibration), SCORE_DIGITS), *(s for s in parts if s is not None))
