"""Summaries: what many articles claim, source by source."""

from collections.abc import Iterable
from dataclasses import dataclass

from tolltale.claims import Claim, count_unread
from tolltale.labels import FIGURES
from tolltale.reading import Reading
from tolltale.wording import on_one_line

OWN_VOICE = "(the article itself)"


@dataclass(slots=True)
class Tally:
    """The claims of one source about one kind of harm: how many, in how many articles, and the bounds over all.

    `low` and `high` are the least and the most that any of the claims says, None where none of them says one.
    """

    kind: str
    source: str
    n_claims: int = 0
    n_articles: int = 0
    low: int | None = None
    high: int | None = None

    def add(self, claim: Claim) -> None:
        """Count a claim in."""
        self.n_claims += 1
        lows = [low for low in (self.low, claim.low) if low is not None]
        highs = [high for high in (self.high, claim.high) if high is not None]
        self.low, self.high = min(lows, default=None), max(highs, default=None)


@dataclass(frozen=True, slots=True)
class Summary:
    """Tallies, those of a kind together and the source with most claims first, and what was counted beside them."""

    tallies: tuple[Tally, ...]
    n_articles: int
    n_disputes: int
    n_unread: int  # figures that could not be read as a number


def summarise(readings: Iterable[Reading]) -> Summary:
    """Count the claims and disputes of readings; nothing of them is kept but the counts."""
    tallies: dict[tuple[str, str], Tally] = {}
    n_articles = n_disputes = n_unread = 0
    for reading in readings:
        n_articles += 1
        n_disputes += len(reading.disputes)
        n_unread += count_unread(reading.claims)
        met = set()
        for claim in reading.claims:
            key = (claim.kind, source_of(claim).casefold())
            tally = tallies.setdefault(key, Tally(claim.kind, source_of(claim)))
            tally.add(claim)
            tally.n_articles += key not in met
            met.add(key)
    order = sorted(tallies.values(), key=lambda t: (FIGURES.index(t.kind), -t.n_claims, t.source.casefold()))
    return Summary(tuple(order), n_articles, n_disputes, n_unread)


def source_of(claim: Claim) -> str:
    """The name that a claim's source goes by, on one line, without commas at its edge."""
    source = claim.source_name or claim.source
    return on_one_line(source.text).strip(" ,") if source else OWN_VOICE


def format_summary(summary: Summary) -> str:
    """The tallies as lines, kind by kind."""
    lines = []
    for kind in FIGURES:
        tallies = [tally for tally in summary.tallies if tally.kind == kind]
        if tallies:
            lines.append(f"{kind}: {sum(tally.n_claims for tally in tallies)} claims")
            lines += [f"  {t.n_claims:5} in {t.n_articles:<5} {_bounds(t):>15}  {t.source}" for t in tallies]
    lines.append(
        f"{summary.n_articles} articles, {summary.n_disputes} disputes, {summary.n_unread} figures that are no number"
    )
    return "\n".join(lines)


def _bounds(tally: Tally) -> str:
    low, high = ("" if bound is None else f"{bound:,}" for bound in (tally.low, tally.high))
    return low if low == high else f"{low}-{high}"
