"""The command line: `tolltale article.txt`, `tolltale corpus.jsonl --format csv --output claims.csv`, `tolltale -`."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from tolltale.corpora import read_rows
from tolltale.documents import Document
from tolltale.errors import DocumentError, TolltaleError
from tolltale.labels import FIGURES
from tolltale.plots import draw_claims
from tolltale.reading import Reading
from tolltale.writers import FORMS, write_readings

STDIN = "-"
EXPORT = "export"  # the first word of `tolltale export`; a text of that name is read as ./export


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

    def need_some(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The readings. Raises DocumentError at the end where there was input, all of it bad."""
        count = 0
        for count, reading in enumerate(readings, 1):  # noqa: B007
            yield reading
        if self.count and not count:
            raise DocumentError("nothing could be read")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all was read, 1 when some input was bad and the rest was read, 2 when nothing was."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == [EXPORT]:
        from tolltale.export import main as export

        return export(arguments[1:])
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
        epilog="Without --format one text on a terminal is listed, all else comes out as JSON lines. "
        "`tolltale export --help` says how to make the model ready for faster backends.",
    )
    parser.add_argument(
        "inputs", nargs="+", help="text files, .jsonl files with a `text` in each row, or - for standard input"
    )
    parser.add_argument(
        "--format", choices=FORMS, help="of what comes out: spans as jsonl, claims as csv, a page to read as html ..."
    )
    parser.add_argument(
        "--summary", dest="format", action="store_const", const="summary", help="claims counted by kind and source"
    )
    parser.add_argument("--plot", metavar="FILE", type=Path, help="draw the claimed tolls over the `date` of the rows")
    parser.add_argument("--kind", choices=FIGURES, default="KILLED", help="of the claims to draw (default KILLED)")
    parser.add_argument(
        "--min-score", metavar="P", type=_probability, help="leave out what scores less (default: the checkpoint's)"
    )
    parser.add_argument("--output", metavar="FILE", type=Path, help="write there, when all is done")
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


def _probability(written: str) -> float:
    number = float(written)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{number} is not between 0 and 1")
    return number


def _run(options: argparse.Namespace) -> int:
    from tolltale.tagger import Tagger

    tagger = Tagger.from_pretrained(options.checkpoint, device=options.device)
    complaints = Complaints()
    many = len(options.inputs) > 1 or options.inputs[0].endswith(".jsonl")
    documents = complaints.leave_out(row for name in options.inputs for row in read_input(name))
    shown = tqdm(documents, unit=" texts", disable=None if many else True)
    readings = complaints.need_some(tagger.annotate(shown, batch_size=options.batch_size, min_score=options.min_score))
    if options.plot:
        n_left_out = draw_claims(readings, options.plot, kind=options.kind)
        print(f"{options.plot}: {n_left_out} claims without a date or a number are left out", file=sys.stderr)
    else:
        listed = not many and options.output is None and sys.stdout.isatty()
        lost = write_readings(options.format or ("listing" if listed else "jsonl"), readings, options.output)
        for what, count in sorted(lost.items()):
            if count:
                print(f"not held by {options.format}: {count} {what}", file=sys.stderr)
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
