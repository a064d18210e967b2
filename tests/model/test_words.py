from hypothesis import given
from hypothesis import strategies as st
from strategies import documents, texts

from tolltale.documents import Document
from tolltale.labels import LAYERS, tags
from tolltale.words import is_aligned, split_words, tag_words


@given(texts)
def test_words_are_in_order_and_leave_out_nothing_but_white_space(text: str) -> None:
    words = split_words(text).tolist()
    edges = [0, *(edge for word in words for edge in word), len(text)]
    assert edges == sorted(edges)
    between = "".join(text[end:start] for end, start in zip(edges[::2], edges[1::2], strict=True))
    assert not between.strip()


@given(st.integers(0, 10**9), st.sampled_from(["{:,}", "{:.2f}", "{}", "{:,}km", "{:.1f}bn", "{}th"]))
def test_a_number_is_one_word(number: int, form: str) -> None:
    assert len(split_words(f"x {form.format(number)} y")) == 3


def test_an_accent_stays_with_its_letter() -> None:
    assert split_words("e\u0301te\u0301 été").tolist() == [[0, 5], [6, 9]]


@given(documents())
def test_tags_of_spans_on_words_lead_back_to_them(document: Document) -> None:
    words = split_words(document.text)
    for layer in LAYERS:
        spans = document.layer(layer)
        assert all(is_aligned(span, words) for span in spans)
        names = [tags(layer)[tag] for tag in tag_words(words, spans, layer)]
        found = []
        for i, name in enumerate(names):
            if name[0] == "B":
                end = next((j for j in range(i + 1, len(names)) if names[j][0] != "I"), len(names))
                found.append((name[2:], words[i, 0], words[end - 1, 1]))
        assert found == [(span.label, span.start, span.end) for span in spans]


def test_a_span_that_cuts_a_word_takes_the_whole_word() -> None:
    document = Document.from_dict(
        {
            "text": "crashed badly",
            "layers": ["stance"],
            "spans": [{"id": "T1", "layer": "stance", "label": "DENY", "start": 2, "end": 5}],
        }
    )
    words = split_words(document.text)
    assert not is_aligned(document.spans[0], words)
    assert tag_words(words, document.spans, "stance").tolist() == [tags("stance").index("B-DENY"), 0]
