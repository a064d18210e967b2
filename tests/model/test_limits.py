from dataclasses import replace

import pytest

from tolltale.documents import Document
from tolltale.limits import keep, scale
from tolltale.markup import parse
from tolltale.reading import Reading

MARKED = (
    "<S1>Hospital officials</S1> <Q1>put</Q1> <C1>the toll at <K1>23</K1></C1>, "
    "and <I2>two</I2> <V2>cooks</V2> were hurt."
)


def _reading(**scores: float) -> Reading:
    """What people marked, as if it had been found; spans score 0.9, or by label what is said."""
    marked = parse(MARKED)
    spans = tuple(replace(span, score=scores.get(span.label, 0.9)) for span in marked.spans)
    links = tuple(replace(tie, score=scores.get(tie.label, 1.0)) for tie in marked.links)
    return Reading(marked.text, spans=spans, links=links, layers=marked.layers)


def _first_score(reading: Reading) -> float:
    claim = reading.claims[0]
    assert claim.figure.text == "23"
    assert claim.score is not None
    return claim.score


def test_what_scores_too_little_goes_with_its_links_and_is_counted() -> None:
    kept = keep(_reading(SOURCE=0.5), {"attribution": 0.6})
    assert "SOURCE" not in {span.label for span in kept.spans}
    assert {tie.label for tie in kept.links} == {"content", "counts"}
    assert kept.n_left_out == 2
    assert len(keep(_reading(counts=0.3), {"counts": 0.4}).links) == 2
    whole = _reading()
    assert keep(whole, {"attribution": 0.6}) is whole


def test_a_claim_that_lost_its_source_scores_no_more_than_with_it() -> None:
    sure, unsure = _reading(), _reading(SOURCE=0.5)
    lost = keep(unsure, {"attribution": 0.6})
    assert lost.claims[0].source is None
    assert _first_score(lost) == pytest.approx(_first_score(unsure)) == pytest.approx(0.9 * 0.9 * 0.5)
    assert _first_score(sure) == pytest.approx(0.9**3)
    assert lost.claims[1].score == sure.claims[1].score  # which had none to lose


@pytest.mark.parametrize("label", ["CUE", "CONTENT"])
def test_a_source_is_lost_with_what_ties_it_to_the_figure(label: str) -> None:
    unsure = _reading(**{label: 0.2})
    lost = keep(unsure, {"attribution": 0.6})
    assert lost.claims[0].source is None
    assert _first_score(lost) == pytest.approx(_first_score(unsure))
    assert _first_score(lost) < 0.9  # what the figure alone would score


def test_scores_are_scaled_and_spans_stay() -> None:
    found = _reading()
    scaled = scale(found, {"figure": [1.0, -2.0]})
    assert {span.score for span in scaled.layer("figure")} == {0.5491}
    assert {span.score for span in scaled.layer("attribution")} == {0.9}
    assert isinstance(scaled, Document)
    assert [(s.label, s.start) for s in scaled.spans] == [(s.label, s.start) for s in found.spans]
