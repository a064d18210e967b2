"""Our settings in the words of transformers."""

import os
from pathlib import Path

import torch
from transformers import TrainingArguments
from transformers.integrations.integration_utils import get_available_reporting_integrations

from tolltale.backends.torch import has_bf16
from training.settings import Settings, SettingsError

_BEST = "eval_f1"  # the mean of strict F1 over layers, links and claims


def training_arguments(settings: Settings, state: Path, seed: int) -> TrainingArguments:
    """What transformers asks of a run; `state` is where it saves what is unfinished. Raises SettingsError."""
    optim = settings.optim
    precision = choose_precision(optim.precision)
    unknown = set(settings.report_to) - set(get_available_reporting_integrations())
    if unknown:
        raise SettingsError(f"report_to: {', '.join(sorted(unknown))} is not installed, or unknown to transformers")
    if optim.averaged and "true" in map(os.environ.get, ("ACCELERATE_USE_FSDP", "ACCELERATE_USE_DEEPSPEED")):
        raise SettingsError("optim.averaged: not of weights that are spread over processes; take 0, or DDP")
    os.environ["TENSORBOARD_LOGGING_DIR"] = str(state.parent / "logs")  # `state` is gone once the run is finished
    return TrainingArguments(
        output_dir=str(state),
        seed=seed,
        num_train_epochs=optim.epochs,
        per_device_train_batch_size=optim.batch_size,
        gradient_accumulation_steps=optim.accumulate,
        learning_rate=optim.learning_rate,
        lr_scheduler_type="cosine_with_min_lr" if optim.schedule == "cosine" else optim.schedule,
        lr_scheduler_kwargs={"min_lr_rate": optim.least_rate} if optim.schedule == "cosine" else {},
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
        load_best_model_at_end=not optim.averaged,
        metric_for_best_model=None if optim.averaged else _BEST,
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
    return "bf16" if has_bf16(torch.device("cuda" if torch.cuda.is_available() else "cpu")) else "fp32"
