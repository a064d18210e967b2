"""Fitting: whether one mention may take up another, or tell it in full."""

from tolltale.mentions import words
from tolltale.mentions.forms import BODY, DEFINITE, DOCUMENT, FULL, PERSON, PRONOUN, Mention, bare_name


def fits(mention: Mention, earlier: Mention, full: Mention) -> bool:
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


def _shortens(one: Mention, other: Mention) -> bool:
    """Whether two mentions have an acronym in common, at least one of them as it is written."""
    return bool(one.acronyms & (other.acronyms | other.initials) or one.initials & other.acronyms)


def _fits_definite(mention: Mention, earlier: Mention) -> bool:
    if _shortens(mention, earlier):
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
    if earlier.type != BODY:
        return False
    if mention.nouns == {"body"}:
        is_whole_world = {"united", "nations"} <= earlier.words or "un" in earlier.acronyms
        return is_whole_world and bool(mention.modifiers) and mention.modifiers <= words.WORLD
    if mention.nouns <= words.WATCHERS and not earlier.words & words.WATCHING:
        return False
    is_generic = mention.nouns <= words.GENERIC_BODIES and _is_group(earlier)
    return is_generic and all(_may_be(earlier, word) for word in mention.modifiers)


def _may_be(body: Mention, word: str) -> bool:
    """Whether a body may be described so: by a word of its name, by where it is based, or by what it is known to do."""
    is_armed = word in words.ARMED and _holds_any(body, words.REBEL_BODIES)
    is_peaceful = word in words.PEACEFUL and _holds_any(body, words.PEACEFUL_BODIES)
    return is_armed or is_peaceful or word.endswith("-based") or _holds(body, word)


def _is_group(body: Mention) -> bool:
    """Whether a body is called a group of some sort, or by nothing but its name."""
    return _holds_any(body, words.ARMED_GROUPS) or all(
        noun in words.GROUPS or noun not in words.BODIES for noun in body.nouns
    )


def _holds_any(mention: Mention, table: frozenset[str]) -> bool:
    return not table.isdisjoint(map(bare_name, mention.words))


def _holds(mention: Mention, word: str) -> bool:
    """Whether a mention holds a word, or one that begins alike ("Syria", "Syrian")."""
    return any(word == other or (len(word) > 4 and word[:5] == other[:5]) for other in mention.words)


def _fits_name(mention: Mention, earlier: Mention, full: Mention) -> bool:
    """Whether the one of two names holds the other: "Noor" after "Ali Noor", or before it, in a headline say.

    Names of people are held against all that the earlier one is called, not the surname that it shares with others.
    """
    if _shortens(mention, earlier):
        return True
    if any(each.type != PERSON or each.is_plural for each in (mention, earlier, full)):
        return False
    one, other = frozenset(mention.names), frozenset(full.names)
    return bool(one and other) and (one <= other or other <= one)
