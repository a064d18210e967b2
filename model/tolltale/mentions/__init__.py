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
from tolltale.mentions.fitting import fits
from tolltale.mentions.forms import (
    DEFINITE,
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
        self._taken: dict[frozenset[str], _Entity] = {}  # what a definite mention's words took up last

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
            if _agrees(mention, entity) and fits(mention, earlier, entity.fullest):
                if mention.kind == DEFINITE and self._is_taken(mention, earlier, entity):
                    return None
                return self._namesake(mention, entity) if mention.kind in (NAME, FULL) else entity
        return None

    def _is_taken(self, mention: Mention, earlier: Mention, entity: _Entity) -> bool:
        """Whether the same words took up another before, and what they would take up now is not close by."""
        last = self._taken.setdefault(mention.words, entity)
        if last is not entity and self._distance(earlier, mention) > FARTHEST:
            return True
        self._taken[mention.words] = entity
        return False

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
        elif fullest.kind == DEFINITE and fullest.nouns & words.TOLD_BODIES and not fullest.modifiers:
            found = self._full_names.of_body(min(fullest.nouns), fullest.span.start)
        if found and fullest.kind in (PRONOUN, DEFINITE) and self._is_in_source(found):
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
