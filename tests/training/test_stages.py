import json
from pathlib import Path
from typing import Any

import pytest

from tolltale.errors import TolltaleError
from training.stages import find_stages, format_stages


def write(folder: Path, start: str, **optim: float) -> Path:
    row = {"group": "figure", "label": "all", "strict": {"f1": 0.5}}
    record: dict[str, Any] = {"best_epoch": 2, "minutes": 1.0, "git_commit": "c" * 40, "scores": [row]}
    record["settings"] = {"encoder": {"name": start}, "optim": {"epochs": 3} | optim}
    folder.mkdir()
    (folder / "training.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_stages_are_followed_to_the_first(tmp_path: Path) -> None:
    first = write(tmp_path / "first", "embedded")
    last = write(tmp_path / "last", str(first), averaged=0.4)
    stages = find_stages(last)
    assert list(stages) == [first, last]
    lines = format_stages(stages).splitlines()
    assert "best epoch 2 of 3" in lines[-2]
    assert "mean of the weights over the last 40% of 3 epochs" in lines[-1]


def test_a_run_that_went_on_from_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TolltaleError, match="went on from itself"):
        find_stages(write(tmp_path / "run", str(tmp_path / "run")))


def test_a_run_on_from_the_released_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TolltaleError, match="of which no record is kept"):
        find_stages(write(tmp_path / "run", "released"))


def test_a_broken_record_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "run", "embedded")
    (folder / "training.json").write_text("{", encoding="utf-8")
    with pytest.raises(TolltaleError, match=r"run.training\.json: no JSON"):
        find_stages(folder)
