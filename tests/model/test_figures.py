from dataclasses import replace

import pytest

from tolltale.claims import Claim, read_claims
from tolltale.disputes import find_disputes
from tolltale.documents import Document
from tolltale.markup import parse
from tolltale.page.ties import find_ties


def _claims(marked: str) -> list[Claim]:
    return list(read_claims(parse(marked)))


def _bounds(marked: str) -> list[tuple[str, int | None, int | None]]:
    return [(claim.figure.text, claim.low, claim.high) for claim in _claims(marked)]


@pytest.mark.parametrize(
    ("marked", "text", "low", "high"),
    [
        ("<K1>more than 1,000</K1> but <K2>fewer than 2,000</K2>", "more than 1,000 but fewer than 2,000", 1001, 1999),
        (
            "<K1>at least ten</K1> and possibly <K2>as many as 15</K2>",
            "at least ten and possibly as many as 15",
            10,
            15,
        ),
        ("<K1>Three</K1>, <K2>maybe four</K2>,", "Three, maybe four", 3, 4),
        ("between <K1>10</K1> and <K2>15</K2>", "between 10 and 15", 10, 15),
        ("<K1>between 10</K1> and <K2>15</K2>", "between 10 and 15", 10, 15),
        ("from <K1>10</K1> to <K2>15</K2>", "from 10 to 15", 10, 15),
        ("<K1>two</K1> or <K2>three</K2>", "two or three", 2, 3),
        ("<K1>two</K1> or <K2>three hundred</K2>", "two or three hundred", 200, 300),
    ],
)
def test_neighbouring_figures_that_are_one_range_are_one_claim(marked: str, text: str, low: int, high: int) -> None:
    found = _bounds(f"<S9>Police</S9> <Q9>said</Q9> <C9>{marked} died</C9>.")
    assert found == [(text, low, high)]


@pytest.mark.parametrize(
    "marked",
    [
        "The toll rose from <K1>10</K1> to <K2>15</K2>.",
        "The mayor raised the toll from an earlier <K1>10</K1> to <K2>15</K2>.",
        "<K1>10</K1> or <I2>15</I2> were hit.",
        "<K1>Five</K1> and <K2>six</K2> died.",
        "<K1>One hundred</K1> and <K2>six</K2> died.",
        "<K1>Two</K1> <V1>men</V1> and possibly <K2>three</K2> <V2>women</V2> died.",
        "<K1>Ten</K1>, <K2>perhaps 12 more</K2>, died.",
        "Dead: <K1>10</K1> <K2>300</K2>",
        "Dead: <K1>10</K1>\n- <K2>15</K2>",
        "<S1>He</S1> <Q1>said</Q1> <C1><K1>five</K1></C1> or <K2>six</K2> died.",
        "<K1>15</K1> or <K2>ten</K2> died.",
    ],
)
def test_other_neighbours_stay_two_claims(marked: str) -> None:
    assert len(_claims(marked)) == 2


def test_a_range_of_two_victims_is_none() -> None:
    assert len(_claims("<K1>Two</K1> or <K2>three</K2> <V1>men</V1> and <V2>boys</V2> died.")) == 2


def test_a_range_has_the_first_id_the_victims_of_either_and_both_scores() -> None:
    document = parse("<S1>Police</S1> <Q1>said</Q1> <C1>between <K1>10</K1> and <K2>15</K2> <V2>miners</V2> died</C1>.")
    scores = {"KILLED": 0.5}
    scored = replace(document, spans=tuple(replace(s, score=scores.get(s.label, 1.0)) for s in document.spans))
    (claim,) = read_claims(scored)
    first, second = (span for span in document.spans if span.label == "KILLED")
    assert claim.figure.id == first.id
    assert scored.text[claim.figure.start : claim.figure.end] == claim.figure.text == "between 10 and 15"
    assert claim.victims is not None
    assert claim.victims.text == "miners"
    assert claim.source is not None
    assert claim.score == 0.25
    ties = find_ties(scored, [claim])
    assert second.id in ties[first.id]
    assert {first.id, claim.source.id, claim.victims.id} <= ties[second.id]
    assert second.id not in ties[second.id]


def test_a_part_of_a_range_is_tied_to_the_whole_of_it() -> None:
    document = parse("<K1>Twenty</K1> or <K2>30</K2> <V1,2>people</V1,2>, including <K3>two</K3> children, died.")
    whole, part = read_claims(document)
    assert part.subset_of == whole.figure
    assert whole.figure.id in find_ties(document, [whole, part])[part.figure.id]


def test_a_range_is_one_side_of_a_dispute() -> None:
    def tell(figure: str) -> Document:
        return parse(
            f"<S1>Police</S1> <Q1>said</Q1> <C1>between <K1>10</K1> and <K2>15</K2> <V1,2>people</V1,2> died</C1>, "
            f"but <S3>the mayor</S3> <Q3>put</Q3> <C3>the toll at <K3>{figure}</K3></C3>."
        )

    assert find_disputes(tell("12"), read_claims(tell("12"))) == ()
    (found,) = find_disputes(tell("40"), read_claims(tell("40")))
    assert [len(side) for side in found.sides] == [1, 1]
    assert (found.low, found.high) == (10, 40)


@pytest.mark.parametrize(
    ("marked", "text", "high"),
    [
        ("<K1>15</K1>+ were killed", "15+", None),
        ("<K1>At least 15</K1>+ died", "At least 15+", None),
        ("<K1>up to 15</K1>+ died", "up to 15", 15),
        ("<K1>15</K1>+2 died", "15", 15),
        ("<K1>15</K1>, died", "15", 15),
    ],
)
def test_a_plus_sign_behind_a_number_belongs_to_it(marked: str, text: str, high: int | None) -> None:
    (claim,) = _claims(marked)
    assert (claim.figure.text, claim.high) == (text, high)
