"""The files of our own corpus: `documents/SPLIT/CONFLICT/KIND-NUMBER.txt`, marked up, with front matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
DIFFICULTIES = {
    "rival-tolls": "tolls that two sources put differently",
    "revised-toll": "a toll revised up or down",
    "bounds": "ranges and bounds: at least, up to, between, nearly, fewer than",
    "vague": "vague amounts: dozens, scores, hundreds, a handful",
    "zero": "zeros and denials of harm",
    "words-and-digits": "figures in words, in digits, with separators",
    "two-kinds": "two kinds of harm in one clause",
    "subset": "parts of a toll: including 12 children",
    "cumulative": "cumulative and historical tolls",
    "elided-victim": "victims elided: 20 others",
    "no-source": "a figure in the article's own voice",
    "distant-source": "a figure whose source stands two sentences away",
    "other-numbers": "numbers that are no casualties",
    "hypothetical": "harm feared, threatened or planned",
    "relayed": "speech relayed by a second source",
    "anonymous-source": "anonymous sources",
    "pronoun-source": "pronouns as sources",
    "source-after": "the source after its content",
    "source-before": "the source before its content",
    "source-inside": "the source inside its content",
    "long-quotation": "quotations over several paragraphs",
    "nested-quotation": "a quotation within a quotation",
    "stance-on-cue": "a stance on a cue",
    "stance-in-content": "a stance inside a content",
    "stance-by-article": "a stance in the article's own voice",
    "negated-stance": "stances negated",
    "nothing-to-mark": "documents with little or nothing to mark",
}


@dataclass(frozen=True)
class MarkedFile:
    """A document of the corpus with what its place and its front matter say."""

    path: Path
    split: str
    conflict: str
    kind: str
    difficulties: tuple[str, ...]
    document: Document


def read_files(root: Path) -> Iterator[MarkedFile | DocumentError]:
    """Every file under a folder laid out as the corpus is, or the error that says what is wrong with it."""
    for path in sorted(root.rglob("*.txt")):
        try:
            yield read_file(path, root)
        except DocumentError as error:
            yield error


def read_file(path: Path, root: Path) -> MarkedFile:
    """One file. Raises DocumentError naming file and line."""
    document = markup.read(path, name=path.relative_to(root).with_suffix("").as_posix())
    front, _ = markup.split_front_matter(path.read_text(encoding="utf-8"))
    kind, difficulties = front.get("kind"), front.get("difficulties") or []
    if kind not in KINDS:
        raise DocumentError(f"{path}:2: kind: {kind!r} is none of {', '.join(KINDS)}")
    for name in difficulties:
        if name not in DIFFICULTIES:
            raise DocumentError(f"{path}:3: difficulties: {name!r} is none of {', '.join(DIFFICULTIES)}")
    split, conflict, *rest = [*path.relative_to(root).parts, "", ""]
    if split not in SPLITS or not any(rest):
        raise DocumentError(f"{path}: a document stands in SPLIT/CONFLICT/, and a split is {' or '.join(SPLITS)}")
    return MarkedFile(path, split, conflict, kind, tuple(difficulties), document)
