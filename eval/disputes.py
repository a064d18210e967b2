"""python -m eval.disputes CORPUS [--texts FILE] [--cases FILE] [--errors]

How many of the disputes that are found were judged to be one, and how many of those judged are found, over documents
that a person read for disputes. `sides` are the figures of each side, with other mentions of the same, as offsets into
a document's text; `part` says which documents they were judged with, `real-held-out` before rules were run on it; and
`verdict` is `dispute`, `borderline` (counted neither way) or `no figure` (the other side gives none, and no word of
it is a stance: no rule over claims can find it). `denials` are the stances of those who deny a side and give no figure;
disputes with some are scored apart. `text_sha256` is that of the text that was read.

Real articles hold few such denials. The rule was made with all cases in sight but those of the part `pool`: 35 texts
with words of a denial that nobody annotated, judged before the rule ran on the released model's readings of them. It
then found both disputes and one that is none; the rule was mended afterwards.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabulate import tabulate

from eval.measures import format_share
from tolltale.claims import read_claims
from tolltale.disputes import Dispute, find_disputes
from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.standoff import HASH, hash_text, read_annotated
from tolltale.status import run_command

CASES = Path(__file__).with_name("cases") / "disputes.jsonl"
DISPUTE, NO_FIGURE = "dispute", "no figure"
Place = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """One judged dispute: where the figures of each side stand."""

    id: str
    sides: tuple[tuple[Place, ...], ...]
    verdict: str
    denials: tuple[Place, ...] = ()
    text_hash: str | None = None


@dataclass
class Score:
    """Counts: disputes found, judged ones and those of them that are found, and those out of reach."""

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
    return run_command(lambda: _print_scores(options))


def _print_scores(options: argparse.Namespace) -> None:
    scores, errors = judge(read_annotated(options.corpus, options.texts), read_cases(options.cases))
    print(format_scores(scores))
    if options.errors:
        print("\n".join(errors))


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_case(row) for row in rows]


def judge(documents: Iterable[Document], cases: Sequence[Case]) -> tuple[dict[str, Score], list[str]]:
    """The scores over documents, all of which were read for disputes, and a line for each error.

    Raises DocumentError where a text is another than the one that was judged.
    """
    scores, errors = {name: Score() for name in ("figures", "denials")}, []
    for document in documents:
        here = [case for case in cases if case.id == document.id]
        if any(case.text_hash not in (None, hash_text(document.text)) for case in here):
            raise DocumentError(f"{document.id}: the text is another than the one that was judged")
        found = find_disputes(document, read_claims(document))
        met = {case: [dispute for dispute in found if _is(dispute, case)] for case in here}
        for case in here:
            score = scores["denials" if case.denials else "figures"]
            score.judged += case.verdict == DISPUTE
            score.no_figure += case.verdict == NO_FIGURE
            score.right += case.verdict == DISPUTE and bool(met[case])
            if case.verdict == DISPUTE and not met[case]:
                errors.append(f"{case.id}: not found, {_quote(document.text, case)}")
        for dispute in found:
            told = [case for case in here if dispute in met[case]]
            score = scores["denials" if dispute.denials else "figures"]
            score.found += not told or any(case.verdict == DISPUTE for case in told)
            if not told:
                errors.append(f"{document.id}: found {[[claim.figure.text for claim in s] for s in dispute.sides]}")
    return scores, errors


def format_scores(scores: Mapping[str, Score]) -> str:
    """A line for disputes over figures, one for denials: precision, recall, and how many no rule over claims finds."""
    rows = [
        [name, format_share(score.right, score.found), format_share(score.right, score.judged), score.no_figure]
        for name, score in scores.items()
    ]
    return tabulate(rows, headers=["disputes", "precision", "recall", "no figure on one side"], disable_numparse=True)


def _case(row: Mapping[str, Any]) -> Case:
    (denials,) = _places([row.get("denials", [])])
    return Case(row["id"], _places(row["sides"]), row["verdict"], denials, row.get(HASH))


def _is(dispute: Dispute, case: Case) -> bool:
    """Whether a dispute holds figures of two sides of a case, on sides of its own; or of its only one, and a denial."""
    stances = [stance for denial in dispute.denials for stance in denial.stances]
    if case.denials and not any(s.touches(start, end) for s in stances for start, end in case.denials):
        return False
    sides = [{(claim.figure.start, claim.figure.end) for claim in side} for side in dispute.sides]
    held = {i: [n for n, figures in enumerate(sides) if figures & set(side)] for i, side in enumerate(case.sides)}
    return len({n for places in held.values() for n in places}) >= min(2, len(case.sides))


def _quote(text: str, case: Case) -> list[list[str]]:
    return [[text[start:end] for start, end in side] for side in case.sides]


def _places(sides: Sequence[Sequence[Sequence[int]]]) -> tuple[tuple[Place, ...], ...]:
    return tuple(tuple((start, end) for start, end in side) for side in sides)


if __name__ == "__main__":
    sys.exit(main())
