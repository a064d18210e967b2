"""Folders of pages: a page a text, and `index.html`, which lists them and leads to each."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from tolltale.documents import Document
from tolltale.formats.folder import FileNames, make_empty, write_files
from tolltale.page import fill_frame, format_html
from tolltale.page.article import escape_text
from tolltale.tables import claims_of, disputes_of

_INDEX = "index"
_BODY = """<header>
<h1>{title}</h1>
</header>
<main class="index">
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</main>"""


def write_pages(path: Path, documents: Iterable[Document]) -> int:
    """Write a page for each document into a folder that is empty or new, then the index; returns how many there were.

    Documents are taken one at a time. A page is named after the id, percent-encoded, cut short where it is very long,
    and numbered where another text has the id; whatever its file is called, the page and the index say the whole id.
    """
    make_empty(path)
    names, rows = FileNames(_INDEX), []
    for number, document in enumerate(documents, 1):
        name = names.take(document.id or f"text {number}")
        write_files(path, name, [(".html", format_html(document, index=f"{_INDEX}.html"))])
        rows.append(_row(document, name, number))
    write_files(path, _INDEX, [(".html", _format_index(rows))])
    return len(rows)


def _row(document: Document, name: str, number: int) -> str:
    claims = claims_of(document)
    n_disputes = len(disputes_of(document, claims))
    link = f'<a href="{quote(name)}.html">{escape_text(document.id or f"text {number}")}</a>'
    cells = (link, escape_text(document.date), escape_text(document.source), str(len(claims)), str(n_disputes))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _format_index(rows: list[str]) -> str:
    heads = ("text", "date", "published by", "claims", "disputes")
    title = f"{len(rows)} text{'' if len(rows) == 1 else 's'}"
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return fill_frame(title, _BODY.format(title=title, heads=columns, rows="\n".join(rows)))
