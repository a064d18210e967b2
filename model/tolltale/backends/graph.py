"""The network as a graph that other engines can take in."""

import torch
from torch import Tensor, nn
from torch.export import Dim, ExportedProgram, export

from tolltale.backends.exports import INPUTS, STATES, quietly
from tolltale.network import TaggerNetwork


class _Flat(nn.Module):
    """A network whose outputs are in a row, as graphs have them."""

    def __init__(self, network: TaggerNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, ...]:
        output = self.network(input_ids=input_ids, attention_mask=attention_mask)
        return *output.logits.values(), output.states


def capture(network: TaggerNetwork) -> tuple[ExportedProgram, list[str]]:
    """The graph of a network for any number and length of windows, and the names of its outputs."""
    flat = _Flat(network).eval()
    input_ids = torch.full((2, 48), 1)  # what is in them, and how much, leaves no trace
    shapes = {name: {0: Dim.DYNAMIC, 1: Dim.DYNAMIC} for name in INPUTS}
    with quietly():
        program = export(flat, (input_ids, torch.ones_like(input_ids)), dynamic_shapes=shapes)
    return program, [*network.heads, STATES]
