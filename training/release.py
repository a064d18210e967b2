"""python -m training.release RUN CORPUS... : make a run the checkpoint that comes with tolltale

Calibrates the run on the first corpus, keeps its weights in half precision in model/tolltale/checkpoint/, scores what
was kept on every corpus, and writes the model card from these scores and from the records of the run and of those that
it went on from.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from tabulate import tabulate

from eval import baseline, calibration, reliability, robustness
from eval.errors import count_errors, format_errors
from eval.lost import count_lost, format_lost
from eval.measures import Row, totals
from eval.plots import check_plots, draw_reliability
from eval.score import score
from eval.table import format_table
from tolltale.checkpoint import RELEASED, hash_checkpoint, load_checkpoint
from tolltale.corpora import read_corpus
from tolltale.documents import Document
from tolltale.errors import TolltaleError
from tolltale.status import run_command
from tolltale.tagger import Tagger
from training.card import format_learnt_by_teachers
from training.data import hash_corpus
from training.encoders import find_checkpoint
from training.spread import format_spread
from training.stages import Stages, find_stages, format_stages, learnt_corpora, write_lineage

CARD = RELEASED.parent.parent / "MODEL_CARD.md"
PLOT = CARD.with_name("reliability.png")
TEMPLATE = Path(__file__).with_name("release.md")
MOST_MEGABYTES = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m training.release", description=__doc__)
    parser.add_argument("run", type=Path, help="the folder of a finished run, or `released`")
    parser.add_argument("corpora", nargs="+", metavar="CORPUS", help="not trained on; the first calibrates")
    options = parser.parse_args(arguments)
    return run_command(lambda: release(options.run, options.corpora))


def release(run: Path, corpora: Sequence[str]) -> None:
    """Put the checkpoint in its place, and the card beside it, when both are made. Raises TolltaleError or OSError."""
    check_plots()
    stages = find_stages(run)
    _refuse_learnt(stages, corpora)
    gold = {path: list(read_corpus(path)) for path in corpora}
    with tempfile.TemporaryDirectory() as folder:
        halved, plot = Path(folder, "checkpoint"), Path(folder, PLOT.name)
        halve(run, halved)
        trial = calibration.measure(halved, gold[corpora[0]])
        calibration.write_scaling(halved, trial.scaling)
        draw_reliability(trial.reliability, plot)
        card = format_card(stages, Tagger.from_pretrained(halved), gold, trial)
        keep(halved)
        shutil.copy(plot, PLOT)
    CARD.write_text(card, encoding="utf-8")
    write_lineage(stages, hash_checkpoint(RELEASED))
    print(f"{RELEASED}\n{CARD}")


def _refuse_learnt(stages: Stages, corpora: Sequence[str]) -> None:
    learnt = learnt_corpora(stages)
    hashes, paths = {corpus["sha256"] for corpus in learnt}, {Path(corpus["path"]).resolve() for corpus in learnt}
    for path in corpora:
        if hash_corpus(path) in hashes or Path(path).resolve() in paths:
            raise TolltaleError(f"{path}: the run learnt from it, as it is or was; name documents unseen by it")


def halve(run: Path, folder: Path) -> None:
    """Write a run's weights in half precision, with configuration and tokenizer. Raises TolltaleError if too large."""
    network, tokenizer = load_checkpoint(find_checkpoint(str(run)) or run)
    torch.nn.Module.half(network)
    tokenizer.backend_tokenizer.no_truncation()  # which encoders come with; we never cut or fill up
    tokenizer.backend_tokenizer.no_padding()
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    size = (folder / "model.safetensors").stat().st_size / 1e6
    if size > MOST_MEGABYTES:
        raise TolltaleError(
            f"{run}: {size:.0f} MB in half precision, more than the {MOST_MEGABYTES} that a package holds"
        )


def keep(folder: Path) -> None:
    """Put a copy of a checkpoint where the package looks for one; the older stays until the copy is whole."""
    new, old = (RELEASED.with_name(f"{RELEASED.name}.{age}") for age in ("new", "old"))
    shutil.rmtree(new, ignore_errors=True)  # of a release that was killed
    shutil.copytree(folder, new)
    if RELEASED.exists():
        shutil.rmtree(old, ignore_errors=True)
        RELEASED.rename(old)
    new.rename(RELEASED)
    shutil.rmtree(old, ignore_errors=True)


def format_card(
    stages: Stages,
    tagger: Tagger,
    gold: dict[str, list[Document]],
    trial: calibration.Trial,
) -> str:
    """The model card; all numbers are measured here or stand in the records."""
    first, last = next(iter(gold)), list(stages.values())[-1]
    found = {path: list(tagger.annotate(documents)) for path, documents in gold.items()}
    tables = []
    for path, documents in gold.items():
        rows = score(documents, found[path], linked=list(tagger.link(documents)), n_resamples=1000)
        rules = score(documents, [baseline.annotate(document) for document in documents])
        tables.append(f"### {path}, {len(documents)} documents\n\n{format_table(rows, rules, style='github')}")
    return TEMPLATE.read_text(encoding="utf-8").format(
        scores="\n\n".join(tables),
        errors=format_errors(count_errors(gold[first], found[first]), style="github"),
        lost_claims=format_lost(count_lost(gold[first], found[first]), style="github"),
        robustness=robustness.format_robustness(robustness.measure(tagger, gold[first]), style="github"),
        crossed=format_f1(score(gold[first], trial.crossed)),
        kept=" | ".join(f"{f1:.3f}" for f1 in totals(score(gold[first], found[first])).values()),
        calibration=reliability.format_errors(trial.reliability, style="github"),
        corpora=tabulate(last["corpora"], headers="keys", tablefmt="github") + format_learnt_by_teachers(last),
        first=first,
        stages=format_stages(stages),
        spread=format_spread(last["spread"], style="github") if "spread" in last else "One seed; no spread.",
    )


def format_f1(rows: Sequence[Row]) -> str:
    """Strict F1 of whole groups, on one line."""
    return ", ".join(f"{group} {f1:.3f}" for group, f1 in totals(rows).items())


if __name__ == "__main__":
    sys.exit(main())
