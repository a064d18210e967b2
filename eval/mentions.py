"""python -m eval.mentions CORPUS [CORPUS ...] [--cases FILE] [--errors]

How often the fuller mention of a source is found, over cases that a person judged: `name` is where the fullest mention
stands (null where there is none), `also` where others stand that are as good, all as offsets into a document's text.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabulate import tabulate

from eval.measures import format_share
from tolltale.corpora import read_corpus
from tolltale.documents import Document, Span
from tolltale.errors import DocumentError
from tolltale.mentions import kind_of, resolve_sources
from tolltale.status import run_command

CASES = Path(__file__).with_name("cases") / "mentions.jsonl"
Place = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """One judged source; `names` is empty where nothing in the document names it more fully."""

    id: str
    source: Place
    names: tuple[Place, ...]
    held_out: bool


@dataclass(frozen=True)
class Outcome:
    """What was found for a case, and whether it is right."""

    case: Case
    kind: str
    source: Span
    found: Span | None
    is_right: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m eval.mentions", description="Score who sources are found to be.")
    parser.add_argument("corpora", nargs="+", help="the .jsonl files whose documents the cases name")
    parser.add_argument("--cases", type=Path, default=CASES, help="the judged cases (default %(default)s)")
    parser.add_argument("--errors", action="store_true", help="list the development cases that come out wrong")
    options = parser.parse_args(arguments)
    return run_command(lambda: _print_outcomes(options))


def _print_outcomes(options: argparse.Namespace) -> None:
    documents = [document for corpus in options.corpora for document in read_corpus(corpus)]
    outcomes = judge(documents, read_cases(options.cases))
    print(format_outcomes(outcomes))
    if options.errors:
        print(format_errors(outcomes))


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Case(row["id"], _place(row["source"]), _names(row), row.get("held_out", False)) for row in rows]


def judge(documents: Sequence[Document], cases: Sequence[Case]) -> list[Outcome]:
    """What is found for each case whose document is among these, from its annotated sources.

    Raises DocumentError where no case's document is there, or a source is not.
    """
    by_id = {document.id: document for document in documents}
    cases = [case for case in cases if case.id in by_id]
    wanted = {case.id for case in cases}
    if not wanted:
        raise DocumentError("cases: none is of a document in these corpora")
    sources = {name: [span for span in by_id[name].spans if span.label == "SOURCE"] for name in wanted}
    found = {name: resolve_sources(by_id[name].text, sources[name]) for name in wanted}
    return [_outcome(case, by_id[case.id].text, sources[case.id], found[case.id]) for case in cases]


def format_outcomes(outcomes: Sequence[Outcome]) -> str:
    """A line for each kind of source, in development and held out.

    Held out are cases that were judged after the rules were made, and used for none since.
    Of the cases that have a fuller mention, how many are found right (recall); of what was found, how much is right
    (precision); accuracy is over all cases, those rightly left alone included.
    """
    table = []
    for part, held_out in (("development", False), ("held out", True)):
        for kind in ("all", "pronoun", "definite", "name", "full"):
            rows = [o for o in outcomes if o.case.held_out is held_out and kind in ("all", o.kind)]
            named, found = [o for o in rows if o.case.names], [o for o in rows if o.found]
            shares = [format_share(sum(o.is_right for o in some), len(some)) for some in (rows, found, named)]
            table.append([part, kind, *shares])
    return tabulate(table, headers=["cases", "source", "accuracy", "precision", "recall"], disable_numparse=True)


def format_errors(outcomes: Sequence[Outcome]) -> str:
    """A line for each development case that comes out wrong."""
    wrong = [o for o in outcomes if not o.is_right and not o.case.held_out]
    return "\n".join(f"{o.case.id} {o.source.text!r}: found {o.found.text if o.found else None!r}" for o in wrong)


def _outcome(case: Case, text: str, sources: Sequence[Span], found: dict[str, Span]) -> Outcome:
    source = next((span for span in sources if (span.start, span.end) == case.source), None)
    if source is None:
        raise DocumentError(f"{case.id}: no source at {case.source}")
    name = found.get(source.id)
    return Outcome(case, kind_of(source.text), source, name, _is_right(text, case, name))


def _is_right(text: str, case: Case, name: Span | None) -> bool:
    """Whether a place that was found touches a judged one, or repeats its words elsewhere."""
    if name is None:
        return not case.names
    same = any(text[start:end].casefold() == name.text.casefold() for start, end in case.names)
    return same or any(name.touches(start, end) for start, end in case.names)


def _names(row: dict[str, Any]) -> tuple[Place, ...]:
    first = [row["name"]] if row["name"] else []
    return tuple(map(_place, first + row.get("also", [])))


def _place(offsets: Sequence[int]) -> Place:
    start, end = offsets
    return start, end


if __name__ == "__main__":
    sys.exit(main())
