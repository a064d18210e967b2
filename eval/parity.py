"""python -m eval.parity CHECKPOINT CORPUS --backend B [--precision P]

Whether a backend finds what torch finds in full precision: the spans and links that both find, and the F1 of each.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tabulate import tabulate
from torch import nn

from eval.measures import count_right, totals
from eval.spans import score_spans
from tolltale.backends import BF16, FP32, INT8, PRECISIONS, TORCH, Backend, load_backend
from tolltale.backends.torch import TorchBackend
from tolltale.checkpoint import load_checkpoint
from tolltale.corpora import read_corpus
from tolltale.documents import Document
from tolltale.network import TaggerNetwork
from tolltale.reading import Reading
from tolltale.status import run_command
from tolltale.tagger import Tagger

# What a backend has to reach to be offered in a precision: the share of spans, and of links, both ways, that are those
# of torch in full precision, and the points of strict F1 that it may lose in any layer.
LEAST_SHARE = {FP32: 1.0, BF16: 0.995, INT8: 0.0}
MOST_LOST = {FP32: 0.0, BF16: float("inf"), INT8: 0.5}

Shared = tuple[int, int, int]


@dataclass(frozen=True)
class Parity:
    """How far two readings of the same documents agree.

    `shared` by kind of thing (spans, links): how many both found, the first, and the second. `f1` by layer: of the
    first and of the second, in points.
    """

    shared: dict[str, Shared]
    f1: dict[str, tuple[float, float]]

    def holds(self, precision: str) -> bool:
        """Whether it is what the precision has to reach."""
        least = min(_share(both, max(ours, theirs)) for both, ours, theirs in self.shared.values())
        lost = max((ours - theirs for ours, theirs in self.f1.values()), default=0.0)
        return least >= LEAST_SHARE[precision] and lost <= MOST_LOST[precision]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 where parity holds, 1 where it does not, 2 (with one line on standard error) for bad input."""
    parser = argparse.ArgumentParser(prog="python -m eval.parity", description=__doc__)
    parser.add_argument("checkpoint", help="a folder that `python -m training` wrote, with the export in it")
    parser.add_argument("corpus", help="a .jsonl file, or a folder of marked-up .txt files")
    parser.add_argument("--backend", choices=PRECISIONS, required=True)
    parser.add_argument("--precision", choices=(FP32, BF16, INT8), default=FP32)
    parser.add_argument("--device", default="cpu", help="of the torch backend that is measured (default cpu)")
    options = parser.parse_args(arguments)
    return run_command(lambda: _print_parity(options))


def _print_parity(options: argparse.Namespace) -> int:
    gold = list(read_corpus(options.corpus))
    parity = measure(options.checkpoint, gold, options.backend, options.precision, options.device)
    name = f"{options.backend} {options.precision}"
    held = parity.holds(options.precision)
    print(f"{format_parity(parity, name)}\n\n{name}: parity {'holds' if held else 'does not hold'}")
    return 0 if held else 1


def measure(
    checkpoint: str | Path, gold: Sequence[Document], backend: str, precision: str, device: str = "cpu"
) -> Parity:
    """Read documents with torch in full precision and with a backend, offered or not. Raises CheckpointError."""
    theirs = _read(checkpoint, gold, backend, precision, device)
    return compare(gold, _read(checkpoint, gold, TORCH, FP32, "cpu"), theirs)


def _read(checkpoint: str | Path, gold: Sequence[Document], backend: str, precision: str, device: str) -> list[Reading]:
    network, tokenizer = load_checkpoint(checkpoint)
    nn.Module.to(network, torch.device(device))
    tagger = Tagger(network, tokenizer, device, _load(network.eval(), checkpoint, backend, precision))
    return list(tagger.annotate(gold))


def _load(network: TaggerNetwork, checkpoint: str | Path, backend: str, precision: str) -> Backend:
    """A backend; where a processor has no bf16, torch imitates it: slowly, and sums may run in another order."""
    if (backend, precision) == (TORCH, BF16):
        return TorchBackend(network, autocast=True)
    return load_backend(backend, precision, network, checkpoint)


def compare(gold: Sequence[Document], ours: Sequence[Document], theirs: Sequence[Document]) -> Parity:
    """Compare two readings of annotated documents."""
    shared: dict[str, Shared] = {}
    for kind, collect in (("spans", _spans), ("links", _links)):
        counts = [count_right(collect(b), collect(a)) for a, b in zip(ours, theirs, strict=True)]
        both, n_ours, n_theirs = np.sum(counts, axis=0).tolist()
        shared[kind] = both, n_ours, n_theirs
    first, second = (_f1(gold, found) for found in (ours, theirs))
    return Parity(shared, {layer: (first[layer], second[layer]) for layer in first})


def format_parity(parity: Parity, name: str) -> str:
    """Two tables: what both find, and the strict F1 of both."""
    first = f"{TORCH} {FP32}"
    shared = [
        [kind, ours, theirs, both, f"{_share(both, ours):.2%}", f"{_share(both, theirs):.2%}"]
        for kind, (both, ours, theirs) in parity.shared.items()
    ]
    scores = [
        [layer, f"{ours:.2f}", f"{theirs:.2f}", f"{theirs - ours:+.2f}"] for layer, (ours, theirs) in parity.f1.items()
    ]
    return "\n\n".join(
        (
            tabulate(shared, ["found", first, name, "both", f"of {first}", f"of {name}"], disable_numparse=True),
            tabulate(scores, ["strict F1", first, name, "points"], disable_numparse=True),
        )
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(gold: Sequence[Document], found: Sequence[Document]) -> dict[str, float]:
    return {layer: 100 * f1 for layer, f1 in totals(score_spans(gold, found)).items()}


def _spans(document: Document) -> set[tuple[object, ...]]:
    return {(span.layer, span.label, span.start, span.end) for span in document.spans}


def _links(document: Document) -> set[tuple[object, ...]]:
    places = {span.id: (span.label, span.start, span.end) for span in document.spans}
    return {(tie.label, places[tie.head], places[tie.tail]) for tie in document.links}


if __name__ == "__main__":
    sys.exit(main())
