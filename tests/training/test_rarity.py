from collections.abc import Callable

import pytest
import torch
from datasets import Dataset

from tolltale.labels import LAYERS, tags
from tolltale.network import sum_losses
from training.data import Corpus
from training.rarity import LEAST, MOST, tag_weights
from training.settings import load_settings


def _corpus(weight: float, **begun: int) -> Corpus:
    """A corpus of one window with so many spans of each label of the figure layer."""
    names = tags("figure")
    figures = [0, *(names.index(f"B-{label}") for label, count in begun.items() for _ in range(count))]
    windows = Dataset.from_list([{layer: figures if layer == "figure" else [-100] for layer in LAYERS}])
    return Corpus("a", "a", "", weight, 1, 0, windows)


def test_a_label_that_is_four_times_as_rare_counts_twice() -> None:
    weights = dict(zip(tags("figure"), tag_weights([_corpus(1, KILLED=8, MISSING=2)], 0.5)["figure"], strict=True))
    assert weights["B-MISSING"] / weights["B-KILLED"] == pytest.approx(2)
    assert weights["I-MISSING"] == weights["B-MISSING"]
    assert weights["O"] == weights["B-VICTIM"] == 1


def test_corpora_count_as_they_are_read_and_weights_are_bounded() -> None:
    weights = tag_weights([_corpus(2, KILLED=500), _corpus(1000, VICTIM=1), _corpus(1, MISSING=1)], 1)["figure"]
    by_tag = dict(zip(tags("figure"), weights.tolist(), strict=True))
    assert by_tag["B-KILLED"] == by_tag["B-VICTIM"]
    assert (min(by_tag.values()), max(by_tag.values())) == (pytest.approx(2.001 / 3, abs=1e-3), MOST)
    assert LEAST < 1 < MOST


def test_an_error_on_a_heavy_tag_costs_more() -> None:
    logits, labels = {"figure": torch.zeros(1, 2, 13)}, {"figure": torch.tensor([[1, 0]])}
    weights = torch.ones(13)
    plain = sum_losses(logits, labels)
    weights[1] = 3
    assert sum_losses(logits, labels, {"figure": weights}) == pytest.approx(2 * plain.item())


def test_the_setting_is_checked(write_config: Callable[..., str]) -> None:
    assert load_settings(write_config(), ["optim.rarity=0.5"]).optim.rarity == 0.5
