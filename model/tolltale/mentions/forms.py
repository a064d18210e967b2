"""Mentions taken apart: what kind of thing a source's words name, and which of them are its noun and its name."""

from dataclasses import dataclass

import regex

from tolltale.documents import Span
from tolltale.mentions import words
from tolltale.mentions.phrases import (
    Phrase,
    determiner,
    is_noun,
    last_word,
    noun_at,
    nouns_in,
    singular,
    split_phrases,
    synonym,
)

PERSON, BODY, DOCUMENT, PLACE = "person", "body", "document", "place"  # what is named
PRONOUN, DEFINITE, NAME, FULL = "pronoun", "definite", "name", "full"  # how
MALE, FEMALE = "male", "female"

_ACRONYM = regex.compile(r"[\p{Lu}\p{N}][\p{Lu}\p{N}.&-]*\p{Lu}[\p{Lu}\p{N}.-]*")
_BRACKETED = regex.compile(r"[(\[]\s*(\p{L}[\p{L}\p{N}&-]{1,9})\s*[)\]]")
_PARTICLES = frozenset(["al", "el", "bin", "ibn", "de", "del", "la", "van", "von", "da", "dos", "abu"])
_NATIONS = regex.compile(r"\p{L}+(?:[ie]?ans|ists|ers|ees)")  # "Armenians", "Sandinists": many, though no noun we know


@dataclass(frozen=True, slots=True)
class Lettering:
    """What capitals tell in a text: whether they mark names, and the acronyms that it introduces in brackets."""

    has_case: bool
    acronyms: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Lettering":
        """Capitals mark names where some words begin with one and most do not."""
        initials = [word[0] for word in text.split() if word[0].isalpha()]
        share = sum(letter.isupper() for letter in initials) / max(1, len(initials))
        return cls(0.03 < share < 0.7, frozenset(acronym.lower() for acronym in _BRACKETED.findall(text)))


@dataclass(frozen=True, slots=True)
class Mention:
    """A source's words, in lower case and singular.

    `kind` is how it names (a pronoun, a definite noun, a bare name, or in full), `type` what. `nouns` are what it is
    called by (`minister`, `ministry`), `names` the words of its proper name, if it has one, `words` all that it holds,
    `modifiers` what stands before the noun of a definite mention, `acronyms` those that it is or gives in brackets,
    `initials` what else it may be shortened to.
    """

    span: Span
    kind: str
    type: str
    is_plural: bool
    gender: str | None
    nouns: frozenset[str]
    names: tuple[str, ...]
    words: frozenset[str]
    modifiers: frozenset[str]
    acronyms: frozenset[str]
    initials: frozenset[str]
    n_words: int

    @property
    def rank(self) -> tuple[bool, int, bool, int]:
        """The greater, the fuller; "the militant group" has more words than "Hamas", and tells less."""
        is_named = self.kind != DEFINITE or not self.nouns <= words.GENERIC_BODIES or not self._is_described()
        return self.kind != PRONOUN, len(self.names) if self.type == PERSON else 0, is_named, self.n_words

    def _is_described(self) -> bool:
        return all(word in words.DESCRIPTIONS or word.endswith("-based") for word in self.modifiers)


def read_mention(span: Span, lettering: Lettering) -> Mention:
    """Take a source apart, by what capitals tell in its text."""
    phrases, acronyms = split_phrases(span.text)
    heads = [phrase for phrase in phrases if phrase.opener == ","]
    part = heads[0].tokens[-1].lower() if heads else ""
    if len(phrases) > 1 and phrases[1].opener == "of" and part in words.PARTITIVES:
        heads[0] = phrases[1]
    first = heads[0] if heads else Phrase(",", [], [])
    names, type_ = _name(heads, phrases, lettering.has_case), _type(heads, lettering)
    if type_ == PERSON:
        nouns = frozenset(noun for phrase in heads for noun in nouns_in(phrase, words.PEOPLE))
    else:
        nouns, names = frozenset({synonym(last_word(first))} - {""}), () if first.tokens and noun_at(first) else names
    lower = [token.lower() for phrase in phrases for token in phrase.tokens + phrase.owner]
    is_single = len(phrases) == 1
    kind = _kind(first, is_single=is_single, names=names)
    content = [word for word in (token.lower() for token in first.tokens) if word not in words.EMPTY]
    return Mention(
        span=span,
        kind=kind,
        type=type_,
        is_plural=_is_list(phrases) or (_is_plural(first, names, type_) and part not in words.SINGLE_PARTS),
        gender=_gender([token.lower() for phrase in heads for token in phrase.tokens], names),
        nouns=nouns,
        names=names,
        words=frozenset(map(synonym, lower)),
        modifiers=frozenset(map(synonym, content[1:-1])) if kind == DEFINITE else frozenset(),
        acronyms=(frozenset(acronyms) if type_ == BODY else frozenset()) | _own_acronym(first, lettering),
        initials=frozenset(_initials(phrases)) if type_ == BODY else frozenset(),
        n_words=sum(word not in words.WITHOUT_WEIGHT for word in lower),
    )


def kind_of(text: str) -> str:
    """How a source's words name: `pronoun`, `definite` or `name`, where they may take up others, else `full`."""
    return read_mention(Span("", "attribution", "SOURCE", 0, len(text), text), Lettering.of(text)).kind


def _name(heads: list[Phrase], phrases: list[Phrase], has_case: bool) -> tuple[str, ...]:
    """The longest proper name among the phrases; for "secretary of state X Y" that of the phrase that qualifies."""
    names = [_name_in(phrase, has_case) for phrase in heads]
    longest = max(names, key=len, default=())
    if not longest and heads and not determiner(heads[0]) and singular(last_word(heads[0])) in words.TITLES:
        longest = max((_name_in(phrase, has_case) for phrase in phrases), key=len, default=())
        longest = longest if len(longest) > 1 else ()
    return longest


