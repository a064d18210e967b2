"""Denials: sources that deny or doubt what another tells, and give no figure of their own ("the army denied this").

What is denied is told by the nearest other source, or by the article just before; and the words that are denied must
refer back to it: to deny responsibility, or reports of something else, is to deny no toll.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from tolltale.attributions import Attribution, attributions
from tolltale.claims import Claim, to_place, to_stance
from tolltale.disputes import words
from tolltale.disputes.sides import Side, is_same_source
from tolltale.documents import Document, Span
from tolltale.labels import STANCE
from tolltale.mentions import resolve_sources
from tolltale.verdicts import is_negated

REACH = 2  # sentences from what a source tells to its denial, at most
ARTICLE_REACH = 1  # likewise from what the article tells
STEM = 5  # letters in which the words for one owner agree: "Russian", "Russia"

_POINTER, _REPORT = re.compile(words.POINTER, re.IGNORECASE), re.compile(words.REPORT, re.IGNORECASE)
_BLAME, _SEVERAL = re.compile(words.BLAME, re.IGNORECASE), re.compile(words.SEVERAL, re.IGNORECASE)
_UNCONFIRMED, _END = re.compile(words.UNCONFIRMED, re.IGNORECASE), re.compile(words.END_OF_DENIAL, re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Denial:
    """A source that denies or doubts claims of another, and gives no figure of its own.

    `source_name` is the fuller mention that the source takes up, else the source itself. `stances` (DENY, DOUBT) lie on
    the cue. `content` is what refers back to the claims, None where nothing does ("which the army denied").
    """

    source: Span
    source_name: Span
    cue: Span
    content: Span | None
    stances: tuple[Span, ...]

    def to_dict(self) -> dict[str, Any]:
        """The denial as plain values; spans as their ids, texts and offsets."""
        return {
            **{name: to_place(getattr(self, name)) for name in ("source", "source_name", "cue", "content")},
            "stances": [to_stance(stance) for stance in self.stances],
        }


def find_denials(
    document: Document, claims: Sequence[Claim], sides: Sequence[Side], sentence_of: Callable[[int], int]
) -> Iterator[tuple[Denial, Side]]:
    """Each denial with each of the sides that it denies, in the order of the text.

    `claims` and `sides` are those of the document; `sentence_of` numbers the sentence that holds an offset.
    """
    acts = sorted(attributions(document), key=lambda act: act.cue.start)
    told = {claim.cue.id for claim in claims if claim.cue}
    denying = {number: act for number, act in enumerate(acts) if act.cue.id not in told and _refers_back(document, act)}
    names = resolve_sources(document.text, [act.source for act in acts if act.source]) if denying else {}
    deniers: list[Span] = []
    for number, act in denying.items():
        if act.source is None:
            continue
        denial = _denial(document, act, act.source, names.get(act.source.id, act.source))
        deniers.append(denial.source_name)
        others = [other for other in acts[:number] if not _is_by(other, deniers, names)]
        before = [side for side in sides if side.start < denial.cue.start and not side.is_part_of_own]
        for side in _denied(document, denial, others, before, sentence_of):
            yield denial, side


def _refers_back(document: Document, act: Attribution) -> bool:
    """Whether it denies or doubts, and what it denies is nothing but "this", "the reports" or the like."""
    stances = _verdicts(document, act)
    if not stances or any(_UNCONFIRMED.search(stance.text) for stance in stances):
        return False
    if not act.contents:
        return bool(_END.match(document.text, act.cue.end))
    return all(_POINTER.fullmatch(piece.text) or _REPORT.fullmatch(piece.text) for piece in act.contents)


def _verdicts(document: Document, act: Attribution) -> tuple[Span, ...]:
    return tuple(
        stance
        for stance in document.layer(STANCE)
        if stance.label in ("DENY", "DOUBT")
        and stance.start < act.cue.end
        and act.cue.start < stance.end
        and not is_negated(document.text, act.cue, stance)
    )


def _denial(document: Document, act: Attribution, source: Span, name: Span) -> Denial:
    return Denial(source, name, act.cue, next(iter(act.contents), None), _verdicts(document, act))


def _is_by(act: Attribution, sources: Sequence[Span], names: dict[str, Span]) -> bool:
    """Whether somebody among some sources says it."""
    name = act.source and names.get(act.source.id, act.source)
    return any(is_same_source(name, source) for source in sources)


def _denied(
    document: Document,
    denial: Denial,
    others: Sequence[Attribution],
    before: Sequence[Side],
    sentence_of: Callable[[int], int],
) -> Iterator[Side]:
    """The sides told in the nearest act of saying of somebody else, or since then in the article's own voice."""
    place, content = sentence_of(denial.cue.start), denial.content.text if denial.content else ""
    last = others[-1] if others else None
    since = max(place - ARTICLE_REACH, sentence_of(last.cue.start) + 1 if last else 0)
    if own := [side for side in before if side.claims[0].cue is None and sentence_of(side.start) >= since]:
        if not _BLAME.search(content) and not _is_blamed(document, own[-1], denial):
            yield from (side for side in own if _owns(None, content))
        return
    acts = list(takewhile(lambda act: act.source == (last and last.source), reversed(others)))
    for act in acts if _SEVERAL.search(content) else acts[:1]:
        told = [side for side in before if side.claims[0].cue == act.cue and place - sentence_of(side.start) <= REACH]
        if told:
            yield from (side for side in told if not side.has("DENY", "DOUBT") and _owns(side.source, content))
            return


def _is_blamed(document: Document, side: Side, denial: Denial) -> bool:
    """Whether somebody is blamed on the way to a denial, which then is of the blame."""
    accused = (stance.start for stance in document.layer(STANCE) if stance.label == "ACCUSE")
    return any(side.start - words.LEAD <= start < denial.cue.start for start in accused)


def _owns(source: Span | None, content: str) -> bool:
    """Whether the words that say whose report is denied, if any, fit a source: "Russian reports", "their claim"."""
    named = [word.casefold() for word in _WORD.findall(content)]
    named = [word for word in named if word not in words.NO_OWNER and not _REPORT.fullmatch(word)]
    own = [word.casefold() for word in _WORD.findall(source.text)] if source else []
    return all(any(_is_alike(word, other) for other in own) for word in named)


def _is_alike(word: str, other: str) -> bool:
    if any(word in owners and other in owners for owners in words.OWNERS):
        return True
    return word == other or (len(word) > STEM - 1 and word[:STEM] == other[:STEM])
