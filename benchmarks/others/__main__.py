"""python -m benchmarks.others ARTICLES --python spacy=ENV/bin/python --python gliner=ENV/bin/python ...

Articles a second of other taggers and of ours, in turns; each runs in the environment that is named for it.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from tabulate import tabulate

from benchmarks.machine import describe_machine
from benchmarks.results import RESULTS, draw_bars, write_results
from benchmarks.turns import Range, compare, compare_all, take_turns

OURS = "tolltale"
CHECKOUT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write what the options ask for."""
    options = _parse(arguments)
    machine = describe_machine(torch.device("cpu"))
    pythons = {OURS: sys.executable, **dict(pair.split("=", 1) for pair in options.python)}
    reports: dict[str, dict[str, Any]] = {}
    runs = {name: partial(measure, name, python, options, reports) for name, python in pythons.items()}
    rates = take_turns(runs, options.repeats)
    write_results(
        options.output,
        "others",
        "Other taggers on CPU",
        machine,
        [
            f"{options.articles}, the first {options.limit}, {options.repeats} repeats in turn, each in a process of "
            "its own; loading is not counted. All have random weights but ours. Medians, in brackets the least and the "
            "most.",
            _format(rates, reports),
        ],
        {
            "articles": str(options.articles),
            "limit": options.limit,
            "repeats": options.repeats,
            "unit": "articles a second",
            "contenders": {name: reports[name] | own for name, own in compare_all(rates).items()},
        },
    )
    draw_bars(rates, "articles a second", options.output / "others.png")


def measure(name: str, python: str, options: argparse.Namespace, reports: dict[str, dict[str, Any]]) -> float:
    """Run one program of this folder by the Python of its environment; articles a second."""
    articles = str(options.articles.absolute())
    command = [python, "-m", f"benchmarks.others.{name}", articles, "--limit", str(options.limit)]
    offline = os.environ | {"HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=offline, cwd=CHECKOUT, check=False)
    if done.returncode:
        sys.exit(f"error: {' '.join(command)}\n{done.stderr}")
    reports[name] = json.loads(done.stdout.splitlines()[-1])
    return float(reports[name]["articles_per_second"])


def _format(rates: Mapping[str, Sequence[float]], reports: Mapping[str, Mapping[str, Any]]) -> str:
    rows = [
        [f"{name} {reports[name]['version']}", Range.of(own), compare(rates[OURS], own), reports[name]["note"]]
        for name, own in rates.items()
    ]
    headers = ["", "articles a second", f"{OURS} is faster by", "note"]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.others", description=__doc__)
    parser.add_argument("articles", type=Path, help="a .jsonl file with a `text` in each row")
    parser.add_argument("--python", metavar="NAME=PATH", action="append", default=[], help="a program and its Python")
    parser.add_argument("--limit", metavar="N", type=int, default=200, help="the first N articles (default 200)")
    parser.add_argument("--repeats", metavar="N", type=int, default=5, help="turns of each (default 5)")
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=RESULTS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
