"""Archives read on many processors or machines, by taggers that Ray Data schedules and recovers.

In the output folder lie `readings/` and `errors/` (Parquet, see `tolltale.partitions`), and the `manifest.json` and
`plan.jsonl` that say of what they were made. A partition is one part of the archive; it is done when its file stands in
`readings/`. Who runs the same job again goes on with those that are missing. Archive and output must be visible under
the same paths on every machine; the cluster is the one that RAY_ADDRESS names, else this machine.
"""

import json
import logging
import os
import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from tolltale.archives import PART, Part, Row, cut_archive, read_part
from tolltale.archives.texts import STDIN
from tolltale.checkpoint import default_checkpoint, hash_checkpoint
from tolltale.documents import Document
from tolltale.errors import TolltaleError
from tolltale.tagger import Tagger

try:
    import ray
    import ray.data

    from tolltale.partitions import ERRORS, READINGS, PartitionFile, count_rows, error_row, reading_row
except ImportError:
    raise TolltaleError("reading with Ray needs it: pip install 'tolltale[ray]'") from None

Settings = dict[str, Any]

_RAYS_WORDS = "\n\nThe above exception was the direct cause"


class Outcome(NamedTuple):
    """How many rows there are in all partitions of readings, and in all of errors."""

    n_readings: int
    n_errors: int


@dataclass(frozen=True)
class Job:
    """All that a worker needs to know; paths are absolute."""

    root: Path  # where the names of the archive's files start from
    output: Path
    checkpoint: str
    device: str | None = None
    options: Settings = field(default_factory=dict)  # of Tagger.annotate

    @property
    def plan(self) -> Path:
        """A line of JSON a part of the archive."""
        return self.output / "plan.jsonl"

    @property
    def manifest(self) -> Path:
        """What the partitions were made of."""
        return self.output / "manifest.json"

    @property
    def unfinished(self) -> Path:
        """Where partitions lie that are being written."""
        return self.output / "unfinished"

    def readings(self, number: int) -> Path:
        """The file of a partition's readings."""
        return self.output / "readings" / f"part-{number:08}.parquet"

    def errors(self, number: int) -> Path:
        """The file of the rows of a partition that could not be read; there is none where all could."""
        return self.output / "errors" / f"part-{number:08}.parquet"


def read_archive(
    inputs: Sequence[str],
    output: str | Path,
    *,
    checkpoint: str | Path | None = None,
    device: str | None = None,
    batch_size: int = 16,
    min_score: float | None = None,
    n_workers: int | None = None,
    n_rows: int = PART,
) -> Outcome:
    """Read files and folders with a Tagger in each of `n_workers` Ray actors (default: one a processor, or a GPU).

    `checkpoint` and `device` as in `Tagger.from_pretrained`, `batch_size` and `min_score` as in `Tagger.annotate`;
    a partition has the readings of `n_rows` rows at most. Partitions that are there are kept; with those, files,
    checkpoint, `min_score` and `n_rows` must be what they were. Raises TolltaleError otherwise, and where a worker
    meets an error that another try does not mend; what is finished by then stays.
    """
    if STDIN in inputs:
        raise TolltaleError("standard input cannot be shared by workers: name files or folders")
    options = {"batch_size": batch_size, "min_score": min_score}
    job = Job(Path.cwd(), Path(output).absolute(), _absolute(checkpoint or default_checkpoint()), device, options)
    settings = {"min_score": min_score, "n_rows": n_rows, "tolltale": version("tolltale")}
    _begin(job, {**settings, "inputs": list(inputs), "checkpoint": hash_checkpoint(job.checkpoint)}, n_rows)
    n_parts, missing = _find_missing(job)
    if missing:
        _run(job, n_parts, missing, n_workers)
    shutil.rmtree(job.unfinished, ignore_errors=True)
    return Outcome(*(count_rows((job.output / kind).glob("*.parquet")) for kind in ("readings", "errors")))


class Reader:
    """A Ray actor: reads the parts of an archive that it is given, and writes the partition of each."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._tagger = Tagger.from_pretrained(job.checkpoint, device=job.device)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Do the partitions that a batch names by `number` and `place`, the byte of the plan where its line begins."""
        for number, place in zip(batch["number"].tolist(), batch["place"].tolist(), strict=True):
            with self._job.plan.open("rb") as plan:
                plan.seek(place)
                self._write(number, _load_part(plan.readline()))
        return batch

    def _write(self, number: int, part: Part) -> None:
        """The errors get their name first: a partition is done when its readings have theirs."""
        job = self._job
        taken: deque[Row] = deque()  # in by the tagger, which gives their readings in the same order
        with (
            PartitionFile(job.readings(number), READINGS, job.unfinished) as readings,
            PartitionFile(job.errors(number), ERRORS, job.unfinished, keep_empty=False) as errors,
        ):
            documents = _good_rows(part, job.root, taken, errors)
            for reading in self._tagger.annotate(documents, **job.options):
                readings.write(reading_row(taken.popleft(), reading))


