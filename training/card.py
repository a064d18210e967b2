"""The record that a checkpoint carries, and the model card made from it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tabulate import tabulate

from eval.measures import Row
from eval.table import format_table
from tolltale.errors import TolltaleError
from training.spread import format_spread

RECORD = "training.json"  # in a checkpoint's folder, once its run is finished

_CARD = """---
library_name: tolltale
pipeline_tag: token-classification
language: en
---
# {name}

Reads reporting on conflict: casualty figures, attributions (source, cue, content) and stances.

```python
from tolltale import Tagger
reading = Tagger.from_pretrained("path/to/this/folder").predict("At least five villagers were killed, he said.")
```

A figure is what a source claims, not what happened; the tool supplies evidence and grades nobody.

## Scores

On `{validation}` (sha256 `{validation_sha256}`), strict and lenient{chosen}.

{scores}

## Training

Encoder `{encoder}`{taught}, seed {seed}, {kept}, {minutes} minutes on {device}, {n_processes}
processes, code at {git_commit}{resumed}. All settings stand in `training.json`.{spread}

{corpora}{learnt_by_teachers}

The texts and annotations of these corpora are no part of the checkpoint and stay under their own licences; where one of
them is for research or non-commercial use only, mind that before you pass the weights on.
"""


def write_record(folder: Path, name: str, record: dict[str, Any]) -> None:
    """Write the record of a run into its checkpoint, and the model card made from it."""
    (folder / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(format_card(name, record), encoding="utf-8")


def read_record(folder: Path) -> dict[str, Any]:
    """The record in the folder of a run. Raises TolltaleError where there is none, or no whole one."""
    path = folder / RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise TolltaleError(f"{path}: no such file; name the folder of a finished run") from None
    except ValueError as error:
        raise TolltaleError(f"{path}: no JSON: {error}; train the run anew, without resume=true") from None
    if not isinstance(record, dict):
        raise TolltaleError(f"{path}: no record of a run; train it anew, without resume=true")
    return record


def format_card(name: str, record: dict[str, Any]) -> str:
    """The model card of a checkpoint, from nothing but its record."""
    settings = record["settings"]
    return _CARD.format(
        name=name,
        validation=record["validation"]["path"],
        validation_sha256=record["validation"]["sha256"],
        scores=format_table([Row.from_dict(row) for row in record["scores"]], style="github"),
        encoder=settings["encoder"]["name"],
        chosen="" if mean_share(record) else "; the epoch was chosen on the same documents",
        taught=describe_teachers(record),
        kept=describe_kept(record),
        seed=", ".join(map(str, of_each(record["seed"]))),
        git_commit=", ".join(f"`{commit}`" for commit in of_each(record["git_commit"])),
        spread=f" Scores of the runs:\n\n{format_spread(record['spread'], style='github')}"
        if "spread" in record
        else "",
        resumed=" (the time is that of the last part of a resumed run)" if record["resumed"] else "",
        corpora=tabulate(record["corpora"], headers="keys", tablefmt="github"),
        learnt_by_teachers=format_learnt_by_teachers(record),
        **{key: record[key] for key in ("minutes", "device", "n_processes")},
    )


def mean_share(record: Mapping[str, Any]) -> float:
    """The share of a run's steps the mean of whose weights was kept; 0 where the best epoch's were."""
    return float(record["settings"]["optim"]["averaged"])


def describe_teachers(record: Mapping[str, Any]) -> str:
    """Who taught a run, in a few words that follow what it went on from; "" for nobody."""
    names = [f"`{teacher['name']}`" for teacher in record.get("teachers", [])]
    return f", taught by {' and '.join(names)}" if names else ""


def format_learnt_by_teachers(record: Mapping[str, Any]) -> str:
    """What the teachers of a run learnt from, a line each; "" for a run without any."""
    lines = [
        f"- teacher `{teacher['name']}` learnt from {corpus['path']} (sha256 `{corpus['sha256']}`)"
        for teacher in record.get("teachers", [])
        for corpus in teacher["corpora"]
    ]
    return "\n".join(["\n", *lines]) if lines else ""


def describe_kept(record: Mapping[str, Any]) -> str:
    """Which weights of a run were kept, in a few words."""
    epochs = record["settings"]["optim"]["epochs"]
    best = ", ".join(map(str, of_each(record["best_epoch"])))
    share = mean_share(record)
    kept = (
        f"mean of the weights over the last {share:.0%} of {epochs} epochs"
        if share
        else f"best epoch {best} of {epochs}"
    )
    n_runs = len(of_each(record["seed"]))
    return kept if n_runs == 1 else f"mean of the weights of {n_runs} seeds ({kept})"


def of_each(value: object) -> list[Any]:
    """What a record says of each run: of one, or of several whose weights were averaged."""
    return value if isinstance(value, list) else [value]
