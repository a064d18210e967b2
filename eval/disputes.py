"""python -m eval.disputes CORPUS [--texts FILE] [--cases FILE] [--errors]

How many of the disputes that are found were judged to be one, and how many of those judged are found, over documents
that a person read for disputes. `sides` are the figures of each side, with other mentions of the same, as offsets into
a document's text; `part` says which documents they were judged with, `real-held-out` before rules were run on it; and
`verdict` is `dispute`, `borderline` (counted neither way) or `no figure` (the other side gives none: no rule over
claims can find it).
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tabulate import tabulate

from tolltale.claims import read_claims
from tolltale.corpora import read_corpus
from tolltale.disputes import Dispute, find_disputes
from tolltale.documents import Document
from tolltale.errors import TolltaleError
from tolltale.standoff import read_standoff

CASES = Path(__file__).with_name("cases") / "disputes.jsonl"
DISPUTE, BORDERLINE, NO_FIGURE = "dispute", "borderline", "no figure"
Place = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """One judged dispute: where the figures of each side stand."""

    id: str
    sides: tuple[tuple[Place, ...], ...]
    verdict: str


@dataclass
class Score:
    """Counts: disputes found, those of them that are right, judged ones, and those out of reach."""

    found: int = 0
    right: int = 0
    judged: int = 0
    no_figure: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m eval.disputes", description="Score which disputes are found.")
    parser.add_argument("corpus", help="the .jsonl file whose documents the cases name")
    parser.add_argument("--texts", help="where the corpus is stand-off: the .jsonl.gz file with its texts")
    parser.add_argument("--cases", type=Path, default=CASES, help="the judged cases (default %(default)s)")
    parser.add_argument("--errors", action="store_true", help="list what is found wrongly, or not found")
    options = parser.parse_args(arguments)
    try:
        documents = read_standoff(options.corpus, options.texts) if options.texts else read_corpus(options.corpus)
        score, errors = judge(documents, read_cases(options.cases))
    except (TolltaleError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(format_score(score))
    if options.errors:
        print("\n".join(errors))
    return 0


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Case(row["id"], _places(row["sides"]), row["verdict"]) for row in rows]


def judge(documents: Iterable[Document], cases: Sequence[Case]) -> tuple[Score, list[str]]:
    """The score over documents, all of which were read for disputes, and a line for each error."""
    score, errors = Score(), []
    for document in documents:
        here = [case for case in cases if case.id == document.id]
        found = find_disputes(document, read_claims(document))
        met = {case: [dispute for dispute in found if _is(dispute, case)] for case in here}
        for case in here:
            score.judged += case.verdict == DISPUTE
            score.no_figure += case.verdict == NO_FIGURE
            score.right += case.verdict == DISPUTE and bool(met[case])
            if case.verdict == DISPUTE and not met[case]:
                errors.append(f"{case.id}: not found, {_quote(document.text, case)}")
        for dispute in found:
            told = [case for case in here if dispute in met[case]]
            score.found += not told or any(case.verdict == DISPUTE for case in told)
            if not told:
                errors.append(f"{document.id}: found {[[claim.figure.text for claim in s] for s in dispute.sides]}")
    return score, errors


def format_score(score: Score) -> str:
    """One line: precision, recall, and how many disputes no rule over claims can find."""
    row = [_share(score.right, score.found), _share(score.right, score.judged), score.no_figure]
    return tabulate([row], headers=["precision", "recall", "no figure on one side"], disable_numparse=True)


def _is(dispute: Dispute, case: Case) -> bool:
    """Whether a dispute holds figures of two sides of a case, on sides of its own; or of its only one."""
    sides = [{(claim.figure.start, claim.figure.end) for claim in side} for side in dispute.sides]
    held = {i: [n for n, figures in enumerate(sides) if figures & set(side)] for i, side in enumerate(case.sides)}
    return len({n for places in held.values() for n in places}) >= min(2, len(case.sides))


def _quote(text: str, case: Case) -> list[list[str]]:
    return [[text[start:end] for start, end in side] for side in case.sides]


def _places(sides: Sequence[Sequence[Sequence[int]]]) -> tuple[tuple[Place, ...], ...]:
    return tuple(tuple((start, end) for start, end in side) for side in sides)


def _share(count: int, whole: int) -> str:
    return f"{count / whole:.2f} ({count}/{whole})" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
