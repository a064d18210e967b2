"""python -m benchmarks.stages CORPUS [--articles N] [--repeats N]

Where the time of `Tagger.predict_batch` goes: cutting, the network, copying, decoding, links; and after it, claims and
disputes.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import local
from time import perf_counter
from typing import Any

import torch
from tabulate import tabulate

from benchmarks.articles import measure_size, read_articles
from benchmarks.machine import describe_machine
from benchmarks.results import RESULTS, write_results
from tolltale import finding, judging
from tolltale import tagger as reader
from tolltale.backends import FP32, OFFERED, TORCH
from tolltale.backends.torch import TorchBackend
from tolltale.checkpoint import default_checkpoint, load_checkpoint
from tolltale.inputs import TextCutter
from tolltale.judging import Judge
from tolltale.network import TaggerNetwork
from tolltale.tagger import Tagger

# What each stage is: where a function is looked up, and its name there. The time of a stage that runs within another
# counts for the inner one alone.
CUTTING = "cutting: words, pieces, windows (beside the others)"  # in a thread of its own
STAGES: dict[str, tuple[tuple[Any, str], ...]] = {
    CUTTING: ((TextCutter, "cut"),),
    "framing and padding": ((TextCutter, "frame"), (judging, "pad")),
    "network": ((TaggerNetwork, "forward"),),
    "copying to and from the network": ((Judge, "_read_windows"),),
    "laying scores on words": ((Judge, "judge"),),
    "decoding": ((finding, "decode"),),
    "links": ((reader, "tie"),),
}
REST = "spans, calibration, waiting, all else"
CLAIMS, DISPUTES = "claims (asked for afterwards)", "disputes (asked for afterwards)"


class Stopwatch:
    """Adds up the time spent in each stage, in seconds, without that of the stages within it."""

    def __init__(self, device: torch.device) -> None:
        self.seconds: dict[str, float] = {}
        self._device, self._own = device, local()

    def add(self, stage: str, seconds: float) -> None:
        """Count time for a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function that does the same, against the clock; a GPU is waited for, so that its work counts here."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            within = self._own.__dict__.setdefault("within", [])  # seconds of what ran inside, one a call under way
            within.append(0.0)
            started = perf_counter()
            try:
                result = function(*args, **kwargs)
                if stage == "network" and self._device.type == "cuda":
                    torch.cuda.synchronize(self._device)
                return result
            finally:
                spent = perf_counter() - started
                self.add(stage, spent - within.pop())
                if within:
                    within[-1] += spent

        return timed


@contextmanager
def watch(tagger: Tagger, device: torch.device) -> Iterator[Stopwatch]:
    """Put a stopwatch on all stages, and take it off again."""
    stopwatch = Stopwatch(device)
    places = [(stage, owner, name) for stage, functions in STAGES.items() for owner, name in functions]
    backend = tagger._judge._backend
    if not isinstance(backend, TorchBackend):  # which calls the network that is watched
        places.append(("network", type(backend), "__call__"))
    kept = [(owner, name, getattr(owner, name)) for _, owner, name in places]
    for stage, owner, name in places:
        setattr(owner, name, stopwatch.wrap(stage, getattr(owner, name)))
    try:
        yield stopwatch
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def measure(tagger: Tagger, texts: Sequence[str], device: torch.device) -> dict[str, float]:
    """The seconds of each stage of one reading of texts, and of the whole without claims and disputes ("all")."""
    with watch(tagger, device) as stopwatch:
        started = perf_counter()
        readings = list(tagger.predict_batch(texts))
        whole = perf_counter() - started
    stopwatch.add(REST, whole - sum(spent for stage, spent in stopwatch.seconds.items() if stage != CUTTING))
    for stage, name in ((CLAIMS, "claims"), (DISPUTES, "disputes")):
        started = perf_counter()
        for reading in readings:
            getattr(reading, name)
        stopwatch.add(stage, perf_counter() - started)
    return {**{stage: stopwatch.seconds.get(stage, 0.0) for stage in (*STAGES, REST, CLAIMS, DISPUTES)}, "all": whole}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write what the options ask for."""
    options = _parse(arguments)
    device = torch.device(options.device)
    checkpoint = options.checkpoint or default_checkpoint()
    machine = describe_machine(device)
    texts = read_articles(options.corpus, options.articles)
    size = measure_size(texts, TextCutter.of(*load_checkpoint(checkpoint))).describe()
    where = options.device if options.backend == TORCH else None  # the others know theirs
    tagger = Tagger.from_pretrained(checkpoint, device=where, backend=options.backend, precision=options.precision)
    list(tagger.predict_batch(texts[: options.warm_up]))
    runs = [measure(tagger, texts, device) for _ in range(options.repeats)]
    seconds = {stage: median(run[stage] for run in runs) for stage in runs[0]}
    write_results(
        options.output,
        f"stages-{device.type}-{options.backend}-{options.precision}",
        f"Stages of predict_batch, {options.backend} {options.precision}, on {machine['gpu'] or 'CPU'}",
        machine,
        [
            f"{options.corpus}, {size['articles']} articles of {size['words_per_article']:.0f} words, medians of "
            f"{options.repeats} readings. Shares are of predict_batch; stages that overlap can add up to more.",
            _format(seconds, len(texts)),
        ],
        {"corpus": options.corpus, "repeats": options.repeats, **size, "seconds": seconds, "runs": runs},
    )


def _format(seconds: dict[str, float], n_texts: int) -> str:
    rows = [
        [stage, f"{1000 * spent / n_texts:.2f}", f"{spent / seconds['all']:.1%}"] for stage, spent in seconds.items()
    ]
    headers = ["stage", "milliseconds an article", "share"]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True, colalign=("left", "right", "right"))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser.add_argument("corpus", help="a .jsonl file with a `text` in each row, or a folder of marked-up .txt files")
    parser.add_argument("--articles", metavar="N", type=int, default=200, help="the first N of it (default 200)")
    parser.add_argument("--repeats", metavar="N", type=int, default=5, help="readings (default 5)")
    parser.add_argument("--warm-up", metavar="N", type=int, default=16, help="articles read before the clock runs")
    parser.add_argument("--checkpoint", metavar="NAME", help="a folder or an id on the hub, instead of the default")
    parser.add_argument("--backend", choices=OFFERED, default=TORCH)
    parser.add_argument("--precision", default=FP32, help="one that the backend is offered in (default fp32)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=RESULTS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
