"""Full names: where a text tells, outside any source, the whole of a name that it shortens elsewhere."""

from collections.abc import Sequence

import regex

from tolltale.documents import Span
from tolltale.labels import ATTRIBUTION
from tolltale.mentions import words

_SMALL = r"(?:(?:of|for|the|and|on|de|del|la|los|y|para)\s+)*"
_CAPITAL = r"(?:\p{Lu}(?:\p{L}{0,2}\.|[\p{L}\p{M}'’-]*)|(?:al|el|bin|ibn|de|del|la|van|von|da|dos)(?:\s*-)?)"
_CAPITALS = regex.compile(r"(?:\b\p{Lu}[\p{L}\p{M}&'’-]*\s+(?:(?:of|for|the|and|on|de|del|la)\s+)*){2,10}$")
_NOUN_PHRASE = regex.compile(r"(?<!\b(?:of|in|and)\s+)\b(?:the|an?)\s+\K(?:[^\s.,;:]+\s+){1,10}$", regex.IGNORECASE)
_TITLES = "|".join(sorted(words.TITLES | words.MALE_NAMES | words.FEMALE_NAMES))
_TITLED = regex.compile(rf"\b(?i:{_TITLES})\.?\s+(?:{_CAPITAL}\s+){{0,2}}\p{{Lu}}[\p{{L}}\p{{M}}-]+")


_NAMED = (
    r"(?=\p{Lu})(?!(?i:the|an?|this|that|its?|their|his|her|our|in|on|at|by|but|and|when|as|if|of|for)\b)[\p{L}\p{M}-]+"
)


WIDTH = 20_000  # characters on either side of a short name that are looked at; an article hardly has as many


class FullNames:
    """The full names of one text; `has_case` says whether capitals mark names in it."""

    def __init__(self, text: str, *, has_case: bool) -> None:
        self._text, self._has_case = text, has_case

    def of_person(self, names: Sequence[str], near: int) -> Span | None:
        """The first place where given names stand before a surname; None where two people share it, or in capitals.

        Looked for around `near`, as far as WIDTH.
        """
        if not self._has_case or not names:
            return None
        short = r"\s+".join(map(regex.escape, names))
        found = regex.finditer(
            rf"\b(?:{_CAPITAL}\s+){{1,6}}(?:(?i:al|el)\s*-\s*)?(?i:{short})\b",
            self._text,
            pos=max(0, near - WIDTH),
            endpos=near + WIDTH,
        )
        places = [place for match in found if (place := self._trim(match.start(), match.end(), len(names)))]
        given = {self._text[start:end].split()[0].lower() for start, end in places}
        return self._span(*places[0]) if len(given) == 1 else None

    def before(self, place: int) -> Span | None:
        """The person last named in the 400 characters before a place, with a title or a given name that we know."""
        if not self._has_case:
            return None
        found = list(_TITLED.finditer(self._text, pos=max(0, place - 400), endpos=place))
        return self._span(*found[-1].span()) if found else None

    def of_body(self, noun: str, before: int) -> Span | None:
        """The one body of that noun that the text names ("Interior Ministry", "Ministry of Health") before a place.

        None where it names two, or where capitals mark no names.
        """
        if not self._has_case:
            return None
        named = rf"(?:{_NAMED}(?:['’]s?)?\s+){{1,3}}(?:\p{{Ll}}+\s+)?(?i:{noun})\b"
        whole = rf"\b(?:{named}|(?i:{noun})\s+(?:of|for)\s+(?:the\s+)?{_NAMED}(?:\s+(?:and\s+)?{_NAMED}){{0,3}})"
        start, end = max(0, before - WIDTH), before + WIDTH
        found = list(regex.finditer(whole, self._text, pos=start, endpos=end))
        is_one = len({match[0].casefold() for match in found}) == 1 and found[0].end() <= before
        return self._span(*found[0].span()) if is_one else None

    def of_acronym(self, acronym: str, near: int) -> Span | None:
        """The first place around `near` where an acronym is written out: before it in brackets, or by its initials."""
        pattern = rf"[(\[]\s*{regex.escape(acronym)}\s*[)\]]"
        bracketed = regex.search(pattern, self._text, regex.IGNORECASE, pos=max(0, near - WIDTH), endpos=near + WIDTH)
        if bracketed:
            before = self._text[max(0, bracketed.start() - 120) : bracketed.start()]
            full = regex.search(rf"{self._initials(acronym)}\s*$", before) or self._name_at_end(before, acronym)
            if full:
                return self._span(bracketed.start() - len(before) + full.start(), bracketed.end())
        full = (
            regex.search(self._initials(acronym), self._text, pos=max(0, near - WIDTH), endpos=near + WIDTH)
            if len(acronym) > 2
            else None
        )
        return self._span(*full.span()) if full else None

    def _name_at_end(self, before: str, acronym: str) -> "regex.Match[str] | None":
        """The capitals that a stretch of text ends in, or all from its last article on, best before the same letter."""
        if self._has_case:
            return _CAPITALS.search(before)
        phrases = list(_NOUN_PHRASE.finditer(before, overlapped=True))
        return max(phrases, key=lambda match: (match[0][0].lower() == acronym[0], match.start()), default=None)

    def _initials(self, acronym: str) -> str:
        """A pattern for words that begin with the letters of an acronym, capitals where the text has case."""
        letters = acronym.upper()
        if not self._has_case:
            return r"(?i)\b" + rf"\s+{_SMALL}".join(rf"{regex.escape(letter)}\p{{L}}+" for letter in letters)
        return r"\b" + rf"\s+{_SMALL}".join(rf"{regex.escape(letter)}\p{{L}}+" for letter in letters)

    def _trim(self, start: int, end: int, n_names: int) -> tuple[int, int] | None:
        """The given names and surname of a run of capitals, or nothing where no given name is left."""
        tokens = list(regex.finditer(r"\S+", self._text, pos=start, endpos=end))
        before = tokens[: len(tokens) - n_names]
        kept = len(before)
        while kept and _is_given(before[kept - 1][0]):
            kept -= 1
        return (before[kept].start(), end) if kept < len(before) else None

    def _span(self, start: int, end: int) -> Span:
        return Span("", ATTRIBUTION, "SOURCE", start, end, self._text[start:end])


def _is_given(token: str) -> bool:
    word = token.lower().rstrip(".")
    return word not in words.NO_GIVEN_NAMES and not regex.search(r"['’]s$", token)
