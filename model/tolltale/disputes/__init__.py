"""Disputes: claims about the same harm on which sources differ.

Sides (`tolltale.disputes.sides`) of different sources that stand near each other and count the same people are
compared. Where their ranges are apart, or one denies the other, words must also say that they speak of one event and do
not agree (`tolltale.disputes.words`): figures of a war bulletin that differ are most often of two events. A source may
also deny what another told without a figure of its own (`tolltale.disputes.denials`).
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from tolltale.bounds import reach
from tolltale.claims import Claim
from tolltale.disputes import words
from tolltale.disputes.denials import Denial, find_denials
from tolltale.disputes.pairs import FAR, Pair, pair_sides
from tolltale.disputes.sides import Side, is_same_source, read_sides
from tolltale.documents import Document
from tolltale.sentences import split_sentences

__all__ = ["Denial", "Dispute", "add_up", "find_disputes"]

SENTENCE = 300  # characters that count for a sentence where none ends
AROUND = (FAR + 1) * SENTENCE  # characters about a dispute in which the same two sources may differ on other victims
REACH = 400  # characters before a figure in which a word may set it against another
AFTER = 1000  # likewise after it; tables go on without a full stop

_WEAK, _JOINED = re.compile(words.WEAK, re.IGNORECASE), re.compile(words.JOINED, re.IGNORECASE)
_LEADING = re.compile(words.LEADING, re.IGNORECASE)
_STRONG = re.compile(words.STRONG, re.IGNORECASE)
_NEITHER, _OTHER_EVENT = re.compile(words.NEITHER, re.IGNORECASE), re.compile(words.OTHER_EVENT, re.IGNORECASE)
_ELSEWHERE, _REVISED = re.compile(words.ELSEWHERE, re.IGNORECASE), re.compile(words.REVISED, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims about the same harm on which sources differ.

    `sides` are the claims of each source that add up to one toll, in the order of the text; there is only one where a
    source denies or doubts a claim for which the text names nobody else, or where whoever differs gives no figure.
    `denials` are those who deny or doubt a side and give none. `kind` is that of the first claim. `low` and `high` are
    the spread over all sides, None where a side has no such bound.
    """

    kind: str
    sides: tuple[tuple[Claim, ...], ...]
    low: int | None
    high: int | None
    denials: tuple[Denial, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The dispute as plain values; claims as the ids of their figures, spans as their ids, texts and offsets."""
        return {
            "kind": self.kind,
            "low": self.low,
            "high": self.high,
            "sides": [[claim.figure.id for claim in side] for side in self.sides],
            "denials": [denial.to_dict() for denial in self.denials],
        }


def find_disputes(document: Document, claims: Sequence[Claim]) -> tuple[Dispute, ...]:
    """The disputes among the claims of a document, in the order of the text."""
    passage = _Passage(document.text, claims)
    denials = list(find_denials(document, claims, passage.sides, passage.sentence_of))
    groups = _group(chain(passage.differing(), passage.denied(), ((side,) for _, side in denials)))
    disputes = (_dispute(group, denials) for group in groups)
    return tuple(sorted(disputes, key=lambda dispute: dispute.sides[0][0].figure.start))


def add_up(text: str, claims: Sequence[Claim]) -> list[tuple[Claim, ...]]:
    """The claims of a text in groups that make one toll, most by themselves: "four soldiers and a driver" are five."""
    joined = {figure: side.claims for side in _Passage(text, claims).sides for figure in side.figures}
    groups = [joined.get(claim.figure.id, (claim,)) for claim in claims]
    return [group for claim, group in zip(claims, groups, strict=True) if group[0] is claim]


class _Passage:
    """The sides of a text, and what its words say of two of them."""

    def __init__(self, text: str, claims: Sequence[Claim]) -> None:
        self._text = text
        self._edges = [start for start, _ in split_sentences(text)] or [0]
        ordered = sorted(claims, key=lambda claim: claim.figure.start)
        self.sides = read_sides(text, ordered, [self.sentence_of(claim.figure.start) for claim in ordered])

    def differing(self) -> Iterator[tuple[Side, Side]]:
        """Pairs of sides that differ; of each as much as counts the same victims."""
        pairs = list(self._pairs())
        agreements: defaultdict[int, list[Pair]] = defaultdict(list)  # by where their sides start
        for pair in pairs:
            if pair.agree:
                agreements[pair.first.start].append(pair)
                agreements[pair.second.start].append(pair)
        found = [pair for pair in pairs if pair.is_denial or (self._differ(pair) and not _is_settled(pair, agreements))]
        yield from (pair.sides for pair in found)
        starts = [pair.first.start for pair in found]
        for pair in pairs:
            if pair.is_certain and pair.is_near and pair.is_apart:
                near = slice(*(bisect_right(starts, pair.first.start + reach) for reach in (-AROUND, AROUND)))
                if any(map(pair.continues, found[near])):
                    yield pair.sides

    def denied(self) -> Iterator[tuple[Side]]:
        """Sides that tell and deny, or doubt, what somebody claims: "questioned estimates that 50 had died"."""
        for side in self.sides:
            if side.is_denied:
                yield (side,)

    def _pairs(self) -> Iterator[Pair]:
        for i, first in enumerate(self.sides):
            for second in self.sides[i + 1 :]:
                gap = self._gap(first, second)
                if gap > FAR:
                    break
                if pair := pair_sides(first, second, gap):
                    yield pair

    def _differ(self, pair: Pair) -> bool:
        """Whether words say that two sides do not agree on one event."""
        before, sentence = self._frame(pair)
        if pair.are_named and not _ELSEWHERE.search(before) and self._doubted_together(pair):
            return pair.is_apart_in_words
        if not pair.is_near or _ELSEWHERE.search(before):
            return False
        if not pair.are_named and _REVISED.search(sentence):
            return False
        joined = pair.gap == 0 and bool(_WEAK.search(before) or _JOINED.search(before) or _LEADING.match(sentence))
        if joined or _STRONG.search(sentence):
            return pair.is_apart_in_words
        return pair.is_apart and (bool(_WEAK.search(before)) or pair.is_set_against or self._stand_alone(pair))

    def _doubted_together(self, pair: Pair) -> bool:
        """Whether the later sentence, or the one after it, says that both figures are in question."""
        if pair.is_mixed or any(side.is_part_of_own for side in pair.sides):
            return False
        _, end = self._sentence(pair.second.start)
        start = end if end == len(self._text) else self._sentence(end)[1]
        return bool(_NEITHER.search(self._text, pair.second.start, min(start, end + SENTENCE)))

    def _stand_alone(self, pair: Pair) -> bool:
        """Whether two tolls told alike leave no room for two places or times."""
        if not pair.is_told_alike:
            return False
        places = [self._sentence(side.start) for side in pair.sides]
        return not any(_OTHER_EVENT.search(self._text, start, min(end, start + AFTER)) for start, end in places)

    def _sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence that holds an offset."""
        number = self.sentence_of(place)
        return self._edges[number], self._edges[number + 1] if number + 1 < len(self._edges) else len(self._text)

    def _frame(self, pair: Pair) -> tuple[str, str]:
        """The sentence of the later side without what is said: its words after the earlier side, and all of them."""
        place = pair.second.start
        number = self.sentence_of(place)
        end = self._edges[number + 1] if number + 1 < len(self._edges) else len(self._text)
        start, end = max(self._edges[number], place - REACH), min(end, place + AFTER)
        letters = list(self._text[start:end])
        for content in {claim.content for side in pair.sides for claim in side.claims if claim.content}:
            for inside in range(max(content.start, start), min(content.end, end)):
                letters[inside - start] = " "
        earlier = max(0, pair.first.start - start)
        return "".join(letters[earlier : place - start]), "".join(letters)

    def _gap(self, first: Side, second: Side) -> int:
        sentences = self.sentence_of(second.start) - self.sentence_of(first.start)
        return max(sentences, (second.start - first.start) // SENTENCE)

    def sentence_of(self, place: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self._edges, place) - 1


def _is_settled(pair: Pair, agreements: Mapping[int, Sequence[Pair]]) -> bool:
    return any(pair.is_settled_by(other) for side in pair.sides for other in agreements.get(side.start, ()))


def _group(parts: Iterable[tuple[Side, ...]]) -> list[list[Side]]:
    """Sides put together that differ, or that share a claim, over any number of steps."""
    groups: dict[str, dict[tuple[str, ...], Side]] = {}  # by the id of each figure in it, its sides by theirs
    for part in parts:
        added = {side.figures: side for side in part}
        met = {id(groups[figure]): groups[figure] for figure in chain(*added) if figure in groups}
        group, *others = sorted([*met.values(), added], key=len, reverse=True)
        for other in (group, *others) if group is added else others:
            group.update(other)
            groups.update((figure, group) for figure in chain(*other))
    return [list(group.values()) for group in {id(group): group for group in groups.values()}.values()]


def _dispute(sides: Sequence[Side], denials: Iterable[tuple[Denial, Side]]) -> Dispute:
    figures = set(chain(*(side.figures for side in sides)))
    met = {denial.cue.id: denial for denial, side in denials if not figures.isdisjoint(side.figures)}
    kept: list[Side] = []
    for side in sorted(sides, key=lambda side: (side.start, -len(side.claims))):
        if not any(_repeats(side, earlier) for earlier in kept):
            kept.append(side)
    lows, highs = zip(*(side.bounds for side in kept), strict=True)
    low, high = reach(min, lows), reach(max, highs)
    return Dispute(kept[0].claims[0].kind, tuple(side.claims for side in kept), low, high, tuple(met.values()))


def _repeats(side: Side, earlier: Side) -> bool:
    """Whether a side says no more than an earlier one: the same toll of the same source, or a share of its claims."""
    if side.bounds == earlier.bounds and is_same_source(side.source, earlier.source):
        return True
    return set(side.figures) <= set(earlier.figures)
