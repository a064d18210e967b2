"""A long text is judged in stretches: the same is found, and little is held."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tolltale import Document, Reading, Tagger, judging
from tolltale.checkpoint import RELEASED
from tolltale.judging import Judged

PARAGRAPH = (
    "At least {} people were killed in Harun, the health office said on Tuesday. The army denied that its guns had "
    "fired. Rain fell on the hills. The market stayed closed. Traders swept the stalls and went home by noon.\n\n"
)
LONG_TEXT = "".join(PARAGRAPH.format(n) for n in range(31, 131))


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.from_pretrained(RELEASED, device="cpu")


@pytest.fixture(scope="module")
def whole(tagger: Tagger) -> Reading:
    return tagger.predict(LONG_TEXT)


def test_what_is_found_does_not_depend_on_the_stretches(
    tagger: Tagger, whole: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "STRETCH", 2)
    reading = tagger.predict(LONG_TEXT)
    assert len(whole.spans) > 500
    assert [replace(span, score=None) for span in reading.spans] == [replace(span, score=None) for span in whole.spans]
    assert [span.score for span in reading.spans] == pytest.approx([span.score for span in whole.spans], abs=1e-3)
    assert [replace(link, score=None) for link in reading.links] == [replace(link, score=None) for link in whole.links]


def test_given_spans_are_tied_across_stretches(tagger: Tagger, whole: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(LONG_TEXT, layers=whole.layers, spans=whole.spans)
    (expected,) = tagger.link([document])
    monkeypatch.setattr(judging, "STRETCH", 2)
    (linked,) = tagger.link([document])
    assert len(expected.links) > 300
    assert [(t.label, t.head, t.tail) for t in linked.links] == [(t.label, t.head, t.tail) for t in expected.links]


def test_no_more_is_held_of_a_long_text_than_of_a_shorter_one(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "STRETCH", 2)
    join, held = judging._join, [0]

    def measured(runs: Sequence[Judged]) -> Judged:
        joined = join(runs)
        held[-1] = max(held[-1], len(joined.states))
        return joined

    monkeypatch.setattr(judging, "_join", measured)
    tagger.predict(LONG_TEXT[: len(LONG_TEXT) // 5])
    held.append(0)
    tagger.predict(LONG_TEXT)
    assert 0 < held[1] <= 1.5 * held[0]
