"""Jobs: an archive, the folder that it is read into, and what is missing there."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tolltale.archives import Part, cut_archive
from tolltale.errors import TolltaleError

Settings = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """All that a worker needs to know; paths are absolute."""

    root: Path  # where the names of the archive's files start from
    output: Path
    checkpoint: str
    loading: Settings  # of Tagger.from_pretrained
    options: Settings  # of Tagger.annotate

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


def begin(job: Job, settings: Settings, n_rows: int) -> None:
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


def load_part(job: Job, place: int) -> Part:
    """The part whose line begins at a byte of the plan."""
    with job.plan.open("rb") as plan:
        plan.seek(place)
        values = json.loads(plan.readline())
    return Part(**{**values, "files": tuple(values["files"])})


def find_missing(job: Job) -> tuple[int, list[dict[str, int]]]:
    """How many partitions there are, and of those that are not done the number and the place in the plan."""
    missing, place, number = [], 0, 0
    with job.plan.open("rb") as plan:
        for number, line in enumerate(plan, 1):
            if not job.readings(number).exists():
                missing.append({"number": number, "place": place})
            place += len(line)
    return number, missing
