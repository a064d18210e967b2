from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure

from tolltale.documents import Document
from tolltale.errors import TolltaleError
from tolltale.markup import parse
from tolltale.plots import MOST_SOURCES, UNCOUNTED, UNDATED, draw_claims, points_by_source
from tolltale.reading import Reading
from tolltale.summary import format_summary, summarise

MARKED = {
    "2024-05-01": "<C1><K1>Ten</K1> died</C1>, <S1>the army</S1> <Q1>said</Q1>. <I2>Two</I2> were hurt.",
    "2024-05-03": "<C1><K1>At least 12</K1> died</C1>, <S1>The Army,</S1> <Q1>said</Q1>. <K2>Some</K2> drowned.",
    "": "<K1>Between 1,000 and 2,000</K1> died.",
}
OWN_VOICE = "(the article)"
APART = (
    "<S1>The army</S1> <Q1><DENY1>denied</DENY1></Q1> <C1>that <K1>120</K1> people had died</C1>. "
    "<S2>The army</S2> <Q2>said</Q2> <C2><K2>seven</K2> people, including <K3>two</K3> children, died</C2>. "
    "<S4>The army</S4> <Q4>said</Q4> <C4><K4>900</K4> have died since the war began</C4>."
)
RIVALS = (
    "<C1><K1>12</K1> <V1>rebels</V1> died</C1>, <S1>the army</S1> <Q1>said</Q1>, but "
    "<S2>the front</S2> <Q2>put</Q2> <C2>the dead at <K2>at least 40</K2></C2>."
)


def _readings(marked: dict[str, str] = MARKED) -> list[Reading]:
    documents = [(parse(text), date) for date, text in marked.items()]
    names = [field.name for field in fields(Document) if field.name != "date"]
    return [Reading(**{name: getattr(d, name) for name in names}, date=date) for d, date in documents]


def test_claims_that_add_up_are_one_toll() -> None:
    marked = {
        "2024-05-01": "<S1>The army</S1> <Q1>said</Q1> <C1><K1>four</K1> <V1>soldiers</V1> and <K2>a</K2> "
        "<V2>driver</V2> had died</C1>.",
        "2024-05-02": "<S1>The army</S1> <Q1>said</Q1> <C1><K1>about 20</K1> <V1>recruits</V1> had died</C1>.",
    }
    (tally,) = summarise(_readings(marked)).tallies
    assert (tally.n_claims, tally.n_articles, tally.n_read, tally.low, tally.high) == (3, 2, 3, 5, 20)
    points, left_out = points_by_source(_readings(marked), "KILLED")
    assert [(point.low, point.high) for point in points["The army"]] == [(5, 5), (20, 20)]
    assert not left_out


def test_claims_are_counted_source_by_source_whatever_their_case() -> None:
    summary = summarise(iter(_readings()))
    tallies = {(tally.kind, tally.source): tally for tally in summary.tallies}
    army = tallies["KILLED", "the army"]
    assert (army.n_claims, army.n_articles, army.low, army.high) == (2, 2, 10, None)
    own = tallies["KILLED", OWN_VOICE]
    assert (own.n_claims, own.low, own.high) == (2, 2, None)  # "some" sets no most
    assert [tally.kind for tally in summary.tallies] == ["KILLED", "KILLED", "INJURED"]
    assert summary.n_articles == 3
    lines = format_summary(summary).splitlines()
    assert lines[0] == "KILLED: 4 claims"
    assert [[part.strip() for part in line.split("  ")[-2:]] for line in lines[1:3]] == [
        ["2 or more", OWN_VOICE],  # as many claims, and first by the alphabet
        ["10 or more", "the army"],
    ]
    assert lines[-1].startswith("3 articles, ")


def test_claims_of_an_unnamed_source_are_not_the_articles_own() -> None:
    told = "<Q1>Said</Q1> <C1>that <K1>ten</K1> people had died</C1>. <K2>Two</K2> drowned."
    assert {tally.source for tally in summarise(_readings({"": told})).tallies} == {"(unnamed)", OWN_VOICE}


