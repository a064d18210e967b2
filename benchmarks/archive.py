"""Shows that a cluster which loses a worker reads an archive as one process does: `python -m benchmarks.archive`.

Makes short documents from templates, reads them with Ray on this machine and kills one worker by its process id when
half of the partitions are there, reads them again in a single process, and compares row for row. Exit status 1 where
they differ or no worker could be killed; then nothing is written. To try it: `--documents 200 --rows 20 --output out/`.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from itertools import zip_longest
from pathlib import Path

import psutil
import ray
import torch
from tabulate import tabulate

from benchmarks.invented import make_checkpoint, write_archive
from benchmarks.machine import describe_machine
from benchmarks.results import RESULTS, write_results
from tolltale.archives import PART
from tolltale.command import main as tolltale
from tolltale.distributed import read_archive
from tolltale.partitions import line_of, read_partitions


def main() -> int:
    """Run it, and print and write what was seen."""
    options = _parser().parse_args()
    machine = describe_machine(torch.device("cpu"))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        archive, output, single = folder / "archive.jsonl", folder / "readings", folder / "single.jsonl"
        checkpoint = options.checkpoint or str(make_checkpoint(folder / "random"))
        write_archive(archive, options.documents)
        killer = Killer(output, max(1, options.documents // options.rows // 2))
        began = time.monotonic()
        killer.start()
        outcome = read_archive(
            [str(archive)], output, checkpoint=checkpoint, n_workers=options.workers, n_rows=options.rows
        )
        seconds = time.monotonic() - began
        ray.shutdown()
        tolltale([str(archive), "--checkpoint", checkpoint, "--output", str(single)])
        n_rows, n_spans, n_different = compare(output, single)
    seen = {
        "network": options.checkpoint or "tiny, random weights",
        "workers": options.workers,
        "killed": killer.seen or "no worker was killed",
        "readings": outcome.n_readings,
        "errors": outcome.n_errors,
        "seconds": round(seconds),
        "rows of a single process": n_rows,
        "spans in them": n_spans,
        "rows that differ": n_different,
    }
    table = tabulate(seen.items(), tablefmt="github", disable_numparse=True, headers=["", "seen"])
    if not killer.seen or n_different or n_rows != options.documents:
        print(table)
        return 1
    write_results(options.output, "archive", "An archive read by Ray, which loses a worker", machine, [table], seen)
    return 0


class Killer(threading.Thread):
    """Kills a worker when so many partitions are there; `seen` tells of it."""

    def __init__(self, output: Path, n_partitions: int) -> None:
        super().__init__(daemon=True)
        self._folder, self._n_partitions = output / "readings", n_partitions
        self.seen = ""

    def run(self) -> None:
        """Wait, and kill."""
        while (n_done := len(list(self._folder.glob("*.parquet")))) < self._n_partitions:
            time.sleep(0.01)
        workers = [child for child in psutil.Process().children(recursive=True) if "MapWorker" in _title(child)]
        if workers:
            workers[0].kill()
            self.seen = f"killed worker {workers[0].pid} of {len(workers)} after {n_done} partitions"


def compare(output: Path, single: Path) -> tuple[int, int, int]:
    """Rows and spans of the single process, and the rows that are not the same in the partitions."""
    n_rows = n_spans = n_different = 0
    with single.open(encoding="utf-8") as lines:
        for line, row in zip_longest(lines, read_partitions(output / "readings")):
            here = json.loads(line) if line else None
            n_rows += here is not None
            n_spans += len(here["spans"]) if here else 0
            n_different += here is None or row is None or json.dumps(here) != json.dumps(line_of(row))
    return n_rows, n_spans, n_different


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # gone
        return ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rows", type=int, default=PART, help="of a partition")
    parser.add_argument("--checkpoint", help="a folder or an id on the hub (default: a tiny random network)")
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=RESULTS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
