import json
from pathlib import Path

import pytest

from benchmarks import bounds
from tolltale.errors import TolltaleError


def test_rows_and_texts_are_read_whole(tmp_path: Path) -> None:
    bounds.main(["--rows", "3", "--characters", "900", "--output", str(tmp_path)])
    rows, text = json.loads((tmp_path / "bounds.json").read_text(encoding="utf-8"))["bounds"]
    assert (rows["size"], text["size"]) == (3, 900)
    assert all(bound["seconds"] > 0 and bound["megabytes"] > 50 for bound in (rows, text))
    assert 800 < text["last"] <= 900


def test_a_row_that_is_lost_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rows.jsonl").write_text("", encoding="utf-8")
    monkeypatch.setattr(bounds, "COMMAND", ("true",))
    with pytest.raises(TolltaleError, match="2 rows went in and 0 came out"):
        bounds.measure("rows", 2, 2, tmp_path / "rows.jsonl", "any")
