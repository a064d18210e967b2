import re

import pytest

from tolltale.claims import read_claims
from tolltale.disputes import Dispute
from tolltale.documents import Document, Link
from tolltale.markup import parse
from tolltale.tables import claim_rows
from tolltale.terminal import format_table
from tolltale.wording import format_bounds, name_source, read_bounds, read_side

TEXT = (
    "<S1>The army</S1> <Q1><DENY1>denied</DENY1></Q1> <C1>that <K1>up to 30</K1> <V1>men</V1> died</C1>. "
    "<I2>About 50</I2> were hurt."
)


def test_the_terminal_gets_a_line_a_claim_and_a_line_a_dispute(monkeypatch: pytest.MonkeyPatch) -> None:
    document = parse(TEXT)
    denied, hurt = read_claims(document)
    dispute = Dispute("KILLED", ((denied, hurt), (hurt,)), None, 80)
    monkeypatch.setattr("tolltale.tables.find_disputes", lambda *_: (dispute,))
    head, *lines = format_table(document).splitlines()
    assert head.split() == ["kind", "reads", "figure", "victims", "source", "notes", "score"]
    assert re.split("  +", lines[0]) == ["KILLED", "30 at most", "up to 30", "men", "The army", "deny, dispute 1"]
    assert re.split("  +", lines[1]) == ["INJURED", "about 50", "About 50", "(the article)", "dispute 1"]
    assert lines[2] == (
        "dispute 1, KILLED, 80 at most: The army and (the article): about 50-80 (30 at most + about 50) [deny]; "
        "(the article): about 50"
    )
    assert [row["dispute"] for row in claim_rows(document)] == [1, 1]
    assert format_table(parse("Nothing happened.")) == "no claims"


def test_the_terminal_and_the_rows_tell_of_a_denial() -> None:
    document = parse(
        "<S1>Rebels</S1> <Q1>said</Q1> <C1><K1>six</K1> <V1>men</V1> died</C1>. "
        "<S2>The army</S2> <Q2><DENY2>denied</DENY2></Q2> <C2>this</C2>."
    )
    assert format_table(document).splitlines()[-1] == "dispute 1, KILLED, 6: Rebels: 6; The army: [deny]"
    assert [row["dispute"] for row in claim_rows(document)] == [1]


def test_the_doubt_of_the_article_is_named_as_such() -> None:
    document = parse("<S1>Ali Noor</S1> <Q1>says</Q1> <C1><K1>ten</K1> died</C1>; this is <DOUBT0>unlikely</DOUBT0>.")
    assert "article: doubt" in format_table(document)
    (row,) = claim_rows(document)
    assert (row["stances"], row["article_stances"], row["reason_apart"]) == ("", "DOUBT", None)


def test_a_text_cannot_steer_the_terminal() -> None:
    document = Document.from_dict(
        {
            "text": "Ten \x1b[2J\x07men\n\ud800\u202e died",
            "layers": ["figure"],
            "spans": [
                {"id": "a", "layer": "figure", "label": "KILLED", "start": 0, "end": 3},
                {"id": "b", "layer": "figure", "label": "VICTIM", "start": 4, "end": 15},
            ],
            "links": [Link("counts", "a", "b").to_dict()],
        }
    )
    table = format_table(document)
    assert "\ufffd[2J\ufffdmen \ufffd\ufffd" in table
    assert all(character.isprintable() for character in table.replace("\n", ""))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(12, 12, "12"), (0, 14, "0-14"), (5, None, "5 or more"), (None, 1000, "1,000 at most"), (None, None, "open")],
)
def test_bounds_are_put_into_words(low: int | None, high: int | None, words: str) -> None:
    assert format_bounds(low, high) == words
    assert format_bounds(low, high, approximate=True) == f"about {words}"


@pytest.mark.parametrize(
    ("figure", "words"),
    [("at least five", "5 or more"), ("up to 30", "30 at most"), ("dozens", "about 24-99"), ("umpteen", "unread")],
)
def test_figures_are_read_in_words(figure: str, words: str) -> None:
    (claim,) = read_claims(parse(f"<K1>{figure}</K1> died."))
    assert read_bounds(claim) == words


def test_a_side_adds_up_only_where_each_has_a_bound() -> None:
    sixty, four, more = read_claims(parse("<K1>60</K1>, <K2>four</K2>, <K3>at least 3</K3>."))
    assert [read_side(side) for side in ((sixty,), (sixty, four), (sixty, more))] == ["60", "64", "63 or more"]


def test_who_says_so_is_named_or_said_to_be_unnamed() -> None:
    claims = read_claims(
        parse(
            "<S1>Ali Noor,</S1> <Q1>says</Q1> <C1><K1>ten</K1> died</C1>, and <Q2>reportedly</Q2> <C2><K2>six</K2> "
            "did</C2>. <K3>Nobody</K3> else died."
        )
    )
    assert [name_source(claim) for claim in claims] == ["Ali Noor", "(unnamed)", "(the article)"]
