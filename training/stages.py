"""The runs that a checkpoint came from, one after the other, by their records."""

import json
from pathlib import Path
from typing import Any

from tabulate import tabulate

from eval.measures import ALL
from tolltale.errors import TolltaleError
from tolltale.labels import LAYERS
from training.card import RECORD, describe_kept, describe_teachers, of_each, read_record
from training.encoders import RELEASED_NAME

Stages = dict[Path, dict[str, Any]]  # by folder, the first stage first

LINEAGE = Path(__file__).with_name("lineage.json")  # the records of the runs that the released checkpoint came from


def find_stages(run: Path) -> Stages:
    """The records of a run and, where it went on from another, of those before it.

    Raises TolltaleError where a record is missing, unsound or leads back to itself.
    """
    stages: Stages = {}
    folder = run
    while folder != Path(RELEASED_NAME) and (not stages or (folder / RECORD).is_file()):
        if folder in stages:
            raise TolltaleError(f"{folder}: went on from itself, so that its first weights are gone; train it anew")
        stages = {folder: read_record(folder)} | stages
        folder = Path(stages[folder]["settings"]["encoder"]["name"])
    if folder == Path(RELEASED_NAME):
        return _read_lineage(stages) | stages
    first, record = next(iter(stages.items()))
    if record.get("start"):
        raise TolltaleError(f"{folder}: {first} went on from it, and no record of it is there; bring it back")
    return stages


def learnt_corpora(stages: Stages) -> list[dict[str, str]]:
    """Path and hash of each corpus that the stages learnt from, and that their teachers learnt from."""
    told = [teller for stage in stages.values() for teller in (stage, *stage.get("teachers", []))]
    learnt = {(corpus["path"], corpus["sha256"]) for teller in told for corpus in teller["corpora"]}
    return [{"path": path, "sha256": sha256} for path, sha256 in sorted(learnt)]


def write_lineage(stages: Stages, checkpoint: str) -> None:
    """Keep the records of the runs that the released checkpoint (its hash) came from, for what goes on from it."""
    records = {str(folder): stage for folder, stage in stages.items()}
    LINEAGE.write_text(json.dumps({"checkpoint": checkpoint, "stages": records}, indent=1) + "\n", encoding="utf-8")


def _read_lineage(later: Stages) -> Stages:
    """The stages of the released checkpoint, for those that went on from it, if any."""
    lineage = json.loads(LINEAGE.read_text(encoding="utf-8"))
    for folder, stage in list(later.items())[:1]:
        if stage.get("start") != lineage["checkpoint"]:
            raise TolltaleError(f"{folder}: went on from another released checkpoint than {LINEAGE} tells of")
    stages = {Path(folder): stage for folder, stage in lineage["stages"].items()}
    if same := stages.keys() & later.keys():
        raise TolltaleError(
            f"{min(same)}: `released`, which it went on from, came from a run in a folder of this name; move this one"
        )
    return stages


def format_stages(stages: Stages) -> str:
    """A line a stage: what it went on from, what was kept, time, code, and its own scores."""
    rows = []
    for folder, stage in stages.items():
        totals = [row for row in stage["scores"] if row["label"] == ALL and row["group"] in LAYERS]
        scores = [f"{row['strict']['f1']:.3f}" for row in totals]
        start = stage["settings"]["encoder"]["name"] + describe_teachers(stage)
        minutes = f"{stage['minutes']} since it was resumed" if stage["resumed"] else stage["minutes"]
        code = ", ".join(commit[:12] for commit in of_each(stage["git_commit"]))
        rows.append([folder, start, describe_kept(stage), minutes, code, *scores])
    headers = ["run", "goes on from", "kept", "minutes", "code", *LAYERS]
    return tabulate(rows, headers=headers, tablefmt="github", disable_numparse=True)
