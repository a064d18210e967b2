"""Figures: the counts of a document as claims take them, each with all of its words.

What was marked in pieces is put together: neighbouring spans that are one range ("more than 1,000" but "fewer than
2,000"; between "10" and "15") are one figure, and so are a number and the plus sign behind it ("15" of "15+").
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tolltale.attributions import Voices
from tolltale.documents import Document, Span
from tolltale.labels import FIGURE, FIGURES
from tolltale.quantities import read_quantity

WIDEST = 40  # characters between the two ends of a range, at most
NEAR = 100  # characters before a range in which a verb may say that it is none

_OPENING = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:up\s+)?to\b", re.IGNORECASE)
_BREAK = re.compile(r"\n\s*(?:\n|[-–—])")  # a new paragraph, or the next item of a list
# "The toll rose from 10 to 15" is two tolls, one after the other; "killing from 10 to 15" is one.
_CHANGED = re.compile(
    r"\b(?:(?:ris|rais|increas|chang|mov|revis|updat|reduc|declin|doubl|surg|escalat)(?:e|es|ed|en|ing|ions?|tions?)"
    r"|(?:climb|jump|soar|mount|lower|correct|amend|adjust|upgrad|downgrad)(?:e?s|e?d|ing)?|rose|gr[eo]w(?:s|n|ing|th)?"
    r"|swell(?:s|ed|ing)?|swollen|f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|dip(?:s|ped|ping)?|cuts?|cutting|shot|shoots?"
    r"|went|goes|go|gone|going|brings?|brought|bringing|takes?|took|taking|pushe[sd]|pushing|up|down)\b"
    r"[^.;:!?]*\bfrom(?:\s+[\w'’-]+){0,3}\s+$",
    re.IGNORECASE,
)


def read_figures(document: Document, voices: Voices) -> tuple[list[Span], dict[str, Span]]:
    """The figures of a document in the order of the text, and the victims of each by its id.

    A range that was marked as several spans has the id of the first, the words from its opening ("between") to the end
    of the last, and the product of their scores. Its pieces are of one kind and one content, at most one of its victims
    is named, and `read_quantity` reads the whole as a range.
    """
    spans = {span.id: span for span in document.spans}
    victims = {tie.head: spans[tie.tail] for tie in reversed(document.links) if tie.label == "counts"}
    figures: list[Span] = []
    for marked in document.layer(FIGURE):
        if marked.label not in FIGURES:
            continue
        figure = _with_sign(document.text, marked)
        victim = victims.pop(marked.id, None)
        joined = _join(document.text, voices, figures, figure)
        if joined and victim in (None, victims.get(joined.id, victim)):
            figures[-1] = figure = joined
        else:
            figures.append(figure)
        if victim:
            victims[figure.id] = victim
    return figures, victims


def _with_sign(text: str, figure: Span) -> Span:
    """The figure with the plus sign that stands behind it."""
    whole = replace(figure, end=figure.end + 1, text=figure.text + "+")
    is_signed = text.startswith("+", figure.end) and not text[whole.end : whole.end + 1].isalnum()
    return whole if is_signed and read_quantity(whole.text) else figure


def _join(text: str, voices: Voices, before: Sequence[Span], second: Span) -> Span | None:
    """The range that the last of the figures before one opens and the one closes; None where they are two figures."""
    if not before or before[-1].label != second.label or second.start - before[-1].end > WIDEST:
        return None
    first = before[-1]
    between = text[first.end : second.start]
    if not between.strip() or _BREAK.search(between):
        return None
    lead = text[max(before[-2].end if len(before) > 1 else 0, first.start - NEAR) : first.start]
    if _TO.match(between) and _CHANGED.search(lead):
        return None
    opening = _OPENING.search(lead)
    starts = [first.start - len(opening[0]), first.start] if opening else [first.start]
    score = None if first.score is None or second.score is None else first.score * second.score
    for start in starts:
        joined = replace(first, start=start, end=second.end, text=text[start : second.end], score=score)
        if _is_range(joined.text) and _content(voices, joined) == _content(voices, first) == _content(voices, second):
            return joined
    return None


def _is_range(text: str) -> bool:
    """Whether a text is read, and not as one number: "one hundred" and "six" were not marked apart for nothing."""
    quantity = read_quantity(text)
    return quantity is not None and quantity.point is None


def _content(voices: Voices, figure: Span) -> Span | None:
    attribution = voices.attribution_of(figure)
    return attribution.piece_around(figure) if attribution else None
