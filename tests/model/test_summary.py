from dataclasses import fields
from pathlib import Path

import pytest

from tolltale.documents import Document
from tolltale.errors import TolltaleError
from tolltale.markup import parse
from tolltale.plots import draw_claims, points_by_source
from tolltale.reading import Reading
from tolltale.summary import OWN_VOICE, format_summary, summarise

MARKED = {
    "2024-05-01": "<C1><K1>Ten</K1> died</C1>, <S1>the army</S1> <Q1>said</Q1>. <I2>Two</I2> were hurt.",
    "2024-05-03": "<C1><K1>At least 12</K1> died</C1>, <S1>The Army,</S1> <Q1>said</Q1>. <K2>Some</K2> drowned.",
    "": "<K1>Between 1,000 and 2,000</K1> died.",
}


def _readings() -> list[Reading]:
    documents = [(parse(text), date) for date, text in MARKED.items()]
    names = [field.name for field in fields(Document) if field.name != "date"]
    return [Reading(**{name: getattr(d, name) for name in names}, date=date) for d, date in documents]


def test_claims_are_counted_source_by_source_whatever_their_case() -> None:
    summary = summarise(iter(_readings()))
    tallies = {(tally.kind, tally.source): tally for tally in summary.tallies}
    army = tallies["KILLED", "the army"]
    assert (army.n_claims, army.n_articles, army.low, army.high) == (2, 2, 10, 10)
    own = tallies["KILLED", OWN_VOICE]
    assert (own.n_claims, own.low, own.high) == (2, 2, 2000)
    assert [tally.kind for tally in summary.tallies] == ["KILLED", "KILLED", "INJURED"]
    assert summary.n_articles == 3
    lines = format_summary(summary).splitlines()
    assert lines[0] == "KILLED: 4 claims"
    assert lines[-1].startswith("3 articles, ")


def test_nothing_read_is_nothing_claimed() -> None:
    assert format_summary(summarise([])) == "0 articles, 0 disputes, 0 figures that are no number"


def test_only_dated_claims_with_numbers_are_drawn_and_the_rest_is_counted(tmp_path: Path) -> None:
    points, n_left_out = points_by_source(_readings(), "KILLED")
    assert [(date.day, low, high) for date, low, high in points["the army"]] == [(1, 10, 10), (3, 12, 12)]
    assert n_left_out == 1
    assert draw_claims(_readings(), tmp_path / "plot.png") == 1
    assert (tmp_path / "plot.png").stat().st_size > 1000
    with pytest.raises(TolltaleError, match="no claim of MISSING has both a number and an article with a `date`"):
        draw_claims(_readings(), tmp_path / "plot.png", kind="MISSING")
