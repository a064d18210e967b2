"""A text that is judged in stretches: the same is found as in one piece, and little waits for the next stretch."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tolltale import Document, Tagger, judging
from tolltale.backends import Ints, Scores, States
from tolltale.checkpoint import RELEASED
from tolltale.documents import Span
from tolltale.finding import find, join
from tolltale.inputs import CutText, TextCutter
from tolltale.judging import Judge, Judged, join_states
from tolltale.network import TaggerNetwork
from tolltale.pieces import Pieces
from tolltale.scorer import LinkScorer
from tolltale.windows import Window, plan_windows

N_TAGS = {"figure": 7, "stance": 5}
WINDOW, OVERLAP, N_SPECIAL = 26, 8, 2


class _Table:
    """A network, cutter and backend in one: each piece has scores and a state of its own, whatever stands beside it."""

    pad_id = 0
    width = 2

    def __init__(self, seed: int, n_words: int, calm: float) -> None:
        random = np.random.default_rng(seed)
        counts = random.integers(1, 4, n_words)
        self.cut = CutText(
            np.arange(2 * n_words).reshape(-1, 2),
            Pieces(np.arange(counts.sum()), np.concatenate([[0], np.cumsum(counts)])),
            plan_windows(counts, capacity=WINDOW - N_SPECIAL, overlap=OVERLAP),
        )
        self.scores: Scores = {
            layer: random.normal(0, 4, (counts.sum() + 1, n)).astype(np.float32) for layer, n in N_TAGS.items()
        }
        for start in range(0, n_words, 8):  # a rest in both layers, if it is calm
            if random.random() < calm:
                for values in self.scores.values():
                    values[self.cut.pieces.starts[start : min(start + 6, n_words)], 0] += 25
        self.states = random.normal(0, 1, (counts.sum() + 1, self.width)).astype(np.float16)
        self.config = SimpleNamespace(layer_tags={layer: ["O"] * n for layer, n in N_TAGS.items()}, window=WINDOW)

    def frame(self, cut: CutText, window: Window) -> Ints:
        starts = cut.pieces.starts
        return np.concatenate([[-1], cut.pieces.ids[starts[window.start] : starts[window.end]], [-1]])

    def places(self, cut: CutText, window: Window, start: int, end: int) -> Ints:
        places: Ints = cut.pieces.starts[start:end] - cut.pieces.starts[window.start] + 1
        return places

    def __call__(self, input_ids: Ints, mask: Ints) -> tuple[Scores, States]:
        return {layer: values[input_ids] for layer, values in self.scores.items()}, self.states[input_ids]


@given(st.integers(0, 2**32 - 1), st.integers(0, 300), st.floats(0, 1), st.integers(1, 4))
def test_stretches_find_what_the_whole_text_does(seed: int, n_words: int, calm: float, n_windows: int) -> None:
    table = _Table(seed, n_words, calm)
    judge = Judge(cast(TaggerNetwork, table), table, cast(TextCutter, table))
    (whole,) = judge.judge([table.cut], batch_size=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "STRETCH", n_windows * WINDOW)
        runs = list(judge.judge_in_stretches(table.cut, batch_size=1))
    assert np.concatenate([run.states for run in runs]).tolist() == whole.states.tolist()
    (expected,), found = find([whole]), join(next(find([run])) for run in runs)
    places = [sorted((layer, s.start, s.end, s.label) for layer, s in one.segments) for one in (expected, found)]
    assert places[0] == places[1]
    scores = [sorted(s.score for _, s in one.segments) for one in (expected, found)]
    assert scores[1] == pytest.approx(scores[0], abs=1e-6)
    assert found.states.words.tolist() == expected.states.words.tolist()
    assert found.states.states.tolist() == expected.states.states.tolist()
    wanted = np.arange(0, n_words, 7)
    assert join_states([run.states_of(wanted) for run in runs]).states.tolist() == whole.states[wanted].tolist()


def test_what_waits_for_the_next_stretch_does_not_grow_with_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "STRETCH", 2 * WINDOW)
    join_runs, held = judging._join_runs, [0]

    def measured(runs: Sequence[Judged]) -> Judged:
        joined = join_runs(runs)
        held[-1] = max(held[-1], len(joined.states))
        return joined

    monkeypatch.setattr(judging, "_join_runs", measured)
    for n_words in (300, 3000):
        table = _Table(seed=1, n_words=n_words, calm=0.7)
        judge = Judge(cast(TaggerNetwork, table), table, cast(TextCutter, table))
        found = join(next(find([run])) for run in judge.judge_in_stretches(table.cut, batch_size=1))
        assert len(found.states.states) <= 2 * len(found.segments)
        held.append(0)
    assert 0 < held[1] <= 2 * held[0]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.from_pretrained(RELEASED, device="cpu")


def test_spans_are_tied_across_stretches(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "STRETCH", 512)
    text = "Villagers fled. " + "Rain fell on the hills. " * 300 + "Nine were dead."
    victim = Span("T1", "figure", "VICTIM", 0, 9, "Villagers")
    figure = Span("T2", "figure", "KILLED", text.index("Nine"), text.index("Nine") + 4, "Nine")
    nothing = Span("T3", "figure", "KILLED", 9, 10, " ")  # as a person may have marked it
    (cut,) = tagger._cutter.cut([text])
    assert len([run for run in tagger._judge.judge_in_stretches(cut, batch_size=2) if len(run.states)]) > 2
    scorer = cast(LinkScorer, tagger._network.scorers["counts"])
    with torch.no_grad():
        kept = scorer.none.bias.clone()
        scorer.none.bias.fill_(-100)  # so that some option is always chosen
        try:
            document = Document(text, layers=("figure",), spans=(victim, nothing, figure))
            (linked,) = tagger.link([document], batch_size=2)
        finally:
            scorer.none.bias.copy_(kept)
    assert [(tie.label, tie.head, tie.tail) for tie in linked.links] == [("counts", "T2", "T1")]


def test_a_long_article_reads_alike_in_stretches(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    paragraph = (
        "At least {} people were killed in Harun, doctors said. The army denied that it had fired. Rain fell.\n\n"
    )
    text = "".join(paragraph.format(n) for n in range(31, 61))
    whole = tagger.predict(text)
    monkeypatch.setattr(judging, "STRETCH", 512)
    stretched = next(tagger.predict_batch([text], batch_size=2))
    assert whole.links
    assert [(s.id, s.label, s.start, s.end) for s in stretched.spans] == [
        (s.id, s.label, s.start, s.end) for s in whole.spans
    ]
    assert [(t.label, t.head, t.tail) for t in stretched.links] == [(t.label, t.head, t.tail) for t in whole.links]
    assert tagger.predict("").spans == ()