def _name_in(phrase: Phrase, has_case: bool) -> tuple[str, ...]:
    """The words after the last noun that we know; where capitals mark names, only a run of capitals at the end."""
    start = max((i + 1 for i, token in enumerate(phrase.tokens) if is_noun(token)), default=0)
    if start == 0 and determiner(phrase):
        return ()
    name = phrase.tokens[start:]
    if has_case:
        lower = [i for i, token in enumerate(name) if token.islower() and token not in _PARTICLES]
        name = name[lower[-1] + 1 if lower else 0 :]
    name = [token for token in name if not token[0].isdigit() and token.lower() not in words.OUTSIDE_NAMES]
    return tuple(bare_name(token) for token in name)


def bare_name(token: str) -> str:
    """A word of a name in lower case and without its Arabic article."""
    return regex.sub(r"^(?:al|el)[-’'](?=.)", "", token.lower())


def _type(heads: list[Phrase], lettering: Lettering) -> str:
    first = heads[0] if heads else Phrase(",", [], [])
    noun = noun_at(first) or next((singular(t) for t in reversed(first.tokens) if is_noun(t)), "")
    if last_word(first) in words.PRONOUNS:
        return PERSON if last_word(first) in words.MALE_PRONOUNS | words.FEMALE_PRONOUNS else BODY
    if noun and not (noun in words.BODIES | words.DOCUMENTS and not noun_at(first)):
        return _type_of(noun)
    if all(token.lower() in words.PLACES for token in first.tokens[1 if determiner(first) else 0 :]):
        return PLACE
    if any(nouns_in(phrase, words.PEOPLE) for phrase in heads):
        return PERSON
    if determiner(first):
        return PERSON if last_word(first).endswith("s") and not _own_acronym(first, lettering) else BODY
    if any(bare_name(token) in words.ARMED_GROUPS for token in first.tokens):
        return BODY
    is_paper = len(first.tokens) > 1 and first.tokens[0].lower() in words.MEDIA_ARTICLES
    return BODY if is_paper or _own_acronym(first, lettering) else PERSON


def _type_of(noun: str) -> str:
    if noun in words.PEOPLE:
        return PERSON
    return BODY if noun in words.BODIES else DOCUMENT


def _kind(first: Phrase, *, is_single: bool, names: tuple[str, ...]) -> str:
    if is_single and len(first.tokens) == 1 and first.tokens[0].lower() in words.PRONOUNS and not first.owner:
        return PRONOUN
    lower = [token.lower() for token in first.tokens]
    if not is_single or first.owner or not lower:
        return FULL
    if lower[0] in words.DEFINITE and 1 < len(lower) <= 5:
        return DEFINITE
    titles = [word for word in lower if is_noun(word)]
    is_bare = len(names) in (1, 2) and all(word in words.TITLES for word in titles) and len(lower) <= len(names) + 1
    return NAME if is_bare and not determiner(first) else FULL


def _is_plural(first: Phrase, names: tuple[str, ...], type_: str) -> bool:
    last = last_word(first)
    if last in words.PLURAL_PRONOUNS or (last in words.COLLECTIVES and type_ == PERSON):
        return True
    noun = noun_at(first)
    if noun:
        return noun != last
    if names and len(names) > 1 and not determiner(first):
        return False
    return _NATIONS.fullmatch(last) is not None or (determiner(first) != "" and last.endswith("s"))


def _is_list(phrases: list[Phrase]) -> bool:
    """Whether the phrases name several: "A and B", "A, B and C", but not "A, a general and teacher"."""
    openers = [phrase.opener for phrase in phrases]
    if "and" not in openers[1:]:
        return False
    before = phrases[1 : openers.index("and", 1)]
    return not any(phrase.opener != "," or nouns_in(phrase, words.PEOPLE) for phrase in before)


def _gender(lower: list[str], names: tuple[str, ...]) -> str | None:
    """What the words of somebody tell; "her" in "her deputy" tells of somebody else."""
    lower = lower if len(lower) == 1 else [word for word in lower if word not in words.POSSESSIVE]
    is_male = any(word in words.MALE_PRONOUNS | words.MALE_TITLES | words.MALE_NOUNS for word in lower)
    is_female = any(word in words.FEMALE_PRONOUNS | words.FEMALE_TITLES | words.FEMALE_NOUNS for word in lower)
    if not is_male and not is_female and len(names) > 1:
        is_male, is_female = names[0] in words.MALE_NAMES, names[0] in words.FEMALE_NAMES
    if is_male == is_female:
        return None
    return MALE if is_male else FEMALE


def _own_acronym(phrase: Phrase, lettering: Lettering) -> frozenset[str]:
    """What a mention shortens to when it is nothing but an acronym, with or without its article."""
    tokens = phrase.tokens[1:] if determiner(phrase) else phrase.tokens
    if len(tokens) != 1 or is_noun(tokens[0]):
        return frozenset()
    is_written_so = lettering.has_case and _ACRONYM.fullmatch(tokens[0]) is not None
    acronym = tokens[0].lower().replace(".", "")
    return frozenset({acronym}) if is_written_so or acronym in lettering.acronyms else frozenset()


def _initials(phrases: list[Phrase]) -> set[str]:
    """What a body of two words or more may be shortened to: "SOHR" for the Syrian Observatory for Human Rights."""
    commas = [i for i, phrase in enumerate(phrases) if phrase.opener == "," and i]
    tokens = [token for phrase in phrases[: commas[0] if commas else None] for token in phrase.tokens]
    letters = "".join(token[0].lower() for token in tokens if token.lower() not in words.DEFINITE)
    return {letters} if len(letters) > 1 else set()
