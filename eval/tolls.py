"""python -m eval.tolls CORPUS [CORPUS ...] [--errors]

How well parts and wholes, tolls over more than the event, and victims' classes are found, from annotated figures and
victims, over cases that a person judged.

A case of tolls is every figure of a document: `subset_of` is where its whole stands (null where it is part of none).
Cases of the part "development" were there when the rules were made. Those of the two checks were judged before the
rules ran on them; their first results are below. The rules were mended afterwards, so that what is printed for them now
is no held-out result any more.

    cases         question      precision       recall
    first check   subset of     0.879 (58/66)   0.472 (58/123)
    first check   cumulative    0.811 (43/53)   0.473 (43/91)
    first check   victim class  accuracy 0.938 (122/130)
    second check  subset of     0.795 (31/39)   0.544 (31/57)
    second check  cumulative    0.625 (25/40)   0.581 (25/43)
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tabulate import tabulate

from eval.measures import format_share
from tolltale.corpora import read_corpus
from tolltale.documents import Document, Span
from tolltale.errors import DocumentError
from tolltale.labels import FIGURE, FIGURES
from tolltale.quantities import read_quantity
from tolltale.status import run_command
from tolltale.tolls import find_cumulative, find_subsets
from tolltale.victims import classify_victim

CASES = Path(__file__).with_name("cases")


@dataclass(frozen=True)
class Outcome:
    """What a person and what the rules say of one figure or victim; None or False where they say nothing."""

    part: str
    question: str
    span: Span
    judged: Span | str | bool | None
    found: Span | str | bool | None
    is_right: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.tolls", description="Score subsets, cumulative tolls, victims."
    )
    parser.add_argument("corpus", nargs="+", help="the .jsonl files whose documents the cases name")
    parser.add_argument("--errors", action="store_true", help="list the cases that come out wrong")
    options = parser.parse_args(arguments)
    return run_command(lambda: _print_outcomes(options))


def _print_outcomes(options: argparse.Namespace) -> None:
    documents = {document.id: document for name in options.corpus for document in read_corpus(name)}
    outcomes = [*judge_tolls(documents, _read("tolls")), *judge_victims(documents, _read("victims"))]
    print(format_outcomes(outcomes))
    if options.errors:
        print(format_errors(outcomes))


def judge_tolls(documents: dict[str, Document], cases: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Two outcomes for each case whose document is given; raises DocumentError where a figure is not in it."""
    outcomes, find = [], cache(lambda name: _find_tolls(documents[name]))
    for case in cases:
        if case["id"] not in documents:
            continue
        figures, subsets, cumulative = find(case["id"])
        figure, judged = _span(figures, case["figure"], case["id"]), None
        if case["subset_of"] is not None:
            judged = _span(figures, case["subset_of"], case["id"])
        whole = subsets.get(figure.id)
        outcomes.append(Outcome(case["part"], "subset of", figure, judged, whole, _is_same(whole, judged)))
        is_found, is_so = figure.id in cumulative, case["cumulative"]
        outcomes.append(Outcome(case["part"], "cumulative", figure, is_so, is_found, is_found == is_so))
    return outcomes


def judge_victims(documents: dict[str, Document], cases: Iterable[dict[str, Any]]) -> list[Outcome]:
    """An outcome for each case whose document is given; raises DocumentError where a victim is not in it."""
    outcomes = []
    for case in cases:
        if case["id"] in documents:
            victims = [span for span in documents[case["id"]].spans if span.label == "VICTIM"]
            victim = _span(victims, case["victim"], case["id"])
            found = classify_victim(victim.text)
            right = found == case["class"]
            outcomes.append(Outcome(case["part"], "victim class", victim, case["class"], found, right))
    return outcomes


def format_outcomes(outcomes: Sequence[Outcome]) -> str:
    """A line for each part and question: how much of what was found is right, how much of what is so was found."""
    table = []
    for part, question in dict.fromkeys((outcome.part, outcome.question) for outcome in outcomes):
        rows = [outcome for outcome in outcomes if (outcome.part, outcome.question) == (part, question)]
        found, judged = [row for row in rows if row.found], [row for row in rows if row.judged]
        shares = [format_share(sum(row.is_right for row in some), len(some)) for some in (rows, found, judged)]
        table.append([part, question, *shares])
    return tabulate(table, headers=["cases", "question", "accuracy", "precision", "recall"], disable_numparse=True)


def format_errors(outcomes: Sequence[Outcome]) -> str:
    """A line for each case that comes out wrong."""
    wrong = [row for row in outcomes if not row.is_right]
    return "\n".join(
        f"{row.part}, {row.question} {row.span.text!r} ({row.span.start}): {_text(row.found)}, not {_text(row.judged)}"
        for row in wrong
    )


def _find_tolls(document: Document) -> tuple[list[Span], dict[str, Span], set[str]]:
    figures = [span for span in document.layer(FIGURE) if span.label in FIGURES]
    subsets = find_subsets(document.text, figures)
    return figures, subsets, find_cumulative(document.text, figures, subsets)


def _is_same(found: Span | None, judged: Span | None) -> bool:
    """Whether two wholes are one, or one repeats the other: the same kind and quantity."""
    if found is None or judged is None or found.id == judged.id:
        return found == judged
    quantity = read_quantity(found.text)
    return found.label == judged.label and quantity is not None and quantity == read_quantity(judged.text)


def _span(spans: Sequence[Span], place: Sequence[int], name: str) -> Span:
    span = next((span for span in spans if [span.start, span.end] == list(place)), None)
    if span is None:
        raise DocumentError(f"{name}: no figure or victim at {place}")
    return span


def _read(name: str) -> list[dict[str, Any]]:
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _text(value: Span | str | bool | None) -> str:
    return repr(value.text) if isinstance(value, Span) else repr(value)


if __name__ == "__main__":
    sys.exit(main())
