"""Sides: what one source says of one harm, as one toll, and whether two sides count the same people."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from tolltale.bounds import Bounds, add_bounds
from tolltale.claims import Claim
from tolltale.disputes import words
from tolltale.documents import Span
from tolltale.mentions.words import PRONOUNS
from tolltale.victims import classify_victim

LONGEST_JOIN = 6  # words between the victims of a figure and the next figure that it adds up with, at most

_ADDED, _TAKEN_FROM = re.compile(words.ADDED, re.IGNORECASE), re.compile(words.TAKEN_FROM, re.IGNORECASE)
_TOLD, _OWN_LOSS = re.compile(words.TOLD, re.IGNORECASE), re.compile(words.OWN_LOSS, re.IGNORECASE)
_JOINS, _PARTS = re.compile(words.JOINS, re.IGNORECASE), re.compile(words.PARTS, re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Side:
    """Claims of one source that add up to one toll, in the order of the text."""

    claims: tuple[Claim, ...]

    @property
    def source(self) -> Span | None:
        """Whose toll it is; None in the article's own voice."""
        return self.claims[0].source_name

    @property
    def is_unresolved(self) -> bool:
        """Whether its source is a pronoun that takes up nobody: it may be any other source."""
        return self.source is not None and self.source.text.casefold() in PRONOUNS

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of its figures."""
        return tuple(claim.figure.id for claim in self.claims)

    @property
    def start(self) -> int:
        """Where its first figure begins, in code points."""
        return self.claims[0].figure.start

    @property
    def is_general(self) -> bool:
        """Whether it counts people, whoever they were."""
        return all(_is_general(claim.victims) for claim in self.claims)

    @property
    def is_part_of_own(self) -> bool:
        """Whether it is no more than a part of what the same source tells."""
        return all(map(_is_part_of_own, self.claims))

    @property
    def is_denied(self) -> bool:
        """Whether its source denies or doubts it: what is denied is a claim, not a deed or a blame."""
        claim = self.claims[0]
        if claim.content is None or not self.has("DENY", "DOUBT") or not claim.is_rejected:
            return False
        return bool(_TOLD.search(claim.content.text))

    @property
    def is_article(self) -> bool:
        """Whether it is about this one or that, not about how many: "a son of the mayor"."""
        return len(self.claims) == 1 and self.claims[0].figure.text.casefold() in words.ARTICLES

    @property
    def is_own_loss(self) -> bool:
        """Whether it counts those whom somebody lost: "they had lost two men"."""
        content, figure = self.claims[0].content, self.claims[0].figure
        return content is not None and bool(_OWN_LOSS.search(content.text[: max(0, figure.start - content.start)]))

    @property
    def is_rough(self) -> bool:
        """Whether a figure of it calls itself rough."""
        return any(claim.approximate for claim in self.claims)

    @property
    def bounds(self) -> Bounds:
        """The least and the most that it says, None where open."""
        return add_bounds(map(_bounds, self.claims))

    @property
    def meant(self) -> Bounds:
        """The same, where "nearly 300" is no less than a half of them, though it does not say how near."""
        return add_bounds(map(_meant, self.claims))

    @property
    def named(self) -> Bounds:
        """The same, where "at least five" and "up to five" are taken for the five that they name."""
        return add_bounds(map(_named, self.claims))

    def has(self, *stances: str) -> bool:
        """Whether its source takes one of these stances to it: they lie on the very cue."""
        cue = self.claims[0].cue
        taken = (stance for stance in self.claims[0].stances if stance.label in stances)
        return cue is not None and any(stance.touches(cue.start, cue.end) for stance in taken)

    def is_part_of(self, other: "Side") -> bool:
        """Whether it is a part of a figure of another side."""
        return any(claim.subset_of is not None and claim.subset_of.id in other.figures for claim in self.claims)

    def matching(self, other: "Side") -> "Side | None":
        """As much of it as counts the same kind of victims as another side; None where nothing does."""
        kept = tuple(claim for claim in self.claims if any(_match(claim, rival) for rival in other.claims))
        return Side(kept) if kept else None


def read_sides(text: str, claims: Sequence[Claim], sentences: Sequence[int]) -> list[Side]:
    """The sides of a text: claims of one source that add up, and every other claim that is a toll by itself.

    `claims` stand in the order of the text, and `sentences` are the numbers of theirs; a claim whose figure cannot be
    read is on no side.
    """
    placed = [(c, n) for c, n in zip(claims, sentences, strict=True) if c.quantity is not None or _is_nobody(c)]
    by_kind = groupby(sorted(placed, key=lambda pair: pair[0].kind), key=lambda pair: pair[0].kind)
    groups = [group for _, pairs in by_kind for group in _join(text, list(pairs))]
    sides = [Side(tuple(group)) for group in groups if len(group) > 1 or not _is_addition(text, group[0])]
    return sorted(sides, key=lambda side: side.start)


def is_same_source(first: Span | None, second: Span | None) -> bool:
    """Whether two sources are one by their words: the same, or all those of the one among the other's."""
    if first is None or second is None:
        return first is second
    few, many = sorted((_source_words(first.text), _source_words(second.text)), key=len)
    return first.text.casefold() == second.text.casefold() or (bool(few) and few <= many)


