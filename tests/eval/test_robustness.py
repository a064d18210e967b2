from pathlib import Path

import pytest
from hypothesis import given
from strategies import texts

from eval.robustness import REWRITTEN, curly, main, read_sentences, straight
from tolltale import Document, Tagger

SENTENCES = "At least five villagers were killed. Nobody was hurt, the army said.\n\nTwo are missing."


@given(texts)
def test_rewriting_moves_no_character(text: str) -> None:
    for name, rewrite in REWRITTEN.items():
        assert len(rewrite(text)) == len(text), name


def test_quotation_marks_turn_the_way_they_should() -> None:
    assert curly("He said \"no ('never').\"") == "He said “no (‘never’).”"
    assert straight("“no,” ‘never’ «ja»") == '"no," \'never\' "ja"'


def test_sentences_read_alone_are_laid_back_in_place(checkpoints: dict[str, Path]) -> None:
    found = read_sentences(Tagger.from_pretrained(checkpoints["bert"]), Document(SENTENCES, layers=("figure",)))
    assert {span.id for span in found.spans} >= {end for tie in found.links for end in (tie.head, tie.tail)}
    assert found.spans
    for span in found.spans:
        assert found.text[span.start : span.end] == span.text


def test_the_command_prints_a_line_a_copy(
    checkpoints: dict[str, Path], corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(checkpoints["bert"]), str(corpus)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[2:]] == [*REWRITTEN, "each sentence alone"]
