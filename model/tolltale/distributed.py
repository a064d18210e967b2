"""Archives read on many processors or machines, by taggers that Ray Data schedules and recovers.

In the output folder lie `readings/` and `errors/` (Parquet, see `tolltale.partitions`), and the `manifest.json` and
`plan.jsonl` that say of what they were made. A partition is one part of the archive; it is done when its file stands in
`readings/`. Who runs the same job again goes on with those that are missing. Archive and output must be visible under
the same paths on every machine. The cluster is the one that RAY_ADDRESS names, else one that is started on this machine
and ends with the job. A partition whose worker dies is read again; one at which workers die again and again is left out
and named at the end.
"""

import shutil
import traceback
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from tolltale.archives import PART, Part, Row, read_part
from tolltale.archives.texts import STDIN
from tolltale.backends import FP32, OFFERED, TORCH, check_precision
from tolltale.checkpoint import default_checkpoint, hash_checkpoint
from tolltale.documents import Document
from tolltale.errors import TolltaleError
from tolltale.jobs import Job, begin, find_missing, load_part
from tolltale.tagger import Tagger, check_options

try:
    import ray
    import ray.data

    from tolltale.cluster import in_a_line, start_ray
    from tolltale.partitions import ERRORS, READINGS, PartitionFile, count_rows, error_row, reading_row
except ImportError:
    raise TolltaleError("reading with Ray needs it: pip install 'tolltale[ray]'") from None

RETRIES = 3  # of a partition whose worker died
MOST_LOST = 10  # partitions at which workers died at every try; where there are more, the fault is not theirs
_GO_ON = "what is finished stays: run it again to go on"


class Outcome(NamedTuple):
    """How many rows there are in all partitions of readings, and in all of errors."""

    n_readings: int
    n_errors: int


def read_archive(
    inputs: Sequence[str],
    output: str | Path,
    *,
    checkpoint: str | Path | None = None,
    device: str | None = None,
    backend: str = TORCH,
    precision: str = FP32,
    batch_size: int = 16,
    min_score: float | None = None,
    n_workers: int | None = None,
    n_rows: int = PART,
) -> Outcome:
    """Read files and folders with a Tagger in each of `n_workers` Ray actors (default: one a processor, or a GPU).

    `checkpoint`, `device`, `backend` and `precision` as in `Tagger.from_pretrained`, `batch_size` and `min_score` as in
    `Tagger.annotate`; a partition has the readings of `n_rows` rows at most. Partitions that are there are kept; with
    those, files, checkpoint, backend, precision, `min_score` and `n_rows` must be what they were. Raises TolltaleError
    otherwise, where Ray does not start, where a worker meets an error that another try does not mend, and at the end
    where partitions are left at which workers died RETRIES + 1 times; what is finished by then stays.
    """
    if STDIN in inputs:
        raise TolltaleError("standard input cannot be shared by workers: name files or folders")
    check_options(batch_size, min_score)
    _check_count("n_rows", "rows in a partition", n_rows)
    if n_workers is not None:
        _check_count("n_workers", "actors that read", n_workers)
    check_precision(backend, precision, OFFERED)
    loading = {"device": device, "backend": backend, "precision": precision}
    options = {"batch_size": batch_size, "min_score": min_score}
    job = Job(Path.cwd(), Path(output).absolute(), _absolute(checkpoint or default_checkpoint()), loading, options)
    settings = {"min_score": min_score, "n_rows": n_rows, "backend": backend, "precision": precision}
    settings["tolltale"] = version("tolltale")
    begin(job, {**settings, "inputs": list(inputs), "checkpoint": hash_checkpoint(job.checkpoint)}, n_rows)
    n_parts, missing = find_missing(job)
    if missing:
        _run(job, n_parts, missing, n_workers)
    shutil.rmtree(job.unfinished, ignore_errors=True)
    return Outcome(*(count_rows((job.output / kind).glob("*.parquet")) for kind in ("readings", "errors")))


