from pathlib import Path
from typing import Any

import pytest

from tolltale.errors import TolltaleError
from training.card import corpora_of, read_record


def corpus(name: str, sha256: str) -> dict[str, Any]:
    return {"name": name, "sha256": sha256, "weight": 1.0}


def test_a_mean_learnt_from_what_any_of_its_runs_did() -> None:
    old, new, own = corpus("real", "a"), corpus("real", "b"), corpus("own", "c")
    record = {"corpora": [own, new], "differences": {"corpora": [[own, old], [own, new]]}}
    assert corpora_of(record) == [own, old, new]


def test_a_run_learnt_from_its_own() -> None:
    assert corpora_of({"corpora": [corpus("own", "c")]}) == [corpus("own", "c")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "no such file; name the folder of a finished run"),
        ("", "no JSON: .*; train the run anew, without resume=true"),
        ('{"seed": 1, "set', "no JSON: .*; train the run anew, without resume=true"),
        ("[]", "no record of a run; train it anew"),
    ],
)
def test_a_record_that_is_not_whole_is_named(written: str | None, said: str, tmp_path: Path) -> None:
    if written is not None:
        (tmp_path / "training.json").write_text(written, encoding="utf-8")
    with pytest.raises(TolltaleError, match=rf"training\.json: {said}"):
        read_record(tmp_path)
