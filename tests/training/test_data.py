from pathlib import Path

import pytest

from tolltale.errors import DocumentError
from tolltale.labels import LAYERS, tags
from tolltale.network import NOT_SCORED
from training.data import Corpus, hash_corpus, load_corpora, load_validation
from training.encoders import build_network
from training.settings import CorpusSettings, DataSettings, EncoderSettings

ROW = '{{"id": "a", "text": "Five soldiers crashed{}.", "layers": ["figure"], "spans": [{}]}}\n'
FIGURE = '{"id": "T1", "layer": "figure", "label": "KILLED", "start": 0, "end": 4}'
CUTS_A_WORD = ', {"id": "T2", "layer": "figure", "label": "VICTIM", "start": 5, "end": 11}'


def load(path: Path, encoder: Path, processes: int = 1, *, unmarked: bool = False) -> Corpus:
    settings = EncoderSettings(name=str(encoder), window=128, overlap=32)
    _, tokenizer = build_network(settings)
    mine = CorpusSettings(str(path), unmarked=unmarked)
    teachers = ["released"] if unmarked else []
    data = DataSettings({"mine": mine}, validation="", teachers=teachers, processes=processes)
    (corpus,) = load_corpora(data, settings, tokenizer)
    return corpus


def test_targets_stand_on_the_first_piece_of_each_word_of_annotated_layers(
    tmp_path: Path, encoders: dict[str, Path]
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(ROW.format("", FIGURE + CUTS_A_WORD), encoding="utf-8")
    corpus = load(path, encoders["bert"])
    (row,) = corpus.windows
    names = [tags("figure")[tag] for tag in row["figure"] if tag != NOT_SCORED]
    assert names == ["B-KILLED", "B-VICTIM", "O", "O"]
    assert (row["figure"][0], row["figure"][-1]) == (NOT_SCORED, NOT_SCORED)
    assert len(row["figure"]) == len(row["input_ids"]) == row["length"]
    assert set(row["attribution"]) == set(row["stance"]) == {NOT_SCORED}
    assert row["begins"] == [tag != NOT_SCORED for tag in row["figure"]]
    assert corpus.n_cut_words == 1


def test_windows_leave_out_no_word_of_a_long_document(tmp_path: Path, encoders: dict[str, Path]) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(ROW.format(" and died" * 500, FIGURE), encoding="utf-8")
    windows = load(path, encoders["roberta"]).windows
    assert sum(tag != NOT_SCORED for row in windows for tag in row["figure"]) >= 1004
    assert max(windows["length"]) <= 128


def test_a_corpus_is_cut_once_and_again_when_it_changes(tmp_path: Path, encoders: dict[str, Path]) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(ROW.format("", FIGURE) * 3, encoding="utf-8")
    first, again = load(path, encoders["bert"], processes=2), load(path, encoders["bert"], processes=2)
    assert first.windows.cache_files == again.windows.cache_files
    path.write_text(ROW.format("", FIGURE) * 4, encoding="utf-8")
    changed = load(path, encoders["bert"], processes=2)
    assert changed.sha256 != first.sha256
    assert len(changed.windows) == 4


def test_a_folder_is_hashed_by_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    before = hash_corpus(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert hash_corpus(tmp_path) != before


def test_a_document_without_layers_is_refused_unless_its_corpus_says_so(
    tmp_path: Path, encoders: dict[str, Path]
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"id": "bare", "text": "x"}\n', encoding="utf-8")
    with pytest.raises(DocumentError, match="document 'bare' names no `layers`"):
        load(path, encoders["bert"])
    corpus = load(path, encoders["bert"], unmarked=True)
    (row,) = corpus.windows
    assert corpus.n_taught == 1
    assert sum(row["begins"]) == 1
    assert {tag for layer in LAYERS for tag in row[layer]} == {NOT_SCORED}
    with pytest.raises(DocumentError, match="names no `layers`"):
        load_validation(DataSettings(validation=str(path)))


def test_a_corpus_with_nothing_in_it_is_refused(tmp_path: Path, encoders: dict[str, Path]) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(DocumentError, match="holds no document"):
        load(path, encoders["bert"])
    path.write_text('{"text": " ", "layers": ["figure"]}\n', encoding="utf-8")
    with pytest.raises(DocumentError, match="nothing but empty texts"):
        load(path, encoders["bert"])


def test_every_layer_has_a_column(corpus: Path, encoders: dict[str, Path]) -> None:
    assert set(LAYERS) <= set(load(corpus, encoders["modernbert"]).windows.column_names)
