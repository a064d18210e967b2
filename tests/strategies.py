"""Random documents for property tests."""

from hypothesis import strategies as st

from tolltale.documents import Document, Link, Span, number_spans
from tolltale.labels import FIGURES, LABELS, LAYERS
from tolltale.words import split_words

# Letters, digits, punctuation, white space, combining marks, emoji, scripts without spaces, half characters.
texts = st.text(
    st.one_of(
        st.sampled_from(list("ab 1,.2\n\t\"'-—’é\u0301\u200d👩東ကि\u00a0\ud800\x00<>/")),
        st.characters(),
    ),
    max_size=120,
)


@st.composite
def spans_on_words(draw: st.DrawFn, text: str) -> list[Span]:
    """Spans that begin and end at words and do not overlap within a layer."""
    words = split_words(text)
    found = []
    for layer in LAYERS:
        at = 0
        while at < len(words) and draw(st.booleans()):
            start = draw(st.integers(at, len(words) - 1))
            end = draw(st.integers(start + 1, min(len(words), start + 8)))
            first, after = int(words[start, 0]), int(words[end - 1, 1])
            found.append(Span("", layer, draw(st.sampled_from(LABELS[layer])), first, after, text[first:after]))
            at = end
    return found


@st.composite
def documents(draw: st.DrawFn, text: st.SearchStrategy[str] = texts) -> Document:
    """Documents with all layers, and links as the schema allows them."""
    written = draw(text)
    spans = number_spans(draw(spans_on_words(written)))
    links = []
    for label, heads, tail in (("counts", FIGURES, "VICTIM"), ("source", ("CUE",), "SOURCE")):
        tails = [span.id for span in spans if span.label == tail]
        chosen = [span for span in spans if span.label in heads and tails and draw(st.booleans())]
        links += [Link(label, span.id, draw(st.sampled_from(tails))) for span in chosen]
    return Document(written, "d", "s", LAYERS, spans, tuple(links))
