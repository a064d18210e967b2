"""SpanMarker: marks every stretch of a few words in a sentence and classifies each.

Its own environment: pip install torch==2.13.0 span_marker==1.8.1 "transformers<4.50"
"""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from span_marker import SpanMarkerModel

from benchmarks.others.clock import BATCH_SIZE, run, split_sentences
from benchmarks.others.encoder import save_encoder

_LABELS = ["O", "KILLED", "INJURED", "MISSING", "CAPTURED", "CASUALTIES", "VICTIM"]


def load(tokenizer: Path) -> Callable[[Sequence[str]], object]:
    """A model with random weights and our pieces, at its own sizes of sentence and entity."""
    with TemporaryDirectory() as folder:
        save_encoder(folder, tokenizer)
        model = SpanMarkerModel.from_pretrained(folder, labels=_LABELS, model_max_length=256, entity_max_length=8)
    model.eval()
    return lambda texts: model.predict([s for text in texts for s in split_sentences(text)], batch_size=BATCH_SIZE)


if __name__ == "__main__":
    run("SpanMarker", version("span_marker"), "one layer; sentence by sentence, spans of 8 words at most", load)
