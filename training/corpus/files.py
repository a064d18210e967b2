"""The files of our own corpus: `documents/SPLIT/CONFLICT/KIND-NUMBER.txt`, marked up, with front matter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tolltale import markup
from tolltale.documents import Document
from tolltale.errors import DocumentError

DOCUMENTS = Path(__file__).parent / "documents"
PASSES = Path(__file__).parent / "passes"  # both annotations of every document, before they were settled
SPLITS = ("train", "dev", "test")
KINDS = (
    "newswire-brief",
    "long-wire-report",
    "newspaper-analysis",
    "live-blog",
    "ministry-statement",
    "military-communique",
    "rebel-statement",
    "human-rights-report",
    "un-situation-report",
    "eyewitness-feature",
    "court-report",
    "social-media-thread",
    "encyclopedia-entry",
    "translated-broadcast",
    "headline-standfirst",
    "interview",
)
DIFFICULTIES = (
    "rival-tolls",  # tolls that two sources put differently
    "revised-toll",  # a toll revised up or down
    "bounds",  # ranges and bounds: at least, up to, between, nearly, fewer than
    "vague",  # vague amounts: dozens, scores, hundreds, a handful
    "zero",  # zeros and denials of harm
    "words-and-digits",  # figures in words, in digits, with separators, in both
    "two-kinds",  # two kinds of harm in one clause
    "subset",  # parts of a toll: including 12 children
    "cumulative",  # cumulative and historical tolls
    "elided-victim",  # victims elided: 20 others
    "no-source",  # a figure in the article's own voice
    "distant-source",  # a figure whose source stands two sentences away
    "other-numbers",  # numbers that are no casualties
    "hypothetical",  # harm feared, threatened or planned
    "relayed",  # speech relayed by a second source
    "anonymous-source",
    "pronoun-source",
    "source-after",
    "source-before",
    "source-inside",
    "long-quotation",  # quotations over several paragraphs
    "nested-quotation",
    "stance-on-cue",
    "stance-in-content",
    "stance-by-article",  # a stance in the article's own voice
    "negated-stance",
    "nothing-to-mark",
)


@dataclass(frozen=True)
class MarkedFile:
    """A document of the corpus with what its place and its front matter say."""

    path: Path
    split: str
    conflict: str
    kind: str
    difficulties: tuple[str, ...]
    document: Document


def has_splits(root: Path) -> bool:
    """Whether a folder is laid out as the corpus is; any other is somebody's own, with no more than marked-up texts."""
    return any((root / split).is_dir() for split in SPLITS)


def read_own(root: Path) -> Iterator[Document | DocumentError]:
    """Every marked-up file under a folder of whatever layout, or the error that says what is wrong with it."""
    for path in sorted(root.rglob("*.txt")):
        try:
            yield markup.read(path, name=path.relative_to(root).with_suffix("").as_posix())
        except DocumentError as error:
            yield error


def read_files(root: Path) -> Iterator[MarkedFile | DocumentError]:
    """Every file under a folder laid out as the corpus is, or the error that says what is wrong with it."""
    files = []
    for path in sorted(root.rglob("*.txt")):
        try:
            files.append(read_file(path, root))
            yield files[-1]
        except DocumentError as error:
            yield error
    yield from _conflicts_in_two_splits(files)


def read_file(path: Path, root: Path) -> MarkedFile:
    """One file. Raises DocumentError naming file and line."""
    document, front = markup.read_with_front(path, name=path.relative_to(root).with_suffix("").as_posix())
    kind, difficulties = front.get("kind"), _difficulties(front.get("difficulties"), path)
    if kind not in KINDS:
        found = "there is none; it must be one" if kind is None else f"{kind!r} is none"
        raise DocumentError(f"{path}:2: kind: {found} of {', '.join(KINDS)}")
    split, conflict, *rest = [*path.relative_to(root).parts, "", ""]
    if split not in SPLITS or not any(rest):
        raise DocumentError(f"{path}:1: a document stands in SPLIT/CONFLICT/, and a split is {' or '.join(SPLITS)}")
    if not re.fullmatch(rf"{kind}-[1-9][0-9]*", path.stem):
        raise DocumentError(f"{path}:2: kind: {kind!r} does not fit the name of the file, which is KIND-NUMBER.txt")
    if not document.text:
        raise DocumentError(f"{path}:1: there is no text in it")
    return MarkedFile(path, split, conflict, kind, difficulties, document)


def _difficulties(found: Any, path: Path) -> tuple[str, ...]:
    names = [] if found is None else found
    if not isinstance(names, list):
        raise DocumentError(f"{path}:{_line(path)}: difficulties: expected a list, `[bounds, zero]`, found {names!r}")
    for i, name in enumerate(names):
        if not isinstance(name, str) or name not in DIFFICULTIES:
            raise DocumentError(f"{path}:{_line(path)}: difficulties: {name!r} is none of {', '.join(DIFFICULTIES)}")
        if name in names[:i]:
            raise DocumentError(f"{path}:{_line(path)}: difficulties: {name!r} is named twice")
    return tuple(names)


def _line(path: Path) -> int:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip(" '\"{").startswith("difficulties"))


def _conflicts_in_two_splits(files: list[MarkedFile]) -> Iterator[DocumentError]:
    first: dict[str, MarkedFile] = {}
    for file in files:
        other = first.setdefault(file.conflict, file)
        if other.split != file.split:
            yield DocumentError(f"{file.path}:1: the conflict {file.conflict!r} is in {other.split} too: {other.path}")
