"""A random encoder of our network's size in a folder, for taggers that load theirs from one; needs transformers."""

from pathlib import Path

from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from benchmarks.others.clock import HEADS, INNER_WIDTH, LAYERS, N_PIECES, POSITIONS, WIDTH


def save_encoder(folder: str, tokenizer: Path) -> None:
    """Write an encoder with random weights, and the pieces of a tokenizer.json, as a hub id would hold them."""
    config = BertConfig(
        vocab_size=N_PIECES,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=INNER_WIDTH,
        max_position_embeddings=POSITIONS,
    )
    BertModel(config).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_file=str(tokenizer),
        model_max_length=POSITIONS,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    ).save_pretrained(folder)
