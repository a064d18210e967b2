"""Batches: windows side by side, some of their pieces hidden."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from transformers import PreTrainedTokenizerBase

from tolltale.labels import LAYERS
from tolltale.network import NOT_SCORED
from training.settings import SettingsError
from training.ties import collate_links


class Collator:
    """Puts windows together and hides a share of their pieces behind the tokenizer's mask, special ones excepted.

    What is hidden has to be told by its neighbours, so that less is learnt by heart of few documents (the masking of
    Devlin et al. 2019, "BERT", as noise over the input; nothing is asked about the hidden pieces themselves). Raises
    SettingsError where the tokenizer has no mask. `for_teachers` adds what they ask for.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase, masking: float = 0.0, *, for_teachers: bool = False) -> None:
        if masking and tokenizer.mask_token_id is None:
            raise SettingsError("encoder.masking: the tokenizer of this encoder has no mask; leave it at 0")
        self._pad_id, self._mask_id = int(tokenizer.pad_token_id or 0), tokenizer.mask_token_id
        self._special = torch.tensor(tokenizer.all_special_ids)
        self._masking, self._for_teachers = masking, for_teachers

    def __call__(self, rows: Sequence[dict[str, Tensor]]) -> dict[str, Any]:
        """Windows as one batch, (windows, longest): input_ids, attention_mask, labels by layer; and their links.

        Teachers ask for `whole_ids`, the pieces with none of them hidden, and `begins`, which of them begin a word.
        """
        lengths = torch.tensor([len(row["input_ids"]) for row in rows])
        input_ids = _stack(rows, "input_ids", self._pad_id)
        whole = {"whole_ids": input_ids, "begins": _stack(rows, "begins", 0).bool()} if self._for_teachers else {}
        return {
            **whole,
            "input_ids": self._hide(input_ids) if self._masking else input_ids,
            "attention_mask": (torch.arange(input_ids.shape[1]) < lengths[:, None]).long(),
            "labels": {layer: _stack(rows, layer, NOT_SCORED) for layer in LAYERS},
            "links": collate_links(rows),
        }

    def _hide(self, input_ids: Tensor) -> Tensor:
        hidden = (torch.rand(input_ids.shape) < self._masking) & ~torch.isin(input_ids, self._special)
        return input_ids.masked_fill(hidden, self._mask_id)


def _stack(rows: Sequence[dict[str, Tensor]], column: str, value: int) -> Tensor:
    return pad_sequence([row[column] for row in rows], batch_first=True, padding_value=value)
