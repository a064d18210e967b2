"""Linking: from the spans of a text to the links between them, with the scores of a network.

A span is known by the states of its words in the windows where each is judged, so two spans can be tied however far
apart they stand and whatever windows they were read in; no second pass is needed.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from tolltale.documents import Link, Span
from tolltale.judging import WordStates
from tolltale.labels import LINK_RULES
from tolltale.links import Choices, Ints, place_spans, plan_choices
from tolltale.network import TaggerNetwork
from tolltale.words import Offsets, words_of

FROM_FIRST_TO_LAST = np.array([0, 1])  # taken from a half-open pair of words
AT_A_TIME = 512  # spans that choose; bounds what a long text takes


def edges_of(spans: Sequence[Span], words: Offsets) -> Ints:
    """The first and last words of a text's spans, each once and in order: those whose states `tie` asks for."""
    covered = _cover(spans, words)
    return np.unique(covered[covered[:, 0] < covered[:, 1]] - FROM_FIRST_TO_LAST)


@torch.inference_mode()
def tie(network: TaggerNetwork, spans: Sequence[Span], words: Offsets, states: WordStates) -> list[Link]:
    """The links between the spans of a text, each with its score: the probability that this option is the right one.

    `states` are those of the spans' first and last words, at least.
    """
    covered = _cover(spans, words)
    real = covered[:, 0] < covered[:, 1]  # a span that a person marked may touch no word
    spans, covered = [span for span, kept in zip(spans, real, strict=True) if kept], covered[real]
    places = place_spans(0, states.places(covered - FROM_FIRST_TO_LAST))
    seen = torch.from_numpy(states.states)[None].to(network.device)
    found = []
    labels = [span.label for span in spans]
    met = set(labels)
    for link, rule in LINK_RULES.items():
        if met.isdisjoint(rule.choosers) or met.isdisjoint(rule.options):
            continue  # there is nobody to choose, or nothing
        choices = plan_choices(link, labels, covered)
        for chooser, option, score in _choose(network, link, choices, places, seen):
            ends = (chooser, option) if rule.chooser_is_head else (option, chooser)
            found.append(Link(link, spans[ends[0]].id, spans[ends[1]].id, score))
    return found


def _cover(spans: Sequence[Span], words: Offsets) -> Ints:
    """The words of each span, (spans, 2), half-open."""
    return np.array([words_of(span, words) for span in spans], dtype=np.int64).reshape(-1, 2)


def _choose(
    network: TaggerNetwork, link: str, choices: Choices, places: Ints, states: Tensor
) -> Iterator[tuple[int, int, float]]:
    """Each span that chooses an option, the option and the score; those that choose none are left out."""
    for start in range(0, len(choices.choosers), AT_A_TIME):
        part = slice(start, start + AT_A_TIME)
        scores = _score(network, link, choices, part, places, states)
        for chooser, options, row in zip(choices.choosers[part], choices.options[part], scores, strict=True):
            best = int(row.argmax())
            if best < len(options):
                yield int(chooser), int(options[best]), float(row[best])


def _score(
    network: TaggerNetwork, link: str, choices: Choices, part: slice, places: Ints, states: Tensor
) -> npt.NDArray[np.float32]:
    chosen = {
        "choosers": places[choices.choosers[part]],
        "options": places[choices.options[part]],
        "distances": choices.distances[part],
        "ranks": choices.ranks[part],
    }
    parts = {name: torch.from_numpy(values).to(states.device) for name, values in chosen.items()}
    scores = network.score_links(link, states, parts)
    probabilities: npt.NDArray[np.float32] = scores.softmax(dim=1).cpu().numpy()
    return probabilities
