"""The Hugging Face Trainer, taught our batches, rates, order of windows and scores."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from accelerate.utils import broadcast_object_list
from datasets import Dataset, concatenate_datasets
from tqdm.auto import tqdm
from transformers import PreTrainedTokenizerBase, PrinterCallback, Trainer, TrainingArguments

from eval.measures import Row, totals
from eval.score import score
from eval.table import format_table
from tolltale.documents import Document
from tolltale.network import TaggerNetwork
from tolltale.tagger import Tagger
from training.collator import Collator
from training.data import Corpus
from training.progress import Progress
from training.sampler import EpochSampler, EpochTeller
from training.settings import OptimSettings, Settings
from training.tail import TailMean
from training.teachers import Teachers


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
        teachers: Teachers | None = None,
    ) -> None:
        self._network, self._tokenizer, self._validation, self._optim = network, tokenizer, validation, settings.optim
        self._tail = TailMean(network, settings.optim.averaged)
        self._teachers = teachers.to(arguments.device) if teachers else None
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
            data_collator=Collator(tokenizer, settings.encoder.masking, for_teachers=teachers is not None),
            callbacks=[EpochTeller(self._sampler), self._tail, Progress()],
        )
        self.remove_callback(PrinterCallback)

    def compute_loss(
        self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """The network's own loss and, where there are teachers, how far it is from what they think."""
        taught = {key: inputs.pop(key) for key in ("whole_ids", "begins") if key in inputs}
        loss, outputs = super().compute_loss(model, inputs, True, num_items_in_batch)
        if self._teachers:
            with self.accelerator.autocast():  # else they would compute in full precision beside a network in half
                loss = loss + self._teachers.loss(outputs.logits, inputs | taught, self._optim.layer_weights)
        return (loss, outputs) if return_outputs else loss

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
            tagger = Tagger(self._tail.network, self._tokenizer, device=self.args.device)
            rows = score(self._validation, list(tagger.annotate(self._validation)))
            tqdm.write(f"\nepoch {self.state.epoch or 0:.0f}\n{format_table(rows)}\n")
            metrics = [_metrics(rows, metric_key_prefix)]
        if self.args.world_size > 1:
            broadcast_object_list(metrics)
        self.log(metrics[0])
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics[0])
        return metrics[0]

    def save_network(self, folder: Path) -> None:
        """Write weights, configuration and tokenizer: what `Tagger.from_pretrained` reads."""
        self._tail.network.save_pretrained(folder)
        self._tokenizer.save_pretrained(folder)

    def best_epoch(self) -> int:
        """The epoch whose weights are kept; of weights that are averaged it is the last."""
        state = self.state
        step = state.best_global_step if self.args.load_best_model_at_end else state.max_steps
        return round((step or 0) * state.num_train_epochs / state.max_steps)

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        super()._save(output_dir, state_dict)
        if self.args.should_save:
            self._tail.save(Path(output_dir or str(self.args.output_dir)))

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        super()._load_from_checkpoint(resume_from_checkpoint, model)
        self._tail.load(Path(resume_from_checkpoint))


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
    by_group = totals(rows)
    mean = sum(by_group.values()) / len(by_group)
    return {f"{prefix}_f1": mean, **{f"{prefix}_{group}_f1": f1 for group, f1 in by_group.items()}}
