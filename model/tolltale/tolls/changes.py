"""Changes: where the text between two figures turns to other people, another place or another day.

Figures on either side of such a turn are not part and whole, even where their numbers add up. Three parts or more
seldom add up by chance, so that for two more is asked.
"""

from collections.abc import Sequence

import regex

from tolltale.documents import Span
from tolltale.tolls import words
from tolltale.tolls.passages import Passage
from tolltale.tolls.words import to_pattern
from tolltale.victims import UNKNOWN, classify_victim

ARMED = {"security forces", "combatant"}
EITHER = {"woman", UNKNOWN}  # who may or may not bear arms: "seven men and five women" may be rebels
PAIR = 2

_NOUN = regex.compile(r"\s(?:[\w'’-]+\s?){1,2}")
_PLACE_AFTER, _PLACE_BEFORE = to_pattern(words.PLACE_AFTER), to_pattern(words.PLACE_BEFORE)
_PLACE_FIRST, _HARM = to_pattern(words.PLACE_FIRST), to_pattern(words.HARM)
_WEEKDAY, _SAYER, _ADDED = to_pattern(words.WEEKDAY), to_pattern(words.SAYER), to_pattern(words.ADDED)


def is_chance(passage: Passage, whole: int, parts: Sequence[int]) -> bool:
    """Whether figures that add up to another are surely not its parts."""
    return (
        any(is_of_others(passage, n, whole) for n in parts)
        or (len(parts) == PAIR and _is_added_or_of_another_source(passage, whole, parts))
        or _is_of_another_day(passage, whole, parts)
        or _has_place_each(passage, whole, parts)
    )


def is_of_others(passage: Passage, part: int, whole: int) -> bool:
    """Whether the words after two figures tell people who bear arms from people who do not."""
    classes = {_class_after(passage, part), _class_after(passage, whole)} - EITHER
    return bool(classes & ARMED) and bool(classes - ARMED)


def is_left(passage: Passage, whole: Span, part: Span) -> bool:
    """Whether a sentence between two figures tells of harm in another place: `In Osk, a mine killed a family.`"""
    for n in range(passage.sentence(whole) + 1, passage.sentence(part)):
        sentence = passage.sentence_text(n)
        place = _PLACE_FIRST.match(sentence)
        if place and _HARM.search(sentence) and place["place"] not in passage.sentence_text(passage.sentence(whole)):
            return True
    return False


def _class_after(passage: Passage, index: int) -> str:
    noun = _NOUN.match(passage.tail(index))
    return classify_victim(noun[0]) if noun else UNKNOWN


def _is_of_another_day(passage: Passage, whole: int, parts: Sequence[int]) -> bool:
    """Whether the sentence of a part names a weekday that the sentence of the whole, which names others, does not."""
    days = _weekdays(passage, whole)
    return bool(days) and any(_weekdays(passage, n) - days for n in parts)


def _weekdays(passage: Passage, index: int) -> set[str]:
    return {day[0].casefold() for day in _WEEKDAY.finditer(passage.around(index))}


def _has_place_each(passage: Passage, whole: int, parts: Sequence[int]) -> bool:
    """Whether the whole is just the first of a list by place: `12 died in Alba, seven in Osk and five in Torra`."""
    return whole < parts[0] and all(
        _PLACE_AFTER.match(passage.tail(n)) or _PLACE_BEFORE.search(passage.lead(n)) for n in (whole, *parts)
    )


def _is_added_or_of_another_source(passage: Passage, whole: int, parts: Sequence[int]) -> bool:
    """Whether `too` or `also` follows a part, or another source tells it than the whole."""
    sayer = _sayer(passage, whole)
    others = {_sayer(passage, n) for n in parts} - {sayer, ""}
    return bool(sayer and others) or any(_ADDED.search(passage.tail(n)) for n in parts)


def _sayer(passage: Passage, index: int) -> str:
    """Who says a figure, by the last word before the verb (`the army said that 20`); "" where that is a pronoun."""
    sayer = _SAYER.search(passage.lead(index))
    return sayer["who"].casefold() if sayer else ""
