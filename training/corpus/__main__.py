"""python -m training.corpus check|leaks|stats|compile|show|agree|convert|labelling|detach"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tolltale.formats import FORMATS
from tolltale.status import run_command
from training.corpus.commands import agree, check, compile_corpus, convert, detach, labelling, leaks, show, stats
from training.corpus.files import DOCUMENTS, PASSES


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all is sound, 1 when something in the corpus is not, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    return run_command(lambda: int(options.run(options)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.corpus", description="Work on marked-up documents.")
    commands = parser.add_subparsers(
        required=True, metavar="check|leaks|stats|compile|show|agree|convert|labelling|detach"
    )
    for name, run in (("check", check), ("stats", stats), ("compile", compile_corpus)):
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.add_argument("folder", nargs="?", type=Path, default=DOCUMENTS, help="default: the corpus of tolltale")
        command.set_defaults(run=run)
    commands.choices["check"].add_argument("--limit", type=float, default=0.8, help="of likeness (default 0.8)")
    commands.choices["compile"].add_argument("--output", type=Path, required=True, metavar="DIR")
    command = commands.add_parser("leaks", help=leaks.__doc__, description=leaks.__doc__)
    command.add_argument("corpus", metavar="CORPUS", help="a .jsonl file, or a folder of marked-up .txt files")
    command.add_argument(
        "--texts", metavar="FILE", help="a .jsonl or .jsonl.gz file: those that a stand-off CORPUS lacks"
    )
    command.add_argument("--against", nargs="+", required=True, metavar="CORPUS", help="documents to keep apart")
    command.set_defaults(run=leaks)
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


if __name__ == "__main__":
    sys.exit(main())
