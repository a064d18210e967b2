"""Teachers: trained taggers whose probabilities stand in where a corpus does not say what is right."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import kl_div
from transformers import PreTrainedTokenizerBase

from tolltale.checkpoint import load_checkpoint
from tolltale.network import NOT_SCORED, TaggerConfig, TaggerNetwork
from training.encoders import check_window, require_checkpoint
from training.settings import SettingsError


class Teachers(nn.Module):
    """The mean of what several taggers think, learnt from where a layer was not annotated.

    It says more than their choice would: how sure they are, and of what else it might be (Hinton et al. 2015,
    "Distilling the Knowledge in a Neural Network", at temperature 1). Links are not taught.
    """

    def __init__(self, networks: Sequence[TaggerNetwork]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)
        self.requires_grad_(False)
        self.eval()

    @classmethod
    def load(cls, names: Sequence[str], config: TaggerConfig, tokenizer: PreTrainedTokenizerBase) -> "Teachers | None":
        """Load taggers for a network of this configuration; None where there are no names.

        Raises SettingsError where one is missing, or has other tags or another vocabulary, or reads shorter windows.
        """
        loaded = [(name, *load_checkpoint(require_checkpoint("data.teachers", name))) for name in names]
        for name, network, other in loaded:
            check_window(network.encoder.config, config.window, name)
            for what, theirs, ours in (
                ("another vocabulary", other.get_vocab(), tokenizer.get_vocab()),
                ("other tags", network.config.layer_tags, config.layer_tags),
            ):
                if theirs != ours:
                    raise SettingsError(f"data.teachers: {name!r} has {what} than what it is to teach; name another")
        return cls([network for _, network, _ in loaded]) if loaded else None

    def loss(self, logits: dict[str, Tensor], batch: dict[str, Any], weights: Mapping[str, float]) -> Tensor:
        """How far tags are from what the teachers think: a scalar, to be added to the network's own loss.

        It is the mean over the words of which they tell, summed over layers by `weights`: as much, in a batch that has
        both, as the words that are annotated. logits: by layer, (batch, pieces, tags), of the network that learns.
        batch: as `Collator` gives it for teachers.
        """
        untold = {layer: batch["begins"] & (labels == NOT_SCORED) for layer, labels in batch["labels"].items()}
        rows = torch.stack(list(untold.values())).any(0).any(1)
        if not rows.any():
            return torch.zeros((), device=rows.device)
        taught = self._think(batch["whole_ids"][rows], batch["attention_mask"][rows])
        losses = []
        for layer, there in untold.items():
            if there.any():
                mine = logits[layer][there].log_softmax(-1)
                losses.append(weights[layer] * kl_div(mine, taught[layer][there[rows]], reduction="batchmean"))
        return torch.stack(losses).sum()

    @torch.no_grad()
    def _think(self, input_ids: Tensor, attention_mask: Tensor) -> dict[str, Tensor]:
        """The mean of the teachers' probabilities of tags, by layer, (batch, pieces, tags)."""
        outputs = [network(input_ids, attention_mask).logits for network in self.networks]
        return {layer: torch.stack([o[layer].softmax(-1) for o in outputs]).mean(0) for layer in outputs[0]}
