import json
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ray = pytest.importorskip("ray", reason="needs the extra ray")

from tolltale import distributed  # noqa: E402
from tolltale.cluster import start_ray  # noqa: E402
from tolltale.command import main  # noqa: E402
from tolltale.distributed import Outcome, read_archive  # noqa: E402
from tolltale.errors import CheckpointError, TolltaleError  # noqa: E402
from tolltale.partitions import line_of, read_partitions  # noqa: E402

MODEL = Path(__file__).parents[2] / "model"
SAID = "At least five villagers were killed and 12 wounded, the army said on Tuesday."

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:ray.data.context")  # at its own defaults


class Done(NamedTuple):
    archive: Path
    output: Path
    checkpoint: Path
    outcome: Outcome
    killed: list[int]

    def again(self, output: Path | None = None, **changes: float | str) -> Outcome:
        settings = {"n_workers": 2, "n_rows": 2, **changes}
        return read_archive([str(self.archive)], output or self.output, checkpoint=self.checkpoint, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def _workers() -> Iterator[None]:
    """Ray begins with the first job; its workers import the package from here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(MODEL))
        yield
        ray.shutdown()


@pytest.fixture(scope="module")
def done(_workers: None, checkpoints: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Done:
    """A job of 2 workers, one of which is killed when the first partition is there."""
    folder = tmp_path_factory.mktemp("job")
    archive, output, checkpoint = make_archive(folder / "archive"), folder / "output", checkpoints["bert"]
    killed: list[int] = []
    watcher = threading.Thread(target=kill_a_worker, args=(output / "readings", killed), daemon=True)
    watcher.start()
    outcome = read_archive([str(archive)], output, checkpoint=checkpoint, n_workers=2, n_rows=2)
    watcher.join()
    return Done(archive, output, checkpoint, outcome, killed)


def make_archive(folder: Path) -> Path:
    folder.mkdir()
    lines = [json.dumps({"id": i, "text": f"{SAID} " * (i % 4), "date": "2024-05-01"}).encode() for i in range(30)]
    lines[3:3] = [b'{"text": 3}', b"\xff", b"", b'{"id": "x"}', b'{"text": "Five \\ud83d died."}']
    (folder / "wire.jsonl").write_bytes(b"\n".join(lines))
    table = pa.table({"text": ["Six died, he said.", None, SAID], "source": ["radio"] * 3})
    pq.write_table(table, folder / "radio.parquet")
    (folder / "notes").mkdir()
    (folder / "notes" / "a.txt").write_text(SAID, encoding="utf-8")
    (folder / "notes" / "b.txt").write_bytes(b"caf\xe9")
    return folder


def kill_a_worker(readings: Path, killed: list[int]) -> None:
    while not any(readings.glob("*.parquet")):
        threading.Event().wait(0.002)
    for process in psutil.Process().children(recursive=True):
        if not killed and "MapWorker" in process.name() + " ".join(process.cmdline()):
            killed.append(process.pid)
            process.kill()


def read_here(done: Done, output: Path) -> list[dict[str, object]]:
    assert main([str(done.archive), "--checkpoint", str(done.checkpoint), "--output", str(output)]) == 1
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def state(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_rows_are_those_of_a_single_process_though_a_worker_was_killed(done: Done, tmp_path: Path) -> None:
    assert done.killed
    rows = [line_of(row) for row in read_partitions(done.output / "readings")]
    assert rows == read_here(done, tmp_path / "readings.jsonl")
    assert len(rows) == done.outcome.n_readings == 34
    assert sorted(path.name for path in done.output.iterdir()) == ["errors", "manifest.json", "plan.jsonl", "readings"]


def test_bad_rows_are_told_apart_with_place_and_reason(done: Done) -> None:
    errors = [(row["file"], row["position"], row["reason"]) for row in read_partitions(done.output / "errors")]
    wire = f"{done.archive}/wire.jsonl"
    places = [(file, position, reason.replace(";", ":").split(":")[0]) for file, position, reason in errors]
    assert places == [
        (f"{done.archive}/notes/b.txt", None, "no UTF-8"),
        (f"{done.archive}/radio.parquet", 2, "text"),
        (wire, 4, "text"),
        (wire, 5, "no JSON in UTF-8"),
        (wire, 7, "text"),
    ]
    assert done.outcome.n_errors == len(errors)


def test_only_what_is_missing_is_done_again(done: Done) -> None:
    before = state(done.output)
    lost = sorted(done.output.glob("readings/*"))[4]
    kept = pq.read_table(lost)
    lost.unlink()
    (done.output / "unfinished").mkdir()
    (done.output / "unfinished" / "part-half").write_bytes(b"PAR1")
    assert done.again() == done.outcome
    after = state(done.output)
    assert pq.read_table(lost).equals(kept)
    again = {lost, done.output / "errors" / lost.name, done.output / "plan.jsonl", done.output / "manifest.json"}
    assert after.keys() == before.keys()
    assert {path for path in before if after[path] != before[path]} <= again


def test_other_input_or_settings_are_refused(done: Done, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(done.output, output)
    before = state(output)
    with pytest.raises(TolltaleError, match=r"was begun with another min_score \(manifest\.json\)"):
        done.again(output, min_score=0.5)
    with pytest.raises(TolltaleError, match=r"was begun with another backend \(manifest\.json\)"):
        done.again(output, backend="onnx")
    note = done.archive / "notes" / "a.txt"
    note.write_text(SAID.replace("five", "nine"), encoding="utf-8")
    try:
        with pytest.raises(TolltaleError, match="was begun with another archive"):
            done.again(output)
    finally:
        note.write_text(SAID, encoding="utf-8")
    assert {path: time for path, time in state(output).items() if "unfinished" not in path.parts} == before
    assert done.again(output) == done.outcome  # without a worker: nothing is missing


def test_what_no_other_try_mends_is_an_error_of_one_line(done: Done, tmp_path: Path) -> None:
    with pytest.raises(TolltaleError, match=r"device: .*run it again to go on$") as refused:
        done.again(tmp_path / "output", device="cpu:none")
    assert len(str(refused.value).splitlines()) == 1
    assert not list(tmp_path.rglob("*.parquet"))


@pytest.mark.usefixtures("_workers")
def test_a_partition_that_kills_its_workers_is_named_and_the_rest_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deadly:  # without a tagger, which takes long to load
        def __init__(self, job: Any) -> None:
            self.readings = job.readings(0).parent

        def __call__(self, batch: dict[str, Any]) -> dict[str, list[str]]:
            (number,) = batch["number"].tolist()
            if number == 3:
                (tries / str(os.getpid())).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            self.readings.mkdir(exist_ok=True)
            (self.readings / f"part-{number:08}.parquet").touch()
            return {"reason": [""]}

    tries, archive = tmp_path / "tries", tmp_path / "archive.jsonl"
    tries.mkdir()
    archive.write_text(f'{{"text": "{SAID}"}}\n' * 6, encoding="utf-8")
    monkeypatch.setattr(distributed, "Reader", Deadly)
    monkeypatch.setattr(distributed, "hash_checkpoint", lambda _: "")
    monkeypatch.setattr(distributed, "RETRIES", 2)
    with pytest.raises(TolltaleError, match=r"all is read but part-00000003 \(.* from row 3\): .* 3 tries") as refused:
        read_archive([str(archive)], tmp_path / "output", checkpoint=tmp_path, n_workers=2, n_rows=1)
    assert len(str(refused.value).splitlines()) == 1
    assert len(list(tries.iterdir())) == 3
    done = {path.name for path in tmp_path.glob("output/readings/*")}
    assert done == {f"part-{number:08}.parquet" for number in (1, 2, 4, 5, 6)}


def test_a_cluster_that_is_not_there_is_an_error_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    monkeypatch.setenv("RAY_ADDRESS", address)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with pytest.raises(TolltaleError, match=f"RAY_ADDRESS {address}: no cluster there"):
        start_ray(0)


def test_only_a_cluster_that_is_named_is_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", lambda address, **_: asked.append(address))
    start_ray(0)
    assert asked == ["local"]


def test_that_ray_did_not_start_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def time_out(*_: object, **__: object) -> None:
        raise Exception("The current node timed out during startup.\nMore.")

    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", time_out)
    with pytest.raises(
        TolltaleError, match=r"Ray did not start \(Exception: The current node timed out.*\): "
    ) as refused:
        start_ray(0)
    assert len(str(refused.value).splitlines()) == 1


def test_a_backend_that_is_not_offered_is_refused_before_work_begins(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="onnx int8 is not offered"):
        read_archive(["archive"], tmp_path / "output", backend="onnx", precision="int8")
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("name", ["n_rows", "n_workers", "batch_size", "min_score"])
def test_a_setting_that_makes_no_sense_is_refused_before_work_begins(name: str, tmp_path: Path) -> None:
    with pytest.raises(TolltaleError, match=f"{name} is .*, not -1"):
        read_archive(["archive"], tmp_path / "output", **{name: -1})  # type: ignore[arg-type]
    assert not (tmp_path / "output").exists()


def test_standard_input_is_not_shared(tmp_path: Path) -> None:
    with pytest.raises(TolltaleError, match="standard input cannot be shared"):
        read_archive(["-"], tmp_path)


@pytest.mark.parametrize(("outcome", "status"), [((3, 0), 0), ((3, 1), 1), ((0, 1), 2), ((0, 0), 0)])
def test_the_command_tells_what_came_of_it(
    outcome: tuple[int, int],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr(distributed, "read_archive", lambda *_, **settings: given.update(settings) or Outcome(*outcome))
    assert main(["archive", "--engine", "ray", "--backend", "onnx", "--output", str(tmp_path)]) == status
    assert (given["backend"], given["precision"]) == ("onnx", "fp32")
    assert ("1 rows could not be read" in capsys.readouterr().err) == bool(outcome[1])


def test_the_command_asks_for_ray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "tolltale.distributed")
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["archive", "--engine", "ray", "--output", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "error: reading with Ray needs it: pip install 'tolltale[ray]'\n"
