from pathlib import Path

import pytest
import torch
from encoders import KINDS
from transformers import AutoModel

from tolltale.labels import LAYERS, tags
from tolltale.network import LAYER_WEIGHTS, NOT_SCORED, TaggerNetwork, sum_losses


@pytest.mark.parametrize("kind", KINDS)
def test_a_checkpoint_loads_through_the_auto_classes_with_the_same_scores(
    kind: str, checkpoints: dict[str, Path]
) -> None:
    network = TaggerNetwork.from_pretrained(checkpoints[kind]).eval()
    again = AutoModel.from_pretrained(checkpoints[kind]).eval()
    ids = torch.arange(5, 25)[None]
    logits = [model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits for model in (network, again)]
    for layer in LAYERS:
        assert logits[0][layer].shape == (1, 20, len(tags(layer)))
        assert torch.equal(logits[0][layer], logits[1][layer])


def test_padding_changes_no_score(checkpoints: dict[str, Path]) -> None:
    network = TaggerNetwork.from_pretrained(checkpoints["bert"]).eval()
    ids = torch.arange(5, 25)[None]
    padded = torch.nn.functional.pad(ids, (0, 10))
    alone = network(input_ids=ids, attention_mask=torch.ones_like(ids)).logits
    beside = network(input_ids=padded, attention_mask=(padded > 0).long()).logits
    for layer in LAYERS:
        torch.testing.assert_close(alone[layer], beside[layer][:, :20], atol=1e-5, rtol=1e-4)


def test_a_layer_that_is_not_annotated_teaches_nothing() -> None:
    logits = {layer: torch.randn(1, 4, len(tags(layer)), requires_grad=True) for layer in LAYERS}
    labels = {layer: torch.full((1, 4), NOT_SCORED) for layer in LAYERS}
    labels["figure"] = torch.tensor([[0, 1, 2, NOT_SCORED]])
    loss = sum_losses(logits, labels, LAYER_WEIGHTS)
    loss.backward()
    assert torch.isfinite(loss)
    assert loss.item() > 0
    for layer in LAYERS:
        gradient = logits[layer].grad
        assert gradient is not None
        assert bool(gradient.any()) == (layer == "figure")


def test_layers_are_weighed() -> None:
    logits = {layer: torch.randn(1, 4, len(tags(layer))) for layer in LAYERS}
    labels = {layer: torch.tensor([[0, 1, 2, NOT_SCORED]]) for layer in LAYERS}
    each = [torch.nn.functional.cross_entropy(logits[layer][0], labels[layer][0]) for layer in LAYERS]
    wanted = sum(LAYER_WEIGHTS[layer] * loss for layer, loss in zip(LAYERS, each, strict=True))
    torch.testing.assert_close(sum_losses(logits, labels, LAYER_WEIGHTS), wanted)
