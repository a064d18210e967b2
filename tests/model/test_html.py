import base64
import hashlib
import re
import shutil
import subprocess
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import documents, texts

from tolltale.claims import read_claims
from tolltale.disputes import Dispute
from tolltale.documents import Document, Span, number_spans
from tolltale.labels import LABELS, LAYERS
from tolltale.markup import parse
from tolltale.page import format_frame, format_html
from tolltale.page.folder import write_pages
from tolltale.page.records import render_disputes

ODD = "\r a\r\nb\x00\x0c\ud800<i>&#x41;&amp;</i>"  # half characters are never drawn, and the others seldom
HOSTILE = '<script>document.title="taken"</script><img src=x onerror="document.title=1">&lt; &amp; </article> "\'\r\n'


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, and the text inside each kind of element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, str] = {}
        self._inside: list[str] = []
        self.feed(page.replace("\r\n", "\n").replace("\r", "\n"))  # as browsers do before they parse
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("meta", "base"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag, "tags nest"

    def handle_data(self, data: str) -> None:
        for tag in set(self._inside):
            self.texts[tag] = self.texts.get(tag, "") + data

    def all(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]

    def marks(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag == "mark" and attributes.get("data-id") == name]


@st.composite
def any_spans(draw: st.DrawFn) -> Document:
    """Any text with any spans: nested, crossing, side by side, even within a layer, under any ids."""
    text = draw(texts)
    found = []
    for name in draw(st.lists(st.text(max_size=8), max_size=8, unique=True)) if text else []:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        layer = draw(st.sampled_from(LAYERS))
        found.append(Span(name, layer, draw(st.sampled_from(LABELS[layer])), start, end, text[start:end]))
    return Document(text, draw(texts), "", LAYERS, tuple(found))


@given(any_spans())
@example(Document(ODD, ODD))
def test_the_article_without_its_tags_is_the_text(document: Document) -> None:
    shown = Page(format_html(document)).texts.get("article", "")
    assert shown == re.sub("[\x00\ud800-\udfff]", "\ufffd", document.text)


@given(any_spans())
@example(Document(ODD, ODD))
def test_nothing_in_a_text_becomes_an_element(document: Document) -> None:
    page = Page(format_html(document))
    frame = "html head meta title style body header main script h1 h2 p a article section mark"
    records = "table thead tbody tr th td small ol li b"
    assert {tag for tag, _ in page.elements} <= {*frame.split(), *records.split()}
    assert sum(tag == "script" for tag, _ in page.elements) == 1
    format_html(document).encode("utf-8")


@given(documents())
def test_every_anchor_leads_somewhere_and_only_there(document: Document) -> None:
    page = Page(format_html(document))
    anchors = page.all("id")
    assert len(anchors) == len(set(anchors))
    assert {span.id for span in document.spans} <= set(anchors)
    assert {link.removeprefix("#") for link in page.all("href")} <= set(anchors)
    assert {name for names in page.all("data-ties") for name in names.split()} <= set(page.all("data-id"))


def test_a_hostile_text_is_shown_as_text_wherever_it_stands() -> None:
    marked = f"<S1>{HOSTILE}x</S1> <Q1>said</Q1> <C1><K1>ten</K1> <V1>{HOSTILE}y</V1> died</C1>"
    page = Page(format_html(parse(marked, name=HOSTILE)))
    assert "img" not in {tag for tag, _ in page.elements}
    assert "onerror" not in {name for _, attributes in page.elements for name in attributes}
    assert page.texts["title"] == page.texts["h1"] == HOSTILE
    assert page.texts["table"].count("taken") == 2


def test_only_our_own_script_may_run() -> None:
    page = Page(format_html(parse("<K1>Ten</K1> died.")))
    digest = base64.b64encode(hashlib.sha256(page.texts["script"].encode()).digest()).decode()
    assert page.all("content")[0] == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    assert "src" not in {name for _, attributes in page.elements for name in attributes}


def test_spans_that_cross_are_cut_and_their_pieces_share_an_id() -> None:
    spans = [Span("", "figure", "KILLED", 0, 8, "ten and "), Span("", "stance", "DENY", 4, 12, "and more")]
    page = format_html(Document("ten and more", layers=LAYERS, spans=number_spans(spans)))
    figure, denial = Page(page).marks("T1"), Page(page).marks("T2")
    assert [piece["class"] for piece in figure] == ["figure killed"] * 2
    assert [piece.get("id") for piece in figure] == ["T1", None]
    assert [piece.get("data-tag") for piece in denial] == [None, "deny"]
    assert re.sub("<.*?>", "|", page[page.index("<article") : page.index("</article")]) == "||ten |||and |||more|"


def test_a_figure_is_tied_to_its_victims_and_to_who_says_so() -> None:
    page = Page(format_html(parse("<C1><K1>Ten</K1> <V1>men</V1> died</C1>, <S1>he</S1> <Q1>said</Q1>. It rained.")))
    names = {label: name for name, label in zip(page.all("data-id"), page.all("title"), strict=False)}
    figure = page.marks(names["KILLED"])[0]
    assert set(figure["data-ties"].split()) == {names["VICTIM"], names["SOURCE"], names["CUE"]}
    assert figure["tabindex"] == "0"
    assert set(page.marks(names["CONTENT"])[0]["data-ties"].split()) == {names["SOURCE"], names["CUE"]}


def test_the_claims_say_what_the_figures_say() -> None:
    table = Page(format_html(parse("<C1><K1>At least 31</K1> <V1>miners</V1> died</C1>, <S1>he</S1> <Q1>said</Q1>.")))
    assert [
        part for part in ("At least 31", "31 or more", "killed", "miners", "he") if part in table.texts["table"]
    ] == ["At least 31", "31 or more", "killed", "miners", "he"]
    assert "score" not in table.texts["table"]


def test_a_source_is_shown_by_a_name_that_is_no_span(monkeypatch: pytest.MonkeyPatch) -> None:
    document = parse("Ali Noor left. <C1><K1>Ten</K1> died</C1>, <S1>he</S1> later <Q1>said</Q1>.")
    name = Span("", "attribution", "SOURCE", 0, 8, "Ali Noor")
    monkeypatch.setattr("tolltale.claims.resolve_sources", lambda _, sources: {sources[0].id: name})
    page = Page(format_html(document))
    assert "Ali Noor he ... said" in page.texts["table"]
    assert "" not in page.all("data-id")


def test_the_scores_of_a_reading_are_shown() -> None:
    figure = Span("T1", "figure", "KILLED", 0, 3, "Ten", 0.876)
    page = Page(format_html(Document("Ten died.", layers=LAYERS, spans=(figure,))))
    assert "score" in page.texts["table"]
    assert "0.88" in page.texts["table"]
    assert page.marks("T1")[0]["title"] == "KILLED 0.88"


def test_a_dispute_adds_up_the_figures_of_a_side_and_leads_to_them() -> None:
    document = parse(
        "<C1><K1>Sixty</K1> <V1>rebels</V1> and <K2>four</K2> <V2>soldiers</V2> died</C1>, <S1>the ministry</S1> "
        "<Q1>said</Q1>; <S3>the hospital</S3> <Q3>counted</Q3> <C3><K3>12</K3></C3>."
    )
    sixty, four, twelve = read_claims(document)
    shown = Page(render_disputes(document, [Dispute("KILLED", ((sixty, four), (twelve,)), 12, 64)]))
    assert "killed, 12-64. the ministry: Sixty + four = 64; the hospital: 12" in shown.texts["li"]
    assert shown.all("href") == [f"#{claim.figure.id}" for claim in (sixty, four, twelve)]
    assert render_disputes(document, []) == ""


def test_a_dispute_shows_who_denies_it() -> None:
    document = parse(
        "<S1>Rebels</S1> <Q1>said</Q1> <C1><K1>six</K1> <V1>men</V1> died</C1>. "
        "<S2>The <army></S2> <Q2><DENY2>denied</DENY2></Q2> <C2>this</C2>."
    )
    shown = Page(format_html(document))
    assert "killed, 6. Rebels: six; The <army>: deny" in shown.texts["li"]


def test_an_index_counts_claims_and_disputes_and_leads_to_every_page_and_back(tmp_path: Path) -> None:
    disputed = (
        "<S1>Rebels</S1> <Q1>said</Q1> <C1><K1>six</K1> died</C1>; "
        "<S2>police</S2> <Q2>put</Q2> <C2>the toll at <K2>9</K2></C2>."
    )
    names = [HOSTILE, "index", "INDEX", "é" * 200, "é" * 200 + "x", "100%", ""]
    pages = [parse(disputed, name=name) for name in names] + [parse("It rained.", name="calm")]
    assert write_pages(tmp_path / "pages", iter(pages)) == 8
    index = Page((tmp_path / "pages" / "index.html").read_text("utf-8"))
    links = [unquote(link) for link in index.all("href")]
    assert {*links, "index.html"} == {path.name for path in (tmp_path / "pages").iterdir()}
    assert len(set(links)) == 8
    for link, page in zip(links, pages, strict=True):
        found = Page((tmp_path / "pages" / link).read_text("utf-8"))
        assert found.texts["title"].replace("Reading", "") == page.id
        assert "index.html" in found.all("href")
    assert index.texts["td"].count("21") == 7
    assert index.texts["td"].endswith("calm00")
    assert "img" not in {tag for tag, _ in index.elements}
    assert index.texts["h1"] == "8 texts"


def test_a_frame_holds_the_page_whole() -> None:
    document = parse("<K1>Ten</K1> died.", name='"><b>')
    frame = Page(format_frame(document))
    assert [tag for tag, _ in frame.elements] == ["iframe"]
    assert frame.all("sandbox") == ["allow-scripts"]
    (page,) = frame.all("srcdoc")
    assert page.replace('\n<base href="about:srcdoc">', "") == format_html(document)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_browser_runs_nothing_that_a_text_brings(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(format_html(parse(f"<K1>Ten</K1> {HOSTILE} died.", name="quiet")), "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--virtual-time-budget=1000", "--dump-dom", (tmp_path / "page.html").as_uri()]
    dom = subprocess.run(command, capture_output=True, timeout=120, check=True, text=True).stdout
    assert "<title>quiet</title>" in dom
    assert unescape(dom).count('<script>document.title="taken"</script>') == 1
    assert dom.count("<script>") == 1
