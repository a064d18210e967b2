"""Writing a finished checkpoint: weights, tokenizer, record, and the model card made from the record."""

import json
from pathlib import Path
from typing import Any

from tabulate import tabulate
from transformers import PreTrainedTokenizerBase

from eval.score import Row
from eval.table import format_table
from tolltale.network import TaggerNetwork

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
processes, code at `{git_commit}`. All settings stand in `training.json`.

{corpora}
"""


def save_checkpoint(
    folder: Path, network: TaggerNetwork, tokenizer: PreTrainedTokenizerBase, record: dict[str, Any]
) -> None:
    """Write a folder that `Tagger.from_pretrained` reads and that says where it comes from."""
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(format_card(folder.name, record), encoding="utf-8")


def format_card(name: str, record: dict[str, Any]) -> str:
    """The model card of a checkpoint, from nothing but its record."""
    settings = record["settings"]
    return _CARD.format(
        name=name,
        validation=record["validation"]["path"],
        validation_sha256=record["validation"]["sha256"],
        scores=format_table([Row.from_dict(row) for row in record["scores"]], style="github"),
        encoder=settings["encoder"]["name"],
        epochs=settings["optim"]["epochs"],
        corpora=tabulate(record["corpora"], headers="keys", tablefmt="github"),
        **{key: record[key] for key in ("seed", "best_epoch", "minutes", "device", "n_processes", "git_commit")},
    )
