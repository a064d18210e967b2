"""The inline mark-up: people write `<K1>five</K1> <V1>soldiers</V1>`, we read and write documents.

A tag is a short name and numbers. A figure has a number of its own and its victim carries it; an attribution
has a number, which its source, cue and content share; a stance carries the number of its holder's attribution.
What is tied to nothing carries 0. A file may open with front matter: lines of YAML between two lines of `---`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tolltale.documents import Document, Link, Span
from tolltale.errors import DocumentError
from tolltale.labels import ATTRIBUTION, FIGURE, FIGURES, LABELS, LAYER_OF, LAYERS, STANCE

SHORT: dict[str, str] = {
    **dict(zip("KIMPXV", LABELS[FIGURE], strict=True)),
    **dict(zip("SQC", LABELS[ATTRIBUTION], strict=True)),
    **{label: label for label in LABELS[STANCE]},
}
_NAME_OF = {label: name for name, label in SHORT.items()}
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Z]+)(?P<numbers>\d[\d,]*)>")
_TAG_LIKE = re.compile(  # what was meant as a tag; `<5 km`, `->` and `<br>` were not
    rf"</?(?:{'|'.join(SHORT)})[\d,]*>?(?!\w)"
    r"|<\s*/?\s*(?:[A-Z]+|[A-Za-z]+(?=[\s,]*\d)|(?i:confirm|deny|doubt|accuse|condemn|support))[\d\s,]*>"
    rf"|/?\b(?:{'|'.join(SHORT)})\d[\d,]*>"
)
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


class MarkupError(DocumentError):
    """A marked text breaks a rule; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.message, self.line = message, line


@dataclass(frozen=True)
class _Mark:
    label: str
    start: int
    end: int
    numbers: tuple[int, ...]
    text: str
    line: int

    def error(self, message: str) -> MarkupError:
        return MarkupError(f"{self.label} {self.text!r}: {message}", self.line)


def read(path: Path, *, name: str = "") -> Document:
    """The document of a marked-up file, with the `kind` of its front matter as `source`.

    Raises DocumentError naming file and line.
    """
    return read_with_front(path, name=name)[0]


def read_with_front(path: Path, *, name: str = "") -> tuple[Document, dict[str, Any]]:
    """What `read` gives, and the settings of the front matter."""
    raw = _read_text(path)
    before = 0  # lines
    try:
        front, body = split_front_matter(raw)
        before = raw[: len(raw) - len(body)].count("\n")
        return parse(body, name=name, source=str(front.get("kind", ""))), front
    except MarkupError as error:
        raise DocumentError(f"{path}:{before + error.line}: {error.message}") from None


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DocumentError(f"{path}:{line}: no UTF-8: {error.reason}") from None
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None


def split_front_matter(raw: str) -> tuple[dict[str, Any], str]:
    """The settings that a file opens with, if any, and the rest of it. Raises MarkupError, its line of the file."""
    match = _FRONT_MATTER.match(raw)
    if match is None:
        return {}, raw
    front = _load(match[1])
    if not isinstance(front, dict):
        raise MarkupError("front matter is `key: value` lines", 2)
    return front, raw[match.end() :]


def _load(front: str) -> Any:
    try:
        return yaml.safe_load(front) or {}
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2024-13-45
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise MarkupError(f"front matter is no YAML: {problem}", mark.line + 2 if mark else 2) from None


def parse(marked: str, *, name: str = "", source: str = "") -> Document:
    """The document that a marked-up text stands for, all layers annotated.

    Raises MarkupError where a tag is unknown, unclosed or empty, spans of a layer overlap, or a number
    matches nothing. White space around the whole text is left out.
    """
    text, marks = _take_tags_out(marked.rstrip())
    lead = len(text) - len(text.lstrip())
    marks.sort(key=lambda mark: (mark.start, -mark.end, LAYERS.index(LAYER_OF[mark.label])))
    _check_edges(marks)
    ids = {mark: f"T{i}" for i, mark in enumerate(marks, 1)}
    spans = tuple(Span(ids[m], LAYER_OF[m.label], m.label, m.start - lead, m.end - lead, m.text) for m in marks)
    links = [Link(label, ids[head], ids[tail]) for label, head, tail in _links(marks)]
    links.sort(key=lambda link: (link.label, int(link.head[1:]), int(link.tail[1:])))
    return Document(text[lead:], name, source, LAYERS, spans, tuple(links))


def render(document: Document) -> str:
    """The marked-up text of a document: the inverse of `parse`, up to the choice of numbers."""
    numbers = _numbers(document)
    marks = []
    for span in document.spans:
        tag = _NAME_OF[span.label] + ",".join(map(str, sorted(numbers[span.id]) or [0]))
        length, rank = span.end - span.start, LAYERS.index(span.layer)
        marks.append((span.start, 1, -length, rank, f"<{tag}>"))
        marks.append((span.end, 0, length, -rank, f"</{tag}>"))
    pieces, at = [], 0
    for position, _, _, _, tag in sorted(marks):
        pieces += [document.text[at:position], tag]
        at = position
    return "".join(pieces) + document.text[at:]


