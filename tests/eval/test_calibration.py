import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.calibration import Scaling, apply, choose_min_scores, fit, main
from eval.reliability import Reliability, expected_calibration_error
from tolltale import Tagger
from tolltale.calibration import calibrate, log_odds
from tolltale.documents import Span, number_spans
from tolltale.markup import parse
from tolltale.reading import Reading


def _outcomes(n: int, distort: float) -> np.ndarray:
    """Scores whose log odds are `distort` times what they should be, and what came of them."""
    rng = np.random.default_rng(3)
    true = rng.uniform(0.02, 0.98, n)
    scores = 1 / (1 + np.exp(-distort * log_odds(true)))
    return np.column_stack([scores, rng.uniform(size=n) < true])


def test_scaling_undoes_too_much_confidence() -> None:
    outcomes = _outcomes(20_000, distort=3)
    slope, offset = fit(outcomes)
    assert slope == pytest.approx(1 / 3, abs=0.03)
    assert offset == pytest.approx(0, abs=0.1)
    scaled = np.array([[calibrate(score, "a", {"a": [slope, offset]}), right] for score, right in outcomes])
    assert expected_calibration_error(outcomes) > 0.1
    assert expected_calibration_error(scaled) < 0.02
    assert (np.argsort(scaled[:100, 0]) == np.argsort(outcomes[:100, 0])).all()


def test_the_error_is_the_weighted_distance_of_bins() -> None:
    outcomes = np.array([[0.95, 1], [0.95, 0], [0.15, 0], [0.15, 0]])
    assert expected_calibration_error(outcomes) == pytest.approx((0.45 + 0.15) / 2)
    assert expected_calibration_error(np.array([[1.0, 1]])) == 0


def test_so_much_error_is_chance() -> None:
    few, many = (Reliability("a", _outcomes(n, 1), _outcomes(n, 1)) for n in (100, 20_000))
    assert few.chance > 0.05
    assert many.chance < 0.02
    assert few.errors[1] == pytest.approx(few.chance, abs=0.05)


def test_the_score_to_reach_is_the_one_that_serves_f1() -> None:
    gold = parse("<K1>Two</K1> men and <K2>three</K2> boys died in the raid.")
    spans = [replace(span, score=score) for span, score in zip(gold.layer("figure"), (0.9, 0.7), strict=True)]
    wrong = [Span("T9", "figure", "KILLED", at, at + 3, gold.text[at : at + 3], 0.32) for at in (26, 30)]
    found = Reading(gold.text, layers=("figure",), spans=number_spans([*spans, *wrong]))
    assert choose_min_scores([gold], [found]) == {"figure": 0.35}
    assert len(apply(found, Scaling({}, {"figure": 0.35})).spans) == 2


def test_what_tells_of_figures_does_not_lower_the_score_to_reach() -> None:
    gold = parse("<S1>He</S1> <Q1>said</Q1> <C1><K1>two</K1> men died</C1>, and the raid is over by now, they hear.")
    told = [replace(span, score=0.9 if span.layer == "figure" else 0.3) for span in gold.spans]
    wrong = [Span("T9", "attribution", "CUE", at, at + 2, gold.text[at : at + 2], 0.32) for at in (39, 44)]
    layers, links = ("figure", "attribution"), tuple(replace(tie, score=1.0) for tie in gold.links)
    found = Reading(gold.text, layers=layers, spans=(*told, *wrong), links=links)
    limits = choose_min_scores([gold], [found])
    assert limits["attribution"] == 0.35
    assert [span.text for span in apply(found, Scaling({}, limits)).attributions] == ["He", "said", "two men died"]


def test_outcomes_that_are_all_alike_teach_nothing() -> None:
    assert fit(np.array([[0.3, 1], [0.9, 1]])) == [1.0, 0.0]
    assert calibrate(0.3, "unknown", {}) == 0.3


def test_the_command_measures_and_keeps_the_scaling(
    checkpoints: dict[str, Path], corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "checkpoint"
    copy.mkdir()
    for file in checkpoints["bert"].iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    before = Tagger.from_pretrained(copy).predict("Two villagers died, he said.")
    assert main([str(copy), str(corpus), "--write"]) == 0
    assert "attribution" in capsys.readouterr().out
    config = json.loads((copy / "config.json").read_text())
    assert {"figure", "attribution", "claim"} <= config["calibration"].keys()
    # what a random network finds is never right, which teaches nothing: a scaling with an effect is put in its place
    config["min_scores"] = {}
    config["calibration"] = {"figure": [0.5, 1.0], "attribution": [0.5, 1.0], "stance": [0.5, 1.0]}
    (copy / "config.json").write_text(json.dumps(config))
    after = Tagger.from_pretrained(copy).predict("Two villagers died, he said.")
    raw = Tagger.from_pretrained(copy, calibrated=False).predict("Two villagers died, he said.")
    for spans, expected in ((after.spans, lambda score: calibrate(score, "a", {"a": [0.5, 1.0]})), (raw.spans, float)):
        assert [(s.label, s.start, s.end) for s in spans] == [(s.label, s.start, s.end) for s in before.spans]
        assert [s.score for s in spans] == pytest.approx([expected(s.score or 0) for s in before.spans], abs=1e-3)


def test_a_corpus_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere", "nothing.jsonl"]) == 2
    assert capsys.readouterr().err.startswith("error: nothing.jsonl")


def test_a_plot_that_cannot_be_drawn_is_told_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.plots.find_spec", lambda _: None)
    assert main(["nowhere", "nothing.jsonl", "--plot", "plot.png"]) == 2
    assert capsys.readouterr().err.startswith("error: plots need matplotlib")


def test_a_plot_that_cannot_be_written_is_one_line(
    checkpoints: dict[str, Path], corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(checkpoints["bert"]), str(corpus), "--plot", str(tmp_path / "no" / "such.png")]) == 2
    assert capsys.readouterr().err.startswith("error: [Errno 2] No such file")
