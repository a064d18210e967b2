"""python -m benchmarks.growth [--cpu RESULTS.json] [--gpu RESULTS.json] [--cpu-price P] [--gpu-price P]

What an archive costs: hours and money for a million and for a hundred million articles of the measured length, from
what `benchmarks.throughput` measured. The prices are assumptions; give your own.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from typing import Any

from tabulate import tabulate

from benchmarks.results import RESULTS, format_machine
from benchmarks.turns import format_number

ARCHIVES = (1_000_000, 100_000_000)  # articles
CPU_PRICE = 0.10  # dollars an hour of a worker as large as the measured machine (2 cores of a cloud, on demand)
GPU_PRICE = 3.00  # dollars an hour of one H100-class card with its host, on demand
HOURS = 24.0  # in which the archive is to be read


@dataclass(frozen=True)
class Cost:
    """What reading an archive takes on workers of one kind."""

    worker: str
    contender: str
    articles: int
    articles_per_second: float  # of one worker
    worker_hours: float
    workers: int  # that are done within the hours allowed
    dollars: float

    @classmethod
    def of(cls, worker: str, contender: str, rate: float, articles: int, *, price: float, hours: float) -> "Cost":
        """From a rate in articles a second and a price in dollars an hour; workers share the articles evenly."""
        taken = articles / rate / 3600
        return cls(worker, contender, articles, rate, taken, ceil(taken / hours), taken * price)


def plan(results: dict[str, Any], worker: str, *, price: float, hours: float) -> list[Cost]:
    """The costs of each archive with each of our contenders in the results of a throughput run."""
    ours = {name: row["median"] for name, row in results["contenders"].items() if name.startswith("tolltale")}
    return [
        Cost.of(worker, name, rate, articles, price=price, hours=hours)
        for articles in ARCHIVES
        for name, rate in ours.items()
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the plan and write it; 2 where nothing was measured yet."""
    options = _parse(arguments)
    measured = [
        (worker, json.loads(path.read_text(encoding="utf-8")), price)
        for worker, path, price in (("CPU", options.cpu, options.cpu_price), ("GPU", options.gpu, options.gpu_price))
        if path.is_file()
    ]
    if not measured:
        print(f"error: {options.cpu}: not there; run python -m benchmarks.throughput first", file=sys.stderr)
        return 2
    costs = [
        cost for worker, found, price in measured for cost in plan(found, worker, price=price, hours=options.hours)
    ]
    text = "\n\n".join(
        [
            "# Growth",
            *[_describe(worker, found, price) for worker, found, price in measured],
            "Prices are assumptions, not offers; time to start workers and to move articles is not in. Workers: as "
            f"many as are done within {options.hours:g} hours.",
            _format(costs),
        ]
    )
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "growth.md").write_text(f"{text}\n", encoding="utf-8")
    written = {"prices": {worker: price for worker, _, price in measured}, "costs": [asdict(cost) for cost in costs]}
    (options.output / "growth.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(text)
    return 0


def _describe(worker: str, found: dict[str, Any], price: float) -> str:
    limit = found["limit"]
    return (
        f"{worker}, ${price:.2f} an hour: articles of {limit['words_per_article']:.0f} words "
        f"({limit['pieces_per_article']:.0f} pieces), measured {format_machine(found['machine'])}"
    )


def _format(costs: Sequence[Cost]) -> str:
    rows = [
        [
            f"{cost.articles:,}",
            cost.worker,
            cost.contender,
            format_number(cost.articles_per_second),
            format_number(cost.worker_hours),
            f"{cost.workers:,}",
            f"${cost.dollars:,.2f}",
        ]
        for cost in costs
    ]
    headers = ["articles", "worker", "", "articles a second and worker", "hours of a worker", "workers", "cost"]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--cpu", metavar="FILE", type=Path, default=RESULTS / "throughput-cpu.json")
    parser.add_argument("--gpu", metavar="FILE", type=Path, default=RESULTS / "throughput-cuda.json")
    parser.add_argument(
        "--cpu-price", metavar="P", type=float, default=CPU_PRICE, help="dollars an hour (default 0.10)"
    )
    parser.add_argument("--gpu-price", metavar="P", type=float, default=GPU_PRICE, help="dollars an hour (default 3)")
    parser.add_argument("--hours", metavar="N", type=float, default=HOURS, help="to be done in (default 24)")
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=RESULTS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
