"""The network: one encoder, and over it a linear head a layer that scores BIO tags, and a scorer a kind of link."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import AutoConfig, AutoModel, PreTrainedConfig, PreTrainedModel
from transformers.utils.generic import ModelOutput

from tolltale.labels import ATTRIBUTION, FIGURE, LAYERS, LINKS, STANCE, tags
from tolltale.scorer import LinkScorer

NOT_SCORED = -100  # the target of a piece that begins no word, or of a layer that was not annotated

# Of the losses. With all layers at 1, attributions, which take most words of a report, at first move the encoder ten
# times as much as figures do, which are learnt far later; with links at 1, links are learnt before any span.
LAYER_WEIGHTS = {FIGURE: 5.0, ATTRIBUTION: 1.0, STANCE: 3.0}
LINK_WEIGHT = 0.1

Links = dict[str, dict[str, Tensor]]  # by kind of link, what `TaggerNetwork.forward` asks for


class TaggerConfig(PreTrainedConfig):
    """What is needed to build the network and to cut texts for it.

    `encoder` is the configuration of any Hugging Face encoder; `tags` the tag set of each layer, in the order of
    the head's outputs; `window` and `overlap` are in pieces, special ones included in `window`. `calibration` holds
    slope and offset by layer, by kind of link, and of claims, see `tolltale.calibration`; `min_scores` by layer what a
    span has to score to be given out, where the caller does not say and it tells of no figure, see `tolltale.limits`.
    `layer_weights` are those of the losses, for training.
    """

    model_type = "tolltale"
    sub_configs: ClassVar = {"encoder": AutoConfig}

    encoder: dict[str, Any] | PreTrainedConfig | None = None
    tags: dict[str, list[str]] = field(default_factory=lambda: {layer: list(tags(layer)) for layer in LAYERS})
    window: int = 256
    overlap: int = 64
    classifier_dropout: float = 0.1
    calibration: dict[str, list[float]] = field(default_factory=dict)
    min_scores: dict[str, float] = field(default_factory=dict)
    layer_weights: dict[str, float] = field(default_factory=lambda: dict(LAYER_WEIGHTS))

    def __post_init__(self, **kwargs: Any) -> None:
        """Build the encoder's configuration from a dict, as it stands in `config.json`."""
        if isinstance(self.encoder, dict):
            self.encoder = AutoConfig.for_model(**self.encoder)
        super().__post_init__(**kwargs)  # type: ignore[no-untyped-call]

    @property
    def layer_tags(self) -> dict[str, list[str]]:
        """The tag set of each layer that it has, in the order of LAYERS."""
        return {layer: self.tags[layer] for layer in LAYERS if layer in self.tags}


@dataclass
class TaggingOutput(ModelOutput):
    """What the network returns.

    loss: scalar, only where labels were given.
    logits: by layer, (batch, pieces, tags of the layer), unnormalised, float32.
    states: (batch, pieces, width), what the encoder made of the pieces.
    """

    loss: Tensor | None = None
    logits: dict[str, Tensor] | None = None
    states: Tensor | None = None


class TaggerNetwork(PreTrainedModel):
    """Encoder and heads. `save_pretrained` and `from_pretrained` are those of transformers."""

    config_class = TaggerConfig
    config: TaggerConfig
    base_model_prefix = "encoder"
    supports_gradient_checkpointing = True
    _supports_sdpa = True
    _supports_flash_attn = True
    accepts_loss_kwargs = False

    def __init__(self, config: TaggerConfig) -> None:
        super().__init__(config)
        self.encoder = AutoModel.from_config(config.encoder)
        if hasattr(self.encoder, "pooler"):
            self.encoder.pooler = None  # sums a text up, which nothing here asks for
        self.dropout = nn.Dropout(config.classifier_dropout)
        self.width = int(self.encoder.config.hidden_size)  # of a piece's state
        self.heads = nn.ModuleDict({name: nn.Linear(self.width, len(names)) for name, names in config.tags.items()})
        self.scorers = nn.ModuleDict({link: LinkScorer(self.width) for link in LINKS})
        self.post_init()

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        labels: dict[str, Tensor] | None = None,
        links: Links | None = None,
    ) -> TaggingOutput:
        """Score the tags of every piece.

        input_ids, attention_mask: (batch, pieces), the mask 1 where there is a piece and 0 in the padding.
        labels: by layer, (batch, pieces), indices into the layer's tags or NOT_SCORED.
        links: by kind, what is to be learnt of links: `choosers` (choosers, 3) and `options` (choosers, options, 3) are
        row, first and last piece (row -1 for what only fills up), `distances` and `ranks` (choosers, options), and
        `targets` (choosers,) the option that is right, or their number for none.
        """
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        states = self.dropout(states)
        logits = {layer: head(states).float() for layer, head in self.heads.items()}
        loss = None if labels is None else sum_losses(logits, labels, self.config.layer_weights)
        if loss is not None and links is not None:
            loss = loss + LINK_WEIGHT * self._sum_link_losses(states, links)
        return TaggingOutput(loss=loss, logits=logits, states=states)

    def score_links(self, link: str, states: Tensor, parts: dict[str, Tensor]) -> Tensor:
        """Scores of the options of one kind of link, (choosers, options + 1); see `LinkScorer` and `forward`.

        states: (rows, places, width); of a precision of their own, and widened only where spans stand.
        """
        scorer = cast("LinkScorer", self.scorers[link])
        is_option = parts["options"][..., 0] >= 0
        options = span_states(states, parts["options"].clamp(min=0)).to(scorer.dtype)
        choosers = span_states(states, parts["choosers"]).to(scorer.dtype)
        scores: Tensor = scorer(choosers, options, parts["distances"], parts["ranks"], is_option)
        return scores

    def _sum_link_losses(self, states: Tensor, links: Links) -> Tensor:
        """The sum over kinds of the mean cross entropy over those who choose; a kind without any adds nothing."""
        losses = []
        for link, parts in links.items():
            scores = self.score_links(link, states, parts)
            total = cross_entropy(scores, parts["targets"], reduction="sum")
            losses.append(total / max(1, len(scores)))
        return torch.stack(losses).sum()


def span_states(states: Tensor, places: Tensor) -> Tensor:
    """The states of the first and the last place of spans, side by side: (..., 2 * width) for places (..., 3)."""
    row, first, last = places.unbind(-1)
    return torch.cat([states[row, first], states[row, last]], dim=-1)


def sum_losses(logits: dict[str, Tensor], labels: dict[str, Tensor], weights: Mapping[str, float]) -> Tensor:
    """The mean cross entropy over the scored pieces, summed over layers by weight; a layer without any adds nothing."""
    losses = []
    for layer, target in labels.items():
        total = cross_entropy(logits[layer].flatten(0, 1), target.flatten(), ignore_index=NOT_SCORED, reduction="sum")
        losses.append(weights[layer] * total / (target != NOT_SCORED).sum().clamp(min=1))
    return torch.stack(losses).sum()


AutoConfig.register(TaggerConfig.model_type, TaggerConfig)
AutoModel.register(TaggerConfig, TaggerNetwork)
