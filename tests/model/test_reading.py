import json
import shutil
from pathlib import Path

import pytest

from tolltale import Document, Tagger
from tolltale.documents import Link, Span
from tolltale.reading import Reading

TEXT = "Two cooks died."


def _reading(**changes: object) -> Reading:
    spans = (Span("T1", "figure", "KILLED", 0, 3, "Two", 0.9), Span("T2", "figure", "VICTIM", 4, 9, "cooks", 0.4))
    values = {"spans": spans, "links": (Link("counts", "T1", "T2", 0.8),), "layers": ("figure",)} | changes
    return Reading(TEXT, **values)  # type: ignore[arg-type]


def test_what_scores_less_is_left_out_and_counted(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    folder = shutil.copytree(checkpoints["bert"], tmp_path / "checkpoint")
    text = "Two cooks died, he said. " * 9
    everything = Tagger.from_pretrained(folder).predict(text)
    assert everything.n_left_out == 0
    limit = sorted(span.score or 0 for span in everything.spans)[len(everything.spans) // 2]
    some = Tagger.from_pretrained(folder).predict(text, min_score=limit)
    kept = [(s.label, s.start) for s in everything.spans if (s.score or 0) >= limit]
    assert [(s.label, s.start) for s in some.spans] == kept
    assert some.n_left_out >= len(everything.spans) - len(kept) > 0
    assert {end for tie in some.links for end in (tie.head, tie.tail)} <= {span.id for span in some.spans}
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"min_scores": {"figure": 1.0}}))
    assert Tagger.from_pretrained(folder).predict(text).figures == ()
    assert Tagger.from_pretrained(folder).predict(text, min_score=0).spans == everything.spans
    with pytest.raises(ValueError, match=r"0 to 1, not 1\.5"):
        Tagger.from_pretrained(folder).predict(text, min_score=1.5)


def test_the_score_of_a_claim_is_scaled() -> None:
    (claim,) = _reading().claims
    assert claim.score == pytest.approx(0.9)
    (scaled,) = _reading(calibration={"claim": [1.0, -2.0]}).claims
    assert scaled.score == pytest.approx(0.549, abs=1e-3)
    (raised,) = _reading(calibration={"claim": [1.0, 5.0]}).claims
    assert raised.score == raised.figure.score == 0.9  # a claim is right no oftener than its figure


def test_a_reading_comes_back_from_its_row(checkpoints: dict[str, Path]) -> None:
    reading = Tagger.from_pretrained(checkpoints["bert"]).predict("Two cooks died, he said. " * 5)
    row = reading.to_dict()
    assert len(row["claims"]) == len(reading.claims) > 0
    document = Document.from_dict(row)
    assert (document.spans, document.links) == (reading.spans, reading.links)