def overlap(first: Bounds, second: Bounds, *, slack: float = 0.0) -> bool:
    """Whether two ranges have a number in common; `slack` is how far each end may be off, as a share of it."""
    return _reaches(first, second, slack) and _reaches(second, first, slack)


def _reaches(first: Bounds, second: Bounds, slack: float) -> bool:
    return first[0] is None or second[1] is None or first[0] * (1 - slack) <= second[1] * (1 + slack)


def _bounds(claim: Claim) -> Bounds:
    return (0, 0) if _is_nobody(claim) else (claim.low, claim.high)


def _meant(claim: Claim) -> Bounds:
    low, high = _bounds(claim)
    return (high // 2, high) if low is None and high is not None else (low, high)


def _named(claim: Claim) -> Bounds:
    low, high = _bounds(claim)
    if low is None or (claim.open_low and not low):
        return high, high
    return low, low if high is None else high


def _join(text: str, placed: Sequence[tuple[Claim, int]]) -> Iterator[list[Claim]]:
    """Claims of one kind, with the numbers of their sentences, in groups that add up."""
    group = [placed[0][0]]
    for (claim, sentence), (following, next_sentence) in pairwise(placed):
        if sentence != next_sentence or not _adds_up(text, claim, following):
            yield group
            group = []
        group.append(following)
    yield group


def _adds_up(text: str, first: Claim, second: Claim) -> bool:
    same_voice = first.content == second.content and first.cumulative == second.cumulative
    if not same_voice or _is_part_of_own(first) or _is_part_of_own(second):
        return False
    victims = first.victims
    start = victims.end if victims and first.figure.end <= victims.start < second.figure.start else first.figure.end
    between = text[start : second.figure.start]
    joined = _JOINS.search(between)
    if not joined or len(between.split()) > LONGEST_JOIN or _PARTS.search(between):
        return False
    return not (_is_general(victims) and joined[0].startswith(","))  # "12 people, two soldiers": hardly 14


def _is_part_of_own(claim: Claim) -> bool:
    """Whether a claim is a part of what its own content, or the article itself, tells."""
    whole, content = claim.subset_of, claim.content
    return whole is not None and (content is None or content.start <= whole.start < content.end)


def _is_addition(text: str, claim: Claim) -> bool:
    return bool(
        _ADDED.search(claim.figure.text) or (_TAKEN_FROM.match(text, claim.figure.end) and not _is_nobody(claim))
    )


def _is_nobody(claim: Claim) -> bool:
    return claim.figure.text.casefold() in words.NOBODY


def _match(claim: Claim, other: Claim) -> bool:
    """Whether two claims name the same kind of victims: by class, or where that is not known by a word they share."""
    first, second = claim.victims, other.victims
    if first is None or second is None or _is_general(first) or _is_general(second):
        return False
    nations = _proper_words(first), _proper_words(second)
    if all(nations) and nations[0].isdisjoint(nations[1]):
        return False
    share_a_word = not (_victim_words(first.text) & _victim_words(second.text)) <= words.VICTIM_FILLERS
    classes = classify_victim(first.text), classify_victim(second.text)
    if "unknown" in classes:
        return share_a_word
    # "10 officers" of a toll are too few to be the "53 soldiers" of another
    is_part = _is_part_of_own(claim) or _is_part_of_own(other)
    return classes[0] == classes[1] and (share_a_word or not is_part)


def _is_general(victims: Span | None) -> bool:
    return victims is None or _victim_words(victims.text) <= words.GENERAL_VICTIMS


def _proper_words(victims: Span) -> set[str]:
    """Words with a capital, such as "Russian"; none where all letters are capitals."""
    return set() if victims.text.isupper() else {word for word in _WORD.findall(victims.text) if word[0].isupper()}


@lru_cache(maxsize=1024)
def _victim_words(phrase: str) -> frozenset[str]:
    return frozenset(_singular(word) for word in _WORD.findall(phrase.casefold()))


def _singular(word: str) -> str:
    return word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")


@lru_cache(maxsize=1024)
def _source_words(phrase: str) -> frozenset[str]:
    return frozenset(_WORD.findall(phrase.casefold())) - words.VAGUE_SOURCES
