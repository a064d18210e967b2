"""The settings of a run: read from YAML, overridden on the command line, checked here and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

import yaml
from omegaconf import MISSING, DictConfig, OmegaConf
from omegaconf.errors import MissingMandatoryValue, OmegaConfBaseException

from tolltale.errors import TolltaleError
from tolltale.labels import LAYERS
from tolltale.network import LAYER_WEIGHTS
from tolltale.pieces import MAX_PIECES_OF_WORD

# Settings that make no difference to what is learnt, so that a resumed run may have others.
OF_A_RUN = ("output", "seeds", "resume", "log_every", "report_to")
ROOM = MAX_PIECES_OF_WORD + 8  # beside the overlap a window has room for the longest word and for special pieces


class SettingsError(TolltaleError):
    """A setting is unknown, of a wrong type or out of range; the message names the key."""


@dataclass(frozen=True)
class EncoderSettings:
    """The pretrained encoder that is fine-tuned, and how texts are laid before it."""

    name: str = "embedded"  # or "released", a folder (a trained tagger's too), an id on the Hugging Face hub
    window: int = 256  # pieces read together, special ones included
    overlap: int = 64  # pieces that neighbouring windows share
    dropout: float = 0.1  # in the encoder's layers and before the heads
    attention_dropout: float = 0.0  # more than 0 slows the attention down
    masking: float = 0.0  # share of the pieces that are hidden at random, others each time a window is learnt from
    gradient_checkpointing: bool = False  # less memory for more time

    def __post_init__(self) -> None:
        """Check ranges."""
        _check("encoder.window", self.window, 96, 8192)
        _check("encoder.overlap", self.overlap, 0, self.window - ROOM)
        _check("encoder.dropout", self.dropout, 0, 0.9)
        _check("encoder.attention_dropout", self.attention_dropout, 0, 0.9)
        _check("encoder.masking", self.masking, 0, 0.9)


@dataclass(frozen=True)
class CorpusSettings:
    """A corpus to learn from."""

    path: str = MISSING  # a .jsonl file, or a folder of marked-up .txt files
    weight: float = 1.0  # times that it is read an epoch; 0.25 reads another quarter each epoch
    optional: bool = False  # left out, with a note, where its path leads nowhere
    unmarked: bool = False  # its documents may name no layers: `data.teachers` tell of them
    texts: str | None = None  # where `path` holds stand-off annotations: the .jsonl or .jsonl.gz file of their texts


@dataclass(frozen=True)
class DataSettings:
    """What is learnt from, and what the epochs are compared on."""

    train: dict[str, CorpusSettings] = field(default_factory=dict)
    validation: str = MISSING  # a .jsonl file, or a folder of marked-up .txt files
    validation_else: str | None = None  # the same, for where `validation` leads nowhere
    teachers: list[str] = field(default_factory=list)  # trained taggers that tell of layers that are not annotated
    processes: int = 2  # that cut the texts

    def __post_init__(self) -> None:
        """Check ranges."""
        for name, corpus in self.train.items():
            _check(f"data.train.{name}.weight", corpus.weight, 0.001, 1000)
            if corpus.unmarked and not self.teachers:
                raise SettingsError(f"data.train.{name}.unmarked: nobody tells of it; name a tagger in data.teachers")
        if len(set(self.teachers)) < len(self.teachers):
            raise SettingsError(f"data.teachers: need each once, found {', '.join(self.teachers)}")
        _check("data.processes", self.processes, 1, 256)


@dataclass(frozen=True)
class OptimSettings:
    """How the network learns: AdamW, the rate rising over the warm-up and then falling to 0 or to `least_rate`."""

    epochs: int = 8
    batch_size: int = 16  # windows a step and process
    accumulate: int = 1  # steps whose gradients are averaged
    learning_rate: float = 1e-4  # of the encoder, at its highest
    head_learning_rate: float = 1e-3  # of the heads, at its highest
    weight_decay: float = 0.01
    warmup: float = 0.1  # share of the steps
    schedule: Literal["linear", "cosine"] = "linear"  # how the rates fall after the warm-up
    least_rate: float = 0.0  # where the cosine ends, as a share of the highest rate
    averaged: float = 0.0  # share of the steps, the last, the mean of whose weights is kept; at 0 the best epoch's are
    layer_weights: dict[str, float] = field(default_factory=lambda: dict(LAYER_WEIGHTS))  # of their losses
    max_gradient: float = 1.0  # the norm to which longer gradients are cut
    precision: Literal["auto", "fp32", "bf16", "fp16"] = "auto"  # auto: bf16 where the hardware computes in it

    def __post_init__(self) -> None:
        """Check ranges."""
        _check("optim.epochs", self.epochs, 1, 10_000)
        _check("optim.batch_size", self.batch_size, 1, 65_536)
        _check("optim.accumulate", self.accumulate, 1, 65_536)
        _check("optim.learning_rate", self.learning_rate, 1e-9, 1)
        _check("optim.head_learning_rate", self.head_learning_rate, 1e-9, 1)
        _check("optim.weight_decay", self.weight_decay, 0, 10)
        _check("optim.warmup", self.warmup, 0, 0.9)
        _check("optim.averaged", self.averaged, 0, 1)
        _check("optim.least_rate", self.least_rate, 0, 1)
        for layer, weight in self.layer_weights.items():
            if layer not in LAYERS:
                raise SettingsError(f"optim.layer_weights.{layer}: no layer; there are {', '.join(LAYERS)}")
            _check(f"optim.layer_weights.{layer}", weight, 0, 1000)
        if self.least_rate and self.schedule == "linear":
            raise SettingsError("optim.least_rate: only with optim.schedule=cosine; on a line the rates fall to 0")
        _check("optim.max_gradient", self.max_gradient, 1e-6, 1e6)


@dataclass(frozen=True)
class Settings:
    """A whole run."""

    output: str = MISSING  # the folder that the checkpoint is written to
    seeds: list[int] = field(
        default_factory=lambda: [1]
    )  # one model for each, and the mean of those that go on from a tagger
    resume: bool = False  # go on from the last saved state of a run that was stopped
    log_every: int = 10  # steps
    report_to: list[str] = field(default_factory=list)  # trackers, such as tensorboard or wandb
    encoder: EncoderSettings = field(default_factory=EncoderSettings)
    data: DataSettings = field(default_factory=DataSettings)
    optim: OptimSettings = field(default_factory=OptimSettings)

    def __post_init__(self) -> None:
        """Check ranges."""
        if not self.data.train:
            raise SettingsError("data.train: names no corpus; add one, such as data.train.mine.path=mine.jsonl")
        _check("log_every", self.log_every, 1, 1_000_000)
        if not self.seeds or len(set(self.seeds)) < len(self.seeds):
            raise SettingsError(f"seeds: need one or more, each once, found {self.seeds}")
        for seed in self.seeds:
            _check("seeds", seed, 0, 2**31)


def load_settings(path: str | Path, overrides: Sequence[str] = ()) -> Settings:
    """Read a YAML file, apply `key.sub=value` overrides and check the result.

    Raises SettingsError with one line that names the key and what is wrong with it.
    """
    if not Path(path).is_file():
        raise SettingsError(f"{path}: no such file; the configs that come with tolltale are in configs/")
    try:
        written = OmegaConf.load(path)
        if not isinstance(written, DictConfig):
            raise SettingsError(f"{path}: a config is `key: value` lines, this is a list")
        loaded = OmegaConf.merge(OmegaConf.structured(Settings), written, _parse(overrides))
        return cast(Settings, OmegaConf.to_object(loaded))
    except MissingMandatoryValue as error:
        raise SettingsError(f"{error.full_key}: needs a value") from None
    except OmegaConfBaseException as error:
        message = str(error).split("\n")[0]
        raise SettingsError(f"{error.full_key}: {message}" if error.full_key else message) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path}: no YAML mapping: {' '.join(str(error).split())}") from None


def _parse(overrides: Sequence[str]) -> DictConfig:
    for override in overrides:
        if "=" not in override:
            raise SettingsError(f"{override}: an override is key.sub=value")
    return OmegaConf.from_dotlist(list(overrides))


def _check(key: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise SettingsError(f"{key}: {value} is out of range, need {least:g} to {most:g}")
