import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_readme_stays_short_enough_to_be_read() -> None:
    assert len(README.split()) < 700
    assert not re.search(r"^(OUTPUT|SCORES)$", README, re.MULTILINE)


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("TOLLTALE_CHECKPOINT", raising=False)
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), names)
    assert isinstance(names["row"], dict)
    assert "KILLED 5 None 0 the army" in capsys.readouterr().out


def test_ci_runs_the_commands_of_the_readme_as_they_stand() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "/^```sh$/" in script
    assert any("pytest" in block for block in blocks("sh"))
    assert any("tolltale examples/article.txt" in block for block in blocks("sh"))
    assert any("python -m eval" in block for block in blocks("sh"))


def test_every_path_of_the_readme_exists() -> None:
    commands = "\n".join(blocks("sh"))
    for path in re.findall(r"(?:configs|examples|training)/[\w./-]+", commands):
        assert (ROOT / path).exists(), path
