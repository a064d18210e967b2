import json
from pathlib import Path
from typing import Any

import pytest

from tolltale.errors import TolltaleError
from training import stages
from training.card import read_record
from training.stages import find_stages, format_stages, learnt_corpora


def write(folder: Path, name: str, *, start: str | None = None, resumed: bool = False, **optim: float) -> Path:
    row = {"group": "figure", "label": "all", "strict": {"f1": 0.5}}
    record: dict[str, Any] = {"best_epoch": 2, "seed": 1, "minutes": 1.0, "resumed": resumed, "git_commit": "c" * 40}
    record |= {
        "scores": [row],
        "start": start,
        "settings": {"encoder": {"name": name}, "optim": {"epochs": 3, "averaged": 0.0} | optim},
    }
    folder.mkdir()
    (folder / "training.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_stages_are_followed_to_the_first(tmp_path: Path) -> None:
    first = write(tmp_path / "first", "embedded")
    last = write(tmp_path / "last", str(first), averaged=0.4, resumed=True)
    found = find_stages(last)
    assert list(found) == [first, last]
    lines = format_stages(found).splitlines()
    assert "best epoch 2 of 3" in lines[-2]
    assert "mean of the weights over the last 40% of 3 epochs" in lines[-1]
    assert "1.0 since it was resumed" in lines[-1]
    assert "resumed" not in lines[-2]


def test_what_a_teacher_learnt_from_counts_as_learnt(tmp_path: Path) -> None:
    folder = write(tmp_path / "run", "embedded")
    mine, others = ({"path": name, "sha256": name * 3, "weight": 1.0} for name in "ab")
    told = {"corpora": [mine], "teachers": [{"name": "released", "checkpoint": "h", "corpora": [others]}]}
    found = {folder: read_record(folder) | told}
    assert learnt_corpora(found) == [{"path": "a", "sha256": "aaa"}, {"path": "b", "sha256": "bbb"}]
    assert "embedded, taught by `released`" in format_stages(found)


def test_a_run_that_went_on_from_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TolltaleError, match="went on from itself"):
        find_stages(write(tmp_path / "run", str(tmp_path / "run")))


def test_the_records_of_what_ships_can_be_told() -> None:
    assert len(format_stages(find_stages(Path("released"))).splitlines()) > 2


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The run that a released checkpoint, whose hash is h, came from."""
    monkeypatch.setattr(stages, "LINEAGE", tmp_path / "lineage.json")
    run = write(tmp_path / "released-run", "embedded")
    stages.write_lineage(find_stages(run), "h")
    return run


def test_what_the_released_checkpoint_came_from_is_kept(tmp_path: Path, released: Path) -> None:
    last = write(tmp_path / "last", "released", start="h")
    assert list(find_stages(last)) == [released, last]
    assert list(find_stages(Path("released"))) == [released]


@pytest.mark.usefixtures("released")
def test_a_run_on_from_an_older_released_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TolltaleError, match="another released checkpoint"):
        find_stages(write(tmp_path / "last", "released", start="older"))


@pytest.mark.usefixtures("released")
def test_a_run_in_the_place_of_one_that_it_came_from_is_refused(tmp_path: Path) -> None:
    stages.write_lineage({tmp_path / "run": {}}, "h")
    with pytest.raises(TolltaleError, match="came from a run in a folder of this name"):
        find_stages(write(tmp_path / "run", "released", start="h"))


def test_a_run_whose_start_has_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TolltaleError, match=r"gone: .*last went on from it, and no record of it is there"):
        find_stages(write(tmp_path / "last", str(tmp_path / "gone"), start="h"))


def test_a_broken_record_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "run", "embedded")
    (folder / "training.json").write_text("{", encoding="utf-8")
    with pytest.raises(TolltaleError, match=r"run.training\.json: no JSON"):
        find_stages(folder)
