from pathlib import Path

import pytest
from encoders import KINDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import texts
from transformers import AutoTokenizer

from tolltale import pieces
from tolltale.checkpoint import load_checkpoint
from tolltale.errors import CheckpointError
from tolltale.inputs import TextCutter
from tolltale.pieces import MAX_PIECES_OF_WORD

per_kind = pytest.mark.parametrize("kind", KINDS)
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def make_cutter(folder: Path, window: int = 128, overlap: int = 32) -> TextCutter:
    return TextCutter(AutoTokenizer.from_pretrained(folder), window=window, overlap=overlap)


@per_kind
@shared
@given(text=texts)
def test_every_word_has_pieces_and_a_place_in_its_window(kind: str, text: str, encoders: dict[str, Path]) -> None:
    cutter = make_cutter(encoders[kind])
    (cut,) = cutter.cut([text])
    assert len(cut.pieces.starts) == len(cut.words) + 1
    assert cut.pieces.starts[-1] == len(cut.pieces.ids)
    assert all(1 <= n <= MAX_PIECES_OF_WORD for n in cut.pieces.counts)
    for window in cut.windows:
        framed = cutter.frame(cut, window)
        assert len(framed) <= 128
        places = cutter.places(cut, window, window.start, window.end)
        first = cut.pieces.ids[cut.pieces.starts[window.start : window.end]]
        assert framed[places].tolist() == first.tolist()


@per_kind
@shared
@given(several=st.lists(texts, min_size=1, max_size=3))
def test_texts_are_tokenized_the_same_whole_and_in_blocks(
    kind: str, several: list[str], encoders: dict[str, Path]
) -> None:
    cutter = make_cutter(encoders[kind])
    whole = cutter.cut(several)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "AT_A_TIME", 3)
        blocks = cutter.cut(several)
    for one, other in zip(whole, blocks, strict=True):
        assert one.pieces.ids.tolist() == other.pieces.ids.tolist()
        assert one.pieces.starts.tolist() == other.pieces.starts.tolist()


@per_kind
def test_pieces_of_plain_text_are_those_of_the_tokenizer(kind: str, encoders: dict[str, Path]) -> None:
    text = 'Ali Noor said: "The army killed five villagers," on Tuesday.'
    (cut,) = make_cutter(encoders[kind]).cut([text])
    expected = AutoTokenizer.from_pretrained(encoders[kind])(text, add_special_tokens=False)["input_ids"]
    assert cut.pieces.ids.tolist() == expected


@per_kind
def test_a_long_text_is_cut_into_windows_that_leave_nothing_out(kind: str, encoders: dict[str, Path]) -> None:
    text = "At least five villagers were killed, the army said. " * 300
    (cut,) = make_cutter(encoders[kind]).cut([text])
    assert len(cut.windows) > 10
    assert [w.judged_start for w in cut.windows[1:]] == [w.judged_end for w in cut.windows[:-1]]
    assert (cut.windows[0].judged_start, cut.windows[-1].judged_end) == (0, len(cut.words))


def test_the_cutter_of_a_network_has_its_windows(checkpoints: dict[str, Path]) -> None:
    cut = TextCutter.of(*load_checkpoint(checkpoints["bert"])).cut(["Five villagers died, he said. " * 50])
    assert cut[0].windows == make_cutter(checkpoints["bert"]).cut(["Five villagers died, he said. " * 50])[0].windows


def test_a_window_too_small_for_a_word_is_refused(encoders: dict[str, Path]) -> None:
    with pytest.raises(CheckpointError, match="take 98 or more"):
        make_cutter(encoders["bert"], window=60, overlap=32)


def test_a_tokenizer_set_to_cut_and_fill_up_does_neither_here(encoders: dict[str, Path]) -> None:
    tokenizer = AutoTokenizer.from_pretrained(encoders["bert"])
    tokenizer.backend_tokenizer.enable_truncation(16)
    tokenizer.backend_tokenizer.enable_padding(length=100, pad_id=0)
    cutter = TextCutter(tokenizer, window=128, overlap=32)
    (cut,) = cutter.cut(["Five villagers were killed, the army said. " * 5])
    (window,) = cut.windows
    framed = cutter.frame(cut, window)
    assert len(framed) == len(cut.pieces.ids) + 2 > 16
    assert (framed[0], framed[-1]) == (tokenizer.cls_token_id, tokenizer.sep_token_id)
