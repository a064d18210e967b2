"""What the corpus holds, counted."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tabulate import tabulate

from tolltale.documents import Document, Span
from tolltale.labels import FIGURES, LABELS, STANCE
from training.corpus.files import DIFFICULTIES, KINDS, SPLITS, MarkedFile

PLACES = {  # of a stance, and the difficulty that a document with one declares
    "on a cue": "stance-on-cue",
    "in content": "stance-in-content",
    "own voice": "stance-by-article",
}
FORMS = ("words", "digits", "digits with separators", "words and digits both")
_BOTH = re.compile(r"\(\s*\d|\d\s*\(\s*[a-z]", re.IGNORECASE)
_SEPARATED = re.compile(r"\d[,.' \u00a0\u202f]\d{3}(?!\d)")


def place_of(stance: Span, document: Document) -> str:
    """Where a stance stands: on a cue, else in content, else in the own voice of the article (one of PLACES)."""
    on = {span.label for span in document.spans if span.touches(stance.start, stance.end)}
    return "on a cue" if "CUE" in on else "in content" if "CONTENT" in on else "own voice"


def form_of(figure: str) -> str:
    """How a figure is written: one of FORMS. `forty-six (46)` is both, `12 thousand` and `some 40` are digits."""
    if _BOTH.search(figure):
        return FORMS[3]
    if _SEPARATED.search(figure):
        return FORMS[2]
    return FORMS[1] if re.search(r"\d", figure) else FORMS[0]


def format_stats(files: Sequence[MarkedFile]) -> str:
    """Tables in Markdown with totals: splits, labels, stances by place, forms of figures, kinds, difficulties."""
    splits = [[split, *_size([file for file in files if file.split == split])] for split in SPLITS]
    splits.append(["all", *_size(files)])
    labels = [(file.split, span.label) for file in files for span in file.document.spans]
    tables = [
        tabulate(splits, headers=["split", "conflicts", "documents", "words"], tablefmt="github"),
        _count(labels, "label", [label for layer in LABELS.values() for label in layer]),
        _count(_stances(files), "stance", [f"{label} {place}" for label in LABELS[STANCE] for place in PLACES]),
        _count(_figures(files), "figures in", FORMS),
        _count([(file.split, file.kind) for file in files], "documents of kind", KINDS),
        _count([(file.split, name) for file in files for name in file.difficulties], "documents with", DIFFICULTIES),
    ]
    return "\n\n".join(tables)


def _stances(files: Iterable[MarkedFile]) -> list[tuple[str, str]]:
    return [
        (file.split, f"{span.label} {place_of(span, file.document)}")
        for file in files
        for span in file.document.layer(STANCE)
    ]


def _figures(files: Iterable[MarkedFile]) -> list[tuple[str, str]]:
    return [(file.split, form_of(span.text)) for file in files for span in file.document.spans if span.label in FIGURES]


def _size(files: Sequence[MarkedFile]) -> tuple[str, int, int]:
    conflicts = ", ".join(sorted({file.conflict for file in files}))
    return conflicts, len(files), sum(len(file.document.text.split()) for file in files)


def _count(found: Iterable[tuple[str, str]], what: str, names: Iterable[str]) -> str:
    counts = Counter(found)
    by_split = {name: [counts[split, name] for split in SPLITS] for name in names}
    rows = [[name, *numbers, sum(numbers)] for name, numbers in by_split.items()]
    return tabulate(rows, headers=[what, *SPLITS, "all"], tablefmt="github")