def test_claims_of_an_unnamed_source_are_drawn_apart() -> None:
    told = "<Q1>Said</Q1> <C1>that <K1>ten</K1> people had died</C1>. <K2>Two</K2> drowned."
    assert points_by_source(_readings({"2024-05-01": told}), "KILLED")[0].keys() == {"(unnamed)", OWN_VOICE}


def test_a_name_that_a_line_break_cuts_is_the_same_name() -> None:
    told = "<S1>the{}army</S1> <Q1>said</Q1> <C1><K1>ten</K1> had died</C1>."
    (tally,) = summarise(_readings({str(n): told.format(gap) for n, gap in enumerate(" \n")})).tallies
    assert (tally.source, tally.n_claims) == ("the army", 2)


def test_denied_partial_and_cumulative_figures_are_no_tolls_of_their_source() -> None:
    readings = _readings({"2024-05-01": APART})
    summary = summarise(readings)
    (army,) = summary.tallies
    assert (army.n_claims, army.n_apart, army.low, army.high) == (1, 3, 7, 7)
    left_out = {"denied or doubted": 1, "part of another": 1, "cumulative": 1}
    assert summary.apart == left_out
    assert "left out of the tolls: 1 denied or doubted, 1 part of another, 1 cumulative" in format_summary(summary)
    points, not_drawn = points_by_source(readings, "KILLED")
    assert [(point.low, point.high) for point in next(iter(points.values()))] == [(7, 7)]
    assert not_drawn == left_out


def test_a_source_that_only_denies_tells_no_toll() -> None:
    denied = APART.split(". ")[0] + "."
    (army,) = summarise(_readings({"": denied})).tallies
    assert (army.n_claims, army.n_articles, army.n_apart, army.high) == (0, 0, 1, None)
    assert "0 in 0 " in format_summary(summarise(_readings({"": denied})))


def test_the_disputes_themselves_are_listed() -> None:
    lines = format_summary(summarise(_readings({"": RIVALS}))).splitlines()
    assert "dispute in article 1: KILLED, 12 or more: the army: 12; the front: 40 or more" in lines
    assert lines[-1] == "1 articles, 1 disputes, 0 figures that are no number"


def test_bounds_are_open_where_one_claim_sets_none() -> None:
    told = "<C1><K1>{}</K1> died</C1>, <S1>police</S1> <Q1>said</Q1>."
    for figures in (("nearly 300", "310"), ("310", "nearly 300")):
        summary = summarise(_readings({str(n): told.format(figure) for n, figure in enumerate(figures)}))
        assert [(tally.low, tally.high) for tally in summary.tallies] == [(None, 310)]
        assert "310 at most  police" in format_summary(summary)


def test_nothing_read_is_nothing_claimed() -> None:
    assert format_summary(summarise([])) == "0 articles, 0 disputes, 0 figures that are no number"


def test_only_dated_claims_with_numbers_are_drawn_and_the_rest_is_counted(tmp_path: Path) -> None:
    points, left_out = points_by_source(_readings(), "KILLED")
    assert [(point.date.day, point.low, point.high) for point in points["the army"]] == [(1, 10, 10), (3, 12, 12)]
    assert [point.open_high for point in points["the army"]] == [False, True]
    assert left_out == {UNDATED: 1}
    assert draw_claims(_readings(), tmp_path / "plot.png") == left_out
    assert (tmp_path / "plot.png").stat().st_size > 1000
    with pytest.raises(TolltaleError, match="no claim of MISSING has both a number and an article with a `date`"):
        draw_claims(_readings(), tmp_path / "plot.png", kind="MISSING")


