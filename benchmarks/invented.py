"""Invented documents, and a tiny network to read them: for what depends on neither words nor weights."""

import json
import random
from pathlib import Path

import torch
from torch import nn
from transformers import AutoTokenizer

from tolltale.checkpoint import RELEASED
from tolltale.network import TaggerConfig, TaggerNetwork

TEMPLATES = (
    "At least {n} {who} were killed and {m} wounded in {place}, {source} said.",
    "{source} denied that {n} {who} had died in {place}.",
    "Between {n} and {m} {who} are missing after the attack on {place}, according to {source}.",
    "The market of {place} opened again on Monday.",
    "{source} put the toll in {place} at {n}, up from {m}.",
)
WORDS = {
    "who": ("villagers", "soldiers", "people", "miners", "policemen"),
    "place": ("Kaba", "Ostrava Hill", "the port of Lenn", "Marsange", "the old town"),
    "source": ("The army", "A local doctor", "The mayor", "Ali Noor, a rescuer,", "The ministry"),
}


def write_archive(path: Path, n_documents: int) -> None:
    """Invented documents of one to six sentences, the same each time."""
    chance = random.Random(0)
    with path.open("w", encoding="utf-8") as file:
        for number in range(n_documents):
            text = " ".join(make_sentence(chance) for _ in range(chance.randint(1, 6)))
            file.write(json.dumps({"id": f"d{number}", "source": "templates", "text": text}) + "\n")


def make_checkpoint(folder: Path) -> Path:
    """A tiny network with random weights that marks a word here and there, with the released tokenizer."""
    torch.manual_seed(0)
    config = TaggerConfig.from_pretrained(RELEASED)
    config.calibration, config.min_scores = {}, {}
    for name, size in (
        ("hidden_size", 32),
        ("intermediate_size", 64),
        ("num_hidden_layers", 1),
        ("num_attention_heads", 2),
    ):
        setattr(config.encoder, name, size)
    network = TaggerNetwork(config)
    for head in network.heads.values():
        assert isinstance(head, nn.Linear)
        nn.init.normal_(head.weight, std=0.5)
        nn.init.zeros_(head.bias)
        head.bias.data[0] = 8.0  # of being outside of all spans
    network.float().save_pretrained(folder)
    AutoTokenizer.from_pretrained(RELEASED).save_pretrained(folder)
    return folder


def make_sentence(chance: random.Random) -> str:
    """An invented sentence, with figures or without."""
    words = {name: chance.choice(options) for name, options in WORDS.items()}
    return chance.choice(TEMPLATES).format(n=chance.randint(2, 40), m=chance.randint(41, 900), **words)
