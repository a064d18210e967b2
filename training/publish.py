"""Where a finished checkpoint is scored and put into its folder, whole."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.score import score
from eval.table import format_table
from tolltale.documents import Document
from tolltale.tagger import Tagger
from training.card import RECORD, describe_kept, write_record


def publish(writing: Path, folder: Path, record: dict[str, Any], validation: Sequence[Document]) -> dict[str, Any]:
    """Score a checkpoint as it will be read and move it to its folder with its record, which is returned.

    The folder that `writing` stands in, the states of the run, is removed.
    """
    rows = score(validation, list(Tagger.from_pretrained(writing).annotate(validation)), n_resamples=1000)
    record = record | {"scores": [row.to_dict() for row in rows]}
    write_record(writing, folder.name, record)
    for path in sorted(writing.iterdir(), key=lambda path: path.name == RECORD):  # the record last: then all is there
        path.replace(folder / path.name)
    shutil.rmtree(writing.parent)
    print(f"{describe_kept(record)}\n\n{format_table(rows)}")
    return record
