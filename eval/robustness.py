"""python -m eval.robustness CHECKPOINT CORPUS

Scores of a checkpoint on the same documents written otherwise: in upper case, in lower case, with other quotation
marks, without paragraphs, and each sentence by itself. Offsets stay what they are, so the annotation does.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from tabulate import tabulate

from eval.measures import totals
from eval.score import score
from tolltale.corpora import read_corpus
from tolltale.documents import Document
from tolltale.sentences import split_sentences
from tolltale.status import run_command
from tolltale.tagger import Tagger

_STRAIGHT = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')
_CURLED = {'"': "“”", "'": "‘’"}
_NO_BREAKS = str.maketrans("\n\r\v\f\x85\u2028\u2029", " " * 7)


def upper(text: str) -> str:
    """In upper case, but for the few letters that would become several."""
    return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)


def lower(text: str) -> str:
    """In lower case, but for the few letters that would become several."""
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def straight(text: str) -> str:
    """With typewriter's quotation marks."""
    return text.translate(_STRAIGHT)


def curly(text: str) -> str:
    """With typographer's quotation marks: opening after white space, an opening mark or nothing, else closing."""
    before = f" {text}"
    return "".join(
        _CURLED[letter][not (before[i].isspace() or before[i] in "([“‘\"'")] if letter in _CURLED else letter
        for i, letter in enumerate(text)
    )


def without_paragraphs(text: str) -> str:
    """With a space for each line break."""
    return text.translate(_NO_BREAKS)


REWRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper case": upper,
    "lower case": lower,
    "straight quotes": straight,
    "curly quotes": curly,
    "no paragraphs": without_paragraphs,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m eval.robustness", description="Score a checkpoint on odd copies.")
    parser.add_argument("checkpoint", help="a folder that `python -m training` wrote, or an id on the hub")
    parser.add_argument("corpus", help="a .jsonl file, or a folder of marked-up .txt files")
    options = parser.parse_args(arguments)
    return run_command(lambda: _print_scores(options.checkpoint, options.corpus))


def _print_scores(checkpoint: str, corpus: str) -> None:
    print(format_robustness(measure(Tagger.from_pretrained(checkpoint), list(read_corpus(corpus)))))


def measure(tagger: Tagger, gold: Sequence[Document]) -> dict[str, dict[str, float]]:
    """Strict F1 by copy and group."""
    measured = {}
    for name, rewrite in REWRITTEN.items():
        copies = [replace(document, text=rewrite(document.text)) for document in gold]
        measured[name] = _f1(copies, list(tagger.annotate(copies)))
    measured["each sentence alone"] = _f1(gold, [read_sentences(tagger, document) for document in gold])
    return measured


def read_sentences(tagger: Tagger, document: Document) -> Document:
    """What is found where each sentence is read by itself."""
    pieces = split_sentences(document.text)
    spans, links = [], []
    for n, (reading, (start, _)) in enumerate(
        zip(tagger.predict_batch(document.text[a:b] for a, b in pieces), pieces, strict=True)
    ):
        spans += [replace(s, id=f"{n}-{s.id}", start=s.start + start, end=s.end + start) for s in reading.spans]
        links += [replace(tie, head=f"{n}-{tie.head}", tail=f"{n}-{tie.tail}") for tie in reading.links]
    return replace(document, spans=tuple(spans), links=tuple(links))


def format_robustness(measured: dict[str, dict[str, float]], style: str = "simple") -> str:
    """A line a copy: strict F1 of each group, and how far from that of the documents as they are."""
    base = measured["as it is"]
    table = [
        [name, *(f"{f1[group]:.3f} ({100 * (f1[group] - base[group]):+.1f})" for group in base)]
        for name, f1 in measured.items()
    ]
    return tabulate(table, headers=["", *base], tablefmt=style, disable_numparse=True)


def _f1(gold: Sequence[Document], found: Sequence[Document]) -> dict[str, float]:
    return totals(score(gold, found))


if __name__ == "__main__":
    sys.exit(main())
