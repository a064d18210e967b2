"""The options of the command, read and checked."""

import argparse
from collections.abc import Sequence
from importlib.metadata import version
from math import nan
from pathlib import Path

from tolltale.backends import FP32, OFFERED, TORCH
from tolltale.labels import FIGURES
from tolltale.writers import FORMS

_PRECISIONS = sorted({precision for offered in OFFERED.values() for precision in offered})


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """The options that arguments give; ends the program with a line of help where they make no sense."""
    parser = _parser()
    options = parser.parse_args(arguments)
    _refuse_what_goes_unused(parser, options)
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tolltale",
        description="Find casualty figures, attributions and stances in reporting.",
        epilog="Without --format one text on a terminal is listed, all else comes out as JSON lines. "
        "`tolltale export --help` says how to make the model ready for faster backends.",
    )
    parser.add_argument(
        "inputs",
        nargs="+",
        help="text files, .jsonl or .parquet files with a `text` in each row, folders of them, or - for standard input",
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
        "--min-score",
        metavar="P",
        type=_probability,
        help="leave out spans and links that score less (default: what the checkpoint says of each layer, "
        "and what tells of a figure stays)",
    )
    parser.add_argument(
        "--output",
        metavar="FILE",
        type=Path,
        help="write there, when all is done; brat, and html of several texts, need a folder",
    )
    parser.add_argument(
        "--engine",
        choices=("plain", "ray"),
        default="plain",
        help="ray: on all processors, or the cluster of RAY_ADDRESS; --output is a folder of Parquet partitions",
    )
    parser.add_argument(
        "--workers", metavar="N", type=_count, help="with --engine ray (default: one a processor, or one a GPU)"
    )
    parser.add_argument("--checkpoint", metavar="NAME", help="a folder or an id on the hub, instead of the default")
    parser.add_argument("--device", help="cpu, cuda, cuda:1 ... (default: a GPU where there is one)")
    parser.add_argument("--backend", choices=OFFERED, default=TORCH, help="what runs the model (default torch)")
    parser.add_argument(
        "--precision",
        choices=_PRECISIONS,
        default=FP32,
        help="bf16: with torch alone, where the processor or GPU computes in it (default fp32)",
    )
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
    if options.engine == "ray" and (options.output is None or options.format or options.plot):
        parser.error("--engine ray writes Parquet: needs --output FOLDER, and no --format or --plot")
    if options.workers and options.engine != "ray":
        parser.error("--workers shares the work out: needs --engine ray")


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is no whole number of 1 or more")
    return int(written)


def _probability(written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        number = nan
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{written!r} is no number between 0 and 1")
    return number
