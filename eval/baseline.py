"""A baseline without learning: regular expressions for figures, a list of speech verbs, a list of stance words.

It shows what a model has to beat, and that the scores measure more than surface.
"""

import re
from collections.abc import Iterator

from tolltale.documents import Document, Span, number_spans
from tolltale.labels import ATTRIBUTION, FIGURE, LAYERS, STANCE

_UNITS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred"
_NUMBER = rf"(?:\d[\d,.]*\d|\d|(?:{_UNITS})(?:[- ](?:{_UNITS}))*|dozens|scores|hundreds|several|no)"
_HEDGE = r"(?:at least|more than|about|around|nearly|up to|some|as many as|over|another)"
_FIGURE = rf"\b(?P<figure>(?:{_HEDGE} )?{_NUMBER})\b"
_VICTIM = (
    r"(?: (?P<victim>(?:[a-z]+ )?(?:people|civilians|soldiers|policemen|officers|children|women|men|rebels|troops)))?"
)
_HARM = {
    "KILLED": r"killed|dead|died|slain|executed|deaths|bodies",
    "INJURED": r"wounded|injured|hurt",
    "MISSING": r"missing|disappeared",
    "CAPTURED": r"captured|detained|arrested|kidnapped|abducted|hostages?",
    "CASUALTIES": r"casualties|losses|victims",
}
_SPEECH = (
    r"(?:(?:has|have|had) )?(?:said|says|told|added|reported|announced|stated|claimed|warned|denied|confirmed|accused"
    r"|according to|insisted|explained|argued|noted|condemned)"
)
_SOURCE = r"(?:he|she|they|(?:the |a |an )?(?:[\w'-]+ ){0,3}[\w'-]+)"
_SAID = re.compile(rf"(?P<source>{_SOURCE}) (?P<cue>{_SPEECH})\b(?P<content>[^.\n]*)", re.IGNORECASE)
_STANCES = {
    "CONFIRM": r"confirmed|acknowledged|admitted|claimed responsibility",
    "DENY": r"denied|rejected|dismissed|disputed|denies",
    "DOUBT": r"unconfirmed|could not be (?:independently )?(?:verified|confirmed)|questioned",
    "ACCUSE": r"accused|blamed|accuses|blames",
    "CONDEMN": r"condemned|denounced|criticised|criticized|condemns",
    "SUPPORT": r"praised|welcomed|backed|supported|defended",
}


def annotate(document: Document) -> Document:
    """What the rules find in a document's text, in all layers."""
    text = document.text
    places = [*_figures(text), *_attributions(text), *_stances(text)]
    spans = [Span("", layer, label, start, end, text[start:end]) for layer, label, start, end in places]
    return Document(text, document.id, document.source, LAYERS, number_spans(_apart(spans)))


Place = tuple[str, str, int, int]


def _figures(text: str) -> Iterator[Place]:
    for label, harm in _HARM.items():
        after = rf"{_FIGURE}{_VICTIM}(?: (?:were|was|have been|had been|other))? (?:{harm})\b"
        before = rf"\b(?:{harm}) {_FIGURE}{_VICTIM}"
        for match in re.finditer(
            f"{after}|{before.replace('<figure>', '<count>').replace('<victim>', '<who>')}", text, re.I
        ):
            for name in ("figure", "count", "victim", "who"):
                if match[name]:
                    yield FIGURE, label if name in ("figure", "count") else "VICTIM", *match.span(name)


def _attributions(text: str) -> Iterator[Place]:
    for match in _SAID.finditer(text):
        yield ATTRIBUTION, "SOURCE", *match.span("source")
        yield ATTRIBUTION, "CUE", *match.span("cue")
        content = match["content"].strip(" ,")
        if content:
            start = match.start("content") + match["content"].index(content)
            yield ATTRIBUTION, "CONTENT", start, start + len(content)


def _stances(text: str) -> Iterator[Place]:
    for label, words in _STANCES.items():
        for match in re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE):
            yield STANCE, label, *match.span()


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Spans without those that overlap an earlier one of their layer."""
    last = dict.fromkeys(LAYERS, 0)
    for span in number_spans(spans):
        if span.start >= last[span.layer]:
            last[span.layer] = span.end
            yield span
