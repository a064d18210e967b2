"""python -m eval.calibration CHECKPOINT CORPUS [--write] [--plot FILE]

How often what a checkpoint is sure of is right, before and after Platt scaling. To be honest about texts that the
scaling has not seen, each half of the documents is scaled by what the other half teaches; what is written is fitted on
all.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from eval.measures import totals
from eval.plots import check_plots, draw_reliability
from eval.reliability import Outcomes, Reliability, collect, format_errors, span_outcomes
from eval.score import score
from tolltale.calibration import CLAIM, log_odds
from tolltale.corpora import read_corpus
from tolltale.documents import Document
from tolltale.labels import LAYERS
from tolltale.limits import leave_out, scale
from tolltale.reading import Reading
from tolltale.status import run_command
from tolltale.tagger import Tagger

_STEPS = np.arange(0, 0.65, 0.05).round(2)


@dataclass(frozen=True)
class Scaling:
    """What a checkpoint keeps: slope and offset by layer, kind of link and claims, and what spans have to score."""

    calibration: dict[str, list[float]]
    min_scores: dict[str, float]

    def rounded(self) -> dict[str, Any]:
        """As it stands in a checkpoint's configuration."""
        pairs = {key: [round(value, 6) for value in pair] for key, pair in self.calibration.items()}
        return {"calibration": pairs, "min_scores": self.min_scores}


@dataclass(frozen=True)
class Trial:
    """What a corpus teaches of a checkpoint's scores.

    `reliability` is cross-fitted, and so are the readings of `crossed`: each half of the documents, in their order, is
    scaled by what the other half teaches. `scaling` is taught by all.
    """

    reliability: list[Reliability]
    crossed: list[Reading]
    scaling: Scaling


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibration", description="Calibrate a checkpoint's scores.")
    parser.add_argument("checkpoint", help="a folder that `python -m training` wrote")
    parser.add_argument("corpus", help="a .jsonl file, or a folder of marked-up .txt files, not trained on")
    parser.add_argument("--write", action="store_true", help="keep the scaling in the checkpoint's config.json")
    parser.add_argument("--plot", metavar="FILE", type=Path, help="draw the reliability (needs matplotlib)")
    options = parser.parse_args(arguments)
    return run_command(lambda: _calibrate(options))


def _calibrate(options: argparse.Namespace) -> None:
    if options.plot:
        check_plots()  # before the long part
    trial = measure(options.checkpoint, list(read_corpus(options.corpus)))
    print(format_errors(trial.reliability))
    if options.write:
        write_scaling(Path(options.checkpoint), trial.scaling)
    if options.plot:
        draw_reliability(trial.reliability, options.plot)


def measure(checkpoint: str | Path, gold: Sequence[Document]) -> Trial:
    """Try the scores of spans by layer, links by kind and claims on documents that were not trained on."""
    raw = list(Tagger.from_pretrained(checkpoint, calibrated=False).annotate(gold))
    halves = [fit_all(gold[part::2], raw[part::2]) for part in (0, 1)]
    scaled = [apply(reading, halves[1 - i % 2]) for i, reading in enumerate(raw)]
    before, after = collect(gold, raw), collect(gold, scaled)
    reliability = [Reliability(key, before[key], after[key]) for key in before if key in after]
    return Trial(reliability, scaled, fit_all(gold, raw))


def choose_min_scores(gold: Sequence[Document], found: Sequence[Reading]) -> dict[str, float]:
    """By layer, the score below which spans are left out, in steps of 0.05; what tells of a figure is spared.

    Begins with what gives each layer its best strict F1 (with true probabilities half of that F1: Lipton et al. 2014,
    "Optimal thresholding of classifiers to maximize F1 measure"), then takes layer after layer what gives the best mean
    of strict F1 over layers, links and claims.
    """
    chosen = _best_alone(gold, found)
    for layer in chosen:
        tried = {
            step: _mean_f1(gold, [leave_out(r, chosen | {layer: step}, spare_telling=True) for r in found])
            for step in _STEPS.tolist()
        }
        chosen[layer] = max(tried, key=tried.__getitem__)
    return chosen


def _best_alone(gold: Sequence[Document], found: Sequence[Reading]) -> dict[str, float]:
    chosen = {}
    for layer in LAYERS:
        n_gold = sum(len(document.layer(layer)) for document in gold if layer in document.layers)
        outcomes = np.array([pair for d, r in zip(gold, found, strict=True) for pair in _layer(d, r, layer)])
        if n_gold and len(outcomes):
            f1 = [
                2 * kept[:, 1].sum() / (len(kept) + n_gold) for kept in (outcomes[outcomes[:, 0] >= t] for t in _STEPS)
            ]
            chosen[layer] = float(_STEPS[int(np.argmax(f1))])
    return chosen


def _layer(truth: Document, reading: Reading, layer: str) -> Iterable[tuple[float, bool]]:
    return ((score, right) for key, score, right in span_outcomes(truth, reading) if key == layer)


def _mean_f1(gold: Sequence[Document], found: Sequence[Reading]) -> float:
    return float(np.mean(list(totals(score(gold, found)).values())))


def fit_all(gold: Sequence[Document], raw: Sequence[Reading]) -> Scaling:
    """The scaling of spans and links, then what spans have to score, then the scaling of the claims that are left."""
    calibration = {key: fit(outcomes) for key, outcomes in collect(gold, raw).items() if key != CLAIM}
    scaled = [apply(reading, Scaling(calibration, {})) for reading in raw]
    min_scores = choose_min_scores(gold, scaled)
    kept = collect(gold, [apply(reading, Scaling(calibration, min_scores)) for reading in raw])
    return Scaling(calibration | ({CLAIM: fit(kept[CLAIM])} if CLAIM in kept else {}), min_scores)


def apply(reading: Reading, scaling: Scaling) -> Reading:
    """The reading as the package would give it out with this scaling."""
    return leave_out(scale(reading, scaling.calibration), scaling.min_scores, spare_telling=True)


def fit(outcomes: Outcomes) -> list[float]:
    """Slope and offset of the log odds; what they are where all outcomes are alike teaches nothing."""
    if len(np.unique(outcomes[:, 1])) < 2:
        return [1.0, 0.0]
    model = LogisticRegression().fit(log_odds(outcomes[:, :1]), outcomes[:, 1])
    return [float(model.coef_[0, 0]), float(model.intercept_[0])]


def write_scaling(checkpoint: Path, scaling: Scaling) -> None:
    """Keep a scaling in the configuration of a checkpoint."""
    path = checkpoint / "config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | scaling.rounded()
    path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
