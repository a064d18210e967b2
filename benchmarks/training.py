"""python -m benchmarks.training CORPUS [--steps N] [--repeats N]

How many tokens a second are learnt from: our trainer against the stock Trainer of transformers, in turn, with the same
network over the same windows. Padding is not counted.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import torch
from tabulate import tabulate
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments, set_seed

from benchmarks.machine import describe_machine
from benchmarks.results import RESULTS, draw_bars, write_results
from benchmarks.turns import Range, compare, compare_all, take_turns
from training.arguments import training_arguments
from training.collator import Collator
from training.data import Corpus, load_corpora
from training.encoders import build_network
from training.settings import CorpusSettings, DataSettings, EncoderSettings, OptimSettings, Settings
from training.trainer import TaggerTrainer

STOCK, FUSED, OURS = "stock Trainer", "stock Trainer, no attention dropout", "tolltale"
ATTENTION_DROPOUT = {STOCK: 0.1, FUSED: 0.0, OURS: 0.0}  # 0.1 is the encoder's own default
NOTES = {
    STOCK: "fp32, random order, each batch filled up to its longest window",
    FUSED: "the same; attention can take its fast path",
    OURS: "precision and optimiser as training chooses them, windows of like length together",
}


@dataclass
class Counter(TrainerCallback):
    """Counts pieces and time from the end of the warm-up to the end of the run."""

    warm_up: int  # steps
    real: int = 0  # pieces
    cells: int = 0  # pieces and padding
    seconds: float = 0.0
    _counted: list[tuple[int, int]] = field(default_factory=list)
    _started: float = 0.0

    def see(self, module: Any, args: Any, inputs: Mapping[str, Any]) -> None:
        """Count a batch before the network reads it; a hook of torch."""
        mask = inputs["attention_mask"]
        self._counted.append((mask.numel(), mask.sum()))

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Begin after the warm-up, end with the last step."""
        if state.global_step in (self.warm_up, state.max_steps) and torch.cuda.is_available():
            torch.cuda.synchronize()
        if state.global_step == self.warm_up:
            self._started = perf_counter()
            self._counted.clear()
        elif state.global_step == state.max_steps:
            self.seconds = perf_counter() - self._started
            self.cells = sum(cells for cells, _ in self._counted)
            self.real = int(sum(int(real) for _, real in self._counted))


def measure(
    name: str, settings: Settings, steps: int, warm_up: int, paddings: dict[str, float], corpora: Sequence[Corpus]
) -> float:
    """Train a fresh network for `warm_up` steps and then `steps` more: pieces a second in the latter."""
    set_seed(1)
    encoder = EncoderSettings(**{**vars(settings.encoder), "attention_dropout": ATTENTION_DROPOUT[name]})
    network, tokenizer = build_network(encoder)
    counter = Counter(warm_up)
    hook = network.register_forward_pre_hook(counter.see, with_kwargs=True)
    with TemporaryDirectory() as folder:
        if name == OURS:
            arguments = _limit(training_arguments(settings, Path(folder, "state"), 1), warm_up + steps)
            trainer: Trainer = TaggerTrainer(network, tokenizer, corpora, [], settings, arguments)
        else:
            trainer = _stock(network, Collator(tokenizer), corpora, settings, folder, warm_up + steps)
        trainer.add_callback(counter)
        trainer.train()
    hook.remove()
    paddings[name] = 1 - counter.real / counter.cells
    return counter.real / counter.seconds


def _stock(
    network: Any, collate: Collator, corpora: Sequence[Corpus], settings: Settings, folder: str, max_steps: int
) -> Trainer:
    """The Trainer as it comes, but for the batch size; our collator, which fills up to a batch's longest as theirs."""
    arguments = TrainingArguments(
        output_dir=folder,
        per_device_train_batch_size=settings.optim.batch_size,
        max_steps=max_steps,
        use_cpu=not torch.cuda.is_available(),
        dataloader_pin_memory=torch.cuda.is_available(),
        remove_unused_columns=False,
        disable_tqdm=True,
        save_strategy="no",
        report_to="none",
    )
    trainer = Trainer(
        model=network,
        args=arguments,
        train_dataset=corpora[0].windows.with_format("torch"),
        data_collator=collate,
    )
    trainer.remove_callback(PrinterCallback)
    return trainer


def _limit(arguments: TrainingArguments, max_steps: int) -> TrainingArguments:
    """The arguments of a run that ends after so many steps, and neither scores nor saves."""
    arguments.max_steps = max_steps
    arguments.eval_strategy = arguments.save_strategy = "no"
    arguments.load_best_model_at_end = False
    return arguments


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write what the options ask for."""
    options = _parse(arguments)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    machine = describe_machine(device)
    data = DataSettings(train={"corpus": CorpusSettings(path=options.corpus)}, validation=options.corpus, processes=1)
    settings = Settings(
        encoder=EncoderSettings(name=options.encoder, window=options.window, overlap=options.window // 4),
        data=data,
        optim=OptimSettings(batch_size=options.batch_size),
        log_every=1_000_000,
    )
    corpora = load_corpora(data, settings.encoder, build_network(settings.encoder)[1])
    paddings: dict[str, float] = {}
    runs = {
        name: partial(measure, name, settings, options.steps, options.warm_up, paddings, corpora)
        for name in ATTENTION_DROPOUT
    }
    rates = take_turns(runs, options.repeats)
    lengths = corpora[0].windows["length"]
    write_results(
        options.output,
        f"training-{device.type}",
        f"Training on {machine['gpu'] or 'CPU'}",
        machine,
        [
            f"{options.corpus}, {len(lengths)} windows of {sum(lengths) / len(lengths):.0f} pieces "
            f"({options.window} at most), batches of {options.batch_size}, {options.steps} steps "
            f"after {options.warm_up}, {options.repeats} repeats in turn. Pieces without padding; medians, in brackets "
            "the least and the most.",
            _format(rates, paddings),
        ],
        {
            **{name: value for name, value in vars(options).items() if name != "output"},
            "unit": "pieces a second",
            "contenders": compare_all(rates),
            "padding": paddings,
        },
    )
    draw_bars(rates, "pieces a second", options.output / f"training-{device.type}.png")


def _format(rates: Mapping[str, Sequence[float]], paddings: Mapping[str, float]) -> str:
    rows = [
        [name, Range.of(own), compare(own, rates[STOCK]), f"{paddings[name]:.0%}", NOTES[name]]
        for name, own in rates.items()
    ]
    headers = ["", "pieces a second", f"times {STOCK}", "padding", ""]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training", description=__doc__)
    parser.add_argument("corpus", help="annotated documents: a .jsonl file, or a folder of marked-up .txt files")
    parser.add_argument("--steps", metavar="N", type=int, default=40, help="against the clock (default 40)")
    parser.add_argument("--warm-up", metavar="N", type=int, default=5, help="steps before it (default 5)")
    parser.add_argument("--repeats", metavar="N", type=int, default=5, help="turns of each trainer (default 5)")
    parser.add_argument("--encoder", metavar="NAME", default="embedded", help="as encoder.name in a config")
    parser.add_argument("--window", metavar="N", type=int, default=256, help="pieces (default 256)")
    parser.add_argument("--batch-size", metavar="N", type=int, default=8, help="windows (default 8)")
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=RESULTS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
