"""A run: one model for each seed, each trained, scored and written as a checkpoint of its own, and their mean."""

import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from accelerate import PartialState
from transformers import TrainingArguments, set_seed

from tolltale.documents import Document
from tolltale.outputs import open_output
from training.arguments import training_arguments
from training.average import merge_records, save_mean
from training.card import RECORD, read_record
from training.data import Corpus, choose_validation, load_corpora, load_validation, missing_paths
from training.encoders import build_network, find_checkpoint
from training.provenance import describe_run
from training.publish import publish
from training.settings import OF_A_RUN, Settings, SettingsError
from training.spread import format_spread, measure_spread
from training.teachers import Teachers
from training.trainer import TaggerTrainer

STATE = "state"  # in a checkpoint's folder, while its run is not finished
MEAN = "mean"  # in the folder of several seeds


def run(settings: Settings) -> list[Path]:
    """Train what the settings ask for and return the folder of each checkpoint.

    Raises SettingsError or DocumentError before any training where the input is unsound.
    """
    several = len(settings.seeds) > 1
    folders = [Path(settings.output, f"seed-{seed}" if several else "") for seed in settings.seeds]
    # Runs that begin from a bare encoder have heads of their own, and the mean of their weights reads nothing.
    means = [Path(settings.output, MEAN)] if several and find_checkpoint(settings.encoder.name) else []
    _refuse_overwriting(settings, [*means, *folders])
    records = [train(settings, seed, folder) for seed, folder in zip(settings.seeds, folders, strict=True)]
    if PartialState().is_main_process:
        if several:
            _report_spread(records, Path(settings.output))
        for mean in means:
            _average(folders, records, mean, load_validation(settings.data))
        print(_farewell([*means, *folders]))
    return [*means, *folders]


def _refuse_overwriting(settings: Settings, folders: Sequence[Path]) -> None:
    written = {folder.resolve() for folder in folders}
    for teacher in settings.data.teachers:
        if Path(teacher).resolve() in written:
            raise SettingsError(f"data.teachers: {teacher} is where the run writes; name another output")


def train(settings: Settings, seed: int, folder: Path) -> dict[str, Any]:
    """Train one model, write its checkpoint into `folder` and return the record that is kept with it.

    Where a run is resumed that had been finished, nothing is trained.
    """
    started = time.monotonic()
    set_seed(seed)
    with PartialState().main_process_first():
        network, tokenizer = build_network(settings.encoder)
        network.config.layer_weights = dict(settings.optim.layer_weights)
        teachers = Teachers.load(settings.data.teachers, network.config, tokenizer)
        corpora = load_corpora(settings.data, settings.encoder, tokenizer)
        validation = load_validation(settings.data)
    arguments = training_arguments(settings, folder / STATE, seed)
    plan = describe_run(settings, seed, corpora, arguments.world_size)
    if settings.resume and (folder / RECORD).is_file() and not (folder / STATE).is_dir():
        record = read_record(folder)
        _refuse_changes(plan, record)
        return record
    saved = _prepare_state(plan, folder / STATE, resume=settings.resume)
    trainer = TaggerTrainer(network, tokenizer, corpora, validation, settings, arguments, teachers)
    if trainer.is_world_process_zero():
        _announce(settings, corpora, validation, arguments)
    trainer.train(resume_from_checkpoint=saved)
    record = {}
    if arguments.should_save:
        record = _finish(trainer, folder, plan | {"resumed": saved is not None}, validation, started)
    PartialState().wait_for_everyone()
    return record


def _prepare_state(plan: dict[str, Any], state: Path, *, resume: bool) -> str | None:
    """Begin a folder of saved states, or return the last one that is whole, where the run is to go on."""
    resumed = None
    with PartialState().main_process_first():
        if resume and (state / RECORD).is_file():
            _refuse_changes(plan, read_record(state))
            whole = [path.parent for path in state.glob("checkpoint-*/trainer_state.json")]  # written last
            resumed = max(whole, key=lambda path: int(path.name.split("-")[1]), default=None)
        elif PartialState().is_main_process:
            shutil.rmtree(state, ignore_errors=True)
            state.mkdir(parents=True)
            with open_output(state / RECORD) as file:  # whole or not there, wherever the run is killed
                json.dump(plan, file)
    return str(resumed) if resumed else None


def _refuse_changes(plan: dict[str, Any], before: dict[str, Any]) -> None:
    """Raise SettingsError where a run that is to be resumed was begun on other terms."""
    for key, value in plan["settings"].items():
        if key not in OF_A_RUN and value != before["settings"][key]:
            raise SettingsError(
                f"{key}: differs from the run that is to be resumed; leave resume=true out to begin anew"
            )
    for key in ("start", "corpora", "teachers", "validation", "n_processes"):
        if plan[key] != before[key]:
            raise SettingsError(f"resume: the {key} changed since the run began; leave resume=true out to begin anew")


def _finish(
    trainer: TaggerTrainer, folder: Path, plan: dict[str, Any], validation: Sequence[Document], started: float
) -> dict[str, Any]:
    """Write the checkpoint, score it as it will be read, and keep both with the record of the run."""
    writing = folder / STATE / "writing"
    trainer.save_network(writing)
    record = plan | {
        "minutes": round((time.monotonic() - started) / 60, 1),
        "best_epoch": trainer.best_epoch(),
        "losses": [log["loss"] for log in trainer.state.log_history if "loss" in log],
    }
    return publish(writing, folder, record, validation)


def _average(
    runs: Sequence[Path], records: Sequence[dict[str, Any]], folder: Path, validation: Sequence[Document]
) -> None:
    """Write the mean of the weights of runs, scored, with one record of all."""
    writing = folder / STATE / "writing"
    save_mean(runs, writing)
    publish(writing, folder, merge_records(records), validation)


def _announce(
    settings: Settings, corpora: Sequence[Corpus], validation: Sequence[Document], arguments: TrainingArguments
) -> None:
    for name, wanted in settings.data.train.items():
        if name not in {corpus.name for corpus in corpora}:
            print(f"{name}: left out, {missing_paths(wanted)[0]} is not there")
    for corpus in corpora:
        cut = f", {corpus.n_cut_words} spans cut a word and take it whole" if corpus.n_cut_words else ""
        taught = f", {corpus.n_taught} of them taught" if settings.data.teachers and corpus.n_taught else ""
        print(f"{corpus.name}: {corpus.n_documents} documents, {len(corpus.windows)} windows{taught}{cut}")
    if settings.data.teachers:
        print(f"taught by {', '.join(settings.data.teachers)} where a layer is not annotated")
    precision = "bf16" if arguments.bf16 else "fp16" if arguments.fp16 else "fp32"
    print(f"validation: {len(validation)} documents of {choose_validation(settings.data)}")
    print(f"{precision} on {arguments.device}, {arguments.world_size} processes")


def _report_spread(records: Sequence[dict[str, Any]], folder: Path) -> None:
    spread = measure_spread(records)
    (folder / "seeds.json").write_text(json.dumps(spread, indent=2) + "\n", encoding="utf-8")
    print("\n" + format_spread(spread))


def _farewell(folders: Sequence[Path]) -> str:
    return f"""
checkpoint: {", ".join(map(str, folders))}

from tolltale import Tagger
reading = Tagger.from_pretrained("{folders[0]}").predict(text)"""
