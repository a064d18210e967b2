"""The commands of `python -m training.corpus`: each takes the parsed options and returns the exit status."""

import argparse
import json
import sys
from pathlib import Path
from textwrap import shorten

from eval.score import score
from eval.table import format_table
from tolltale import markup
from tolltale.corpora import read_corpus, write_corpus
from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.formats.label_studio import labelling_config
from tolltale.outputs import open_output
from tolltale.standoff import detach as detach_text
from tolltale.standoff import read_annotated, read_texts, realign
from training.corpus.convert import convert as convert_documents
from training.corpus.convert import count, format_written
from training.corpus.files import SPLITS, MarkedFile, has_splits, read_files, read_own
from training.corpus.leaks import RUN, find_leaks
from training.corpus.likeness import find_alike
from training.corpus.stats import format_stats


def check(options: argparse.Namespace) -> int:
    """Name every unsound file and every pair of sentences that are too much alike."""
    documents, errors = _read_documents(options.folder)
    for error in errors:
        print(f"error: {error}", file=sys.stderr)
    alike = list(find_alike(documents, limit=options.limit))
    for left, right, a, b, likeness in alike:
        print(f"error: {left} and {right} share a sentence ({likeness}): {a!r}, {b!r}", file=sys.stderr)
    print(
        f"{count(len(documents), 'document')} sound, {count(len(errors), 'error')}; "
        f"{count(len(alike), 'pair')} of sentences too much alike"
    )
    return 1 if errors or alike else 0


def stats(options: argparse.Namespace) -> int:
    """Print how much there is of what."""
    print(format_stats(_read_sound(options.folder)))
    return 0


def leaks(options: argparse.Namespace) -> int:
    """Name every document that shares passages with documents that are to be kept apart from it."""
    documents = _read_any(options.corpus, options.texts)
    apart = [document for path in options.against for document in _read_any(path)]
    found = list(find_leaks(documents, apart))
    for leak in found:
        share = f"{leak.n_shared} of {leak.n_runs} runs of {RUN} words ({leak.n_shared / leak.n_runs:.0%})"
        passage = shorten(leak.passage, 160)
        print(f"{leak.document}: {share} are in documents to keep apart, most in {leak.apart}: {passage!r}")
    documents_apart = count(len(apart), "document")
    print(f"{len(found)} of {count(len(documents), 'document')} with passages out of {documents_apart} to keep apart")
    return 1 if found else 0


def compile_corpus(options: argparse.Namespace) -> int:
    """Write a JSON Lines file for each split."""
    files = _read_sound(options.folder)
    options.output.mkdir(parents=True, exist_ok=True)
    for split in SPLITS:
        path = options.output / f"{split}.jsonl"
        written = write_corpus(path, (file.document for file in files if file.split == split))
        print(f"{path}: {count(written, 'document')}")
    return 0


def show(options: argparse.Namespace) -> int:
    """Print documents of any corpus with their mark-up."""
    missing = set(options.ids)
    for document in read_corpus(options.corpus):
        if not options.ids or document.id in options.ids:
            missing.discard(document.id)
            print(f"== {document.id}\n{markup.render(document)}\n")
    if missing:
        raise DocumentError(f"{options.corpus}: no document {', '.join(sorted(missing))}")
    return 0


def agree(options: argparse.Namespace) -> int:
    """Print how far two annotations of the same texts agree: the second scored against the first."""
    first = {document.id: document for document in read_corpus(options.first)}
    second = {document.id: document for document in read_corpus(options.second)}
    if differing := first.keys() ^ second.keys():
        raise DocumentError(f"only one of the two annotations holds {', '.join(sorted(differing)[:3])}")
    print(format_table(score(list(first.values()), [second[name] for name in first])))
    return 0


def convert(options: argparse.Namespace) -> int:
    """Convert documents to or from the formats of other annotation tools, and count what could not be held."""
    written = convert_documents(options.input, options.output, from_format=options.source, to_format=options.target)
    print(f"{options.output}: {format_written(written)}")
    return 0


def labelling(options: argparse.Namespace) -> int:  # noqa: ARG001
    """Print the labelling config that a Label Studio project for our layers and links needs."""
    print(labelling_config(), end="")
    return 0


def detach(options: argparse.Namespace) -> int:
    """Write the mark-up of texts that may not be passed on, without the texts: offsets, labels and a hash."""
    texts = read_texts(options.texts)
    documents = list(read_corpus(options.folder))
    if missing := [document.id for document in documents if document.id not in texts]:
        raise DocumentError(f"{options.texts}: no text with the id {', '.join(map(repr, missing[:3]))}")
    documents = [realign(document, texts[document.id]) for document in documents]
    with open_output(options.output) as file:
        file.writelines(json.dumps(detach_text(document)) + "\n" for document in documents)
    print(f"{options.output}: {count(len(documents), 'document')}")
    return 0


def _read_documents(folder: Path) -> tuple[list[Document], list[DocumentError]]:
    rows = list(read_files(folder) if has_splits(folder) else read_own(folder))
    if not rows:
        raise DocumentError(f"{folder}: no .txt file under it")
    documents = [row for row in rows if isinstance(row, Document)]
    documents += [row.document for row in rows if isinstance(row, MarkedFile)]
    return documents, [row for row in rows if isinstance(row, DocumentError)]


def _read_any(path: str, texts: str | None = None) -> list[Document]:
    documents = list(read_annotated(path, texts))
    if not documents:
        raise DocumentError(f"{path}: holds no document")
    return documents


def _read_sound(folder: Path) -> list[MarkedFile]:
    if not has_splits(folder):
        raise DocumentError(
            f"{folder}: has no folder {' or '.join(SPLITS)} as our corpus has; only `check` reads others"
        )
    files = []
    for row in read_files(folder):
        if isinstance(row, DocumentError):
            raise row
        files.append(row)
    return files
