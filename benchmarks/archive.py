"""Shows that a cluster which loses a worker reads an archive as one process does: `python -m benchmarks.archive`.

Makes short documents from templates, reads them with Ray on this machine and kills one worker by its process id when
half of the partitions are there, reads them again in a single process, and compares row for row. Exit status 1 where
they differ or no worker could be killed. To try it: `--documents 200 --rows 20`.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from itertools import zip_longest
from pathlib import Path

import psutil
import ray
import torch
from torch import nn
from transformers import AutoTokenizer

from tolltale.archives import PART
from tolltale.checkpoint import RELEASED
from tolltale.command import main as tolltale
from tolltale.distributed import read_archive
from tolltale.network import TaggerConfig, TaggerNetwork
from tolltale.partitions import line_of, read_partitions

TEMPLATES = (
    "At least {n} {who} were killed and {m} wounded in {place}, {source} said.",
    "{source} denied that {n} {who} had died in {place}.",
    "Between {n} and {m} {who} are missing after the attack on {place}, according to {source}.",
    "The market of {place} opened again on Monday.",
    "{source} put the toll in {place} at {n}, up from {m}.",
)
WORDS = {
    "who": ("villagers", "soldiers", "people", "miners", "policemen"),
    "place": ("Kaba", "Ostrava Hill", "the port of Lenn", "Marsange", "the old town"),
    "source": ("The army", "A local doctor", "The mayor", "Ali Noor, a rescuer,", "The ministry"),
}


def main() -> int:
    """Run it and print what was seen."""
    options = _parser().parse_args()
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
        print(f"{options.workers} workers: {outcome.n_readings} readings, {outcome.n_errors} errors, {seconds:.0f} s")
        print(killer.seen or "no worker was killed")
        ray.shutdown()
        tolltale([str(archive), "--checkpoint", checkpoint, "--output", str(single)])
        n_rows, n_spans, n_different = compare(output, single)
        print(f"single process: {n_rows} rows with {n_spans} spans; {n_different} rows differ")
    return 0 if killer.seen and not n_different and n_rows == options.documents else 1


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


def write_archive(path: Path, n_documents: int) -> None:
    """Invented documents of one to six sentences, the same each time."""
    chance = random.Random(0)
    with path.open("w", encoding="utf-8") as file:
        for number in range(n_documents):
            text = " ".join(_sentence(chance) for _ in range(chance.randint(1, 6)))
            file.write(json.dumps({"id": f"d{number}", "source": "templates", "text": text}) + "\n")


def make_checkpoint(folder: Path) -> Path:
    """A tiny network with random weights that marks a word here and there, with the released tokenizer."""
    torch.manual_seed(0)
    config = TaggerConfig.from_pretrained(RELEASED)
    config.calibration, config.min_scores = {}, {}
    for name, size in (
        ("hidden_size", 32),
        ("intermediate_size", 64),
        ("num_hidden_layers", 1),
        ("num_attention_heads", 2),
    ):
        setattr(config.encoder, name, size)
    network = TaggerNetwork(config)
    for head in network.heads.values():
        assert isinstance(head, nn.Linear)
        nn.init.normal_(head.weight, std=0.5)
        nn.init.zeros_(head.bias)
        head.bias.data[0] = 8.0  # of being outside of all spans
    network.float().save_pretrained(folder)
    AutoTokenizer.from_pretrained(RELEASED).save_pretrained(folder)
    return folder


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


def _sentence(chance: random.Random) -> str:
    words = {name: chance.choice(options) for name, options in WORDS.items()}
    return chance.choice(TEMPLATES).format(n=chance.randint(2, 40), m=chance.randint(41, 900), **words)


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
    return parser


if __name__ == "__main__":
    sys.exit(main())
