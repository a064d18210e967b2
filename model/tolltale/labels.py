"""The label set: three layers, the labels of each, and their BIO tags.

The order of layers and labels is part of a checkpoint: a head's output k is `tags(layer)[k]`.
"""

from dataclasses import dataclass

FIGURE = "figure"
ATTRIBUTION = "attribution"
STANCE = "stance"

LABELS: dict[str, tuple[str, ...]] = {
    FIGURE: ("KILLED", "INJURED", "MISSING", "CAPTURED", "CASUALTIES", "VICTIM"),
    ATTRIBUTION: ("SOURCE", "CUE", "CONTENT"),
    STANCE: ("CONFIRM", "DENY", "DOUBT", "ACCUSE", "CONDEMN", "SUPPORT"),
}
FIGURES: tuple[str, ...] = tuple(label for label in LABELS[FIGURE] if label != "VICTIM")  # the counts themselves
LAYERS: tuple[str, ...] = tuple(LABELS)
LAYER_OF: dict[str, str] = {label: layer for layer, labels in LABELS.items() for label in labels}


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Which spans a kind of link ties: each span under a label of `choosers` picks one under `options`, or none.

    `chooser_is_head` says which end of the link the choosing span is.
    """

    choosers: tuple[str, ...]
    options: tuple[str, ...]
    chooser_is_head: bool = True

    @property
    def heads(self) -> tuple[str, ...]:
        """The labels that the head of such a link may have."""
        return self.choosers if self.chooser_is_head else self.options

    @property
    def tails(self) -> tuple[str, ...]:
        """The labels that its tail may have."""
        return self.options if self.chooser_is_head else self.choosers


# Figure to VICTIM, CUE to SOURCE, CUE to CONTENT (several pieces possible, so each piece picks), stance to the CUE of
# its holder.
LINK_RULES: dict[str, LinkRule] = {
    "counts": LinkRule(FIGURES, ("VICTIM",)),
    "source": LinkRule(("CUE",), ("SOURCE",)),
    "content": LinkRule(("CONTENT",), ("CUE",), chooser_is_head=False),
    "holder": LinkRule(LABELS[STANCE], ("CUE",)),
}
LINKS: tuple[str, ...] = tuple(LINK_RULES)


def tags(layer: str) -> tuple[str, ...]:
    """The BIO tags of a layer, `O` first, then `B-`, `I-` of each label in turn."""
    return ("O", *(f"{prefix}-{label}" for label in LABELS[layer] for prefix in "BI"))


def link_layers(link: str) -> set[str]:
    """The layers whose spans a kind of link ties."""
    rule = LINK_RULES[link]
    return {LAYER_OF[label] for label in (*rule.choosers, *rule.options)}
