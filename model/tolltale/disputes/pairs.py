"""Pairs: two sides of different sources that count the same people, and how their tolls compare."""

import re
from dataclasses import dataclass

from tolltale.disputes import words
from tolltale.disputes.sides import Side, is_same_source, overlap

NEAR, FAR = 2, 5  # sentences from a side to another, and to the denial of a claim that names its victims, at most
ROUGH = 0.1  # how far a rough number may be off, as a share of it
NAMED = 0.05  # likewise a number of which only a bound is told, where words say that it is disputed
LARGEST_RATIO = 50  # of two tolls of just anybody: beyond, the one hardly counts the same event

_PUT = re.compile(words.PUT, re.IGNORECASE)
_FATAL = {"KILLED", "CASUALTIES"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides, in the order of the text; `gap` is the number of sentences from one to the other.

    `is_certain` says whether both name the same kind of victims; else one counts just people.
    """

    first: Side
    second: Side
    is_certain: bool
    gap: int

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both."""
        return self.first, self.second

    @property
    def is_near(self) -> bool:
        """Whether they are near enough to be about one event without a word that denies."""
        return self.gap <= NEAR

    @property
    def is_apart(self) -> bool:
        """Whether their ranges have no number in common."""
        slack = ROUGH if self.first.is_rough or self.second.is_rough else 0.0
        return not overlap(self.first.meant, self.second.meant, slack=slack)

    @property
    def is_apart_in_words(self) -> bool:
        """Whether the numbers that they name are apart, though a bound may be open."""
        return self.is_apart or not overlap(self.first.named, self.second.named, slack=NAMED)

    @property
    def agree(self) -> bool:
        """Whether they say the very same."""
        return self.first.bounds == self.second.bounds

    @property
    def is_denial(self) -> bool:
        """Whether one denies or doubts what the other tells, or denies that there was anybody."""
        reach = FAR if self.is_certain else NEAR
        told = any(side.is_denied and (side.bounds == (0, 0)) == self.is_apart for side in self.sides)
        return told and self.gap <= reach

    @property
    def are_named(self) -> bool:
        """Whether both have a source, so that neither is the article's own."""
        return all(side.source is not None for side in self.sides)

    @property
    def is_mixed(self) -> bool:
        """Whether one counts casualties and the other the killed."""
        return self.first.claims[0].kind != self.second.claims[0].kind

    @property
    def has_none(self) -> bool:
        """Whether one says that there was nobody."""
        return any(side.bounds == (0, 0) for side in self.sides)

    @property
    def is_set_against(self) -> bool:
        """Whether the way in which they are told sets the one against the other, though no other word does."""
        if self.is_mixed and not self.has_none:
            return False  # of 20 casualties, five may have been killed
        if self.is_certain and any(side.has("CONFIRM") for side in self.sides):
            return True
        cues = [side.claims[0].cue for side in self.sides]
        if any(cue is not None and _PUT.match(cue.text) for cue in cues):
            return self.gap <= 1
        return self.are_named and self.gap <= (1 if self.is_certain or self.has_none else 0)

    @property
    def is_told_alike(self) -> bool:
        """Whether two who are named each give a toll of just people, one sentence after the other."""
        return self.are_named and not self.is_certain and not self.is_mixed and self.gap == 1

    def has_sources_of(self, other: "Pair") -> bool:
        """Whether the sources of another pair are the same two."""
        mine, theirs = [side.source for side in self.sides], [side.source for side in other.sides]
        return any(all(map(is_same_source, mine, order)) for order in (theirs, theirs[::-1]))

    def continues(self, other: "Pair") -> bool:
        """Whether it is about the same kind of victims, and of the same two sources, as another."""
        return self.is_certain and self.has_sources_of(other) and self.first.matching(other.first) is not None

    def is_settled_by(self, other: "Pair") -> bool:
        """Whether the same two sources agree on a toll in another pair, one that shares a side."""
        return other.agree and other.is_certain == self.is_certain and self.has_sources_of(other)


def pair_sides(first: Side, second: Side, gap: int) -> Pair | None:
    """Two sides as far as they count the same people, `gap` sentences apart; None where they cannot be compared."""
    one, other = first.claims[0], second.claims[0]
    kinds = {one.kind, other.kind}
    if one.cumulative != other.cumulative or (len(kinds) > 1 and kinds != _FATAL):
        return None
    if first.is_unresolved or second.is_unresolved:
        return None
    if is_same_source(first.source, second.source) or first.is_part_of(second) or second.is_part_of(first):
        return None
    if first.is_general or second.is_general:
        return _pair_with_anybody(first, second, gap)
    kept, rival = first.matching(second), second.matching(first)
    return Pair(kept, rival, True, gap) if kept and rival else None


def _pair_with_anybody(first: Side, second: Side, gap: int) -> Pair | None:
    if any(side.is_part_of_own or side.is_article for side in (first, second)):
        return None
    if first.is_own_loss != second.is_own_loss:
        return None
    pair = Pair(first, second, False, gap)
    if pair.has_none:
        return pair
    few, many = sorted((side.named[0] or 0) for side in pair.sides)
    # casualties of just anybody may be wounded; but where there were none, nobody was killed
    return None if pair.is_mixed or many > few * LARGEST_RATIO else pair
