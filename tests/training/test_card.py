from pathlib import Path

import pytest

from tolltale.errors import TolltaleError
from training.card import read_record


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
