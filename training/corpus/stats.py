"""What the corpus holds, counted."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tabulate import tabulate

from tolltale.labels import LABELS
from training.corpus.files import DIFFICULTIES, KINDS, SPLITS, MarkedFile


def format_stats(files: Sequence[MarkedFile]) -> str:
    """Tables in Markdown: splits, labels, kinds and difficulties, each with a total."""
    splits = [[split, *_size([file for file in files if file.split == split])] for split in SPLITS]
    splits.append(["all", *_size(files)])
    labels = [(file.split, span.label) for file in files for span in file.document.spans]
    tables = [
        tabulate(splits, headers=["split", "conflicts", "documents", "words"], tablefmt="github"),
        _count(labels, "label", [label for layer in LABELS.values() for label in layer]),
        _count([(file.split, file.kind) for file in files], "kind", KINDS),
        _count([(file.split, name) for file in files for name in file.difficulties], "difficulty", DIFFICULTIES),
    ]
    return "\n\n".join(tables)


def _size(files: Sequence[MarkedFile]) -> tuple[str, int, int]:
    conflicts = ", ".join(sorted({file.conflict for file in files}))
    return conflicts, len(files), sum(len(file.document.text.split()) for file in files)


def _count(found: Iterable[tuple[str, str]], what: str, names: Iterable[str]) -> str:
    counts = Counter(found)
    by_split = {name: [counts[split, name] for split in SPLITS] for name in names}
    rows = [[name, *numbers, sum(numbers)] for name, numbers in by_split.items()]
    return tabulate(rows, headers=[what, *SPLITS, "all"], tablefmt="github")
