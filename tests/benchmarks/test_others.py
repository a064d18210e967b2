import json
from pathlib import Path

import pytest

from benchmarks.others import __main__ as others
from benchmarks.others.clock import read_texts, split_sentences, split_words


def test_a_program_runs_in_a_process_of_its_own(
    checkpoints: dict[str, Path], corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLLTALE_CHECKPOINT", str(checkpoints["bert"]))
    others.main([str(corpus), "--limit", "2", "--repeats", "1", "--output", str(tmp_path)])

    found = json.loads((tmp_path / "others.json").read_text(encoding="utf-8"))["contenders"]
    assert found["tolltale"]["articles_per_second"] > 0


def test_texts_are_cut_without_loss() -> None:
    text = "Five died. Who says so? The army did!\n\nNobody else."
    assert split_sentences(text) == ["Five died.", "Who says so?", "The army did!", "Nobody else."]
    assert split_words(text, 5) == ["Five died. Who says", "so? The army did", "!\n\nNobody else."]


def test_texts_are_the_first_that_are_not_empty(tmp_path: Path) -> None:
    rows = ["One.", "  ", "Two.", "Three."]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": row}) for row in rows), encoding="utf-8")
    assert read_texts(tmp_path / "a.jsonl", 2) == ["One.", "Two."]
