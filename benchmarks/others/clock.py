"""What the programs of this folder share; nothing but the standard library, for each runs in another environment."""

import argparse
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

# The size of our network: all-MiniLM-L6-v2's.
LAYERS, WIDTH, HEADS, INNER_WIDTH, POSITIONS, N_PIECES = 6, 384, 12, 1536, 512, 30_522
BATCH_SIZE = 16


def run(name: str, version: str, note: str, load: Callable[[Path], Callable[[Sequence[str]], object]]) -> None:
    """Read the articles that the command line names against the clock and print one line of JSON.

    `load` is given the WordPiece vocabulary of our checkpoint (a list of pieces as JSON) and returns what reads texts.
    """
    parser = argparse.ArgumentParser(description=note)
    parser.add_argument("articles", type=Path, help="a .jsonl file with a `text` in each row")
    parser.add_argument("--limit", metavar="N", type=int, default=200, help="the first N of it")
    parser.add_argument("--warm-up", metavar="N", type=int, default=8, help="articles read before the clock runs")
    parser.add_argument(
        "--tokenizer", metavar="FILE", type=Path, default=Path("model/tolltale/checkpoint/tokenizer.json")
    )
    options = parser.parse_args()
    texts = read_texts(options.articles, options.limit)
    read = load(options.tokenizer)
    read(texts[: options.warm_up])
    started = perf_counter()
    read(texts)
    rate = len(texts) / (perf_counter() - started)
    print(json.dumps({"name": name, "version": version, "articles_per_second": rate, "note": note}))


def read_texts(path: Path, limit: int) -> list[str]:
    """The first texts of a file of JSON lines that are not empty."""
    with path.open(encoding="utf-8") as file:
        texts = [str(json.loads(line)["text"]) for line in file if line.strip()]
    return [text for text in texts if text.strip()][:limit]


def read_pieces(tokenizer: Path) -> list[str]:
    """The vocabulary of a tokenizer.json, in the order of the ids."""
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(vocabulary, key=vocabulary.__getitem__)


def split_sentences(text: str) -> list[str]:
    """A text's sentences, roughly: cut after a full stop, a question mark or an exclamation mark."""
    return [part for part in re.split(r"(?<=[.?!])\s+|\n+", text) if part.strip()]


def split_words(text: str, most_words: int) -> list[str]:
    """A text in parts of so many words; a sign that stands between words counts as one, as GLiNER has it."""
    words = [match.span() for match in re.finditer(r"\w+(?:[-_]\w+)*|\S", text)]
    parts = [words[start : start + most_words] for start in range(0, len(words), most_words)]
    return [text[part[0][0] : part[-1][1]] for part in parts]
