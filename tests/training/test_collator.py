from pathlib import Path

import pytest
import torch
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from tolltale.inputs import TextCutter
from tolltale.labels import LAYERS
from tolltale.markup import parse
from training.collator import Collator
from training.data import window_rows
from training.settings import SettingsError


def _row(tokenizer: PreTrainedTokenizerBase) -> dict[str, torch.Tensor]:
    document = parse("Rain fell on the hills. " * 20 + "<K1>Nine</K1> <V1>miners</V1> died.")
    cutter = TextCutter(tokenizer, window=128, overlap=32)
    (cut,) = cutter.cut([document.text])
    return {key: torch.as_tensor(value) for key, value in next(iter(window_rows(document, cut, cutter))).items()}


def test_the_wanted_share_of_pieces_is_hidden_others_each_time_and_never_a_special_one(
    encoders: dict[str, Path],
) -> None:
    tokenizer = AutoTokenizer.from_pretrained(encoders["bert"])
    row = _row(tokenizer)
    collate = Collator(tokenizer, masking=0.3, for_teachers=True)
    drawn = torch.stack([collate([row])["input_ids"][0] for _ in range(50)])
    hidden = drawn == tokenizer.mask_token_id
    assert collate([row])["whole_ids"][0].equal(row["input_ids"])
    assert (drawn[~hidden] == row["input_ids"].expand_as(drawn)[~hidden]).all()
    assert not hidden[:, [0, -1]].any()
    assert 0.25 < hidden[:, 1:-1].float().mean() < 0.35
    assert len({tuple(each) for each in hidden.tolist()}) == 50


def test_without_masking_windows_are_as_they_were_filled_up_to_the_longest(encoders: dict[str, Path]) -> None:
    tokenizer = AutoTokenizer.from_pretrained(encoders["bert"])
    row = _row(tokenizer)
    short = {key: row[key][:20] for key in ("input_ids", *LAYERS)} | {key: row[key][:0] for key in ("spans", "ties")}
    batch = Collator(tokenizer)([row, short])
    assert batch["input_ids"][0].equal(row["input_ids"])
    assert batch["attention_mask"].sum(dim=1).tolist() == [len(row["input_ids"]), 20]
    assert (batch["labels"]["figure"][1, 20:] == -100).all()


def test_a_tokenizer_without_a_mask_cannot_hide(encoders: dict[str, Path]) -> None:
    tokenizer = AutoTokenizer.from_pretrained(encoders["bert"])
    tokenizer.mask_token = None
    with pytest.raises(SettingsError, match=r"encoder\.masking: .* no mask"):
        Collator(tokenizer, masking=0.1)
