"""Our inline mark-up: a folder with a .txt file for each document, in folders where its id has slashes.

It cannot hold scores, links other than those of the scheme, spans with white space at an edge, white space around
a text, carriage returns, span ids (they are numbered anew) and which layers are annotated (all are, when it is read
back); an id that is no path is percent-encoded. A document whose text itself looks like mark-up is left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from tolltale import markup
from tolltale.corpora import read_corpus
from tolltale.documents import Document, Link, number_spans
from tolltale.errors import DocumentError
from tolltale.formats.folder import file_name, make_empty, write_files
from tolltale.formats.loss import Written, drop_scores, keep_spans, replace_halves
from tolltale.labels import LAYERS, LINK_RULES


def to_marked(document: Document, lost: Counter[str]) -> str | None:
    """The marked-up file of a document, None where its text looks like mark-up; what is lost is counted in `lost`."""
    losses: Counter[str] = Counter()
    held = hold(document, losses)
    front = ""
    if held.source or held.text.startswith(("---", "\ufeff")):  # what a file must not open with
        front = f"---\n{yaml.safe_dump({'kind': held.source}, allow_unicode=True)}---\n"
    marked = front + markup.render(held)
    if _read_back(marked, held.id) != held:
        lost["documents whose text looks like mark-up"] += 1
        return None
    lost += losses
    return marked


def hold(document: Document, lost: Counter[str]) -> Document:
    """What the mark-up can hold of a document, as it is read back."""
    document = drop_scores(replace_halves(document, lost), lost)
    document = keep_spans(document, lambda s: s.text == s.text.strip(), lost, "spans with white space at an edge")
    lost["dates"] += bool(document.date)
    document = replace(document, date="")
    lost["layers that are not annotated"] += len({*LAYERS} - {*document.layers})
    document = _renumber(_strip(_without_returns(document, lost), lost), lost)
    links = _links_of_the_scheme(document)
    lost["links"] += len(document.links) - len(links)
    return replace(document, links=links, layers=LAYERS)


def read(path: Path) -> Iterator[Document]:
    """The documents of a folder and those under it. Raises DocumentError naming file and line."""
    if not path.is_dir():
        raise DocumentError(f"{path}: is no folder, and marked-up documents are .txt files in one")
    return read_corpus(path)


def write(path: Path, documents: Iterable[Document]) -> Written:
    """Write into a folder that is empty or new."""
    written = Written()
    make_empty(path)
    for document in documents:
        marked = to_marked(document, written.lost)
        if marked is not None:
            name = "/".join(map(file_name, document.id.split("/")))
            written.lost["document ids that are no path"] += name != document.id
            write_files(path, name, [(".txt", marked)])
            written.documents += 1
    return written


def _read_back(marked: str, name: str) -> Document | None:
    try:
        front, body = markup.split_front_matter(marked)
        return markup.parse(body, name=name, source=str(front.get("kind", "")))
    except markup.MarkupError:
        return None


def _without_returns(document: Document, lost: Counter[str]) -> Document:
    """Line feeds for carriage returns, a space where a line feed follows: offsets stay."""
    lost["carriage returns"] += document.text.count("\r")
    text = document.text.replace("\r\n", " \n").replace("\r", "\n")
    spans = tuple(replace(span, text=text[span.start : span.end]) for span in document.spans)
    return replace(document, text=text, spans=spans)


def _strip(document: Document, lost: Counter[str]) -> Document:
    text = document.text.strip()
    lost["texts with white space around them"] += text != document.text
    lead = document.text.index(text)
    spans = tuple(replace(span, start=span.start - lead, end=span.end - lead) for span in document.spans)
    return replace(document, text=text, spans=spans)


def _renumber(document: Document, lost: Counter[str]) -> Document:
    spans = number_spans(document.spans)
    new = {old.id: span.id for old, span in zip(document.spans, spans, strict=True)}
    lost["span ids"] += sum(old != name for old, name in new.items())
    links = tuple(Link(link.label, new[link.head], new[link.tail]) for link in document.links)
    return replace(document, spans=spans, links=links)


def _links_of_the_scheme(document: Document) -> tuple[Link, ...]:
    """The links between labels that the scheme ties, in its order: one for each span that chooses its partner."""
    labels = {span.id: span.label for span in document.spans}
    kept: dict[tuple[str, ...], Link] = {}
    for link in document.links:
        rule = LINK_RULES[link.label]
        if labels[link.head] in rule.heads and labels[link.tail] in rule.tails:
            kept.setdefault((link.label, link.head if rule.chooser_is_head else link.tail), link)
    return tuple(sorted(kept.values(), key=lambda link: (link.label, int(link.head[1:]), int(link.tail[1:]))))
