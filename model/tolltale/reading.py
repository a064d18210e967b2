"""What comes back from the tagger: a text with every span and link that it found, and the claims that they make."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tolltale.calibration import Calibration
from tolltale.claims import Claim, read_claims
from tolltale.disputes import Dispute, find_disputes
from tolltale.documents import Document, Span
from tolltale.labels import ATTRIBUTION, FIGURE, STANCE


@dataclass(frozen=True)
class Reading(Document):
    """A document whose spans and links were predicted.

    Each has a score, the probability of exactly this span and label, or of this link if its spans are right;
    `calibration` is the checkpoint's (see `tolltale.calibration`). `whole` is the reading with what scored too little
    to be given out, None where nothing did.
    """

    predicted: bool = field(default=True, kw_only=True, repr=False, compare=False)
    calibration: Calibration = field(default_factory=dict, repr=False, compare=False)
    whole: "Reading | None" = field(default=None, repr=False, compare=False)

    @property
    def found(self) -> "Reading":
        """The reading with nothing left out."""
        return self.whole or self

    @property
    def n_left_out(self) -> int:
        """How many spans and links scored too little to be given out."""
        return len(self.found.spans) + len(self.found.links) - len(self.spans) - len(self.links)

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
        return read_claims(self, self.found, self.calibration)

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
