"""Leaks: documents that hold passages out of documents that are to be kept apart from them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tolltale.documents import Document

RUN = 8  # words: so long a run is seldom in two texts by chance
LEAST_SHARE, LEAST_RUNS = 0.05, 5  # of a text's runs that stand in documents kept apart: fewer are a name or a phrase
_WORD = re.compile(r"\w+")


class Leak(NamedTuple):
    """A document that shares passages with documents that are to be kept apart from it."""

    document: str
    apart: str  # the document kept apart that has most of the shared runs
    n_shared: int  # runs of the document that stand in any document kept apart
    n_runs: int
    passage: str  # the longest that `apart` has too, as the document writes it


def find_leaks(documents: Iterable[Document], apart: Iterable[Document]) -> Iterator[Leak]:
    """The documents that share passages with documents kept apart.

    These are LEAST_RUNS runs of words, and LEAST_SHARE of the document's own or of all that one kept apart has.
    A run is RUN words, lower-cased, whatever stands between them. Known to err: a line that an agency puts under all
    that it publishes is found too, so that a reader has to look at each.
    """
    holders: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    lengths = Counter[str]()
    for other in apart:
        for run in _runs(other.text):
            holders[run].add(other.id)
            lengths[other.id] += 1
    for document in documents:
        runs = _runs(document.text)
        n_shared = sum(run in holders for run in runs)
        held = Counter(name for run in set(runs) for name in holders.get(run, ()))
        shares = [n_shared / max(len(runs), 1), *(count / lengths[name] for name, count in held.items())]
        if n_shared >= LEAST_RUNS and max(shares) >= LEAST_SHARE:
            yield _describe(document, runs, n_shared, holders)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


def _describe(
    document: Document, runs: Sequence[tuple[str, ...]], n_shared: int, holders: Mapping[tuple[str, ...], set[str]]
) -> Leak:
    counts = Counter(name for run in runs for name in sorted(holders.get(run, ())))
    ((apart, _),) = counts.most_common(1)
    passage = _longest(document.text, [apart in holders.get(run, ()) for run in runs])
    return Leak(document.id, apart, n_shared, len(runs), passage)


def _longest(text: str, is_shared: Sequence[bool]) -> str:
    """The longest passage whose runs are all shared."""
    words = list(_WORD.finditer(text))
    stretches = [list(runs) for shared, runs in groupby(range(len(is_shared)), is_shared.__getitem__) if shared]
    longest = max(stretches, key=len)
    return text[words[longest[0]].start() : words[longest[-1] + RUN - 1].end()]