def test_a_format_that_no_plot_has_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    def read() -> Iterator[Reading]:
        raise AssertionError("was read")
        yield

    with pytest.raises(TolltaleError, match=r"claims\.xyz: no plot can be written as \.xyz; take one of .*\.png, "):
        draw_claims(read(), tmp_path / "claims.xyz")


@pytest.mark.parametrize("name", ["plot", "plot.SVG"])
def test_a_plot_is_written_whatever_the_case_of_its_suffix(name: str, tmp_path: Path) -> None:
    draw_claims(_readings(), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(b"<?xml" if name.endswith("SVG") else b"\x89PNG")


def test_claims_without_a_date_and_those_without_a_number_are_told_apart() -> None:
    marked = "<K1>Ten</K1> died. <K2>Scores of scores</K2> drowned. <K3>No-one knows how many</K3> fell."
    _, left_out = points_by_source(_readings({"2024-05-01": marked, "soon": marked}), "KILLED")
    assert left_out[UNDATED] == 3
    assert left_out[UNCOUNTED] in (1, 2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-01T23:30-08:00", "2024-05-02T07:30:00"),
        ("2024-05-01T23:30", "2024-05-01T23:30:00"),
        ("2024-05-01", "2024-05-01T00:00:00"),
    ],
)
def test_dates_of_a_time_zone_are_drawn_in_utc(written: str, expected: str) -> None:
    points, _ = points_by_source(_readings({written: "<K1>Ten</K1> died."}), "KILLED")
    assert points[OWN_VOICE][0].date.isoformat() == expected


def test_a_date_that_utc_cannot_hold_is_none() -> None:
    assert points_by_source(_readings({"0001-01-01T00:30+05:00": "<K1>Ten</K1> died."}), "KILLED")[1] == {UNDATED: 1}


@pytest.fixture
def axes(monkeypatch: pytest.MonkeyPatch) -> list[Axes]:
    """The axes of the plots that a test draws."""
    drawn: list[Axes] = []
    subplots = Figure.subplots

    def keep(figure: Figure) -> Axes:
        drawn.append(subplots(figure))
        return drawn[-1]

    monkeypatch.setattr(Figure, "subplots", keep)
    return drawn


def test_every_source_of_a_plot_has_a_look_of_its_own(tmp_path: Path, axes: list[Axes]) -> None:
    said = [f"<S1>Mayor {chr(65 + i)}</S1> <Q1>said</Q1> <C1><K1>{i + 2}</K1> died</C1>." for i in range(15)]
    draw_claims(_readings({f"2024-05-{day:02}": text for day, text in enumerate(said, 1)}), tmp_path / "plot.png")
    bars = [cast(ErrorbarContainer, container).lines[0] for container in axes[0].containers]
    assert len(bars) == MOST_SOURCES + 1
    assert len({(bar.get_color(), bar.get_marker()) for bar in bars}) == MOST_SOURCES + 1


def test_no_line_joins_the_tolls_of_one_date(tmp_path: Path, axes: list[Axes]) -> None:
    one, two = "<K1>Ten</K1> died.", "<K1>Ten</K1> died in Osk. In Torra <K2>90</K2> died."
    draw_claims(_readings({"2024-05-01": one, "2024-05-02": one, "2024-05-03": two}), tmp_path / "plot.png")
    line = next(line for line in axes[0].lines if line.get_linestyle() == "-")
    assert [str(toll) for toll in np.asarray(line.get_ydata())] == ["10.0", "10.0", "nan"]


@pytest.mark.parametrize(("largest", "scale"), [("400", "linear"), ("75,000", "symlog")])
def test_one_very_large_toll_does_not_flatten_the_others(
    largest: str, scale: str, tmp_path: Path, axes: list[Axes]
) -> None:
    tolls = {"2024-05-01": "<K1>Ten</K1> died.", "2024-05-02": f"<K1>{largest}</K1> died."}
    draw_claims(_readings(tolls), tmp_path / "plot.png")
    assert axes[0].get_yscale() == scale
