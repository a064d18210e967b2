"""The command line: `tolltale article.txt`, `tolltale corpus.jsonl --format csv --output claims.csv`, `tolltale -`."""

import argparse
import os
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
    """Run the command; 0 when all was read, 1 when some input was bad and the rest was read, 2 when it failed.

    What has gone to standard output by then stays there; a file is written whole or not at all. As for other programs
    the status is 130 after Ctrl-C, and 141 (with no word) where the reader of standard output has gone.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    _refuse_what_goes_unused(parser, options)
    target = options.plot or options.output
    try:
        return _run(options)
    except TolltaleError as error:
        return _fail(str(error))
    except BrokenPipeError:
        _drop_standard_output()
        return 141
    except OSError as error:
        _drop_standard_output()
        return _fail(f"{error.filename or target or 'standard output'}: {error.strerror or error}")
    except KeyboardInterrupt:
        kept = f"{target} was not written" if target else "the rows that have come out are whole"
        return _fail(f"stopped; {kept}", status=130)


def _fail(message: str, status: int = 2) -> int:
    print(f"error: {message}", file=sys.stderr)
    return status


def _drop_standard_output() -> None:
    """Forget what could not be written, which Python would try again as it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tolltale",
        description="Find casualty figures, attributions and stances in reporting.",
        epilog="Without --format one text on a terminal is listed, all else comes out as JSON lines.",
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
    parser.add_argument("--kind", choices=FIGURES, help="of the claims to draw with --plot (default KILLED)")
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


def _refuse_what_goes_unused(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.plot and (options.format or options.output):
        parser.error("--plot draws and writes nothing else: leave out --format, --summary and --output")
    if options.kind and not options.plot:
        parser.error("--kind says what to draw: name a file with --plot")


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

    if options.format == "html" and len(options.inputs) > 1:
        raise DocumentError("--format html: a page shows one text; run it once for each")
    tagger = Tagger.from_pretrained(options.checkpoint, device=options.device)
    complaints = Complaints()
    many = len(options.inputs) > 1 or options.inputs[0].endswith(".jsonl")
    documents = complaints.leave_out(row for name in options.inputs for row in read_input(name))
    shown = tqdm(documents, unit=" texts", disable=None if many else True)
    readings = complaints.need_some(tagger.annotate(shown, batch_size=options.batch_size, min_score=options.min_score))
    if options.plot:
        left_out = draw_claims(readings, options.plot, kind=options.kind or "KILLED")
        for reason, count in sorted(left_out.items()):
            print(f"{options.plot}: left out {count} claims: {reason}", file=sys.stderr)
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
