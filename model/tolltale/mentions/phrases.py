"""Phrases: the words of a mention, parted at commas and at words that qualify, and the nouns that we know in them."""

from dataclasses import dataclass

import regex

from tolltale.mentions import words

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-.’'`][\p{L}\p{N}]+)*|[,;()\[\]]")
_POSSESSIVE = regex.compile(r"['’]s$", regex.IGNORECASE)


@dataclass(slots=True)
class Phrase:
    """Words up to a comma or a word that qualifies; `opener` is what stood before, `owner` whose it is."""

    opener: str
    tokens: list[str]
    owner: list[str]


def split_phrases(text: str) -> tuple[list[Phrase], set[str]]:
    """The phrases of a mention in order, and the acronyms that stand in brackets."""
    phrases, acronyms = [Phrase(",", [], [])], set()
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ",;()[]":
            phrases.append(Phrase("(" if token in "([" else ",", [], []))
        elif phrases[-1].opener == "(":
            acronyms.add(token.lower())
            phrases[-1] = Phrase("(", [], [])
        elif token.lower() in words.BREAKS:
            phrases.append(Phrase(token.lower(), [], []))
        else:
            _add(phrases[-1], token, text[match.end() :])
    phrases = [phrase for phrase in phrases if phrase.tokens]
    if len(phrases) > 1 and phrases[1].opener == "and" and _is_one_office(phrases[0]):
        phrases[1].opener = ","
    if len(phrases) > 1 and phrases[1].opener in ("of", "for") and _is_of_a_field(phrases[0], phrases[1]):
        phrases[0].tokens += phrases.pop(1).tokens
    return phrases, acronyms


def _is_one_office(phrase: Phrase) -> bool:
    """Whether a phrase is an office whose holder is told later: "union leader and party secretary X Y"."""
    noun = noun_at(phrase)
    return noun in words.PEOPLE and noun == last_word(phrase) and not determiner(phrase)


def _is_of_a_field(body: Phrase, field: Phrase) -> bool:
    """Whether a body's field is told before its man: "Ministry of Health spokesman X", not "of President X".

    "Union of Medical Workers" is a body's own name: so a man is written small, or has a name behind him.
    """
    nouns = [i for i, token in enumerate(field.tokens) if singular(token) in words.PEOPLE]
    if noun_at(body) not in words.BODIES_OF_FIELDS or not nouns or nouns[0] == 0 or determiner(field):
        return False
    noun, name = field.tokens[nouns[0]], field.tokens[nouns[-1] + 1 :]
    is_one = singular(noun) == words.LONG_TITLES.get(noun.lower(), noun.lower())
    return (noun.islower() and field.tokens[0][0].isupper()) or (is_one and len(name) > 1)


def _add(phrase: Phrase, token: str, rest: str) -> None:
    """Put a token into a phrase; what a possessive ends is the owner of what follows."""
    bare = _POSSESSIVE.sub("", token)
    phrase.tokens.append(bare)
    is_owner = bare != token or regex.match(r"['’](?!\p{L})", rest) is not None
    if is_owner and regex.search(r"\p{L}", rest):
        phrase.owner += phrase.tokens
        phrase.tokens.clear()


def nouns_in(phrase: Phrase, table: frozenset[str]) -> list[str]:
    """The nouns of a table that a phrase holds, in the singular."""
    nouns = [singular(token) for token in phrase.tokens]
    return [words.SYNONYMS.get(noun, noun) for noun in nouns if noun in table]


def noun_at(phrase: Phrase) -> str:
    """The known noun that a phrase ends in, in the singular, or nothing."""
    return singular(last_word(phrase)) if phrase.tokens and is_noun(last_word(phrase)) else ""


def determiner(phrase: Phrase) -> str:
    """The article or the like that a phrase begins with, or nothing."""
    word = phrase.tokens[0].lower() if phrase.tokens else ""
    return word if word in words.DETERMINERS else ""


def last_word(phrase: Phrase) -> str:
    """The last word of a phrase that adds to it, in lower case."""
    tokens = [token.lower() for token in phrase.tokens if token.lower() not in words.EMPTY]
    while len(tokens) > 1 and tokens[-1].isdigit():  # "Resolution 1636"
        tokens.pop()
    return tokens[-1] if tokens else ""


def is_noun(token: str) -> bool:
    """Whether a word is a noun that we know."""
    return singular(token) in words.NOUNS


def singular(token: str) -> str:
    """A noun in the singular, if that is a noun we know, else the word in lower case; titles are written out."""
    word = words.LONG_TITLES.get(token.lower(), token.lower())
    endings = (("s", ""), ("ies", "y"), ("es", ""), ("men", "man"))
    forms = (word, *(word.removesuffix(plural) + one for plural, one in endings if word.endswith(plural)))
    return next((form for form in forms if form in words.NOUNS or form in words.PARTITIVES), word)


def synonym(token: str) -> str:
    """A word in the singular; of nouns that take up one another, the one that stands for all."""
    noun = singular(token)
    return words.SYNONYMS.get(noun, noun)
