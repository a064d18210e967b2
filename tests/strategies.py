"""Random documents for property tests."""

from hypothesis import strategies as st

from tolltale.documents import Document, Link, Span, number_spans
from tolltale.labels import FIGURES, LABELS, LAYERS
from tolltale.words import split_words

# Each kind of character is a choice of its own, or the largest alphabet leaves the others no chance.
_PLAIN = st.sampled_from(["At least five", "12", "1,200", "died", "the army", "said", "He", "No", "dozens of men"])
_PUNCTUATION = st.sampled_from([" ", ". ", ", ", "\n", "\n\n", "\t", '"', "'", "’", "—", "-", "..", "\u00a0", "\u2028"])
_COMBINED = st.sampled_from(["é", "e\u0301", "\u0301", "👩\u200d🚒", "👍🏽", "🇸🇾", "\u200d", "\ufe0f", "नि", "က\u102d"])
_SCRIPTS = st.sampled_from(["東京で五人", "مقتل ١٢", "пять убитых", "दो मरे", "သေဆုံး", "የሞቱ", "שני", "ﬁ", "İ", "ẞ"])
_HALVES = st.sampled_from(["\ud800", "\udc00", "\udfff\ud83d", "\ud83d", "\ude00"])
_CONTROLS = st.sampled_from(["\x00", "\x1b[2J", "\x1c", "\x85", "\r", "\x7f", "\ufeff", "\u202e", "\u200b"])
_MARKUP = st.sampled_from(["<b>", "</script>", "&amp;", "<K1>", "</K1>", "<!--", "]]>", "%", "/", "\\"])
_ANY = st.text(st.characters(), max_size=4)

texts = st.lists(
    st.one_of(_PLAIN, _PUNCTUATION, _COMBINED, _SCRIPTS, _HALVES, _CONTROLS, _MARKUP, _ANY), max_size=30
).map("".join)


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
