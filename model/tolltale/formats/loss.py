"""Losses: what a format cannot hold is taken out here and counted, so that nothing goes missing unsaid."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from tolltale.characters import HALF
from tolltale.documents import Document, Span

_NUMBERED = re.compile("T(0|[1-9][0-9]{0,17})")


@dataclass
class Written:
    """How many documents a writer wrote, and by kind how many things its format could not hold."""

    documents: int = 0
    lost: Counter[str] = field(default_factory=Counter)


def replace_halves(document: Document, lost: Counter[str]) -> Document:
    """The document with U+FFFD for each half character (lone surrogate), which UTF-8 cannot hold; offsets stay."""
    line, n_halves = HALF.subn("\ufffd", json.dumps(document.to_dict(), ensure_ascii=False))
    if not n_halves:
        return document
    lost["half characters"] += n_halves
    return replace(Document.from_dict(json.loads(line)), predicted=document.predicted)


def drop_scores(document: Document, lost: Counter[str]) -> Document:
    """The document without the scores of its spans and links."""
    lost["scores"] += sum(span.score is not None for span in document.spans)
    lost["scores"] += sum(link.score is not None for link in document.links)
    spans = tuple(replace(span, score=None) for span in document.spans)
    return replace(document, spans=spans, links=tuple(replace(link, score=None) for link in document.links))


def keep_spans(document: Document, keep: Callable[[Span], bool], lost: Counter[str], what: str) -> Document:
    """The document without the spans that `keep` refuses (counted as `what`) and the links that name them."""
    spans = tuple(span for span in document.spans if keep(span))
    kept = {span.id for span in spans}
    links = tuple(link for link in document.links if {link.head, link.tail} <= kept)
    lost[what] += len(document.spans) - len(spans)
    lost["links"] += len(document.links) - len(links)
    return replace(document, spans=spans, links=links)


def number_ids(document: Document, lost: Counter[str]) -> dict[str, int]:
    """A number for the id of each span: n for `Tn`; an id of another form gets a free number and is counted."""
    numbers = {span.id: int(span.id[1:]) for span in document.spans if _NUMBERED.fullmatch(span.id)}
    others = [span.id for span in document.spans if span.id not in numbers]
    taken = set(numbers.values())
    free = (number for number in count(1) if number not in taken)
    lost["span ids"] += len(others)
    return numbers | dict(zip(others, free, strict=False))
