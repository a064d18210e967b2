"""Mentions: which fuller mention a source such as "he" or "the ministry" takes up.

Sources are read in the order of the text and gathered into entities: each that may take up another joins that of the
nearest earlier source that fits, by rules for pronouns, definite nouns, names and acronyms. A source is then called by
the fullest mention of its entity.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from tolltale.documents import Span
from tolltale.mentions import words
from tolltale.mentions.forms import (
    BODY,
    DEFINITE,
    DOCUMENT,
    FULL,
    NAME,
    PERSON,
    PRONOUN,
    Lettering,
    Mention,
    kind_of,
    read_mention,
)
from tolltale.mentions.full_names import FullNames
from tolltale.overlaps import Places
from tolltale.sentences import split_sentences

__all__ = ["kind_of", "resolve_sources"]


MOST = 500  # sources before one that it may take up; a book has thousands, an article hardly a hundred
FARTHEST = 1  # sentences between "it" or "they" and what it takes up: farther, the text has named something else


@dataclass(eq=False)
class _Entity:
    """What several mentions name: the first of the fullest of them, and the gender that one of them tells."""

    fullest: Mention
    gender: str | None

    def add(self, mention: Mention) -> None:
        self.fullest = max(self.fullest, mention, key=lambda each: (each.rank, -each.span.start))
        self.gender = self.gender or mention.gender


def resolve_sources(text: str, sources: Sequence[Span]) -> dict[str, Span]:
    """By the id of a source, the fuller mention that it takes up; a source that takes up none is left out.

    `sources` are those of the whole text. A fuller mention is one of them, most often earlier (a name in a headline is
    told later); where none fits, it is a name that stands elsewhere in the text, as a span whose id is empty.
    """
    return _Resolver(text).resolve(sources)


class _Resolver:
    """Reads the sources of one text in order; `_read` holds each mention with its entity, the nearest last."""

    def __init__(self, text: str) -> None:
        self._lettering = Lettering.of(text)
        self._full_names = FullNames(text, has_case=self._lettering.has_case)
        self._starts = [start for start, _ in split_sentences(text)]
        self._read: list[tuple[Mention, _Entity]] = []

    def resolve(self, sources: Sequence[Span]) -> dict[str, Span]:
        """By the id of a source, its fuller mention."""
        for source in sorted(sources, key=lambda span: (span.start, span.end)):
            mention = read_mention(source, self._lettering)
            entity = self._antecedent(mention) or _Entity(mention, mention.gender)
            entity.add(mention)
            self._read.append((mention, entity))
        self._sources = Places(sources)
        for entity in {id(entity): entity for _, entity in self._read}.values():
            self._look_up(entity)
        found = {mention.span.id: (mention, entity.fullest) for mention, entity in self._read}
        return {name: full.span for name, (mention, full) in found.items() if _is_fuller(full, mention)}

    def _antecedent(self, mention: Mention) -> _Entity | None:
        for earlier, entity in islice(reversed(self._read), MOST):
            if mention.kind == PRONOUN and mention.type != PERSON and self._distance(earlier, mention) > FARTHEST:
                return None
            if _agrees(mention, entity) and _fits(mention, earlier, entity.fullest):
                return self._namesake(mention, entity) if mention.kind in (NAME, FULL) else entity
        return None

    def _namesake(self, mention: Mention, nearest: _Entity) -> _Entity | None:
        """Whose name a mention is: the nearest's, unless another is called so too, when only the same name will do."""
        name, near = frozenset(mention.names), frozenset(nearest.fullest.names)
        others = {id(entity): entity for earlier, entity in islice(reversed(self._read), MOST)}.values()
        full = [each for each in others if _is_called(each, min(name, near, key=len)) and _agrees(mention, each)]
        same = [each for each in full if name <= frozenset(each.fullest.names)]
        if len(full) < 2 or len(same) == 1:
            return (same or [nearest])[0]
        return next((each for each in same if name == frozenset(each.fullest.names)), None)

    def _is_in_source(self, place: Span) -> bool:
        return bool(self._sources.within(place.start, place.end))

    def _distance(self, earlier: Mention, mention: Mention) -> int:
        """How many sentences on a mention is."""
        places = (mention.span.start, earlier.span.start)
        later, before = (bisect_right(self._starts, place) for place in places)
        return later - before

    def _look_up(self, entity: _Entity) -> None:
        """Add what the text, though no source, tells of a name that no source tells in full."""
        fullest, found = entity.fullest, None
        if fullest.n_words == 1 and fullest.acronyms:
            found = self._full_names.of_acronym(min(fullest.acronyms), fullest.span.start)
        elif fullest.kind == NAME and fullest.type == PERSON:
            found = self._full_names.of_person(fullest.names, fullest.span.start)
        elif fullest.kind == PRONOUN and fullest.type == PERSON and not fullest.is_plural:
            found = self._full_names.before(fullest.span.start)
        if found and fullest.kind == PRONOUN and self._is_in_source(found):
            return  # the sources have been asked already
        full = found and read_mention(found, self._lettering)
        if full and _agrees(full, entity):
            entity.add(full)


