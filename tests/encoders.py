"""Tiny random encoders of the four kinds that the machinery must serve, made on the spot."""

from pathlib import Path
from typing import Any

import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    AutoModel,
    BertConfig,
    DebertaV2Config,
    ModernBertConfig,
    PreTrainedConfig,
    PreTrainedTokenizerFast,
    RobertaConfig,
)

KINDS = ("bert", "roberta", "deberta", "modernbert")
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
TEXTS = [
    "At least five villagers were killed and 12 wounded, the army said on Tuesday.",
    'Ali Noor, a local doctor, denied it: "They bombed a clinic. It was barbaric."',
    "Between 1,200 and 1,500 people are missing; nobody has confirmed the toll.",
] * 20


def make_encoder(kind: str, folder: Path) -> Path:
    """Save an encoder with random weights and its tokenizer, as a hub id would hold them."""
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_tokenizer(kind),
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )
    torch.manual_seed(0)
    tokenizer.save_pretrained(folder)
    AutoModel.from_config(_config(kind, len(tokenizer))).save_pretrained(folder)
    return folder


def _tokenizer(kind: str) -> Tokenizer:
    if kind == "bert":
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        trainer: trainers.Trainer = trainers.WordPieceTrainer(vocab_size=400, special_tokens=SPECIAL)
    elif kind == "deberta":
        tokenizer = Tokenizer(models.Unigram())
        tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
        tokenizer.decoder = decoders.Metaspace()
        trainer = trainers.UnigramTrainer(vocab_size=200, special_tokens=SPECIAL, unk_token="[UNK]")
    else:
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        alphabet = pre_tokenizers.ByteLevel.alphabet()
        trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=SPECIAL, initial_alphabet=alphabet)
    tokenizer.train_from_iterator(TEXTS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    )
    return tokenizer


def _config(kind: str, n_pieces: int) -> PreTrainedConfig:
    size: dict[str, Any] = {
        "vocab_size": n_pieces,
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 48,
        "pad_token_id": 0,
    }
    if kind == "bert":
        return BertConfig(**size, max_position_embeddings=512)
    if kind == "roberta":
        return RobertaConfig(**size, max_position_embeddings=514)
    if kind == "deberta":
        return DebertaV2Config(
            **size, max_position_embeddings=512, relative_attention=True, pos_att_type=["p2c", "c2p"], type_vocab_size=0
        )
    special: dict[str, Any] = {"cls_token_id": 2, "sep_token_id": 3, "bos_token_id": 2, "eos_token_id": 3}
    return ModernBertConfig(**size, **special, max_position_embeddings=8192, local_attention=16)
