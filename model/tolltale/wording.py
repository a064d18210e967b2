"""Wording: claims and disputes in the words of a page or a terminal's table."""

import re
from collections.abc import Iterable, Sequence

from tolltale.bounds import add_bounds
from tolltale.claims import Claim
from tolltale.disputes import Denial
from tolltale.documents import Span

_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what a terminal may show in another order
_UNSHOWN = re.compile(rf"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_DIRECTIONS}]")

PART_OF = "part of "
_ARTICLE, UNNAMED = "(the article)", "(unnamed)"


def on_one_line(text: str) -> str:
    """A text without line breaks; U+FFFD for what could steer a terminal, and for half characters (no UTF-8)."""
    return _UNSHOWN.sub("\ufffd", " ".join(text.split()))


def format_bounds(low: int | None, high: int | None, *, approximate: bool = False) -> str:
    """Bounds in words: "12", "10-15", "5 or more", "about 30 at most"; "open" where there are none."""
    if low is None:
        bounds = "open" if high is None else f"{high:,} at most"
    elif high is None:
        bounds = f"{low:,} or more"
    else:
        bounds = f"{low:,}" if low == high else f"{low:,}-{high:,}"
    return f"about {bounds}" if approximate else bounds


def read_bounds(claim: Claim) -> str:
    """What a claim's figure says, in words; "unread" where it could not be read."""
    if claim.quantity is None:
        return "unread"
    low = None if claim.open_low and not claim.low else claim.low  # "30 at most" says more than "0-30"
    return format_bounds(low, claim.high, approximate=claim.approximate)


def name_source(claim: Claim) -> str:
    """Who says so, by the fullest name that the article gives."""
    if claim.source_name:
        return _trim(claim.source_name)
    return UNNAMED if claim.cue else _ARTICLE


def name_side(side: Sequence[Claim]) -> str:
    """Who stands on a side of a dispute."""
    return " and ".join(dict.fromkeys(map(name_source, side)))


def read_side(side: Sequence[Claim]) -> str:
    """What a side of a dispute adds up to, in words."""
    if len(side) == 1:
        return read_bounds(side[0])
    low, high = add_bounds((claim.low, claim.high) for claim in side)
    return format_bounds(low, high, approximate=any(claim.approximate for claim in side))


def name_denier(denial: Denial) -> str:
    """Who denies or doubts a side of a dispute, by the fullest name that the article gives."""
    return _trim(denial.source_name)


def list_stances(stances: Iterable[Span]) -> list[str]:
    """The labels of stances in words, each once."""
    return list(dict.fromkeys(stance.label.lower() for stance in stances))


def list_verdicts(claims: Iterable[Claim]) -> list[str]:
    """The stances to claims in words, each once, with the article's own apart: "deny", "article: doubt"."""
    kept = tuple(claims)
    own = list_stances(stance for claim in kept for stance in claim.stances)
    article = list_stances(stance for claim in kept for stance in claim.article_stances)
    return [*own, *(f"article: {label}" for label in article)]


def list_notes(claim: Claim, dispute: int | None) -> list[str]:
    """What to know before adding a claim up: its stances, its whole, whether it counts more, its dispute's number."""
    notes = list_verdicts([claim])
    notes += [PART_OF + claim.subset_of.text] if claim.subset_of else []
    notes += ["cumulative"] if claim.cumulative else []
    return notes + ([f"dispute {dispute}"] if dispute else [])


def _trim(source: Span) -> str:
    return source.text.rstrip(" ,;:")  # "Ali Noor, a local doctor,"
