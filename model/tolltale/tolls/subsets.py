"""Subsets: which figure is a part of another ("30 people, including 12 children").

A part counts some of the very people that its whole counts, whether words say so or, as in "seven men and five women"
after "12 people", the numbers. The words are in `tolltale.tolls.words`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, takewhile

import regex

from tolltale.documents import Span
from tolltale.tolls import words
from tolltale.tolls.changes import is_chance, is_left, is_of_others
from tolltale.tolls.passages import Passage
from tolltale.tolls.words import to_pattern

REACH = 80  # characters from the word that opens a list of parts to the first of them, at most
NEAR = 3  # how many sentences back the whole may stand that "the dead included" takes up
FAR = 12  # likewise for "one of the generals", "the other two" and numbers that add up
LARGE = 20  # two numbers that add up to so much are parts even in different sentences

_OPENER, _ELSEWHERE = to_pattern(*words.OPENERS), to_pattern(words.OPENED_ELSEWHERE)
_CLOSER, _APART = to_pattern(*words.CLOSERS), to_pattern(*words.APART)
_OF_WHOLE, _OF_NAMED, _OF_THE = to_pattern(*words.OF_WHOLE), to_pattern(*words.OF_NAMED), to_pattern(words.OF_THE)
_REST, _IN_ALL, _COUNTED = to_pattern(words.THE_REST), to_pattern(words.IN_ALL), to_pattern(words.COUNTED_BEFORE)
_RAISING, _TOLL = to_pattern(words.RAISING), to_pattern(words.TOLL)
_SEPARATE, _NEW_CLAUSE = to_pattern(words.SEPARATE), to_pattern(words.NEW_CLAUSE)
_WORD = regex.compile(r"\w+")
_RISEN, _WHEN = to_pattern(words.RISEN), to_pattern(words.WHEN)

Pairs = Iterator[tuple[Span, Span]]  # a part, its whole


def find_subsets(text: str, figures: Sequence[Span]) -> dict[str, Span]:
    """By the id of a figure, the figure that it is a part of.

    A part has the kind of its whole (CASUALTIES hold every kind, and "12 of the 30" may be of any), is not larger, and
    wholes never go round in a circle.
    """
    passage = Passage(text, figures)
    for find in (_joined, _named, _opened, _summed, _taken_up, _rest, _raised):
        for part, whole in find(passage):
            passage.tie(part, whole)
    return passage.wholes


def _joined(passage: Passage) -> Pairs:
    """`12 of the 30`, and the other way round: `Of the 30 dead, 12 were children and two were women`."""
    for index, figure in enumerate(passage.figures):
        others = list(passage.after(index, 0))
        if _OF_THE.search(passage.lead(index)):
            for n in takewhile(lambda n: not _APART.search(passage.lead(n)), others):
                if not passage.exceeds(passage.figures[n], figure):
                    yield passage.figures[n], figure
        elif others and _OF_WHOLE.fullmatch(passage.lead(others[0])):
            whole = passage.figures[others[0]]
            if not passage.exceeds(figure, whole):
                yield figure, whole


def _named(passage: Passage) -> Pairs:
    """`two of whom`, `40 of these deaths`, `one of the Russian generals` where earlier figures count generals."""
    for index, part in enumerate(passage.figures):
        place = _OF_NAMED.match(passage.tail(index))
        whole = _find_named(passage, index, place) if place else None
        if whole is not None:
            yield part, passage.figures[whole]


def _find_named(passage: Passage, index: int, place: regex.Match[str]) -> int | None:
    """The nearest larger figure that is followed by most words of the phrase, or by none of them if it says "dead"."""
    if place["pronoun"]:
        near = [n for n in passage.before(index, 1) if not passage.exceeds(passage.figures[index], passage.figures[n])]
        return next((n for n in near if passage.is_smaller(index, n)), next(iter(near), None))
    phrase = {word for word in place["noun"].casefold().split() if len(word) > 2}
    shared = {}
    for n in passage.before(index, FAR):
        tail = _WORD.findall(passage.tail(n).casefold())
        if passage.is_smaller(index, n) and tail[:1] != ["of"]:
            shared[n] = len(phrase & set(tail[:6]))
    if place["noun"].casefold().startswith("total"):
        return max(shared, key=lambda n: passage.number(n) or 0, default=None)
    best = max(shared, key=shared.__getitem__, default=None)
    return best if best is not None and (shared[best] or _COUNTED.search(place["noun"])) else None


def _summed(passage: Passage) -> Pairs:
    """Figures that add up to the one before or after them; the last first, so that parts of parts are known."""
    for index in range(len(passage.figures) - 1, -1, -1):
        parts = _addends(passage, index, passage.after(index, FAR))
        if not parts and _IN_ALL.search(passage.lead(index)):
            parts = _addends(passage, index, passage.before(index, FAR))
        for n in parts:
            yield passage.figures[n], passage.figures[index]


def _addends(passage: Passage, index: int, run: Iterable[int]) -> list[int]:
    """The first figures of a run, next to each other, that add up to a figure and are all of a list."""
    total = passage.number(index)
    free = list(takewhile(lambda n: passage.number(n) != total, _free(passage, index, run)))
    for first in range(len(free)):
        taken = _add_up([passage.number(n) or 0 for n in free[first:]], total or 0)
        if taken and _is_whole_list(passage, index, free[first : first + taken], skipped=first > 0):
            return free[first : first + taken]
    return []


def _add_up(numbers: Sequence[int], total: int) -> int:
    """How many of the first numbers add up to a total; none where a 0 (no number) or a larger sum comes first."""
    sums = list(accumulate(takewhile(bool, numbers)))
    return sums.index(total) + 1 if total in sums else 0


def _free(passage: Passage, index: int, run: Iterable[int]) -> list[int]:
    """The figures of a run that one might count, and that are parts of no other."""
    whole = passage.figures[index]
    return [
        n
        for n in run
        if passage.holds_kind(whole, passage.figures[n])
        and passage.wholes.get(passage.figures[n].id, whole) is whole
        and passage.wholes.get(whole.id) is not passage.figures[n]
    ]


def _is_whole_list(passage: Passage, index: int, parts: Sequence[int], skipped: bool) -> bool:
    """Whether a sum is no coincidence: few small numbers must be one list, and near unless they come first."""
    if (parts[0] > index and _goes_on(passage, parts[-1])) or is_chance(passage, index, parts):
        return False
    total, sentences = passage.number(index) or 0, {passage.sentence(passage.figures[n]) for n in parts}
    if len(sentences) > 1:
        return not skipped and (total >= LARGE or len(parts) > 2)
    return len(parts) > 1 and (total >= LARGE or not skipped)


def _goes_on(passage: Passage, index: int) -> bool:
    """Whether the list that a figure stands in has more figures of its kind."""
    return index + 1 < len(passage.figures) and not _ends_list(passage, index + 1)


def _opened(passage: Passage) -> Pairs:
    """`30 people, including 12 children and three women`."""
    return _find_opened(passage, 0)


def _taken_up(passage: Passage) -> Pairs:
    """`The dead included two policemen`: the whole is in a sentence before."""
    return _find_opened(passage, NEAR)


def _find_opened(passage: Passage, n_sentences: int) -> Pairs:
    for index, part in enumerate(passage.figures):
        opener = next(iter(reversed(list(_OPENER.finditer(passage.lead(index))))), None)
        if opener is not None and not _belongs_to_last(passage, index, opener):
            whole = _whole_of_list(passage, index, opener, n_sentences)
        else:
            whole = None if _ends_list(passage, index) else passage.wholes.get(passage.figures[index - 1].id)
            whole = None if whole is not None and whole.start > part.start else whole
        if whole is not None and passage.may_hold(whole, part):
            yield part, whole


def _belongs_to_last(passage: Passage, index: int, opener: regex.Match[str]) -> bool:
    """Whether an opener follows the figure before, as in `17 arrested, 14 of them here, and three there`."""
    follows = index > 0 and passage.sentence(passage.figures[index - 1]) == passage.sentence(passage.figures[index])
    return follows and not passage.lead(index)[: opener.start()].strip()


def _whole_of_list(passage: Passage, index: int, opener: regex.Match[str], n_sentences: int) -> Span | None:
    """The nearest figure of the sentence that may hold a part, or of those before it that is itself none."""
    lead, part = passage.lead(index), passage.figures[index]
    before, after = lead[: opener.start()], lead[opener.end() :]
    if len(after) > REACH or _CLOSER.search(after) or _ELSEWHERE.search(before):
        return None
    for n in passage.before(index, n_sentences):
        whole = passage.figures[n]
        is_free = whole.id not in passage.wholes or passage.sentence(whole) == passage.sentence(part)
        if is_free and passage.is_smaller(index, n):
            return None if is_left(passage, whole, part) else whole
    return None


def _ends_list(passage: Passage, index: int) -> bool:
    """Whether a figure is no further item of the list that the one before it stands in."""
    left, right, between = passage.figures[index - 1], passage.figures[index], passage.lead(index)
    if not index or passage.sentence(left) != passage.sentence(right):
        return True
    if left.label != right.label:  # "24 casualties, including 4 dead and 20 wounded"
        whole = passage.wholes.get(left.id)
        return whole is None or whole.label != "CASUALTIES" or len(between.split()) > len(["dead", ",", "and"])
    tail = passage.tail(index)
    return bool(_CLOSER.search(between + right.text) or _SEPARATE.search(tail)) or (
        between.endswith(", and ") and bool(_NEW_CLAUSE.search(tail))
    )


def _rest(passage: Passage) -> Pairs:
    """`the other two victims`: of the nearest larger figure."""
    for index, part in enumerate(passage.figures):
        if _REST.search(passage.lead(index) + part.text):
            for n in passage.before(index, FAR):
                if passage.is_smaller(index, n) and not is_of_others(passage, index, n):
                    if not is_left(passage, passage.figures[n], part):
                        yield part, passage.figures[n]
                    break


def _raised(passage: Passage) -> Pairs:
    """`another five died, bringing the toll to 30`; `the toll rose to 44 when a boy died`."""
    for index, whole in enumerate(passage.figures):
        lead, tail = passage.lead(index), passage.tail(index)
        if (verb := _RAISING.search(lead)) and _TOLL.search(lead[verb.start() :] + tail[:REACH]):
            for n in passage.before(index, 0):
                if not passage.may_hold(whole, passage.figures[n]):
                    break
                yield passage.figures[n], whole
        elif _RISEN.search(lead) and _WHEN.search(tail):
            for n in islice(passage.after(index, 0), 1):
                if passage.may_hold(whole, passage.figures[n]):
                    yield passage.figures[n], whole