def _is_called(entity: _Entity, name: frozenset[str]) -> bool:
    """Whether these words are part of somebody's name."""
    full = entity.fullest
    return bool(name) and full.type == PERSON and not full.is_plural and name <= frozenset(full.names)


def _is_fuller(full: Mention, mention: Mention) -> bool:
    """Whether there is more to a mention than to another; one already in full takes up only a longer name."""
    if mention.kind == FULL:
        return len(full.names) > len(mention.names) > 0
    return full.kind != PRONOUN and full.rank > mention.rank


def _agrees(mention: Mention, entity: _Entity) -> bool:
    return not mention.gender or entity.gender in (None, mention.gender)


def _fits(mention: Mention, earlier: Mention, full: Mention) -> bool:
    """Whether a mention may take up an earlier one, or tell it in full; `full` is what the earlier one is called."""
    if mention.kind == PRONOUN:
        return _fits_pronoun(mention.span.text.lower(), full)
    if mention.kind == DEFINITE:
        return _fits_definite(mention, earlier)
    return _fits_name(mention, earlier, full)


def _fits_pronoun(pronoun: str, full: Mention) -> bool:
    if full.kind == PRONOUN:
        return full.span.text.lower() == pronoun
    if pronoun in words.PLURAL_PRONOUNS:
        return full.is_plural or full.type == BODY
    if pronoun in words.THING_PRONOUNS:
        return (full.type != PERSON and not full.is_plural) or _is_title(full)
    return full.type == PERSON and not full.is_plural and bool(full.names or full.nouns)


def _is_title(mention: Mention) -> bool:
    """Whether a plural is written as a body's name: "Doctors Without Borders"."""
    tokens = mention.span.text.strip(" ,").split()
    has_case = not mention.span.text.isupper()
    is_name = mention.kind == FULL and all(token[0].isupper() or token in words.SMALL for token in tokens)
    return mention.is_plural and has_case and is_name and len(tokens) > 1 and tokens[0].lower() not in words.DETERMINERS


def _fits_definite(mention: Mention, earlier: Mention) -> bool:
    if mention.acronyms & earlier.acronyms:
        return True
    if earlier.kind == PRONOUN:
        return False
    if mention.is_plural == earlier.is_plural and mention.nouns and mention.nouns <= earlier.nouns:
        return all(_holds(earlier, word) for word in mention.modifiers)
    return _fits_generic(mention, earlier)


def _fits_generic(mention: Mention, earlier: Mention) -> bool:
    """Whether a noun that says little ("the expert", "the group") may take up a name."""
    if len(mention.modifiers) > 2 or not mention.nouns:
        return False
    if mention.is_plural:
        return mention.nouns <= words.REBELS and earlier.type == BODY and bool(earlier.words & words.REBEL_BODIES)
    if earlier.is_plural:
        return False
    if mention.type == DOCUMENT and not mention.modifiers:
        called = words.DOCUMENTS if mention.nouns == {"document"} else words.REPORTS
        return mention.nouns <= words.REPORTS and earlier.nouns <= called and earlier.type == DOCUMENT
    if mention.nouns <= words.GENERIC_PEOPLE:
        return earlier.type == PERSON and bool(earlier.names)
    if not mention.nouns <= words.GENERIC_BODIES or earlier.type != BODY or not _is_group(earlier):
        return False
    return all(_holds(earlier, word) for word in mention.modifiers)


def _is_group(body: Mention) -> bool:
    """Whether a body is called a group of some sort, or by nothing but its name."""
    return all(noun in words.GROUPS or noun not in words.BODIES for noun in body.nouns)


def _holds(mention: Mention, word: str) -> bool:
    """Whether a mention holds a word, or one that begins alike ("Syria", "Syrian")."""
    return any(word == other or (len(word) > 4 and word[:5] == other[:5]) for other in mention.words)


def _fits_name(mention: Mention, earlier: Mention, full: Mention) -> bool:
    """Whether the one of two names holds the other: "Noor" after "Ali Noor", or before it, in a headline say.

    Names of people are held against all that the earlier one is called, not the surname that it shares with others.
    """
    if mention.acronyms & earlier.acronyms:
        return True
    if any(each.type != PERSON or each.is_plural for each in (mention, earlier, full)):
        return False
    one, other = frozenset(mention.names), frozenset(full.names)
    return bool(one and other) and (one <= other or other <= one)
