"""Terminal: the claims of one document as lines for a person, who no text may steer."""

from collections.abc import Iterable, Sequence

from tolltale.claims import Claim
from tolltale.disputes import Dispute
from tolltale.documents import Document
from tolltale.tables import claims_of, disputes_of, number_disputes
from tolltale.wording import (
    PART_OF,
    format_bounds,
    list_notes,
    list_stances,
    list_verdicts,
    name_denier,
    name_side,
    name_source,
    on_one_line,
    read_bounds,
    read_side,
)

_WIDEST = 32  # characters of a text in the table


def format_table(document: Document) -> str:
    """The claims of a document as lines for a person at a terminal, its disputes below them."""
    claims = claims_of(document)
    disputes = disputes_of(document, claims)
    if not claims:
        return "no claims"
    numbers = number_disputes(disputes)
    heads = ("kind", "reads", "figure", "victims", "source", "notes", "score")
    cells = [heads, *(_cells(claim, numbers.get(claim.figure.id)) for claim in claims)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    return "\n".join([*lines, *(f"dispute {n}, {format_dispute(dispute)}" for n, dispute in enumerate(disputes, 1))])


def format_dispute(dispute: Dispute) -> str:
    """A dispute on one line: its kind, its spread, and each side with its source and figures, or its denial."""
    sides = [f"{shorten(name_side(side))}: {_add_up(side)}" for side in dispute.sides]
    sides += [f"{shorten(name_denier(denial))}:{_bracket(list_stances(denial.stances))}" for denial in dispute.denials]
    return f"{dispute.kind}, {format_bounds(dispute.low, dispute.high)}: {'; '.join(sides)}"


def shorten(text: str) -> str:
    """A text on one line of bounded width that no terminal can be steered by."""
    text = on_one_line(text)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 3] + "..."


def _cells(claim: Claim, dispute: int | None) -> tuple[str, ...]:
    victims = claim.victims.text if claim.victims else ""
    score = "" if claim.score is None else f"{claim.score:.2f}"
    texts = (claim.figure.text, victims, name_source(claim))
    return (claim.kind, read_bounds(claim), *map(shorten, texts), ", ".join(_notes(claim, dispute)), score)


def _notes(claim: Claim, dispute: int | None) -> list[str]:
    """Only the words of the text are cut short: that a claim is in a dispute is always seen."""
    return [shorten(note) if note.startswith(PART_OF) else note for note in list_notes(claim, dispute)]


def _add_up(side: Sequence[Claim]) -> str:
    """`64 (60 + 4)`, `30 [deny]`."""
    parts = " + ".join(map(read_bounds, side))
    return (parts if len(side) == 1 else f"{read_side(side)} ({parts})") + _bracket(list_verdicts(side))


def _bracket(notes: Iterable[str]) -> str:
    return "".join(f" [{note}]" for note in notes)
