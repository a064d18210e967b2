"""Contenders: what reads the same articles with the same weights, ours and the pipeline of transformers."""

import logging
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Any

import torch
from transformers import AutoModelForTokenClassification, AutoTokenizer, PreTrainedTokenizerBase, pipeline

from tolltale.backends import OFFERED, TORCH
from tolltale.backends.torch import has_bf16
from tolltale.checkpoint import load_checkpoint
from tolltale.errors import CheckpointError
from tolltale.network import TaggerNetwork
from tolltale.tagger import Tagger

EXACT = "tolltale torch fp32"  # whose spans the others are compared with
BATCH_SIZE = 16
STOCK, STOCK_WHOLE = "pipeline, defaults", "pipeline, whole texts"
STOCK_BATCHES = f"pipeline, batches of {BATCH_SIZE}, whole texts"

Place = tuple[int, str, str, int, int]  # article, layer, label, start, end


@dataclass
class Contender:
    """Something that reads texts: `read` is timed, and `collect` makes spans of what it gave, off the clock."""

    name: str
    precision: str
    read: Callable[[Sequence[str]], Any]
    collect: Callable[[Any], set[Place]] | None  # None where nothing like spans comes out
    layers: tuple[str, ...]
    note: str = ""
    found: Any = field(default=None, repr=False)

    def measure(self, texts: Sequence[str]) -> float:
        """Read texts once; articles a second."""
        started = perf_counter()
        self.found = self.read(texts)
        return len(texts) / (perf_counter() - started)


def load_contenders(
    checkpoint: str, device: torch.device, layer: str, texts: Sequence[str]
) -> tuple[list[Contender], dict[str, str]]:
    """All that can be loaded here, and by name why each other one was left out."""
    contenders, left_out = list(_load_pipelines(checkpoint, device, layer, texts)), {}
    for backend, precisions in OFFERED.items():
        for precision in precisions:
            name = f"tolltale {backend} {precision}"
            try:
                contenders.append(_load_tagger(name, checkpoint, device, backend, precision))
            except CheckpointError as error:
                left_out[name] = str(error)
    return contenders, left_out


def share_of_spans(contender: Contender, exact: Contender) -> float | None:
    """Spans that both found, of those of whichever found more, in the layers that the contender has."""
    if contender.collect is None or exact.collect is None:
        return None
    ours = {place for place in exact.collect(exact.found) if place[1] in contender.layers}
    theirs = contender.collect(contender.found)
    return len(ours & theirs) / max(len(ours), len(theirs), 1) if ours or theirs else 1.0


def _load_tagger(name: str, checkpoint: str, device: torch.device, backend: str, precision: str) -> Contender:
    where = str(device) if backend == TORCH else None  # the others know theirs
    tagger = Tagger.from_pretrained(checkpoint, device=where, backend=backend, precision=precision)

    def read(texts: Sequence[str]) -> Any:
        return list(tagger.predict_batch(texts))

    def collect(readings: Any) -> set[Place]:
        return {(i, s.layer, s.label, s.start, s.end) for i, reading in enumerate(readings) for s in reading.spans}

    return Contender(name, precision, read, collect, tuple(tagger._tags), "all layers and links")


def _load_pipelines(checkpoint: str, device: torch.device, layer: str, texts: Sequence[str]) -> Iterator[Contender]:
    """The pipeline with one head: at its defaults, and with overlapping windows so that it reads all.

    That text by text, for on a processor batches are filled up for nothing; in batches; and in batches in bf16 where
    the device has it.
    """
    network, _ = load_checkpoint(checkpoint)
    if layer not in network.config.tags:
        raise CheckpointError(f"{checkpoint}: has no layer {layer!r}, but {', '.join(network.config.tags)}")
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    stock = build_stock(network, layer)
    limit = int(stock.config.max_position_embeddings)
    tokenizer.model_max_length = min(tokenizer.model_max_length, limit)
    plain = pipeline("token-classification", model=stock, tokenizer=tokenizer, device=device)
    lost = _describe_loss(texts, tokenizer)
    yield Contender(STOCK, "fp32", lambda texts: plain(list(texts)), None, (layer,), lost)
    whole = partial(_load_whole, tokenizer=tokenizer, device=device, layer=layer, network=network)
    yield whole(STOCK_WHOLE, "fp32", stock, batch_size=1)
    yield whole(STOCK_BATCHES, "fp32", stock, batch_size=BATCH_SIZE)
    if has_bf16(device):
        halved = deepcopy(stock).to(torch.bfloat16)
        yield whole(f"{STOCK_BATCHES}, bf16", "bf16", halved, batch_size=BATCH_SIZE)


def _load_whole(
    name: str,
    precision: str,
    stock: Any,
    *,
    tokenizer: Any,
    device: torch.device,
    layer: str,
    network: TaggerNetwork,
    batch_size: int,
) -> Contender:
    overlap = network.config.overlap
    whole = pipeline(
        "token-classification",
        model=stock,
        tokenizer=tokenizer,
        device=device,
        aggregation_strategy="simple",
        stride=overlap,
        batch_size=batch_size,
    )

    def collect(found: Any) -> set[Place]:
        return {(i, layer, g["entity_group"], g["start"], g["end"]) for i, groups in enumerate(found) for g in groups}

    note = f"one layer ({layer}), windows of {tokenizer.model_max_length} pieces that share {overlap}, strategy simple"
    return Contender(name, precision, lambda texts: whole(list(texts)), collect, (layer,), note)


def build_stock(network: TaggerNetwork, layer: str) -> Any:
    """A network's encoder and one of its heads as transformers has them, in full precision."""
    config: Any = deepcopy(network.config.encoder)
    config.id2label = dict(enumerate(network.config.tags[layer]))
    config.label2id = {tag: i for i, tag in config.id2label.items()}
    stock: Any = AutoModelForTokenClassification.from_config(config, dtype=torch.float32)
    stock.base_model.load_state_dict(network.encoder.state_dict())
    stock.classifier.load_state_dict(network.heads[layer].state_dict())
    return stock.eval()


def _describe_loss(texts: Sequence[str], tokenizer: PreTrainedTokenizerBase) -> str:
    """What is not read of texts beyond the tokenizer's limit."""
    logging.getLogger("transformers.tokenization_utils_base").setLevel(logging.ERROR)  # that texts are too long
    limit = tokenizer.model_max_length
    lengths = [len(pieces) for pieces in tokenizer(list(texts))["input_ids"]]
    beyond = [length - limit for length in lengths if length > limit]
    return (
        f"tokens, no spans, of one layer; cut off after {limit} pieces: {sum(beyond) / sum(lengths):.0%} of the text, "
        f"in {len(beyond)} of {len(texts)} articles, is not read"
    )
