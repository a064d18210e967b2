import json
from pathlib import Path

from benchmarks import training


def test_both_trainers_are_measured_without_their_padding(
    encoders: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    few = ["--steps", "2", "--warm-up", "1", "--repeats", "1", "--batch-size", "2", "--window", "128"]
    training.main([str(corpus), "--encoder", str(encoders["bert"]), *few, "--output", str(tmp_path)])

    device = next(tmp_path.glob("training-*.json"))
    results = json.loads(device.read_text(encoding="utf-8"))
    assert all(results["contenders"][name]["median"] > 0 for name in (training.STOCK, training.OURS))
    assert all(0 <= share < 1 for share in results["padding"].values())