def _take_tags_out(marked: str) -> tuple[str, list[_Mark]]:
    text, marks, at = "", [], 0
    opened: list[tuple[str, int]] = []
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        line = marked.count("\n", 0, at) + 1
        if tag["name"] not in SHORT:
            raise MarkupError(f"{tag[0]} is no tag; the tags are {', '.join(SHORT)}", line)
        key = tag["name"] + tag["numbers"]
        if not tag["closing"]:
            opened.append((key, len(text)))
            continue
        start = next((start for name, start in reversed(opened) if name == key), None)
        if start is None:
            raise MarkupError(f"{tag[0]} closes nothing", line)
        opened.remove((key, start))
        numbers = tuple(int(number) for number in tag["numbers"].split(",") if number)
        marks.append(_Mark(SHORT[tag["name"]], start, len(text), numbers, text[start:], line))
    text += marked[at:]
    if opened:
        line = text.count("\n", 0, opened[0][1]) + 1
        raise MarkupError("never closed: " + ", ".join(f"<{name}>" for name, _ in opened), line)
    if broken := _TAG_LIKE.search(text):
        raise MarkupError(f"{broken[0]!r} is a broken tag", text.count("\n", 0, broken.start()) + 1)
    return text, marks


def _check_edges(marks: list[_Mark]) -> None:
    last: dict[str, _Mark] = {}
    for mark in marks:
        if mark.text != mark.text.strip() or not mark.text:
            raise mark.error("empty, or white space at its edge")
        left = last.get(LAYER_OF[mark.label])
        if left is not None and mark.start < left.end:
            raise mark.error(f"overlaps {left.label} {left.text!r} in the same layer")
        last[LAYER_OF[mark.label]] = mark


def _links(marks: list[_Mark]) -> list[tuple[str, _Mark, _Mark]]:
    figures = _by_number(mark for mark in marks if mark.label in FIGURES)
    cues = _by_number(mark for mark in marks if mark.label == "CUE")
    links = _tie(marks, figures, cues)
    _check_single(links)
    return links


def _tie(marks: list[_Mark], figures: dict[int, _Mark], cues: dict[int, _Mark]) -> list[tuple[str, _Mark, _Mark]]:
    links = []
    for mark in marks:
        if mark.label in ("CONTENT", *LABELS[STANCE]) and len(mark.numbers) != 1:
            raise mark.error("needs one number")
        for number in filter(None, mark.numbers):
            if mark.label == "VICTIM":
                links.append(("counts", _look_up(figures, number, mark, "figure"), mark))
            elif mark.label in ("SOURCE", "CONTENT"):
                links.append((mark.label.lower(), _look_up(cues, number, mark, "cue"), mark))
            elif mark.label in LABELS[STANCE]:
                links.append(("holder", mark, _look_up(cues, number, mark, "cue")))
    return links


def _check_single(links: list[tuple[str, _Mark, _Mark]]) -> None:
    """A figure has one victim and a cue one source."""
    taken: dict[tuple[str, _Mark], _Mark] = {}
    for label, head, tail in links:
        if label in ("counts", "source") and taken.setdefault((label, head), tail) != tail:
            number = head.numbers[0]
            raise tail.error(f"number {number} already has the {tail.label} {taken[label, head].text!r}")


def _by_number(marks: Iterable[_Mark]) -> dict[int, _Mark]:
    found: dict[int, _Mark] = {}
    for mark in marks:
        if len(mark.numbers) != 1:
            raise mark.error("needs one number of its own")
        if mark.numbers[0] in found:
            raise mark.error(f"number {mark.numbers[0]} is taken by {found[mark.numbers[0]].text!r}")
        found[mark.numbers[0]] = mark
    return found


def _look_up(marks: dict[int, _Mark], number: int, mark: _Mark, what: str) -> _Mark:
    if number not in marks:
        raise mark.error(f"there is no {what} {number}")
    return marks[number]


def _numbers(document: Document) -> dict[str, set[int]]:
    numbers: dict[str, set[int]] = {span.id: set() for span in document.spans}
    heads = [s for s in document.layer(FIGURE) if s.label in FIGURES]
    cues = [s for s in document.layer(ATTRIBUTION) if s.label == "CUE"]
    for series in (heads, cues):
        for number, span in enumerate(series, 1):
            numbers[span.id] = {number}
    for link in document.links:
        owner, other = (link.tail, link.head) if link.label == "holder" else (link.head, link.tail)
        numbers[other] |= numbers[owner]
    return numbers
