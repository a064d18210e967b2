import pytest
from hypothesis import given
from strategies import texts

from tolltale.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Two died. Six fled.", ["Two died. ", "Six fled."]),
        ("Mr. Noor met Gen. Lopez on Jan. 4. He left.", ["Mr. Noor met Gen. Lopez on Jan. 4. ", "He left."]),
        ("“Two died.” Nobody knew! 12 fled", ["“Two died.” ", "Nobody knew! ", "12 fled"]),
        ("A headline\n\nTwo died", ["A headline\n\n", "Two died"]),
        ("two died. six fled at 3.30 p.m", ["two died. ", "six fled at 3.30 p.m"]),
        (
            "two died. six fled. they were miners.\n\nFacebook Twitter",
            ["two died. ", "six fled. ", "they were miners.\n\n", "Facebook Twitter"],
        ),
        ("Six fled at 3 p.m. on May 4.", ["Six fled at 3 p.m. on May 4."]),
        ("", []),
    ],
)
def test_sentences_end_where_readers_end_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(texts)
def test_sentences_cover_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in split_sentences(text)) == text
