"""Links as the network learns them: which spans of a window choose, among which, and which choice is right."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from tolltale.documents import Document
from tolltale.labels import LABELS, LAYERS, LINK_RULES, LINKS, link_layers
from tolltale.links import Ints, place_spans, plan_choices
from tolltale.windows import Window
from tolltale.words import Offsets, words_of

_LABELS = tuple(label for layer in LAYERS for label in LABELS[layer])
_NONE = -1


def window_links(
    document: Document, words: Offsets, window: Window, places: Ints
) -> tuple[list[list[int]], list[list[int]]]:
    """The spans that lie whole in a window, and what is known of their choices.

    A span is its label's number, its first word and the one after its last (counted in the window), the places of
    its first and last word's first piece. A tie is the link's number, the span that chooses, and the one that it
    chooses, or -1 for none; a choice that lies outside the window is left out: there, nothing would be right.
    """
    inside = {
        span.id: (first - window.start, after - window.start, span)
        for span in document.spans
        for first, after in [words_of(span, words)]
        if window.start <= first < after <= window.end
    }
    spans = [
        [_LABELS.index(span.label), first, after, int(places[first]), int(places[after - 1])]
        for first, after, span in inside.values()
    ]
    number = {name: i for i, name in enumerate(inside)}
    ties = []
    for k, link in enumerate(LINKS):
        if link_layers(link) <= set(document.layers):
            chosen = _chosen(document, link)
            for name, (_, _, span) in inside.items():
                option = chosen.get(name)
                if span.label in LINK_RULES[link].choosers and (option is None or option in number):
                    ties.append([k, number[name], _NONE if option is None else number[option]])
    return spans, ties


def _chosen(document: Document, link: str) -> dict[str, str]:
    """What each span chooses; of several, which two corpora have in a few rows, the first."""
    heads = LINK_RULES[link].chooser_is_head
    pairs = [(tie.head, tie.tail) if heads else (tie.tail, tie.head) for tie in document.links if tie.label == link]
    return dict(reversed(pairs))


def collate_links(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, Tensor]]:
    """The links of the windows of a batch, as `TaggerNetwork.forward` asks for them."""
    return {link: _stack([_row_choices(link, row, i) for i, row in enumerate(rows)]) for link in LINKS}


def _row_choices(link: str, row: dict[str, Any], number: int) -> dict[str, Ints]:
    spans = np.asarray(row["spans"], dtype=np.int64).reshape(-1, 5)
    ties = np.asarray(row["ties"], dtype=np.int64).reshape(-1, 3)
    wanted = {int(chooser): int(option) for kind, chooser, option in ties if LINKS[kind] == link}
    choices = plan_choices(link, [_LABELS[label] for label in spans[:, 0]], spans[:, 1:3])
    places = place_spans(number, spans[:, 3:])
    kept, targets = _targets(choices.choosers, choices.options, wanted)
    return {
        "choosers": places[choices.choosers[kept]],
        "options": places[choices.options[kept]],
        "distances": choices.distances[kept],
        "ranks": choices.ranks[kept],
        "targets": targets,
    }


def _targets(choosers: Ints, options: Ints, wanted: dict[int, int]) -> tuple[Ints, Ints]:
    """Which choosers have a known choice among their options, and its column (the number of options for none)."""
    kept, targets = [], []
    for i, chooser in enumerate(choosers.tolist()):
        option = wanted.get(chooser)
        if option == _NONE:
            kept.append(i)
            targets.append(options.shape[1])
        elif option is not None and option in options[i]:
            kept.append(i)
            targets.append(options[i].tolist().index(option))
    return np.array(kept, dtype=np.int64), np.array(targets, dtype=np.int64)


def _stack(parts: list[dict[str, Ints]]) -> dict[str, Tensor]:
    return {key: torch.from_numpy(np.concatenate([part[key] for part in parts])) for key in parts[0]}
