from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast
from weakref import WeakSet

import pytest
import torch

from tolltale import Document, Tagger
from tolltale.documents import Span
from tolltale.labels import LINK_RULES
from tolltale.markup import parse
from tolltale.scorer import LinkScorer

MARKED = (
    "<S1>The army</S1> <Q1><CONFIRM1>confirmed</CONFIRM1></Q1> <C1>that <K1>two</K1> <V1>soldiers</V1> had died</C1>. "
    "<S2>Residents</S2> <Q2>put</Q2> <C2>the toll at <K2>nine</K2></C2>."
)


@pytest.fixture(scope="module")
def tagger(checkpoints: dict[str, Path]) -> Tagger:
    return Tagger.from_pretrained(checkpoints["bert"], device="cpu")


def test_given_spans_are_tied_by_the_rules_of_links(tagger: Tagger) -> None:
    (linked,) = tagger.link([replace(parse(MARKED), links=())])
    spans = {span.id: span for span in linked.spans}
    assert linked.links
    for tie in linked.links:
        rule = LINK_RULES[tie.label]
        ends = (spans[tie.head].label, spans[tie.tail].label)
        chooser, option = ends if rule.chooser_is_head else ends[::-1]
        assert chooser in rule.choosers
        assert option in rule.options
        assert tie.score is not None
        assert 0 < tie.score <= 1
    choosers = [tie.head if LINK_RULES[tie.label].chooser_is_head else tie.tail for tie in linked.links]
    kinds = [tie.label for tie in linked.links]
    assert len(set(zip(kinds, choosers, strict=True))) == len(choosers)


def test_spans_of_windows_far_apart_can_be_tied(tagger: Tagger) -> None:
    text = "Villagers fled. " + "Rain fell on the hills. " * 300 + "Nine were dead."
    victim = Span("T1", "figure", "VICTIM", 0, 9, "Villagers")
    figure = Span("T2", "figure", "KILLED", text.index("Nine"), text.index("Nine") + 4, "Nine")
    scorer = cast(LinkScorer, tagger._network.scorers["counts"])
    with torch.no_grad():
        scorer.none.bias.fill_(-100)  # so that some option is always chosen
    (linked,) = tagger.link([Document(text, layers=("figure",), spans=(victim, figure))])
    with torch.no_grad():
        scorer.none.bias.zero_()
    assert [(tie.label, tie.head, tie.tail) for tie in linked.links] == [("counts", "T2", "T1")]


def test_a_text_without_spans_or_words_has_no_links(tagger: Tagger) -> None:
    assert [d.links for d in tagger.link([Document(""), Document("Nobody came.")])] == [(), ()]


class Watched(Document):
    """A document that is counted while it is held."""


@pytest.mark.parametrize("method", ["annotate", "link"])
def test_two_groups_are_held_while_the_next_is_drawn(
    method: str, tagger: Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tolltale.ahead.READ_AHEAD", 1)  # so that each document is a group
    held: WeakSet[Watched] = WeakSet()
    most = 0

    def draw() -> Iterator[Watched]:
        nonlocal most
        for number in range(9):
            document = Watched(f"{number} came.")
            held.add(document)
            most = max(most, len(held))
            yield document

    read: Iterable[Document] = getattr(tagger, method)(draw())
    for _ in read:
        pass
    assert most == 3  # with what begins the next


def test_what_fills_up_is_never_chosen() -> None:
    scorer = LinkScorer(width=4)
    zeros = torch.zeros(2, 3, dtype=torch.long)
    is_option = torch.tensor([[True, False, False], [False, False, False]])
    scores = scorer(torch.randn(2, 8), torch.randn(2, 3, 8), zeros, zeros, is_option)
    assert scores.shape == (2, 4)
    assert scores[0].isfinite().tolist() == [True, False, False, True]
    assert scores[1].softmax(0).tolist() == [0, 0, 0, 1]
