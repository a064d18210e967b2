"""Summaries: what many articles claim, source by source, and where sources differ."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tolltale.bounds import add_bounds, reach
from tolltale.claims import APART, Claim, count_unread
from tolltale.disputes import add_up
from tolltale.labels import FIGURES
from tolltale.reading import Reading
from tolltale.terminal import format_dispute, shorten
from tolltale.wording import format_bounds, name_source, on_one_line


@dataclass(slots=True)
class Tally:
    """What one source tells as tolls of one kind: how many claims, in how many articles, and the bounds over all.

    Sources that are not named are one here, and so are the articles themselves.

    `low` and `high` are the least and the most of any toll; None where one of them sets no least ("nearly 300"), or no
    most. Claims that add up are one toll ("four soldiers and a driver"). `n_read` claims say a number, and `n_apart`
    more are no tolls of the source's (`Claim.reason_apart`).
    """

    kind: str
    source: str
    n_claims: int = 0
    n_articles: int = 0
    n_read: int = 0
    n_apart: int = 0
    low: int | None = None
    high: int | None = None

    def add(self, toll: Sequence[Claim]) -> None:
        """Count a toll in, of one claim or of several that add up."""
        self.n_claims += len(toll)
        if any(claim.quantity is None for claim in toll):
            return
        low, high = add_bounds((claim.low, claim.high) for claim in toll)
        if self.n_read:
            low, high = reach(min, (self.low, low)), reach(max, (self.high, high))
        self.n_read += len(toll)
        self.low, self.high = low, high


@dataclass(frozen=True, slots=True)
class Summary:
    """Tallies, those of a kind together and the source with most claims first, and what was counted beside them.

    `disputes` are the kind, the article and the wording of each, those of a kind together in the order of the articles.
    `apart` counts the claims that no tally's bounds hold, by reason.
    """

    tallies: tuple[Tally, ...]
    disputes: tuple[tuple[str, str, str], ...]
    n_articles: int
    n_unread: int  # figures that could not be read as a number
    apart: Counter[str]


def summarise(readings: Iterable[Reading]) -> Summary:
    """Count the claims of readings, which are taken one at a time; only counts and the words of disputes are kept."""
    tallies: dict[tuple[str, str], Tally] = {}
    disputes: list[tuple[str, str, str]] = []
    apart: Counter[str] = Counter()
    number = n_unread = 0
    for number, reading in enumerate(readings, 1):
        n_unread += count_unread(reading.claims)
        apart.update(claim.reason_apart for claim in reading.claims if claim.reason_apart)
        article = shorten(reading.id) or f"article {number}"
        disputes += [(dispute.kind, article, format_dispute(dispute)) for dispute in reading.disputes]
        _count(reading, tallies)
    order = sorted(tallies.values(), key=lambda t: (FIGURES.index(t.kind), -t.n_claims, t.source.casefold()))
    disputes.sort(key=lambda dispute: FIGURES.index(dispute[0]))
    return Summary(tuple(order), tuple(disputes), number, n_unread, apart)


def source_of(claim: Claim) -> str:
    """The name that a claim's source goes by, on one line: a name that the text breaks is the same name."""
    return on_one_line(name_source(claim))


def tolls_of(reading: Reading) -> list[tuple[Claim, ...]]:
    """The claims that are tolls of their source (`Claim.reason_apart` is empty), those that add up put together."""
    return add_up(reading.text, [claim for claim in reading.claims if not claim.reason_apart])


def format_apart(apart: Counter[str]) -> str:
    """How many claims were left out for which reason: `2 part of another, 1 cumulative`; empty for none."""
    return ", ".join(f"{apart[reason]} {reason}" for reason in APART if apart[reason])


def format_summary(summary: Summary) -> str:
    """The tallies as lines, kind by kind, then the disputes."""
    lines = []
    for kind in FIGURES:
        tallies = [tally for tally in summary.tallies if tally.kind == kind]
        if tallies:
            lines.append(f"{kind}: {sum(tally.n_claims for tally in tallies)} claims")
            lines += map(_tally_line, tallies)
    lines += [f"dispute in {article}: {wording}" for _, article, wording in summary.disputes]
    if apart := format_apart(summary.apart):
        lines.append(f"left out of the tolls: {apart}")
    counts = f"{summary.n_articles} articles, {len(summary.disputes)} disputes"
    lines.append(f"{counts}, {summary.n_unread} figures that are no number")
    return "\n".join(lines)


def _count(reading: Reading, tallies: dict[tuple[str, str], Tally]) -> None:
    met = set()
    for claim in reading.claims:
        tally = tallies.setdefault(_key(claim), Tally(claim.kind, source_of(claim)))
        tally.n_apart += bool(claim.reason_apart)
    for toll in tolls_of(reading):
        key = _key(toll[0])
        tallies[key].add(toll)
        tallies[key].n_articles += key not in met
        met.add(key)


def _key(claim: Claim) -> tuple[str, str]:
    return claim.kind, source_of(claim).casefold()


def _tally_line(tally: Tally) -> str:
    apart = f" (left out: {tally.n_apart})" if tally.n_apart else ""
    return f"  {tally.n_claims:5} in {tally.n_articles:<5} {_bounds(tally):>15}  {tally.source}{apart}"


def _bounds(tally: Tally) -> str:
    if tally.n_claims == 0:
        return "-"
    return format_bounds(tally.low, tally.high) if tally.n_read else "unread"