def _check_count(name: str, what: str, count: int) -> None:
    if count < 1:
        raise TolltaleError(f"{name} is the number of {what}, 1 or more, not {count}")


class Reader:
    """A Ray actor: reads the parts of an archive that it is given, and writes the partition of each."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[str]]:
        """Do the partitions that a batch names by `number` and `place`, the byte of the plan where its line begins.

        Returns the `reason` why each was not done, "" where it was: Ray would try an error that is raised again, and
        tells it with many words of its own.
        """
        places = zip(batch["number"].tolist(), batch["place"].tolist(), strict=True)
        return {"reason": [self._try(number, place) for number, place in places]}

    @cached_property
    def _tagger(self) -> Tagger:
        """Loaded with the first partition, so that its errors are told as others are."""
        return Tagger.from_pretrained(self._job.checkpoint, **self._job.loading)

    def _try(self, number: int, place: int) -> str:
        try:
            self._write(number, load_part(self._job, place))
        except Exception as error:
            traceback.print_exc()  # into the log that Ray keeps of a worker
            return in_a_line(error)
        return ""

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


def _run(job: Job, n_parts: int, missing: list[dict[str, int]], n_workers: int | None) -> None:
    start_ray(MOST_LOST)
    read = _plan_reading(job, missing, n_workers)
    try:
        with tqdm(total=n_parts, initial=n_parts - len(missing), unit=" partitions", disable=None) as shown:
            for row in read.iter_rows():
                if row["reason"]:
                    raise TolltaleError(f"{job.output}: {row['reason']}; {_GO_ON}")
                shown.update()
    except TolltaleError:
        raise
    except Exception as error:  # Ray's and Ray Data's have nothing else in common
        raise TolltaleError(f"{job.output}: {in_a_line(error)}; {_GO_ON}") from error
    _name_lost(job)


def _plan_reading(job: Job, missing: list[dict[str, int]], n_workers: int | None) -> Any:
    """The dataset whose rows are made by reading what is missing."""
    resource = "GPU" if _wants_gpu(job) else "CPU"
    n_most = min(n_workers or int(ray.cluster_resources().get(resource, 1)), len(missing))
    # from_items needs no tasks, which would wait for processors that the actors have taken; a block a partition, so
    # that an idle actor finds work as long as there is some
    parts = ray.data.from_items(missing, override_num_blocks=len(missing))
    with warnings.catch_warnings():
        # Ray names no other way than these keywords, which are to go with 2.64
        warnings.simplefilter("ignore", DeprecationWarning)
        return parts.map_batches(
            Reader,
            fn_constructor_args=(job,),
            batch_size=1,
            # one at a time, or a partition that kills its worker would take others with it
            compute=ray.data.ActorPoolStrategy(
                min_size=1, max_size=n_most, initial_size=n_most, max_tasks_in_flight_per_actor=1
            ),
            max_task_retries=RETRIES,
            **({"num_gpus": 1} if resource == "GPU" else {"num_cpus": 1}),
        )


def _name_lost(job: Job) -> None:
    """Raise TolltaleError, naming them, where partitions are missing after all were tried."""
    _, lost = find_missing(job)
    if lost:
        names = ((job.readings(one["number"]).stem, load_part(job, one["place"])) for one in lost)
        told = ", ".join(f"{name} ({part.files[0]} from row {part.first})" for name, part in names)
        raise TolltaleError(
            f"{job.output}: all is read but {told}: workers died there at each of {RETRIES + 1} tries, as they do "
            "where memory does not suffice; run it again to try again"
        )


def _wants_gpu(job: Job) -> bool:
    device = job.loading["device"] or ("cuda" if ray.cluster_resources().get("GPU", 0) else "cpu")
    return job.loading["backend"] == TORCH and not device.startswith("cpu")


def _absolute(checkpoint: str | Path) -> str:
    """A folder by its whole path, an id of the hub as it is."""
    return str(Path(checkpoint).absolute()) if Path(checkpoint).exists() else str(checkpoint)
