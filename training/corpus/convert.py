"""Conversions of documents between our schema and the formats that people annotate in."""

from pathlib import Path

from tolltale.errors import DocumentError
from tolltale.formats import FORMATS, Written
from tolltale.markup import split_front_matter


def convert(source: Path, target: Path, *, from_format: str | None = None, to_format: str | None = None) -> Written:
    """Write the documents of `source` to `target`, in formats that are named in FORMATS or clear from the paths.

    Raises DocumentError where a format is not clear, or a document unsound, or the target cannot hold it at all.
    """
    if not source.exists():
        raise DocumentError(f"{source}: no such file or folder")
    read_as = from_format or guess_format(source, "--from")
    reader = FORMATS[read_as]
    writer = FORMATS[to_format or guess_format(target, "--to")]
    documents = list(reader.read(source))  # all of them first: the target may be the source
    target.parent.mkdir(parents=True, exist_ok=True)
    n_settings = _count_settings(source) if read_as == "markup" else 0  # now: the target may be the source
    written = writer.write(target, documents)
    written.lost["settings of front matter other than kind"] += n_settings
    return written


def guess_format(path: Path, option: str) -> str:
    """The format that a path makes clear. Raises DocumentError naming the option to give where it makes none clear."""
    if path.suffix == ".jsonl" and not path.is_dir():
        return "jsonl"
    if path.is_dir() and any(path.rglob("*.txt")) and not any(path.rglob("*.ann")):
        return "markup"
    raise DocumentError(f"{path}: its format is not clear from its name; say {option} {'|'.join(FORMATS)}")


def format_written(written: Written) -> str:
    """How many documents were written, and a line for each kind of thing that the format could not hold."""
    lines = [f"{count(written.documents, 'document')} written"]
    lines += [f"not held: {number} {what}" for what, number in sorted(written.lost.items()) if number]
    return "\n".join(lines)


def _count_settings(folder: Path) -> int:
    fronts = (split_front_matter(path.read_text(encoding="utf-8-sig"))[0] for path in folder.rglob("*.txt"))
    return sum(len(front.keys() - {"kind"}) for front in fronts)


def count(number: int, what: str) -> str:
    """`1 document`, `2 documents`."""
    return f"{number} {what}{'' if number == 1 else 's'}"
