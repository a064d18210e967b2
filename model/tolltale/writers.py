"""Writers: readings in the form that was asked for."""

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TextIO

from tolltale.corpora import to_line
from tolltale.errors import DocumentError
from tolltale.formats import FORMATS
from tolltale.listing import format_listing
from tolltale.outputs import check_output, open_output, whole
from tolltale.page import format_html
from tolltale.page.folder import write_pages
from tolltale.reading import Reading
from tolltale.summary import format_summary, summarise
from tolltale.tables import write_csv
from tolltale.terminal import format_table, shorten

_PAGE_SUFFIXES = (".html", ".htm")  # an output without one is a folder, where there may be several texts
_SEVERAL = "--format html: a page shows one text; for several name a folder, as in --output pages"
TO_FILES = ("brat", "label-studio")  # for annotation tools: a folder, and a file that is no stream


def write_readings(
    form: str, readings: Iterable[Reading], output: Path | None, *, many: bool = False
) -> dict[str, int]:
    """Write readings as they come; returns how many things of each kind the form could not hold.

    `many` says that there may be several: an output for HTML is then a folder of pages, unless it is called `.html`.
    Raises DocumentError where the form needs an output, or cannot hold several texts.
    """
    check_writable(form, output, many=many)
    if output is not None and (form in TO_FILES or _is_folder(form, output, many=many)):
        with whole(output, folder=_is_folder(form, output, many=many)) as path:
            if form in TO_FILES:
                return dict(FORMATS[form].write(path, readings).lost)
            write_pages(path, readings)
        return {}
    with open_output(output) as file:
        _STREAMED[form](readings, file)
    return {}


def check_writable(form: str, output: Path | None, *, many: bool) -> None:
    """Raise DocumentError where a form needs an output and none is named, or the one that is cannot take its name."""
    if output is not None:
        check_output(output, folder=_is_folder(form, output, many=many))
    elif form in TO_FILES:
        raise DocumentError(f"--format {form}: needs --output, {'a folder' if form == 'brat' else 'a file'}")


def _is_folder(form: str, output: Path, *, many: bool) -> bool:
    return form == "brat" or (form == "html" and many and output.suffix.lower() not in _PAGE_SUFFIXES)


def _write_lines(readings: Iterable[Reading], file: TextIO) -> None:
    for reading in readings:
        file.write(to_line(reading))


def _write_listing(readings: Iterable[Reading], file: TextIO) -> None:
    for reading in readings:
        file.write(f"{format_listing(reading)}\n")


def _write_tables(readings: Iterable[Reading], file: TextIO) -> None:
    for number, reading in enumerate(readings):
        title = f"{chr(10) if number else ''}{shorten(reading.id)}\n" if reading.id else ""
        file.write(f"{title}{format_table(reading)}\n")


def _write_page(readings: Iterable[Reading], file: TextIO) -> None:
    first = list(islice(readings, 2))
    if len(first) > 1:
        raise DocumentError(_SEVERAL)
    file.writelines(map(format_html, first))


def _write_csv(readings: Iterable[Reading], file: TextIO) -> None:
    write_csv(readings, file)


def _write_summary(readings: Iterable[Reading], file: TextIO) -> None:
    file.write(f"{format_summary(summarise(readings))}\n")


_STREAMED: dict[str, Callable[[Iterable[Reading], TextIO], None]] = {
    "jsonl": _write_lines,
    "csv": _write_csv,
    "table": _write_tables,
    "html": _write_page,
    "listing": _write_listing,
    "summary": _write_summary,
}
FORMS = (*_STREAMED, *TO_FILES)
