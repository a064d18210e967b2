from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import torch
from transformers import AutoTokenizer

from tolltale.documents import Document
from tolltale.inputs import TextCutter
from tolltale.labels import LINKS
from tolltale.links import N_OPTIONS
from tolltale.markup import parse
from tolltale.scorer import LinkScorer
from training.collator import Collator
from training.data import window_rows
from training.encoders import build_network
from training.settings import EncoderSettings
from training.ties import collate_links

MARKED = (
    "<C1><K1>Two</K1> <V1>soldiers</V1> and <I2>a</I2> <V2>nurse</V2> were hit</C1>, <S1>the army</S1> <Q1>said</Q1>. "
    "<K3>Nobody</K3> else was harmed."
)


def _rows(document: Document, encoder: Path, window: int = 128) -> list[dict[str, object]]:
    cutter = TextCutter(AutoTokenizer.from_pretrained(encoder), window=window, overlap=32)
    (cut,) = cutter.cut([document.text])
    return list(window_rows(document, cut, cutter))


def _targets(rows: list[dict[str, object]]) -> dict[str, list[int]]:
    return {link: parts["targets"].tolist() for link, parts in collate_links(rows).items()}


def test_targets_are_the_columns_of_what_is_annotated(encoders: dict[str, Path]) -> None:
    rows = _rows(parse(MARKED), encoders["bert"])
    assert _targets(rows) == {"counts": [0, 0, N_OPTIONS], "source": [0], "content": [0], "holder": []}
    doubled = collate_links([*rows, *rows])
    assert doubled["counts"]["choosers"][:, 0].tolist() == [0, 0, 0, 1, 1, 1]


def test_a_layer_that_is_not_annotated_teaches_no_links(encoders: dict[str, Path]) -> None:
    document = parse(MARKED)
    spans = tuple(span for span in document.spans if span.layer == "attribution")
    kept = {span.id for span in spans}
    links = tuple(tie for tie in document.links if {tie.head, tie.tail} <= kept)
    rows = _rows(replace(document, layers=("attribution",), spans=spans, links=links), encoders["bert"])
    assert _targets(rows) == {"counts": [], "source": [0], "content": [0], "holder": []}


def test_a_choice_outside_the_window_is_left_out(encoders: dict[str, Path]) -> None:
    filler = "Rain fell on the hills. " * 40
    document = parse(f"<V1>Villagers</V1> fled. {filler} <K1>Nine</K1> of them died, and <K2>one</K2> <V2>nurse</V2>.")
    rows = _rows(document, encoders["bert"])
    assert len(rows) > 1
    assert _targets(rows)["counts"] == [0]  # "one", whose victim is near; of "Nine" nothing is known here


def test_a_network_learns_from_batches_with_and_without_links(encoders: dict[str, Path]) -> None:
    network, tokenizer = build_network(EncoderSettings(name=str(encoders["bert"]), window=128, overlap=32))
    collate = Collator(tokenizer)
    rows = _rows(parse(MARKED), encoders["bert"])
    tensors = [{key: torch.as_tensor(np.asarray(value)) for key, value in row.items()} for row in rows]
    for batch in (collate(tensors), collate([{**row, "ties": torch.zeros(0, 3)} for row in tensors])):
        network.zero_grad()
        output = network(**batch)
        output.loss.backward()
        assert output.loss.isfinite()
        # every scorer has a gradient, of zeros where there is nothing to learn: processes side by side need it
        assert all(cast(LinkScorer, network.scorers[link]).match.weight.grad is not None for link in LINKS)
