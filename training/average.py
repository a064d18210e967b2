"""python -m training.average FOLDER RUN RUN...

Writes a checkpoint whose weights are the mean of those of several runs that went on from the same checkpoint, with
other seeds, settings or documents. It reads as fast as one of them (Wortsman et al. 2022, "Model soups").
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import torch

from eval.score import score
from eval.table import format_table
from tolltale.checkpoint import load_checkpoint
from tolltale.corpora import read_corpus
from tolltale.errors import TolltaleError
from tolltale.status import run_command
from tolltale.tagger import Tagger
from training.card import RECORD, read_record, write_record
from training.data import hash_corpus
from training.settings import OF_A_RUN
from training.spread import measure_spread

# What a record tells of a run beside its settings.
_OF_A_RECORD = ("corpora", "validation", "n_processes", "git_commit", "start")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m training.average", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the checkpoint is written")
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="folders of finished runs")
    options = parser.parse_args(arguments)
    return run_command(lambda: average(options.runs, options.folder))


def average(runs: Sequence[Path], folder: Path) -> None:
    """Write the mean of runs into a folder that is not there yet, scored on their validation documents.

    Raises TolltaleError where there is nothing to average, one of the runs is not finished, or they went on from
    different checkpoints or were compared on different documents, or on others than are there now; OSError where
    their validation documents are gone.
    """
    if folder.exists():
        raise TolltaleError(f"{folder}: is there already; name another folder")
    records = [_read_run(run) for run in runs]
    _refuse_strangers(runs, records)
    record = _merge(runs, records)
    gold = list(read_corpus(record["validation"]["path"]))
    network, tokenizer = load_checkpoint(runs[-1])  # whose settings the record has, too
    network.load_state_dict(_mean([load_checkpoint(run)[0].state_dict() for run in runs]))
    network.config.calibration, network.config.min_scores = {}, {}  # those of one run, if it has any
    tagger = Tagger(network, tokenizer)
    rows = score(gold, list(tagger.annotate(gold)), linked=list(tagger.link(gold)), n_resamples=1000)
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_record(folder, folder.name, record | {"scores": [row.to_dict() for row in rows]})
    print(f"{format_table(rows)}\n\ncheckpoint: {folder}")


def _read_run(run: Path) -> dict[str, Any]:
    record = read_record(run)
    if missing := [key for key in ("resumed", *_OF_A_RECORD) if key not in record]:
        raise TolltaleError(f"{run / RECORD}: of an older version, it has no {missing[0]!r}; train the run again")
    if "averaged" in record:
        raise TolltaleError(f"{run}: is itself a mean; name the runs that it was made of")
    return record


def _refuse_strangers(runs: Sequence[Path], records: Sequence[dict[str, Any]]) -> None:
    start, validation = records[0]["start"], records[0]["validation"]
    if len({run.resolve() for run in runs}) < max(2, len(runs)):
        raise TolltaleError("runs: two or more are averaged, each once")
    if start is None:
        raise TolltaleError(
            f"{runs[0]}: began with heads of its own, not from a whole checkpoint of tolltale; train one run and let "
            "the others go on from it"
        )
    if hash_corpus(validation["path"]) != validation["sha256"]:
        raise TolltaleError(f"{validation['path']}: has changed since the runs were compared on it; train them again")
    for (run, record), (other, same) in combinations(zip(runs, records, strict=True), 2):
        if record["seed"] == same["seed"] and not _find_differences([record, same]):
            raise TolltaleError(f"{other}: of the same seed as {run}, and they differ in nothing else")
    for run, record in zip(runs[1:], records[1:], strict=True):
        if record["start"] != start:
            raise TolltaleError(f"{run}: did not begin from the same weights as {runs[0]}")
        if record["validation"] != validation:
            raise TolltaleError(f"{run}: was compared on other documents than {runs[0]}")


def _find_differences(records: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """What the runs differ in but for their seeds: by name of a setting or of a record's field, the value of each."""
    values = {name: [record["settings"][name] for record in records] for name in records[0]["settings"]}
    values |= {name: [record[name] for record in records] for name in _OF_A_RECORD}
    return {
        name: found
        for name, found in values.items()
        if name not in OF_A_RUN and any(value != found[0] for value in found)
    }


def _mean(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def _merge(runs: Sequence[Path], records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The record of the last run, but for what each run has of its own: of that a list, or what sums it up."""
    return records[-1] | {
        **{key: [record[key] for record in records] for key in ("seed", "best_epoch", "losses")},
        "averaged": [str(run) for run in runs],
        "differences": _find_differences(records),
        "minutes": round(sum(record["minutes"] for record in records), 1),
        "resumed": any(record["resumed"] for record in records),
        "spread": measure_spread(records),
    }


if __name__ == "__main__":
    sys.exit(main())
