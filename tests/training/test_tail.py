from pathlib import Path

import pytest
import torch
from transformers import TrainerState

from tolltale.network import TaggerNetwork
from training.encoders import build_network
from training.settings import EncoderSettings
from training.tail import TailMean


@pytest.fixture
def network(encoders: dict[str, Path]) -> TaggerNetwork:
    return build_network(EncoderSettings(name=str(encoders["bert"]), window=128, overlap=32))[0]


def step(tail: TailMean, network: TaggerNetwork, number: int, of: int = 4) -> None:
    """A step after which all weights are its number."""
    with torch.no_grad():
        for weight in network.parameters():
            weight.fill_(number)
    tail.on_step_end(None, TrainerState(global_step=number, max_steps=of), None)


def values(network: TaggerNetwork) -> set[float]:
    return {value for weight in network.parameters() for value in weight.unique().tolist()}


@pytest.mark.parametrize(("share", "mean"), [(0, 4), (0.25, 4), (0.5, 3.5), (0.75, 3), (1, 2.5)])
def test_the_mean_is_of_the_last_share_of_the_steps(network: TaggerNetwork, share: float, mean: float) -> None:
    tail = TailMean(network, share)
    for number in range(1, 5):
        step(tail, network, number)
    assert values(tail.network) == {mean}
    assert values(network) == {4}


def test_before_the_mean_begins_the_network_itself_is_kept(network: TaggerNetwork) -> None:
    tail = TailMean(network, 0.5)
    step(tail, network, 2)
    assert tail.network is network


def test_a_mean_goes_on_where_it_was_saved(network: TaggerNetwork, tmp_path: Path) -> None:
    first, second = TailMean(network, 1), TailMean(network, 1)
    for number in range(1, 4):
        step(first, network, number)
    first.save(tmp_path)
    second.load(tmp_path)
    step(second, network, 4)
    assert values(second.network) == {2.5}


def test_nothing_is_saved_of_a_mean_that_has_not_begun(network: TaggerNetwork, tmp_path: Path) -> None:
    tail = TailMean(network, 0.5)
    step(tail, network, 1)
    tail.save(tmp_path)
    assert not list(tmp_path.iterdir())
    tail.load(tmp_path)
    assert tail.network is network
