"""Pages: a reading as HTML that needs nothing from elsewhere, to be read, shared and printed.

The article stands there with its layers marked, its claims beside it and its disputes on top. Whatever a text holds is
shown as text, and the page's own policy (CSP) lets no script run but the dozen lines of `script.js`.
"""

import base64
import hashlib
import re
from html import escape
from importlib.resources import files

from tolltale.documents import Document
from tolltale.page.article import escape_text, render_article
from tolltale.page.records import render_claims, render_disputes
from tolltale.page.ties import find_ties
from tolltale.tables import claims_of, disputes_of

_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")  # what HTML in UTF-8 cannot hold

_FRAME = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
_BODY = """<header>
{back}<h1>{title}</h1>
<p class="legend"><mark class="figure killed">figures</mark> <mark class="figure victim">victims</mark>
<mark class="attribution source">who says so</mark> <mark class="attribution cue">says</mark>
<mark class="attribution content">what</mark> <mark class="stance">stances</mark>
<a class="skip" href="#claims">to the claims</a></p>
</header>
{disputes}
<main>
{article}
{claims}
</main>
<script>{script}</script>"""
_BACK = '<p><a href="{index}">all texts</a></p>\n'


def format_html(document: Document, *, index: str = "") -> str:
    """The page of a document or reading, with a link to an index of pages where one is named.

    U+FFFD stands for NUL and half characters, which no page can hold.
    """
    claims = claims_of(document)
    disputes = disputes_of(document, claims)
    title, script = document.id or "Reading", _read("script.js")
    body = _BODY.format(
        back=_BACK.format(index=index) if index else "",
        title=escape_text(title),
        script=script,
        article=render_article(document, find_ties(document, claims)),
        claims=render_claims(document, claims, disputes),
        disputes=render_disputes(document, disputes),
    )
    return fill_frame(title, body, script)


def fill_frame(title: str, body: str, script: str = "") -> str:
    """A whole page around a body that is HTML; only this script may run in it."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    if script:
        policy += f"; script-src '{_fingerprint(script)}'"
    page = _FRAME.format(policy=policy, title=escape_text(title), style=_read("style.css"), body=body)
    return _NO_CHARACTER.sub("\ufffd", page)


def format_frame(document: Document) -> str:
    """The page in a frame of its own, for a notebook: neither's styles, scripts and anchors meet the other's."""
    style = "width: 100%; height: 40rem; border: 1px solid #ccc"
    page = format_html(document).replace("<head>", '<head>\n<base href="about:srcdoc">', 1)  # anchors lead to itself
    return f'<iframe srcdoc="{escape(page)}" sandbox="allow-scripts" style="{style}"></iframe>'


def _read(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def _fingerprint(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
