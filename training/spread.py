"""How far runs lie apart that differ in nothing but their seed."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from tabulate import tabulate

from eval.measures import ALL

Spread = dict[str, dict[str, Any]]


def measure_spread(records: Sequence[Mapping[str, Any]]) -> Spread:
    """Mean, standard deviation and values of the strict F1 of runs, by group, from their records; two runs or more."""
    f1 = [{row["group"]: row["strict"]["f1"] for row in record["scores"] if row["label"] == ALL} for record in records]
    return {
        group: {"mean": statistics.mean(values), "deviation": statistics.stdev(values), "values": values}
        for group in f1[0]
        if (values := [scores[group] for scores in f1])
    }


def format_spread(spread: Spread, style: str = "simple") -> str:
    """A table, a row a group, in a style of tabulate."""
    rows = [[group, f"{row['mean']:.3f}", f"{row['deviation']:.3f}"] for group, row in spread.items()]
    n_runs = len(next(iter(spread.values()))["values"])
    return tabulate(rows, headers=[f"{n_runs} runs", "mean F1", "± (sd)"], tablefmt=style, disable_numparse=True)
