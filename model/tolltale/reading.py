"""What comes back from the tagger: a text with every span that it found."""

from dataclasses import dataclass

from tolltale.documents import Document, Span
from tolltale.labels import ATTRIBUTION, FIGURE, STANCE


@dataclass(frozen=True)
class Reading(Document):
    """A document whose spans were predicted: each has a score, the probability of exactly this span and label."""

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
