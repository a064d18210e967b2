from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import documents

from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.markup import MarkupError, parse, read, render

plain = st.text(st.sampled_from(list('ab c1,.\n"é東')), max_size=80).map(str.strip)


@given(documents(plain))
def test_rendered_documents_parse_back_to_themselves(document: Document) -> None:
    parsed = parse(render(document), name="d", source="s")
    assert (parsed.text, parsed.spans) == (document.text, document.spans)
    assert set(parsed.links) == set(document.links)


def test_the_example_of_the_module_holds() -> None:
    document = parse("<K1>five</K1> <V1>soldiers</V1>")
    assert [(s.label, s.text) for s in document.spans] == [("KILLED", "five"), ("VICTIM", "soldiers")]
    assert [(link.label, link.head, link.tail) for link in document.links] == [("counts", "T1", "T2")]


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("a\n<K1>five", "line 2: never closed: <K1>"),
        ("five</K1>", "line 1: </K1> closes nothing"),
        ("<Z1>five</Z1>", "<Z1> is no tag"),
        ("<K1></K1>five", "empty"),
        ("<K1>five </K1>", "white space at its edge"),
        ("<K1>five</K1> <I1>six</I1>", "number 1 is taken"),
        ("<V1>men</V1>", "there is no figure 1"),
        ("<S1>he</S1>", "there is no cue 1"),
        ("<DENY2>denied</DENY2>", "there is no cue 2"),
        ("<K1>five <I2>six</I2></K1>", "overlaps"),
        ("<K1,2>five</K1,2>", "one number of its own"),
        ("<K1five</K1>", "closes nothing"),
        ("five <K> men", "broken tag"),
        ("<ACUSE>he</ACUSE>", "'<ACUSE>' is a broken tag"),
        ("<k1>five</k1>", "'<k1>' is a broken tag"),
        ("< K1>five</ K1>", "'< K1>' is a broken tag"),
        ("K1>five/K1>", "'K1>' is a broken tag"),
        ("he <deny>denied</deny> it", "'<deny>' is a broken tag"),
        ("<K1>five</K1> <V1>men</V1> and <V1>women</V1>", "number 1 already has the VICTIM 'men'"),
        ("<S1>he</S1> <Q1>said</Q1>, and <S1,2>she</S1,2> <Q2>did</Q2>", "number 1 already has the SOURCE 'he'"),
    ],
)
def test_unsound_markup_is_refused_with_its_line(marked: str, message: str) -> None:
    with pytest.raises(MarkupError, match=r"line [12]: ") as refused:
        parse(marked)
    assert message in str(refused.value)


def test_signs_that_are_no_tags_stay() -> None:
    for text in ("<5 km away", "A -> B", "x < y > z", "1<2", "a line<br>and <i>more</i>", "<3"):
        assert parse(text).text == text


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"---\n- a\n---\nNo.", ":2: front matter is `key: value` lines"),
        (b"---\nkind: a\nb: [c\n---\nNo.", "no YAML"),
        (b"---\nkind: 2024-13-45\n---\nNo.", ":2: front matter is no YAML: month must be"),
        (b"Yes.\nNo \xff.", ":2: no UTF-8: invalid start byte"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(raw: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(raw)
    with pytest.raises(DocumentError) as refused:
        read(path)
    assert str(refused.value).startswith(f"{path}:")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
    with pytest.raises(DocumentError, match="cannot be read: No such file"):
        read(tmp_path / "none.txt")


def test_a_file_is_refused_by_its_name_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_text("---\nkind: newswire-brief\n---\nOne.\n\n<K1>two\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"bad\.txt:6: never closed"):
        read(path)
