"""Verdicts: which stances reach a figure, and whether the figure stands though something is denied.

What lies on the cue of saying is the source's, of all that it says. A verdict elsewhere (CONFIRM, DENY, DOUBT) reaches
the figures of its own clause: "five died, while unverified reports spoke of 20" doubts the 20 alone.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from tolltale.attributions import Attribution
from tolltale.documents import Document, Span
from tolltale.labels import STANCE
from tolltale.overlaps import Places
from tolltale.sentences import split_sentences

VERDICTS = ("CONFIRM", "DENY", "DOUBT")  # the stances that a figure itself can meet with
REACH = 1000  # characters from a figure to a verdict of its sentence, at most: tables go on without a full stop

_COUNT = r"(?:death |casualty )?(?:figures?|numbers?|tolls?)\b"
# How a sentence begins that is about the figures of the one before it: "Neither figure could be verified."
_REFERS_BACK = re.compile(rf"(?:neither|neither of the|none of the|the|these|those|both) {_COUNT}", re.IGNORECASE)
# What ends a clause; the last of a list ("and a cook") ends none.
_EDGE = re.compile(
    r"[;!?]|:(?=[\s\"“‘]|$)|[–—]|\s-\s|\b(?:while|whereas|although|though|yet|however|and that)\b"
    r"|(?<!all )(?<!nothing )(?<!anything )\bbut\b"
    r"|,\s+(?:so|despite)\b|,\s+(?!according|being|excluding|including)[^\W\d]+ing\b"
    r"|,\s+and\b(?!\s+(?:\d|(?:an?|another|at least|dozens|many|several|some|the|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b))",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:after|as(?! (?:few|many|much)\b)|because|when|where|which|who|whose)\b", re.IGNORECASE)
# How a clause begins that is about the figure of the one before: "but this could not be verified", "; the toll has".
_TAKES_UP = re.compile(
    r"\W*(?:(?:and|but|though|although|while|yet|however)\W+)?(?:"
    rf"(?:an?|the|these|this|those|that|both|neither) (?:{_COUNT}(?!\s+of\b)"
    r"|(?:claims?|counts?|estimates?|reports?|totals?)\b(?!\s+(?:about|by|from|of|on|that)\b))"
    r"|(?:it|that|they|this|which)\s+(?:can|cannot|could|has|have|had|is|are|remain\w*|was|were)\b)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:hardly|neither|never|no|nor|not)\b|n['’]t\b", re.IGNORECASE)

# What is denied where somebody denies no figure: a deed, or the blame for it.
_DEED = re.compile(
    r"\bnothing to do with\b|\bno (?:hand|part|role)\b|\bnot (?:an?|against|behind|ours|theirs)\b|\bfar from being\b"
    r"|\b(?:complicit|guilt|involve|responsib)\w*",
    re.IGNORECASE,
)
_OPENING = (
    r"\W*(?:(?:all|any|being|bore|bears|direct|had|has|have|having|he|her|his|it|its|she|sole|that|the|their|they|was"
    r"|were)\s+)*"
)
_BLAME = re.compile(
    rf"{_OPENING}(?:(?:blame|complicit|guilt|involve|responsib)\w*|behind|(?:an? |any )?(?:hand|part|role) in"
    r"|how(?! many)|why)\b",
    re.IGNORECASE,
)
_HARM = (
    r"(?:abduct|arrest|assassinat|attack|behead|bomb|captur|detain|execut|hang|imprison|injur|jail|kidnap|kill|massacr"
    r"|murder|shoot|shot|tortur|wound)\w*"
)
# "executed the 31", "the 31 villagers found in the grave": that there were so many is not in question.
_KNOWN = re.compile(rf"\b(?:deaths?|{_HARM})\s+(?:of\s+)?(?:all\s+)?(?:the|these|those)\s*$", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|these|those)\s*$", re.IGNORECASE)
_WHO_WERE = re.compile(rf"\s+(?:[\w'’-]+\s+){{0,3}}?(?:found|held|who|whose|{_HARM})\b", re.IGNORECASE)
# "the bombing, which killed 30": told in passing, unless it tells what somebody said.
_PASSING = re.compile(
    r"(?:,\s+(?:which|who|whose|where|when)|\b(?:during|in) which)\b"
    r"(?!.*\b(?:claim|count|estimat|put|report|said|say|told)\w*)[^;]*$",
    re.IGNORECASE | re.DOTALL,
)


class Verdicts:
    """The stances of a document, looked up by figure."""

    def __init__(self, document: Document, attributions: Sequence[Attribution]) -> None:
        self._text = document.text
        stances = document.layer(STANCE)
        self._stances = Places(stances)
        self._verdicts = Places(stance for stance in stances if stance.label in VERDICTS)
        self._holders = {tie.head: tie.tail for tie in document.links if tie.label == "holder"}
        self._edges = [*(start for start, _ in split_sentences(document.text)), len(document.text)]
        self._cues = Places(attribution.cue for attribution in attributions)
        pieces = (span for a in attributions for span in (a.source, *a.contents) if span)
        self._pieces = Places({span.id: span for span in pieces}.values())

    def of_source(self, figure: Span, attribution: Attribution | None) -> tuple[Span, ...]:
        """What the source of a figure takes for a stance: what lies on the cue, and its verdicts in the clause."""
        if attribution is None:
            return ()
        cue = attribution.cue
        on_cue = self._stances.within(cue.start, cue.end)
        met = {stance.id: stance for stance in on_cue if not is_negated(self._text, cue, stance)}
        for stance in self._reaching(figure, attribution, cue.id):
            if stance not in on_cue:
                met[stance.id] = stance
        return tuple(sorted(met.values(), key=lambda stance: stance.start))

    def of_article(self, figure: Span, attribution: Attribution | None) -> tuple[Span, ...]:
        """The verdicts of the article itself in the clause of a figure, but for those on the cue."""
        cue = attribution.cue if attribution else None
        found = self._reaching(figure, attribution, None)
        return tuple(stance for stance in found if cue is None or not stance.touches(cue.start, cue.end))

    def _reaching(self, figure: Span, attribution: Attribution | None, holder: str | None) -> list[Span]:
        start, end, next_end = self._reach(figure)
        return [
            stance
            for stance in self._verdicts.within(start, next_end)
            if stance.start >= start
            and self._holders.get(stance.id) == holder
            and (stance.start >= end or self._is_in_clause(figure, stance, attribution))
        ]

    def _reach(self, figure: Span) -> tuple[int, int, int]:
        """Start and end of the figure's sentence as far as is looked at, and the end of the next if it refers back."""
        number = bisect_right(self._edges, figure.start)
        end = next_end = self._edges[number]
        if number + 1 < len(self._edges) and _REFERS_BACK.match(self._text, end):
            next_end = self._edges[number + 1]
        return max(self._edges[number - 1], figure.start - REACH), end, min(next_end, figure.end + REACH)

    def _is_in_clause(self, figure: Span, stance: Span, attribution: Attribution | None) -> bool:
        """Whether a verdict is of what a figure is told in: no other saying, and no new clause, lies between."""
        source, cue = (attribution.source, attribution.cue) if attribution else (None, None)
        own = (source, cue, *attribution.contents) if attribution else ()
        if source and stance.touches(source.start, source.end):
            return True  # "unconfirmed reports"
        holding = [*self._pieces.within(stance.start, stance.end), *self._cues.within(stance.start, stance.end)]
        if any(span not in own and not span.holds(figure) for span in holding):
            return False
        start, end = sorted((figure.end, stance.start)) if stance.start >= figure.end else (stance.end, figure.start)
        content = attribution.piece_around(figure) if attribution else None
        between = (other for other in self._cues.within(start, end) if other != cue)
        if not all(content is not None and content.holds(other) for other in between):
            return False
        if stance.start < figure.start:
            return not _EDGE.search(self._text, start, end) and not _SUBORDINATE.search(self._text, start, end)
        edges = list(_EDGE.finditer(self._text, start, end))
        return not edges or bool(_TAKES_UP.match(self._text, edges[-1].start(), stance.end))


def is_negated(text: str, cue: Span, stance: Span) -> bool:
    """Whether the cue takes back the stance that lies on it: "did not deny", "had no reason to doubt"."""
    return bool(_NEGATED.search(text, cue.start, max(cue.start, stance.start)))


def stands_anyway(figure: Span, content: Span | None, cue: Span | None, stances: Sequence[Span]) -> bool:
    """Whether a figure is told though these stances deny or doubt what is said: a deed or a blame, not how many."""
    if any(_DEED.search(span.text) for span in (cue, *stances) if span):
        return True
    if content is None:
        return False
    head, tail = content.text[: figure.start - content.start], content.text[figure.end - content.start :]
    if _BLAME.match(head) or _KNOWN.search(head) or _PASSING.search(head):
        return True
    return bool(_DEFINITE.search(head) and _WHO_WERE.match(tail))
