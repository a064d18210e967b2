"""Mentions: which fuller mention a source such as "he" or "the ministry" takes up.

Sources are read in the order of the text and gathered into entities: each that may take up another joins that of the
nearest earlier source that fits, by rules for pronouns, definite nouns, names and acronyms. A source is then called by
the fullest mention of its entity.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tolltale import mention_words as words
from tolltale.documents import Span
from tolltale.full_names import FullNames
from tolltale.mention_forms import BODY, DEFINITE, NAME, PERSON, PRONOUN, Mention, kind_of, read_mention

__all__ = ["kind_of", "resolve_sources"]


@dataclass(eq=False)
class _Entity:
    """Mentions of one and the same, in the order in which they were found to be."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def gender(self) -> str | None:
        return next((mention.gender for mention in self.mentions if mention.gender), None)

    @property
    def fullest(self) -> Mention:
        """The first of the fullest."""
        return max(self.mentions, key=lambda mention: (mention.rank, -mention.span.start))


def resolve_sources(text: str, sources: Sequence[Span]) -> dict[str, Span]:
    """By the id of a source, the fuller mention that it takes up; a source that takes up none is left out.

    `sources` are those of the whole text. A fuller mention is one of them, most often earlier (a name in a headline is
    told later); where none fits, it is a name that stands elsewhere in the text, as a span whose id is empty.
    """
    return _Resolver(text).resolve(sources)


class _Resolver:
    """Reads the sources of one text in order; `_read` holds each mention with its entity, the nearest last."""

    def __init__(self, text: str) -> None:
        self._has_case = _has_case(text)
        self._full_names = FullNames(text, has_case=self._has_case)
        self._read: list[tuple[Mention, _Entity]] = []

    def resolve(self, sources: Sequence[Span]) -> dict[str, Span]:
        """By the id of a source, its fuller mention."""
        for source in sorted(sources, key=lambda span: (span.start, span.end)):
            mention = read_mention(source, has_case=self._has_case)
            entity = self._antecedent(mention) or _Entity()
            entity.mentions.append(mention)
            self._read.append((mention, entity))
        for entity in {id(entity): entity for _, entity in self._read}.values():
            self._look_up(entity)
        found = {mention.span.id: (mention, entity.fullest) for mention, entity in self._read}
        return {name: full.span for name, (mention, full) in found.items() if _is_fuller(full, mention)}

    def _antecedent(self, mention: Mention) -> _Entity | None:
        rules = {PRONOUN: _fits_pronoun, DEFINITE: _fits_definite, NAME: _fits_name, FULL: _fits_full}
        for earlier, entity in reversed(self._read):
            if _agrees(mention, entity) and rules[mention.kind](mention, earlier, entity):
                return entity
        return None

    def _look_up(self, entity: _Entity) -> None:
        """Add what the text, though no source, tells of a name that no source tells in full."""
        fullest = entity.fullest
        if fullest.kind not in (NAME, DEFINITE):
            return
        found = next(filter(None, map(self._full_names.of_acronym, sorted(fullest.acronyms))), None)
        if found is None and fullest.type == PERSON:
            found = self._full_names.of_person(fullest.names)
        if found:
            entity.mentions.append(read_mention(found, has_case=self._has_case))


def _is_fuller(full: Mention, mention: Mention) -> bool:
    """Whether there is more to a mention than to another; one already in full takes up only a longer name."""
    if mention.kind == FULL:
        return len(full.names) > len(mention.names) > 0
    return full.kind != PRONOUN and full.rank > mention.rank


def _agrees(mention: Mention, entity: _Entity) -> bool:
    return not mention.gender or entity.gender in (None, mention.gender)


def _fits_pronoun(mention: Mention, earlier: Mention, entity: _Entity) -> bool:
    pronoun, full = mention.span.text.lower(), entity.fullest
    if full.kind == PRONOUN:
        return full.span.text.lower() == pronoun
    if pronoun in words.PLURAL_PRONOUNS:
        return full.is_plural or full.type == BODY
    if pronoun in words.THING_PRONOUNS:
        return full.type != PERSON and not full.is_plural
    return full.type == PERSON and not full.is_plural


def _fits_definite(mention: Mention, earlier: Mention, entity: _Entity) -> bool:
    if mention.acronyms & earlier.acronyms:
        return True
    if mention.is_plural != earlier.is_plural or earlier.kind == PRONOUN:
        return False
    if mention.nouns and mention.nouns <= earlier.nouns:
        return all(_holds(earlier, word) for word in mention.modifiers)
    return _fits_generic(mention, earlier)


def _fits_generic(mention: Mention, earlier: Mention) -> bool:
    """Whether a noun that says little ("the expert", "the group") may take up a name."""
    if mention.is_plural or len(mention.nouns) != 1 or len(mention.modifiers) > 1:
        return False
    if mention.nouns <= words.GENERIC_PEOPLE:
        return earlier.type == PERSON and bool(earlier.names)
    return mention.nouns <= words.GENERIC_BODIES and earlier.type == BODY


def _holds(mention: Mention, word: str) -> bool:
    """Whether a mention holds a word, or one that begins alike ("Syria", "Syrian")."""
    return any(word == other or (len(word) > 4 and word[:5] == other[:5]) for other in mention.words)


def _fits_name(mention: Mention, earlier: Mention, entity: _Entity) -> bool:
    if mention.acronyms & earlier.acronyms:
        return True
    return mention.type == PERSON == earlier.type and not earlier.is_plural and set(mention.names) <= set(earlier.names)


def _fits_full(mention: Mention, earlier: Mention, entity: _Entity) -> bool:
    """Whether a full mention tells what was shortened before, in a headline say, or tells it again."""
    if mention.is_plural or earlier.is_plural:
        return False
    if mention.acronyms & earlier.acronyms:
        return True
    return mention.type == PERSON == earlier.type and bool(earlier.names) and set(earlier.names) <= set(mention.names)


def _has_case(text: str) -> bool:
    """Whether capitals mark names in a text: some words begin with one, most do not."""
    initials = [word[0] for word in text.split() if word[0].isalpha()]
    share = sum(letter.isupper() for letter in initials) / max(1, len(initials))
    return 0.03 < share < 0.7
