"""GLiNER: scores every stretch of a few words against labels that are read with the text.

Its own environment: pip install torch==2.13.0 gliner==0.2.29
"""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from gliner import GLiNER, GLiNERConfig

from benchmarks.others.clock import BATCH_SIZE, WIDTH, run, split_words
from benchmarks.others.encoder import save_encoder

_LABELS = ["killed", "injured", "missing", "captured", "casualties", "victim"]
_MOST_WORDS = 200  # read at a time: with the labels before them they fit into the 512 pieces of the encoder


def load(tokenizer: Path) -> Callable[[Sequence[str]], object]:
    """A model with random weights and our pieces."""
    with TemporaryDirectory() as folder:
        save_encoder(folder, tokenizer)
        config = GLiNERConfig(model_name=folder, hidden_size=WIDTH, max_len=_MOST_WORDS, fine_tune=True)
        model = GLiNER.from_config(config) if hasattr(GLiNER, "from_config") else GLiNER(config)
    model.eval()

    def read(texts: Sequence[str]) -> object:
        parts = [part for text in texts for part in split_words(text, _MOST_WORDS)]
        return model.inference(parts, _LABELS, threshold=0.5, batch_size=BATCH_SIZE)

    return read


if __name__ == "__main__":
    run("GLiNER", version("gliner"), f"one layer of 6 labels; parts of {_MOST_WORDS} words, batches of 16", load)
