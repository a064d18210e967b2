"""Scores of links: how well each option suits the span that chooses.

An additive scorer over the states of a span's first and last word, after Kiperwasser and Goldberg 2016, "Simple and
accurate dependency parsing using bidirectional LSTM feature representations" (section 4), with the place of the
option added; a span may choose none.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from tolltale.links import N_DISTANCES, N_RANKS


class LinkScorer(nn.Module):
    """Scores the options of one kind of link."""

    def __init__(self, width: int, size: int = 128) -> None:
        super().__init__()
        self.chooser = nn.Linear(2 * width, size)
        self.option = nn.Linear(2 * width, size)
        self.distance = nn.Embedding(N_DISTANCES, size)
        self.rank = nn.Embedding(N_RANKS, size)
        self.match = nn.Linear(size, 1)
        self.none = nn.Linear(size, 1)

    @property
    def dtype(self) -> torch.dtype:
        """The precision of the weights."""
        return self.none.weight.dtype

    def forward(self, choosers: Tensor, options: Tensor, distances: Tensor, ranks: Tensor, is_option: Tensor) -> Tensor:
        """Unnormalised scores (choosers, options + 1), float32; the last column is that of choosing none.

        choosers: (choosers, 2 * width), the states of the first and the last word of each. options: the same of what
        they choose among, (choosers, options, 2 * width). distances, ranks: see `tolltale.links.Choices`.
        is_option: (choosers, options), False for what only fills up.
        """
        wanted = self.chooser(choosers)
        offered = self.option(options) + self.distance(distances) + self.rank(ranks)
        match = self.match(gelu(wanted[:, None] + offered)).squeeze(-1).float()
        none = self.none(gelu(wanted)).float()
        return torch.cat([match.masked_fill(~is_option, -torch.inf), none], dim=1)
