"""python -m eval CHECKPOINT CORPUS [--json FILE]"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from eval.baseline import annotate
from eval.score import score
from eval.table import format_table
from tolltale.corpora import read_corpus
from tolltale.errors import DocumentError
from tolltale.status import run_command
from tolltale.tagger import Tagger


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="Score a checkpoint on annotated documents.")
    parser.add_argument("checkpoint", help="a folder that `python -m training` wrote, or an id on the hub")
    parser.add_argument("corpus", help="a .jsonl file, or a folder of marked-up .txt files")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the scores there too")
    parser.add_argument("--resamples", metavar="N", type=int, default=1000, help="of the bootstrap (default 1000)")
    options = parser.parse_args(arguments)
    return run_command(lambda: evaluate(options))


def evaluate(options: argparse.Namespace) -> None:
    """Read, score, print the table and write the JSON file."""
    gold = list(read_corpus(options.corpus))
    tagger = Tagger.from_pretrained(options.checkpoint)
    found = list(tqdm(tagger.annotate(gold), total=len(gold), unit=" texts", disable=None))
    linked = list(tagger.link(gold))
    rows = score(gold, found, linked=linked, n_resamples=options.resamples)
    if not rows:
        raise DocumentError(f"{options.corpus}: no document names `layers`, so there is nothing to score")
    rules = score(gold, [annotate(document) for document in gold])
    print(f"{options.checkpoint} on {options.corpus}: {len(gold)} documents\n\n{format_table(rows, rules)}")
    if options.json:
        report = {
            "checkpoint": options.checkpoint,
            "corpus": options.corpus,
            "n_documents": len(gold),
            "scores": [row.to_dict() for row in rows],
            "rules": [row.to_dict() for row in rules],
        }
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
