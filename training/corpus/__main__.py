"""python -m training.corpus check|stats|compile|show|agree|convert|labelling|detach"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.score import score
from eval.table import format_table
from tolltale import markup
from tolltale.corpora import read_corpus, write_corpus
from tolltale.documents import Document
from tolltale.errors import DocumentError, TolltaleError
from tolltale.formats import FORMATS
from tolltale.formats.label_studio import labelling_config
from tolltale.outputs import drop_standard_output
from tolltale.standoff import detach as detach_text
from tolltale.standoff import read_texts, realign
from training.corpus.convert import convert as convert_documents
from training.corpus.convert import count, format_written
from training.corpus.files import DOCUMENTS, PASSES, SPLITS, MarkedFile, has_splits, read_files, read_own
from training.corpus.likeness import find_alike
from training.corpus.stats import format_stats


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all is sound, 1 when something in the corpus is not, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except TolltaleError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `show CORPUS | head`
        drop_standard_output()
        return 141


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
    with options.output.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(detach_text(document)) + "\n" for document in documents)
    print(f"{options.output}: {count(len(documents), 'document')}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.corpus", description="Work on marked-up documents.")
    commands = parser.add_subparsers(required=True, metavar="check|stats|compile|show|agree|convert|labelling|detach")
    for name, run in (("check", check), ("stats", stats), ("compile", compile_corpus)):
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.add_argument("folder", nargs="?", type=Path, default=DOCUMENTS, help="default: the corpus of tolltale")
        command.set_defaults(run=run)
    commands.choices["check"].add_argument("--limit", type=float, default=0.8, help="of likeness (default 0.8)")
    commands.choices["compile"].add_argument("--output", type=Path, required=True, metavar="DIR")
    command = commands.add_parser("show", help=show.__doc__, description=show.__doc__)
    command.add_argument("corpus", help="a .jsonl file, or a folder of marked-up .txt files")
    command.add_argument("ids", nargs="*", metavar="ID", help="default: all")
    command.set_defaults(run=show)
    command = commands.add_parser("agree", help=agree.__doc__, description=agree.__doc__)
    command.add_argument("first", nargs="?", default=PASSES / "first.jsonl", help="default: our corpus's first pass")
    command.add_argument("second", nargs="?", default=PASSES / "second.jsonl", help="default: its blind second pass")
    command.set_defaults(run=agree)
    command = commands.add_parser("convert", help=convert.__doc__, description=convert.__doc__)
    command.add_argument("input", type=Path, metavar="INPUT", help="a file or folder of documents")
    command.add_argument("output", type=Path, metavar="OUTPUT", help="a file, or a folder that is empty or new")
    for option, name in (("--from", "source"), ("--to", "target")):
        command.add_argument(
            option, dest=name, choices=FORMATS, help="default: jsonl for a .jsonl file, markup for a folder of .txt"
        )
    command.set_defaults(run=convert)
    command = commands.add_parser("labelling", help=labelling.__doc__, description=labelling.__doc__)
    command.set_defaults(run=labelling)
    command = commands.add_parser("detach", help=detach.__doc__, description=detach.__doc__)
    command.add_argument("folder", metavar="FOLDER", help="marked-up .txt files, each named after the id of its text")
    command.add_argument("--texts", required=True, metavar="FILE", help="a .jsonl or .jsonl.gz file: `id` and `text`")
    command.add_argument("--output", required=True, type=Path, metavar="FILE", help="JSON Lines, one row a document")
    command.set_defaults(run=detach)
    return parser


def _read_documents(folder: Path) -> tuple[list[Document], list[DocumentError]]:
    rows = list(read_files(folder) if has_splits(folder) else read_own(folder))
    if not rows:
        raise DocumentError(f"{folder}: no .txt file under it")
    documents = [row for row in rows if isinstance(row, Document)]
    documents += [row.document for row in rows if isinstance(row, MarkedFile)]
    return documents, [row for row in rows if isinstance(row, DocumentError)]


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


if __name__ == "__main__":
    sys.exit(main())
