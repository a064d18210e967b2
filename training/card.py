"""The record that a checkpoint carries, and the model card made from it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tabulate import tabulate

from eval.measures import Row
from eval.table import format_table

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

On `{validation}` (sha256 `{validation_sha256}`), strict and lenient; the epoch was chosen on the same documents.

{scores}

## Training

Encoder `{encoder}`, seed {seed}, best epoch {best_epoch} of {epochs}, {minutes} minutes on {device}, {n_processes}
processes, code at `{git_commit}`{resumed}.{averaged} All settings stand in `training.json`.

{corpora}

The texts and annotations of these corpora are no part of the checkpoint and stay under their own licences; where one of
them is for research or non-commercial use only, mind that before you pass the weights on.
"""


def write_record(folder: Path, name: str, record: dict[str, Any]) -> None:
    """Write the record of a run into its checkpoint, and the model card made from it."""
    (folder / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(format_card(name, record), encoding="utf-8")


def format_card(name: str, record: dict[str, Any]) -> str:
    """The model card of a checkpoint, from nothing but its record."""
    settings = record["settings"]
    return _CARD.format(
        name=name,
        validation=record["validation"]["path"],
        validation_sha256=record["validation"]["sha256"],
        scores=format_table([Row.from_dict(row) for row in record["scores"]], style="github"),
        encoder=settings["encoder"]["name"],
        epochs=join(epochs_of(record)),
        resumed=" (the time is that of the last part of a resumed run)" if record["resumed"] else "",
        corpora=tabulate(record["corpora"], headers="keys", tablefmt="github"),
        averaged=f" The weights are the mean of {', '.join(record['averaged'])}." if "averaged" in record else "",
        **{key: join(record[key]) for key in ("seed", "best_epoch")},
        **{key: record[key] for key in ("minutes", "device", "n_processes", "git_commit")},
    )


def epochs_of(record: Mapping[str, Any]) -> object:
    """The epochs of a run, or of each of several whose weights were averaged where these differ."""
    optims = record.get("differences", {}).get("optim")
    return [optim["epochs"] for optim in optims] if optims else record["settings"]["optim"]["epochs"]


def join(value: object) -> str:
    """What a record says of one run, or of each of several whose weights were averaged, as words."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
