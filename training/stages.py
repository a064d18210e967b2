"""The runs that a checkpoint came from, one after the other, by their records."""

from pathlib import Path
from typing import Any

from tabulate import tabulate

from eval.measures import ALL
from tolltale.errors import TolltaleError
from tolltale.labels import LAYERS
from training.card import RECORD, describe_kept, read_record

Stages = dict[Path, dict[str, Any]]  # by folder, the first stage first


def find_stages(run: Path) -> Stages:
    """The records of a run and, where it went on from another, of those before it.

    Raises TolltaleError where a record is missing, unsound or leads back to itself.
    """
    stages: Stages = {}
    folder = run
    while not stages or (folder / RECORD).is_file():
        if folder in stages:
            raise TolltaleError(f"{folder}: went on from itself, so that its first weights are gone; train it anew")
        stages = {folder: read_record(folder)} | stages
        folder = Path(stages[folder]["settings"]["encoder"]["name"])
    if str(folder) == "released":
        raise TolltaleError(f"{run}: went on from `released`, of which no record is kept; go on from its run's folder")
    return stages


def format_stages(stages: Stages) -> str:
    """A line a stage: what it went on from, what was kept, time, code, and its own scores."""
    rows = []
    for folder, stage in stages.items():
        scores = [
            f"{row['strict']['f1']:.3f}" for row in stage["scores"] if row["label"] == ALL and _group(row) in LAYERS
        ]
        start = stage["settings"]["encoder"]["name"]
        rows.append([folder, start, describe_kept(stage), stage["minutes"], stage["git_commit"][:12], *scores])
    headers = ["run", "goes on from", "kept", "minutes", "code", *LAYERS]
    return tabulate(rows, headers=headers, tablefmt="github", disable_numparse=True)


def _group(row: dict[str, Any]) -> str:
    return str(row["group"] if "group" in row else row["layer"])  # as older records call it
