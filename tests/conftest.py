import json
from collections.abc import Callable
from pathlib import Path

import datasets
import pytest
from encoders import KINDS, make_encoder
from hypothesis import settings
from odd import write_rows

from tolltale.corpora import write_corpus
from tolltale.markup import parse
from training.encoders import build_network
from training.settings import EncoderSettings

# What a property test takes depends on the machine and on what else it does.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

MARKED = [
    "<C1><K1>At least five</K1> <V1,2>villagers</V1,2> were killed and <I2>12</I2> wounded</C1>, <S1>the army</S1> "
    "<Q1>said</Q1> on Tuesday.",
    "<S1>Ali Noor, a local doctor,</S1> <Q1><DENY1>denied</DENY1></Q1> <C1>it</C1>. Nobody asked for more than that.",
    "<M1>Between 1,200 and 1,500</M1> <V1>people</V1> are missing; <S1>the mayor</S1> <Q1>called</Q1> <C1>it "
    "<CONDEMN1>barbaric</CONDEMN1></C1>.",
    "The match ended 3-1 in the rain, and all 2,000 spectators went home.",
]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep Arrow files of tests apart from those of real runs."""
    datasets.config.HF_DATASETS_CACHE = tmp_path_factory.mktemp("arrow")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of twelve short documents that we wrote."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    write_corpus(path, [parse(text, name=f"d{i}") for i, text in enumerate(MARKED * 3)])
    return path


@pytest.fixture
def odd_rows(tmp_path: Path) -> Path:
    """A .jsonl file of texts that are odd in every way."""
    return write_rows(tmp_path / "rows.jsonl")


@pytest.fixture(scope="session")
def encoders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of a tiny random encoder of each kind."""
    return {kind: make_encoder(kind, tmp_path_factory.mktemp(kind)) for kind in KINDS}


@pytest.fixture(scope="session")
def checkpoints(encoders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An untrained checkpoint over each encoder: random, so it finds many spans."""
    made = {}
    for kind, encoder in encoders.items():
        network, tokenizer = build_network(EncoderSettings(name=str(encoder), window=128, overlap=32))
        made[kind] = tmp_path_factory.mktemp(f"checkpoint-{kind}")
        network.save_pretrained(made[kind])
        tokenizer.save_pretrained(made[kind])
    return made


@pytest.fixture
def write_config(encoders: dict[str, Path], corpus: Path, tmp_path: Path) -> Callable[..., str]:
    """Writes a config of a run that takes seconds, with changes by dotted key; returns its path."""

    def write(**changes: object) -> str:
        config = {
            "output": str(tmp_path / "run"),
            "log_every": 1,
            "encoder": {"name": str(encoders["bert"]), "window": 128, "overlap": 32},
            "data": {"train": {"mine": {"path": str(corpus)}}, "validation": str(corpus), "processes": 1},
            "optim": {"epochs": 2, "batch_size": 4, "learning_rate": 1e-3, "precision": "fp32"},
        }
        path = tmp_path / "config.yaml"
        path.write_text(json.dumps(config | changes), encoding="utf-8")  # JSON is YAML
        return str(path)

    return write
