"""What happens to the output where a run breaks off, or where it cannot be written."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from odd import ODD

from tolltale import Reading
from tolltale.command import main


@pytest.fixture(autouse=True)
def _checkpoint(checkpoints: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLTALE_CHECKPOINT", str(checkpoints["bert"]))


@pytest.fixture
def breaking(odd_rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], list[str]]:
    """Arguments of a run over odd texts into an older file, in which the third row raises."""

    def prepare(error: BaseException) -> list[str]:
        (tmp_path / "out.jsonl").write_text("older\n", encoding="utf-8")
        made = []

        def fail(reading: Reading) -> str:
            made.append(reading)
            if len(made) == 3:
                raise error
            return json.dumps({"id": reading.id}) + "\n"

        monkeypatch.setattr("tolltale.writers.to_line", fail)
        return [str(odd_rows), "--output", str(tmp_path / "out.jsonl")]

    return prepare


Breaking = Callable[[BaseException], list[str]]


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 2, "out.jsonl: No space left on device"),
        (KeyboardInterrupt(), 130, "stopped; "),
    ],
)
def test_a_run_that_breaks_off_leaves_an_older_output_as_it_was(
    error: BaseException, status: int, said: str, breaking: Breaking, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(breaking(error)) == status
    assert said in capsys.readouterr().err
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "older\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "rows.jsonl"]


def test_ctrl_c_keeps_the_rows_that_have_come_out(breaking: Breaking, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(breaking(KeyboardInterrupt())[:1]) == 130
    caught = capsys.readouterr()
    assert [json.loads(line)["id"] for line in caught.out.splitlines()] == list(ODD)[:2]
    assert "the rows that have come out are whole" in caught.err


def test_ctrl_c_says_that_a_job_of_ray_can_go_on(
    odd_rows: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tolltale.command._run_ray", _interrupt)
    assert main([str(odd_rows), "--engine", "ray", "--output", "readings"]) == 130
    assert "what is finished in readings stays: run it again to go on" in capsys.readouterr().err


def test_ctrl_c_ends_an_export(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("tolltale.export.export", _interrupt)
    assert main(["export", "--backend", "onnx"]) == 130
    assert capsys.readouterr().err == "error: stopped; nothing was written\n"


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_reader_that_has_gone_ends_the_run_without_a_word(
    odd_rows: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        assert main([str(odd_rows)]) == 141
    assert "error" not in capsys.readouterr().err


needs_full = pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full")


@needs_full
def test_a_full_disk_under_standard_output_is_told(
    odd_rows: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main([str(odd_rows)]) == 2
    assert "error: standard output: No space left on device" in capsys.readouterr().err


@pytest.mark.parametrize("device", ["/dev/null", pytest.param("/dev/full", marks=needs_full)])
def test_a_device_is_written_to_and_not_replaced(
    device: str, odd_rows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.name != "posix" or not Path(device).is_char_device():
        pytest.skip(f"no {device}")
    status = main([str(odd_rows), "--output", device])
    assert Path(device).is_char_device()
    assert (status, "No space left" in capsys.readouterr().err) == ((0, False) if device == "/dev/null" else (2, True))


@pytest.mark.parametrize("form", ["jsonl", "brat", "label-studio"])
def test_a_folder_with_files_is_not_taken_for_an_output(
    form: str, odd_rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    assert main([str(odd_rows), "--format", form, "--output", str(tmp_path / "kept")]) == 2
    assert "kept: is a folder" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["file"]


def test_an_output_below_a_file_is_refused(odd_rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(odd_rows), "--output", str(odd_rows / "out.jsonl")]) == 2
    assert "rows.jsonl" in capsys.readouterr().err


def test_a_link_is_followed_and_what_a_killed_run_left_is_cleared(odd_rows: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real.partial").mkdir()
    assert main([str(odd_rows), "--output", str(tmp_path / "link")]) == 0
    assert (tmp_path / "link").is_symlink()
    assert len((tmp_path / "real").read_bytes().splitlines()) == len(ODD)
    assert not (tmp_path / "real.partial").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_a_process_that_is_interrupted_leaves_whole_rows_and_says_so(tmp_path: Path) -> None:
    rows = tmp_path / "many.jsonl"
    rows.write_text("".join(json.dumps({"id": str(n), "text": "Two men died."}) + "\n" for n in range(100_000)))
    # whoever started the tests may have had the signal ignored, which a process hands down
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from tolltale.command import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", code, str(rows)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate(timeout=120)
    lines = (first + rest).splitlines()
    assert process.returncode == 130
    assert [json.loads(line)["id"] for line in lines] == [str(n) for n in range(len(lines))]
    assert "error: stopped; the rows that have come out are whole" in said.decode()
