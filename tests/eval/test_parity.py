from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch

from eval import parity
from eval.parity import Parity, compare, format_parity, main
from tolltale import Document
from tolltale.checkpoint import load_checkpoint
from tolltale.markup import parse

GOLD = [
    parse("<S1>The army</S1> <Q1>said</Q1> <C1><K1>five</K1> <V1>men</V1> died</C1>."),
    parse("<K1>Six</K1> died, and <I2>two</I2> were hurt."),
]


def without_first_span(document: Document) -> Document:
    first, *rest = document.spans
    links = tuple(tie for tie in document.links if first.id not in (tie.head, tie.tail))
    return replace(document, spans=tuple(rest), links=links)


def test_what_both_find_is_counted_and_scored() -> None:
    parity = compare(GOLD, GOLD, [GOLD[0], without_first_span(GOLD[1])])
    n_spans, n_links = sum(len(d.spans) for d in GOLD), sum(len(d.links) for d in GOLD)
    assert parity.shared == {"spans": (n_spans - 1, n_spans, n_spans - 1), "links": (n_links, n_links, n_links)}
    assert parity.f1["attribution"] == (100, 100)
    assert parity.f1["figure"] == pytest.approx((100, 100 * 2 * 3 / 7))
    table = format_parity(parity, "onnx int8")
    assert "-14.29" in table
    assert f"{(n_spans - 1) / n_spans:.2%}" in table


def test_each_precision_has_a_bar_of_its_own() -> None:
    same = {"figure": (80.0, 80.0)}
    assert Parity({"spans": (200, 200, 200)}, same).holds("fp32")
    assert not Parity({"spans": (200, 200, 201)}, same).holds("fp32")
    assert Parity({"spans": (199, 200, 200)}, same).holds("bf16")
    assert not Parity({"spans": (198, 199, 200)}, same).holds("bf16")
    assert Parity({"spans": (150, 200, 200)}, {"figure": (80.0, 79.5), "stance": (60.0, 63.0)}).holds("int8")
    assert not Parity({"spans": (199, 200, 200)}, {"figure": (80.0, 81.0), "stance": (60.0, 59.4)}).holds("int8")


def test_the_command_says_whether_parity_holds(
    checkpoints: dict[str, Path], corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(checkpoints["bert"]), str(corpus)]
    assert main([*arguments, "--backend", "torch"]) == 0
    assert capsys.readouterr().out.endswith("torch fp32: parity holds\n")
    if find_spec("onnxruntime"):  # an extra
        assert main([*arguments, "--backend", "onnx"]) == 2
        assert "tolltale export --backend onnx" in capsys.readouterr().err


def test_bf16_is_imitated_where_the_processor_has_none(
    checkpoints: dict[str, Path], corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict)
    network, _ = load_checkpoint(checkpoints["bert"])
    inputs = np.arange(5, 25)[None], np.ones((1, 20), np.int64)
    exact, _ = parity._load(network.eval(), "", "torch", "fp32")(*inputs)
    rounded, _ = parity._load(network, "", "torch", "bf16")(*inputs)
    difference = np.abs(exact["figure"] - rounded["figure"]).mean()
    assert 0 < difference < 0.1 * exact["figure"].std()
    assert main([str(checkpoints["bert"]), str(corpus), "--backend", "torch", "--precision", "bf16"]) == 0
    assert "torch bf16: parity holds" in capsys.readouterr().out
