import json
from pathlib import Path

import pytest

from benchmarks import growth, throughput
from benchmarks.contenders import EXACT, STOCK, STOCK_BATCHES, STOCK_WHOLE


def test_all_contenders_are_measured_in_turn_and_an_archive_is_priced(
    checkpoints: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    few = ["--articles", "3", "--repeats", "2", "--warm-up", "1", "--peak-sizes", "16", "--device", "cpu"]
    throughput.main([str(corpus), "--checkpoint", str(checkpoints["bert"]), *few, "--output", str(tmp_path)])

    results = json.loads((tmp_path / "throughput-cpu.json").read_text(encoding="utf-8"))
    contenders = results["contenders"]
    assert {EXACT, STOCK, STOCK_WHOLE, STOCK_BATCHES} <= set(contenders)
    assert all(len(row["rates"]) == 2 and row["median"] > 0 for row in contenders.values())
    assert contenders[EXACT]["share_of_exact_spans"] == 1
    assert contenders[STOCK]["share_of_exact_spans"] is None  # tokens are no spans
    assert contenders[EXACT]["ratios"][STOCK]["least"] <= contenders[EXACT]["ratios"][STOCK]["most"]
    assert contenders[STOCK_WHOLE]["share_of_exact_spans"] is not None
    table = (tmp_path / "throughput-cpu.md").read_text(encoding="utf-8")
    assert all(f"times {stock} " in table for stock in (STOCK, STOCK_WHOLE, STOCK_BATCHES))
    assert (tmp_path / "throughput-cpu.png").is_file()

    measured = ["--cpu", str(tmp_path / "throughput-cpu.json"), "--gpu", str(tmp_path / "none.json")]
    assert growth.main([*measured, "--cpu-price", "0.5", "--output", str(tmp_path)]) == 0
    costs = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))["costs"]
    small, large = costs[0], costs[len(costs) // 2]
    assert small["worker"] == large["worker"] == "CPU"
    assert large["dollars"] == pytest.approx(100 * small["dollars"])
    assert small["dollars"] == pytest.approx(1_000_000 / small["articles_per_second"] / 3600 * 0.5)


def test_growth_without_a_measurement_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert growth.main(["--cpu", str(tmp_path / "a"), "--gpu", str(tmp_path / "b"), "--output", str(tmp_path)]) == 2
    assert "benchmarks.throughput" in capsys.readouterr().err
