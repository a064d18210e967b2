"""The label set: three layers, the labels of each, and their BIO tags.

The order of layers and labels is part of a checkpoint: a head's output k is `tags(layer)[k]`.
"""

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

# Figure to VICTIM, CUE to SOURCE, CUE to CONTENT (several pieces possible), stance to the CUE of its holder.
LINKS: tuple[str, ...] = ("counts", "source", "content", "holder")


def tags(layer: str) -> tuple[str, ...]:
    """The BIO tags of a layer, `O` first, then `B-`, `I-` of each label in turn."""
    return ("O", *(f"{prefix}-{label}" for label in LABELS[layer] for prefix in "BI"))
