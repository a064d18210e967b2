"""tolltale itself, as it is installed, for the pairs.

Its own environment: `pip install . -c constraints.txt`, or the checkout with PYTHONPATH=model.
"""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.others.clock import run
from tolltale import Tagger


def load(tokenizer: Path) -> Callable[[Sequence[str]], object]:  # noqa: ARG001
    """The default checkpoint with what `Tagger.from_pretrained` takes by default."""
    tagger = Tagger.from_pretrained()
    return lambda texts: list(tagger.predict_batch(texts))


if __name__ == "__main__":
    run("tolltale", version("tolltale"), "three layers and links; whole texts, windows of 256 pieces", load)
