"""The Hugging Face Trainer, taught our batches, rates, order of windows and scores."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from accelerate.utils import broadcast_object_list
from datasets import Dataset, concatenate_datasets
from tqdm.auto import tqdm
from transformers import PreTrainedTokenizerBase, PrinterCallback, Trainer, TrainingArguments
from transformers.integrations.integration_utils import get_available_reporting_integrations

from eval.measures import ALL, Row
from eval.score import score
from eval.table import format_table
from tolltale.documents import Document
from tolltale.network import TaggerNetwork
from tolltale.tagger import Tagger
from training.collator import Collator
from training.data import Corpus
from training.progress import Progress
from training.sampler import EpochSampler, EpochTeller
from training.settings import OptimSettings, Settings, SettingsError

BEST = "eval_f1"  # the mean of strict F1 over layers, links and claims


class TaggerTrainer(Trainer):
    """Trains a network on the windows of corpora and scores each epoch by reading the validation documents."""

    def __init__(
        self,
        network: TaggerNetwork,
        tokenizer: PreTrainedTokenizerBase,
        corpora: Sequence[Corpus],
        validation: Sequence[Document],
        settings: Settings,
        arguments: TrainingArguments,
    ) -> None:
        self._network, self._tokenizer, self._validation, self._optim = network, tokenizer, validation, settings.optim
        windows = concatenate_datasets([corpus.windows for corpus in corpora])
        self._sampler = EpochSampler(
            windows["length"],
            [(len(corpus.windows), corpus.weight) for corpus in corpora],
            batch_size=arguments.train_batch_size * arguments.world_size,  # consecutive batches go to the processes
            seed=arguments.seed,
        )
        super().__init__(
            model=network,
            args=arguments,
            train_dataset=windows.with_format("torch"),
            eval_dataset=Dataset.from_dict({}),  # what is scored is not windows but `validation`, whole
            data_collator=Collator(tokenizer, settings.encoder.masking),
            callbacks=[EpochTeller(self._sampler), Progress()],
        )
        self.remove_callback(PrinterCallback)

    def _get_train_sampler(self, train_dataset: Any = None) -> EpochSampler:
        return self._sampler

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        """AdamW with a rate of its own for the heads, and no decay of biases and norms."""
        if self.optimizer is None:
            kind, options = self.get_optimizer_cls_and_kwargs(self.args)
            options.pop("lr")
            self.optimizer = kind(parameter_groups(self._network, self._optim), **options)
        return self.optimizer

    def evaluate(self, *args: Any, metric_key_prefix: str = "eval", **kwargs: Any) -> dict[str, float]:
        """Read the validation documents as a user would and score them, on the main process for all."""
        metrics: list[dict[str, float]] = [{}]
        if self.is_world_process_zero():
            rows = self.score(Tagger(self._network, self._tokenizer, device=self.args.device))
            tqdm.write(f"\nepoch {self.state.epoch or 0:.0f}\n{format_table(rows)}\n")
            metrics = [_metrics(rows, metric_key_prefix)]
        if self.args.world_size > 1:
            broadcast_object_list(metrics)
        self.log(metrics[0])
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics[0])
        return metrics[0]

    def score(self, tagger: Tagger, n_resamples: int = 0) -> list[Row]:
        """Strict and lenient scores of a tagger on the validation documents."""
        return score(self._validation, list(tagger.annotate(self._validation)), n_resamples=n_resamples)

    def save_network(self, folder: Path) -> None:
        """Write weights, configuration and tokenizer: what `Tagger.from_pretrained` reads."""
        self._network.save_pretrained(folder)
        self._tokenizer.save_pretrained(folder)


def training_arguments(settings: Settings, state: Path, seed: int) -> TrainingArguments:
    """Our settings in the words of transformers; `state` is where unfinished runs are saved."""
    optim = settings.optim
    precision = choose_precision(optim.precision)
    unknown = set(settings.report_to) - set(get_available_reporting_integrations())
    if unknown:
        raise SettingsError(f"report_to: {', '.join(sorted(unknown))} is not installed, or unknown to transformers")
    os.environ["TENSORBOARD_LOGGING_DIR"] = str(state.parent / "logs")  # `state` is gone once the run is finished
    return TrainingArguments(
        output_dir=str(state),
        seed=seed,
        num_train_epochs=optim.epochs,
        per_device_train_batch_size=optim.batch_size,
        gradient_accumulation_steps=optim.accumulate,
        learning_rate=optim.learning_rate,
        warmup_steps=optim.warmup,
        max_grad_norm=optim.max_gradient,
        bf16=precision == "bf16",
        fp16=precision == "fp16",
        optim="adamw_torch_fused",
        use_cpu=not torch.cuda.is_available(),
        activation_checkpointing=settings.encoder.gradient_checkpointing,
        dataloader_pin_memory=torch.cuda.is_available(),
        eval_strategy="epoch",
        save_strategy="epoch",
        save_total_limit=1,
        load_best_model_at_end=True,
        metric_for_best_model=BEST,
        greater_is_better=True,
        logging_steps=settings.log_every,
        report_to=list(settings.report_to) or "none",
        disable_tqdm=True,  # Progress draws its own
        remove_unused_columns=False,
        ddp_find_unused_parameters=False,
    )


def choose_precision(wanted: str) -> str:
    """`auto` made out: bf16 where the hardware computes in it, else fp32."""
    if wanted == "fp16" and not torch.cuda.is_available():
        raise SettingsError("optim.precision: fp16 needs a GPU; take bf16 or fp32")
    if wanted != "auto":
        return wanted
    if torch.cuda.is_available():
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    return "bf16" if torch.cpu._is_avx512_bf16_supported() else "fp32"


def parameter_groups(network: TaggerNetwork, optim: OptimSettings) -> list[dict[str, Any]]:
    """Parameters by learning rate (heads apart) and by decay (matrices only)."""
    groups = []
    for in_heads, rate in ((False, optim.learning_rate), (True, optim.head_learning_rate)):
        chosen = [p for name, p in network.named_parameters() if name.startswith(("heads.", "scorers.")) == in_heads]
        for matrices, decay in ((True, optim.weight_decay), (False, 0.0)):
            kept = [p for p in chosen if (p.ndim > 1) == matrices]
            groups.append({"params": kept, "lr": rate, "weight_decay": decay})
    return groups


def _metrics(rows: Sequence[Row], prefix: str) -> dict[str, float]:
    by_group = {row.group: row.strict.f1 for row in rows if row.label == ALL}
    mean = sum(by_group.values()) / len(by_group)
    return {f"{prefix}_f1": mean, **{f"{prefix}_{group}_f1": f1 for group, f1 in by_group.items()}}
