"""The command line: `tolltale article.txt`, `tolltale corpus.jsonl --output readings.jsonl`, `cat x | tolltale -`."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from tolltale.corpora import read_rows, to_line
from tolltale.documents import Document
from tolltale.errors import DocumentError, TolltaleError
from tolltale.listing import format_listing

STDIN = "-"


class Complaints:
    """Tells standard error of each bad input, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def leave_out(self, rows: Iterable[Document | DocumentError]) -> Iterator[Document]:
        """The good ones among rows."""
        for row in rows:
            if isinstance(row, Document):
                yield row
            else:
                self.count += 1
                tqdm.write(f"error: {row}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all was read, 1 when some input was bad and the rest was read, 2 when nothing was."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except (TolltaleError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tolltale",
        description="Find casualty figures, attributions and stances in reporting.",
        epilog="One text on a terminal is listed; all else comes out as JSON lines, in the schema of the corpora.",
    )
    parser.add_argument(
        "inputs", nargs="+", help="text files, .jsonl files with a `text` in each row, or - for standard input"
    )
    parser.add_argument("--output", metavar="FILE", type=Path, help="write JSON lines there, when all is done")
    parser.add_argument("--checkpoint", metavar="NAME", help="a folder or an id on the hub, instead of the default")
    parser.add_argument("--device", help="cpu, cuda, cuda:1 ... (default: a GPU where there is one)")
    parser.add_argument(
        "--batch-size", metavar="N", type=_count, default=16, help="windows read at a time (default 16)"
    )
    parser.add_argument("--version", action="version", version=f"tolltale {version('tolltale')}")
    return parser


def _count(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number


def _run(options: argparse.Namespace) -> int:
    from tolltale.tagger import Tagger

    tagger = Tagger.from_pretrained(options.checkpoint, device=options.device)
    complaints = Complaints()
    many = len(options.inputs) > 1 or options.inputs[0].endswith(".jsonl")
    documents = complaints.leave_out(row for name in options.inputs for row in read_input(name))
    shown = tqdm(documents, unit=" texts", disable=None if many else True)
    readings = tagger.annotate(shown, batch_size=options.batch_size)
    listed = not many and options.output is None and sys.stdout.isatty()
    count = 0
    with _open_output(options.output) as file:
        for reading in readings:
            file.write(f"{format_listing(reading)}\n" if listed else to_line(reading))
            count += 1
        if complaints.count and not count:
            raise DocumentError("nothing could be read")
    return 1 if complaints.count else 0


def read_input(name: str) -> Iterator[Document | DocumentError]:
    """The documents of one input, or errors that name it (and the line) where there is none."""
    try:
        if name.endswith(".jsonl"):
            yield from read_rows(name, Document.unmarked)
        else:
            raw = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
            yield Document(raw.decode("utf-8"), id="" if name == STDIN else Path(name).stem)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"no UTF-8: {error}"
        yield DocumentError(f"{'standard input' if name == STDIN else name}: {reason}")


@contextmanager
def _open_output(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that gets its name only when it is whole."""
    if path is None:
        yield sys.stdout
        return
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
