"""python -m training.average FOLDER RUN RUN...

Writes a checkpoint whose weights are the mean of those of several runs: the same settings and another seed each, gone
on from the same checkpoint. It reads as fast as one of them (Wortsman et al. 2022, "Model soups").
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from eval.score import score
from eval.table import format_table
from tolltale.checkpoint import load_checkpoint
from tolltale.corpora import read_corpus
from tolltale.errors import TolltaleError
from tolltale.tagger import Tagger
from training.card import RECORD, write_record
from training.spread import measure_spread

_OF_A_RUN = ("seeds", "output", "resume", "log_every", "report_to")  # settings in which the runs may differ


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m training.average", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the checkpoint is written")
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="folders of finished runs")
    options = parser.parse_args(arguments)
    try:
        average(options.runs, options.folder)
    except (TolltaleError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def average(runs: Sequence[Path], folder: Path) -> None:
    """Write the mean of runs into a folder, scored on their validation documents.

    Raises TolltaleError where they differ in more than their seed, OSError where one is not finished.
    """
    records = [json.loads((run / RECORD).read_text(encoding="utf-8")) for run in runs]
    _refuse_differences(runs, records)
    network, tokenizer = load_checkpoint(runs[0])
    network.load_state_dict(_mean([load_checkpoint(run)[0].state_dict() for run in runs]))
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    gold = list(read_corpus(records[0]["validation"]["path"]))
    tagger = Tagger.from_pretrained(folder)
    rows = score(gold, list(tagger.annotate(gold)), linked=list(tagger.link(gold)), n_resamples=1000)
    write_record(folder, folder.name, _merge(records) | {"scores": [row.to_dict() for row in rows]})
    print(f"{format_table(rows)}\n\ncheckpoint: {folder}")


def _refuse_differences(runs: Sequence[Path], records: Sequence[dict[str, Any]]) -> None:
    for run, record in zip(runs[1:], records[1:], strict=True):
        for name, wanted in records[0]["settings"].items():
            if name not in _OF_A_RUN and record["settings"][name] != wanted:
                raise TolltaleError(f"{run}: its {name} differs from that of {runs[0]}; only the seed may")


def _mean(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def _merge(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The record of the first run, with the seeds, best epochs, minutes and spread of all."""
    together = {key: ", ".join(str(record[key]) for record in records) for key in ("seed", "best_epoch")}
    minutes = round(sum(record["minutes"] for record in records), 1)
    return records[0] | together | {"minutes": minutes, "spread": measure_spread(records)}


if __name__ == "__main__":
    sys.exit(main())
