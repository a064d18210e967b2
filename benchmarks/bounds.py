"""python -m benchmarks.bounds [--rows N ...] [--characters N ...]

How much memory the command takes at most over more and more short rows and over longer and longer texts, and how long
it takes. A tiny random network reads the rows, as what is held does not depend on weights; the default one the texts.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import torch
from tabulate import tabulate

from benchmarks.invented import make_checkpoint, make_sentence
from benchmarks.machine import describe_machine
from benchmarks.results import RESULTS, write_results
from tolltale.checkpoint import default_checkpoint
from tolltale.errors import TolltaleError

# Says itself how much it held: what the system tells of a child is at least what its parent held.
_SCRIPT = """
import sys
from tolltale.command import main
status = main()
print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
sys.exit(status)
"""
COMMAND = (sys.executable, "-c", _SCRIPT)


class Bound(NamedTuple):
    """What one run of the command took."""

    what: str
    size: int
    seconds: float
    megabytes: float  # the most that the process held at a time
    n_spans: int
    last: int  # where the last span ends, in the row that it stands in


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write what the options ask for."""
    options = _parse(arguments)
    machine = describe_machine(torch.device("cpu"))
    with tempfile.TemporaryDirectory() as temporary:
        bounds = list(measure_all(Path(temporary), options.rows, options.characters))
    rows = [
        [f"{b.size:,} {b.what}", f"{b.seconds:,.1f}", f"{b.megabytes:,.0f}", f"{b.n_spans:,}", f"{b.last:,}"]
        for b in bounds
    ]
    heads = ["read", "seconds, loading included", "MB at most", "spans", "the last ends at"]
    data = {"bounds": [bound._asdict() for bound in bounds]}
    table = tabulate(rows, heads, tablefmt="github", disable_numparse=True)
    write_results(options.output, "bounds", "What is held of many rows and of long texts", machine, [table], data)


def measure_all(folder: Path, rows: Sequence[int], characters: Sequence[int]) -> Iterator[Bound]:
    """A run for each number of rows and for each length of text, with their files in a folder."""
    chance = random.Random(0)
    archive, text = folder / "rows.jsonl", folder / "text.txt"
    checkpoint = str(make_checkpoint(folder / "random"))
    for size in rows:
        with archive.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"text": make_sentence(chance)}) + "\n" for _ in range(size))
        yield measure("rows of a sentence", size, size, archive, checkpoint)
    for size in characters:
        text.write_text(_write_text(chance, size), encoding="utf-8")
        yield measure("characters of one text", size, 1, text, default_checkpoint())


def measure(what: str, size: int, n_rows: int, source: Path, checkpoint: str) -> Bound:
    """Run the command over a file in a process of its own. Raises TolltaleError where not all rows come out."""
    target = source.with_suffix(".out")
    began = perf_counter()
    call = [*COMMAND, str(source), "--checkpoint", checkpoint, "--output", str(target)]
    done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=False)
    seconds = perf_counter() - began
    found, n_spans, last = _count(target) if target.exists() else (0, 0, 0)
    if done.returncode or found != n_rows:
        raise TolltaleError(f"{n_rows} rows went in and {found} came out, with status {done.returncode}")
    return Bound(what, size, seconds, int(done.stdout) / 1024, n_spans, last)


def _write_text(chance: random.Random, size: int) -> str:
    text: list[str] = []
    length = 0
    while length < size:
        text.append(make_sentence(chance) + "\n")
        length += len(text[-1])
    return "".join(text)[:size]


def _count(path: Path) -> tuple[int, int, int]:
    """Rows and spans in a file of readings, and where the last span of the last row that has one ends."""
    n_rows = n_spans = last = 0
    with path.open(encoding="utf-8") as lines:
        for n_rows, line in enumerate(lines, 1):  # noqa: B007
            spans = json.loads(line)["spans"]
            n_spans += len(spans)
            last = max((span["end"] for span in spans), default=last)
    return n_rows, n_spans, last


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bounds", description=__doc__)
    parser.add_argument("--rows", metavar="N", type=int, nargs="*", default=(1_000, 10_000, 100_000))
    parser.add_argument("--characters", metavar="N", type=int, nargs="*", default=(50_000, 500_000, 5_000_000))
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=RESULTS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
