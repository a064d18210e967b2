"""The records of a page: its claims as a table, its disputes as a list."""

from collections.abc import Iterable, Mapping, Sequence

from tolltale.claims import Claim
from tolltale.disputes import Dispute
from tolltale.documents import Document
from tolltale.page.article import anchors, escape_text
from tolltale.tables import number_disputes
from tolltale.wording import (
    format_bounds,
    list_notes,
    list_stances,
    list_verdicts,
    name_denier,
    name_side,
    name_source,
    read_bounds,
    read_side,
)


def render_claims(document: Document, claims: Sequence[Claim], disputes: Sequence[Dispute]) -> str:
    """A row a claim; its figure leads to its place in the article."""
    names, numbers = anchors(document), number_disputes(disputes)
    rows = "\n".join(_row(document.text, claim, names, numbers.get(claim.figure.id)) for claim in claims)
    scored = ["score"] if any(claim.score is not None for claim in claims) else []
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("figure", "harm", "who says so", *scored))
    table = f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    body = table if claims else "<p>None.</p>"
    return f'<section id="claims" tabindex="-1">\n<h2>Claims</h2>\n{body}\n</section>'


def render_disputes(document: Document, disputes: Sequence[Dispute]) -> str:
    """A line a dispute: what its sides say; nothing where there is none."""
    if not disputes:
        return ""
    names = anchors(document)
    items = "\n".join(f"<li>{_dispute(dispute, names)}</li>" for dispute in disputes)
    return f'<section id="disputes">\n<h2>Disputes</h2>\n<ol>\n{items}\n</ol>\n</section>'


def _row(text: str, claim: Claim, names: Mapping[str, str], dispute: int | None) -> str:
    victims = claim.victims.text if claim.victims else ""
    known = "" if claim.victim_class == "unknown" else claim.victim_class
    figure = f"{_link(claim, names, claim.figure.text)} {_small(read_bounds(claim))}"
    harm = f"{claim.kind.lower()} {_small(victims)} {_small(known, 'class')}"
    source = f"{escape_text(name_source(claim))} {_small(_mention(text, claim))}"
    notes = " ".join(_small(note, "note") for note in list_notes(claim, dispute))
    score = [] if claim.score is None else [f"{claim.score:.2f}"]
    cells = "".join(f"<td>{cell.strip()}</td>" for cell in (figure, harm, f"{source} {notes}", *score))
    return f'<tr data-id="{names[claim.figure.id]}">{cells}</tr>'


def _mention(text: str, claim: Claim) -> str:
    """The attribution's own words: "he said", and only the cue where the source has been named in full."""
    source = None if claim.source == claim.source_name else claim.source
    words = sorted((span for span in (source, claim.cue) if span), key=lambda span: span.start)
    apart = len(words) == 2 and text[words[0].end : words[1].start].strip()
    return (" ... " if apart else " ").join(span.text for span in words)


def _dispute(dispute: Dispute, names: Mapping[str, str]) -> str:
    sides = [_side(side, names) for side in dispute.sides]
    sides += [
        f"{escape_text(name_denier(denial))}: {_notes(list_stances(denial.stances))}" for denial in dispute.denials
    ]
    return f"<b>{dispute.kind.lower()}, {format_bounds(dispute.low, dispute.high)}.</b> {'; '.join(sides)}"


def _side(side: Sequence[Claim], names: Mapping[str, str]) -> str:
    figures = " + ".join(_link(claim, names, claim.figure.text) for claim in side)
    total = f" = {read_side(side)}" if len(side) > 1 else ""
    notes = _notes(list_verdicts(side))
    return f"{escape_text(name_side(side))}: {figures}{total} {notes}".strip()


def _notes(notes: Iterable[str]) -> str:
    return " ".join(_small(note, "note") for note in notes)


def _link(claim: Claim, names: Mapping[str, str], text: str) -> str:
    return f'<a href="#{names[claim.figure.id]}">{escape_text(text)}</a>'


def _small(text: str, kind: str = "") -> str:
    return f'<small class="{kind}">{escape_text(text)}</small>' if text else ""
