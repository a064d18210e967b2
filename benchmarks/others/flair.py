"""flair: its sequence tagger over a transformer, with a linear layer and no CRF, as its fine-tuned models have it.

Its own environment: pip install torch==2.13.0 "transformers<5" flair==0.15.1
"""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from flair.data import Dictionary, Sentence
from flair.embeddings import TransformerWordEmbeddings
from flair.models import SequenceTagger

from benchmarks.others.clock import BATCH_SIZE, run
from benchmarks.others.encoder import save_encoder

_LABELS = ["KILLED", "INJURED", "MISSING", "CAPTURED", "CASUALTIES", "VICTIM"]


def load(tokenizer: Path) -> Callable[[Sequence[str]], object]:
    """A tagger with random weights and our pieces."""
    with TemporaryDirectory() as folder:
        save_encoder(folder, tokenizer)
        embeddings = TransformerWordEmbeddings(folder, layers="-1", subtoken_pooling="first", fine_tune=True)
    labels = Dictionary(add_unk=False)
    for label in _LABELS:
        labels.add_item(label)
    tagger = SequenceTagger(
        embeddings, labels, tag_type="ner", use_rnn=False, use_crf=False, reproject_embeddings=False
    )

    def read(texts: Sequence[str]) -> object:
        sentences = [Sentence(text) for text in texts]
        tagger.predict(sentences, mini_batch_size=BATCH_SIZE)
        return [sentence.get_spans("ner") for sentence in sentences]

    return read


if __name__ == "__main__":
    run("flair", version("flair"), "one layer; whole texts, windows of 512 pieces, batches of 16 texts", load)
