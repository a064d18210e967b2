"""The command line: `tolltale article.txt`, `tolltale corpus.jsonl --format csv --output claims.csv`, `tolltale -`."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from tqdm import tqdm

from tolltale.archives import cut_archive, is_many, read_part
from tolltale.documents import Document
from tolltale.errors import DocumentError, RowError, TolltaleError
from tolltale.options import read_options
from tolltale.outputs import check_output, drop_standard_output
from tolltale.plots import draw_claims, plot_format
from tolltale.reading import Reading
from tolltale.writers import check_writable, write_readings

EXPORT = "export"  # the first word of `tolltale export`; a text of that name is read as ./export

if TYPE_CHECKING:
    from tolltale.tagger import Tagger


class Complaints:
    """Tells standard error of each bad input, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def leave_out(self, rows: Iterable[Document | RowError]) -> Iterator[Document]:
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
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == [EXPORT]:
        from tolltale.export import main as export

        return export(arguments[1:])
    options = read_options(arguments)
    target = options.plot or options.output
    try:
        return _run(options)
    except TolltaleError as error:
        return _fail(str(error))
    except BrokenPipeError:
        drop_standard_output()
        return 141
    except OSError as error:
        drop_standard_output()
        return _fail(f"{error.filename or target or 'standard output'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return _fail(f"stopped; {_say_what_is_kept(options)}", status=130)


def _say_what_is_kept(options: argparse.Namespace) -> str:
    if options.engine == "ray":
        return f"what is finished in {options.output} stays: run it again to go on"
    target = options.plot or options.output
    return f"{target} was not written" if target else "the rows that have come out are whole"


def _fail(message: str, status: int = 2) -> int:
    print(f"error: {message}", file=sys.stderr)
    return status


def _run(options: argparse.Namespace) -> int:
    return _run_ray(options) if options.engine == "ray" else _run_here(options)


def _run_ray(options: argparse.Namespace) -> int:
    from tolltale.distributed import read_archive  # which needs Ray

    outcome = read_archive(
        options.inputs,
        options.output,
        checkpoint=options.checkpoint,
        device=options.device,
        backend=options.backend,
        precision=options.precision,
        batch_size=options.batch_size,
        min_score=options.min_score,
        n_workers=options.workers,
    )
    if outcome.n_errors:
        print(f"error: {options.output / 'errors'}: {outcome.n_errors} rows could not be read", file=sys.stderr)
    return (1 if outcome.n_readings else 2) if outcome.n_errors else 0


def _run_here(options: argparse.Namespace) -> int:
    _refuse_unwritable(options)
    complaints = Complaints()
    many = _is_many(options)
    left_out: Counter[str] = Counter()
    read = _read(options, complaints, left_out)
    readings = complaints.need_some(tqdm(read, unit=" texts", disable=None if many else True))
    if options.plot:
        undrawn = draw_claims(readings, options.plot, kind=options.kind or "KILLED")
        for reason, count in sorted(undrawn.items()):
            print(f"{options.plot}: left out {count} claims: {reason}", file=sys.stderr)
    else:
        lost = write_readings(_form(options), readings, options.output, many=many)
        for what, count in sorted(lost.items()):
            if count:
                print(f"not held by {options.format}: {count} {what}", file=sys.stderr)
    for what, count in (+left_out).items():
        print(f"left out: {count} {what} that score too little; --min-score 0 keeps them", file=sys.stderr)
    return 1 if complaints.count else 0


def _refuse_unwritable(options: argparse.Namespace) -> None:
    """Raise TolltaleError where a form does not fit its output, before the model is loaded."""
    if options.plot:
        plot_format(options.plot)
        check_output(options.plot)
    check_writable(_form(options), options.output, many=_is_many(options))


def _form(options: argparse.Namespace) -> str:
    """The form that was asked for; else a listing, where a person reads one text at a terminal, and rows."""
    listed = not _is_many(options) and options.output is None and sys.stdout.isatty()
    return options.format or ("listing" if listed else "jsonl")


def _is_many(options: argparse.Namespace) -> bool:
    return len(options.inputs) > 1 or is_many(options.inputs[0])


def _read(options: argparse.Namespace, complaints: Complaints, left_out: Counter[str]) -> Iterator[Reading]:
    """The readings of all inputs, part by part: as other engines read them, so that none reads a text differently.

    What is left out of them for its score is counted in `left_out`. The model is loaded for the first thing to read:
    a wrong file is told of at once.
    """
    tagger = None
    for part in cut_archive(options.inputs):
        documents = complaints.leave_out(row.content for row in read_part(part))
        for first in documents:
            tagger = tagger or _load(options)
            found = chain([first], documents)
            for reading in tagger.annotate(found, batch_size=options.batch_size, min_score=options.min_score):
                left_out["spans and links"] += reading.n_left_out
                yield reading


def _load(options: argparse.Namespace) -> "Tagger":
    from tolltale.tagger import Tagger  # which needs torch

    return Tagger.from_pretrained(
        options.checkpoint, device=options.device, backend=options.backend, precision=options.precision
    )
