import pickle
from dataclasses import replace

import pytest

from tolltale.calibration import Calibration
from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.limits import leave_out, scale
from tolltale.markup import parse
from tolltale.reading import Reading
from tolltale.tables import claim_rows

TOLD = (
    "<S1>Hospital officials</S1> <Q1>put</Q1> <C1>the toll at <K1>23</K1></C1>, "
    "and <I2>two</I2> <V2>cooks</V2> were hurt."
)
RANGE = "<S1>Hospital officials</S1> <Q1>put</Q1> <C1>the toll at between <K1>10</K1> and <K2>15</K2></C1>."
CUT = "<S1>Hospital officials</S1> <Q1>put</Q1> the toll at between <C1><K1>10</K1> and <K2>15</K2></C1>."
CALIBRATION = {"claim": [0.5, 1.0]}


def _reading(marked: str = TOLD, **scores: float) -> Reading:
    """What people marked, as if it had been found; spans score 0.9, or by label what is said."""
    document = parse(marked)
    spans = tuple(replace(span, score=scores.get(span.label, 0.9)) for span in document.spans)
    links = tuple(replace(tie, score=scores.get(tie.label, 1.0)) for tie in document.links)
    return Reading(document.text, spans=spans, links=links, layers=document.layers)


def _score(reading: Reading) -> float:
    score = reading.claims[0].score
    assert score is not None
    return score


def test_what_scores_too_little_goes_with_its_links_and_is_counted() -> None:
    whole = _reading(SOURCE=0.5)
    kept = leave_out(whole, {"attribution": 0.6})
    assert "SOURCE" not in {span.label for span in kept.spans}
    assert {tie.label for tie in kept.links} == {"content", "counts"}
    assert kept.n_left_out == 2
    assert kept.found == whole
    assert len(leave_out(_reading(counts=0.3), {"counts": 0.4}).links) == 2
    assert leave_out(whole, {}).n_left_out == 0


def test_what_tells_of_a_figure_that_stays_is_spared() -> None:
    unsure = _reading(f"{TOLD} <S3>He</S3> <Q3>added</Q3>: <C3>nothing</C3>.", SOURCE=0.3, CUE=0.3, CONTENT=0.2)
    kept = leave_out(unsure, {"attribution": 0.6}, spare_telling=True)
    assert [span.text for span in kept.attributions] == ["Hospital officials", "put", "the toll at 23"]
    assert kept.claims[0].source == unsure.claims[0].source
    assert kept.n_left_out == 5  # the other attribution and its two links
    assert not leave_out(unsure, {"attribution": 0.6}).attributions
    assert not leave_out(unsure, {"figure": 0.95, "attribution": 0.6}, spare_telling=True).attributions
    of_victims = _reading(
        "<I1>Two</I1> were hurt. <S2>He</S2> <Q2>said</Q2>: <C2>the <V1>cooks</V1> left</C2>.", CUE=0.3
    )
    assert len(leave_out(of_victims, {"attribution": 0.6}, spare_telling=True).attributions) == 2


def test_limits_are_those_of_the_last_call() -> None:
    unsure = _reading(CONTENT=0.5, KILLED=0.3)
    strict = leave_out(unsure, {"attribution": 0.6})
    again = leave_out(strict, {"figure": 0.4})
    assert again == leave_out(unsure, {"figure": 0.4})
    assert again.n_left_out == 1
    assert scale(strict, {}) == scale(unsure, {})


@pytest.mark.parametrize("calibration", [{}, CALIBRATION])
@pytest.mark.parametrize("label", ["SOURCE", "CUE", "CONTENT", "source"])
@pytest.mark.parametrize("score", [0.1, 0.5, 0.85])
@pytest.mark.parametrize("marked", [TOLD, RANGE, CUT])
def test_a_claim_that_lost_its_source_is_unlikely(
    marked: str, score: float, label: str, calibration: Calibration
) -> None:
    unsure = scale(_reading(marked, **{label: score}), calibration)
    lost = leave_out(unsure, {"attribution": 0.89, "source": 0.89})
    assert lost.claims[0].source is None
    chain = score * (0.9**3 if label == "source" else 0.9**2)
    assert _score(lost) <= min(chain, 1 - chain) + 1e-4
    assert _score(lost) < _score(scale(_reading(TOLD), calibration))


def test_a_claim_that_had_no_source_scores_as_before() -> None:
    lost = leave_out(_reading(SOURCE=0.5), {"attribution": 0.6})
    assert lost.claims[1].score == _reading().claims[1].score == 0.9


def test_scores_are_scaled_and_spans_stay() -> None:
    found = _reading()
    scaled = scale(found, {"figure": [1.0, -2.0]})
    assert {span.score for span in scaled.layer("figure")} == {0.5491}
    assert {span.score for span in scaled.layer("attribution")} == {0.9}
    assert [(s.label, s.start) for s in scaled.spans] == [(s.label, s.start) for s in found.spans]


def test_scores_of_claims_come_back_from_rows_and_pickles() -> None:
    reading = leave_out(scale(_reading(SOURCE=0.5), CALIBRATION), {"attribution": 0.6})
    unread = pickle.loads(pickle.dumps(reading))
    rows = claim_rows(reading)
    assert rows[0]["score"] == _score(reading) == pytest.approx(0.9**2 * 0.5)
    assert claim_rows(unread) == rows
    back = Document.from_dict(reading.to_dict())
    assert claim_rows(back) == rows
    unscored = replace(back, spans=tuple(replace(span, score=None) for span in back.spans))
    assert {row["score"] for row in claim_rows(unscored)} == {None}  # as if a person had gone over it


@pytest.mark.parametrize(
    "claims", [3, [3], [None], [{"kind": "KILLED"}], [{"kind": "KILLED", "figure": {"start": "a"}}]]
)
def test_unsound_claims_of_a_row_are_named(claims: object) -> None:
    row = _reading().to_dict() | {"claims": claims}
    with pytest.raises(DocumentError, match=r"^claims"):
        Document.from_dict(row)
