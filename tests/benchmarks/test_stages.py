import json
from pathlib import Path

import pytest

from benchmarks import stages
from tolltale.inputs import TextCutter


def test_stages_add_up_and_the_stopwatch_is_taken_off(
    checkpoints: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    before = TextCutter.cut
    few = ["--articles", "3", "--repeats", "1", "--warm-up", "1", "--device", "cpu"]
    stages.main([str(corpus), "--checkpoint", str(checkpoints["bert"]), *few, "--output", str(tmp_path)])

    seconds = json.loads((tmp_path / "stages-cpu-torch-fp32.json").read_text(encoding="utf-8"))["seconds"]
    assert TextCutter.cut is before
    assert all(seconds[stage] > 0 for stage in stages.STAGES)
    assert seconds[stages.REST] >= 0
    in_turn = sum(seconds[stage] for stage in (*stages.STAGES, stages.REST) if stage != stages.CUTTING)
    assert in_turn == pytest.approx(seconds["all"])