def _good_rows(part: Part, root: Path, taken: deque[Row], errors: PartitionFile) -> Iterator[Document]:
    """The documents of a part; their rows are left in `taken`, the errors between them are written."""
    for row in read_part(part, root):
        if isinstance(row.content, Document):
            taken.append(row)
            yield row.content
        else:
            errors.write(error_row(row.content))


def _begin(job: Job, settings: Settings, n_rows: int) -> None:
    """Write plan and manifest, or see that they are what they would be.

    Raises TolltaleError, naming what changed since, where partitions are there that were made otherwise.
    """
    job.output.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(job.unfinished, ignore_errors=True)
    job.unfinished.mkdir()
    plan = job.unfinished / "plan.jsonl"
    settings["archive"] = _write_plan(plan, cut_archive(settings["inputs"], n_rows=n_rows, sealed=True))
    if job.manifest.exists():
        _compare(job, settings)
    elif any(job.output.glob("readings/*")):
        raise TolltaleError(f"{job.output}: holds readings and no manifest.json; name another folder")
    plan.replace(job.plan)
    manifest = job.unfinished / "manifest.json"
    manifest.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    manifest.replace(job.manifest)


def _compare(job: Job, settings: Settings) -> None:
    before = json.loads(job.manifest.read_text(encoding="utf-8"))
    changed = sorted(name for name in settings.keys() | before.keys() if settings.get(name) != before.get(name))
    if changed:
        raise TolltaleError(
            f"{job.output}: was begun with another {', '.join(changed)} (manifest.json); "
            "name another folder, or delete this one"
        )


def _write_plan(path: Path, parts: Iterator[Part]) -> str:
    """Write a line a part; returns the hash of them all, which holds the hash of what is in each."""
    seal = sha256()
    with path.open("wb") as file:
        for part in parts:
            line = json.dumps(asdict(part)).encode() + b"\n"
            seal.update(line)
            file.write(line)
    return seal.hexdigest()


def _load_part(line: bytes) -> Part:
    values = json.loads(line)
    return Part(**{**values, "files": tuple(values["files"])})


def _find_missing(job: Job) -> tuple[int, list[dict[str, int]]]:
    """How many partitions there are, and of those that are not done the number and the place in the plan."""
    missing, place, number = [], 0, 0
    with job.plan.open("rb") as plan:
        for number, line in enumerate(plan, 1):
            if not job.readings(number).exists():
                missing.append({"number": number, "place": place})
            place += len(line)
    return number, missing


def _run(job: Job, n_parts: int, missing: list[dict[str, int]], n_workers: int | None) -> None:
    _start_ray()
    resource = "GPU" if _wants_gpu(job.device) else "CPU"
    n_most = min(n_workers or int(ray.cluster_resources().get(resource, 1)), len(missing))
    # from_items needs no tasks, which would wait for processors that the actors have taken; a block a partition, so
    # that an idle actor finds work as long as there is some
    parts = ray.data.from_items(missing, override_num_blocks=len(missing))
    done = parts.map_batches(
        Reader,
        fn_constructor_args=(job,),
        batch_size=1,
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=n_most, initial_size=n_most),
        **({"num_gpus": 1} if resource == "GPU" else {"num_cpus": 1}),
    )
    try:
        with tqdm(total=n_parts, initial=n_parts - len(missing), unit=" partitions", disable=None) as shown:
            for _ in done.iter_rows():
                shown.update()
    except (ray.exceptions.RayError, TolltaleError, OSError) as error:
        raise TolltaleError(f"{job.output}: {_reason(error)}; what is finished stays: run it again to go on") from error


def _start_ray() -> None:
    """Join the cluster that RAY_ADDRESS names, or start one on this machine; a session that is there is used."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody is told what is read here
    if not ray.is_initialized():
        ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # an error is raised, and told by the caller
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False


def _wants_gpu(device: str | None) -> bool:
    return ray.cluster_resources().get("GPU", 0) > 0 if device is None else not device.startswith("cpu")


def _absolute(checkpoint: str | Path) -> str:
    """A folder by its whole path, an id of the hub as it is."""
    return str(Path(checkpoint).absolute()) if Path(checkpoint).exists() else str(checkpoint)


def _reason(error: BaseException) -> str:
    """The line of an error that says what went wrong; one of a worker comes as text, Ray's own words after it."""
    lines = str(error).partition(_RAYS_WORDS)[0].strip().splitlines() or [type(error).__name__]
    return lines[-1]
