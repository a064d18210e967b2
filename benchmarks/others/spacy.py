"""spaCy: its entity recogniser over a transformer, as `spacy init config --pipeline ner --gpu` lays it out.

Its own environment: pip install torch==2.13.0 spacy==3.8.18 spacy-curated-transformers==0.3.1
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import spacy
from spacy.training import Example

from benchmarks.others.clock import (
    BATCH_SIZE,
    HEADS,
    INNER_WIDTH,
    LAYERS,
    N_PIECES,
    POSITIONS,
    WIDTH,
    read_pieces,
    run,
)

_LABELS = ("KILLED", "INJURED", "MISSING", "CAPTURED", "CASUALTIES", "VICTIM")
_TRANSFORMER: dict[str, Any] = {
    "model": {
        "@architectures": "spacy-curated-transformers.BertTransformer.v1",
        "vocab_size": N_PIECES,
        "hidden_width": WIDTH,
        "intermediate_width": INNER_WIDTH,
        "num_attention_heads": HEADS,
        "num_hidden_layers": LAYERS,
        "max_position_embeddings": POSITIONS,
        "piece_encoder": {"@architectures": "spacy-curated-transformers.BertWordpieceEncoder.v1"},
        "with_spans": {"@architectures": "spacy-curated-transformers.WithStridedSpans.v1", "stride": 96, "window": 128},
    },
}
_RECOGNISER: dict[str, Any] = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": False,
        "tok2vec": {
            "@architectures": "spacy-curated-transformers.LastTransformerLayerListener.v1",
            "width": WIDTH,
            "pooling": {"@layers": "reduce_mean.v1"},
            "grad_factor": 1.0,
        },
    }
}


def load(tokenizer: Path) -> Callable[[Sequence[str]], object]:
    """A pipeline with random weights and our pieces."""
    nlp = spacy.blank("en")
    nlp.add_pipe("curated_transformer", name="transformer", config=_TRANSFORMER)
    nlp.add_pipe("ner", config=_RECOGNISER)
    with TemporaryDirectory() as folder:
        pieces = Path(folder, "vocab.txt")
        pieces.write_text("\n".join(read_pieces(tokenizer)) + "\n", encoding="utf-8")
        loader = {"@model_loaders": "spacy-curated-transformers.WordpieceLoader.v1", "path": str(pieces)}
        nlp.config["initialize"]["components"]["transformer"] = {"piecer_loader": {**loader, "lowercase": True}}
        nlp.initialize(lambda: [_example(nlp, label) for label in _LABELS])
    return lambda texts: [document.ents for document in nlp.pipe(texts, batch_size=BATCH_SIZE)]


def _example(nlp: Any, label: str) -> Any:
    return Example.from_dict(nlp.make_doc("Five people were hurt."), {"entities": [(0, 4, label)]})


if __name__ == "__main__":
    run(
        "spaCy, transformer and ner",
        spacy.__version__,
        "one layer; whole texts, windows of 128 pieces that move on by 96 (spaCy's defaults), batches of 16 texts",
        load,
    )
