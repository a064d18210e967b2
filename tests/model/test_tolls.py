from time import process_time

import pytest
from hypothesis import given
from strategies import documents

from tolltale.documents import Document, Span
from tolltale.labels import FIGURES
from tolltale.markup import parse
from tolltale.tolls import find_cumulative, find_subsets


def _figures(document: Document) -> list[Span]:
    return [span for span in document.spans if span.label in FIGURES]


def _subsets(marked: str) -> dict[str, str]:
    document = parse(marked)
    figures = _figures(document)
    texts = {figure.id: figure.text for figure in figures}
    return {texts[part]: whole.text for part, whole in find_subsets(document.text, figures).items()}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "<K1>30</K1> people, including <K2>12</K2> children and <K3>three</K3> women, died.",
            {"12": "30", "three": "30"},
        ),
        ("<K1>30</K1> people died, <K2>12</K2> of them children.", {"12": "30"}),
        ("<K1>30</K1> people died, among them <K2>three</K2> women.", {"three": "30"}),
        ("<K1>15</K1> patients died. <K2>Three</K2> of its own cooks were among them.", {"Three": "15"}),
        ("<K1>Forty</K1> villagers died, of whom <K2>five</K2> were infants.", {"five": "Forty"}),
        ("<K1>Thirty</K1> died, all but <K2>two</K2> of them civilians.", {"two": "Thirty"}),
        ("<I1>30</I1> were hurt, <I2>nine</I2> seriously.", {"nine": "30"}),
        ("<X1>24</X1> casualties, including <K2>four</K2> dead and <I3>20</I3> wounded.", {"four": "24", "20": "24"}),
    ],
)
def test_a_list_in_the_sentence_has_the_parts(marked: str, expected: dict[str, str]) -> None:
    assert _subsets(marked) == expected


@pytest.mark.parametrize(
    "before",
    ["Among the dead were", "The dead included", "The victims were a nurse and"],
    ids=["among", "included", "were"],
)
def test_the_whole_may_stand_in_the_sentence_before(before: str) -> None:
    assert _subsets(f"The raid left <K1>40</K1> dead. {before} <K2>two</K2> policemen.") == {"two": "40"}


def test_other_people_are_no_part() -> None:
    assert _subsets("The raid left <K1>40</K1> dead. Other victims included <K2>two</K2> policemen.") == {}
    assert _subsets("The raid left <K1>40</K1> dead. This does not include <K2>two</K2> guards.") == {}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<K1>Twelve</K1> of the <K2>30</K2> dead were miners.", {"Twelve": "30"}),
        ("Of the <K1>30</K1> dead, <K2>12</K2> were miners and <K3>two</K3> cooks.", {"12": "30", "two": "30"}),
        ("Of the <P1>30</P1> hostages, <K2>12</K2> were shot.", {"12": "30"}),
        ("<K1>Fifty</K1> were killed. <K2>20</K2> of the victims were under ten.", {"20": "Fifty"}),
        ("<K1>Six</K1> cooks and <K2>nine</K2> miners died. <K3>One</K3> of the cooks was blind.", {"One": "Six"}),
        ("<K1>Three</K1> drivers were shot. The <K2>other two</K2> victims bled to death.", {"other two": "Three"}),
        ("<M1>838</M1> vanished. Men were <M2>569</M2>, or 68 percent of the total.", {"569": "838"}),
    ],
)
def test_a_figure_of_named_people_is_a_part(marked: str, expected: dict[str, str]) -> None:
    assert _subsets(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<K1>Ten</K1> people died: <K2>seven</K2> men and <K3>three</K3> women.", {"seven": "Ten", "three": "Ten"}),
        (
            "<K1>Ten</K1> died, police said. <K2>Seven</K2> men and <K3>three</K3> women were shot.",
            {"Seven": "Ten", "three": "Ten"},
        ),
        (
            "<P1>A</P1> Dane and <P2>two</P2> Poles were held. The <P3>three</P3> men are free.",
            {"A": "three", "two": "three"},
        ),
        ("<K1>44</K1> died. In Ar <K2>16</K2> were shot. In Bel <K3>28</K3> burned.", {"16": "44", "28": "44"}),
    ],
)
def test_figures_that_add_up_are_parts(marked: str, expected: dict[str, str]) -> None:
    assert _subsets(marked) == expected


def test_small_numbers_that_happen_to_add_up_are_none() -> None:
    assert _subsets("<K1>Three</K1> died in Ar. <K2>One</K2> died in Bel. <K3>Two</K3> died in Cam.") == {}
    assert _subsets("<K1>Two</K1> Poles, <K2>one</K2> Dane, <K3>one</K3> Swede and <K4>one</K4> Finn died.") == {}


@pytest.mark.parametrize(
    "marked",
    [
        "<K1>Three</K1> children died. <K2>Two</K2> soldiers and <K3>a</K3> policeman were buried.",
        "<K1>Three</K1> people died. <K2>Two</K2> cooks and <K3>a</K3> driver died too.",
        "Police said <K1>50</K1> people died. The army said <K2>30</K2> men and <K3>20</K3> women died.",
        "<K1>60</K1> died on Friday. On Saturday <K2>25</K2> died in Osk and <K3>35</K3> in Torra.",
        "<K1>12</K1> people died in Alba, <K2>seven</K2> in Torra and <K3>five</K3> in Kesh.",
        "<K1>30</K1> people died in Alba. In Torra <K2>20</K2> died. In Kesh <K3>10</K3> died.",
    ],
    ids=["people", "too", "source", "day", "places", "sentences"],
)
def test_other_people_sources_days_and_places_do_not_add_up(marked: str) -> None:
    assert _subsets(marked) == {}


def test_one_source_and_a_list_of_places_do_add_up() -> None:
    parts = {"30": "50", "20": "50"}
    assert _subsets("Police said <K1>50</K1> died. They said <K2>30</K2> men and <K3>20</K3> women died.") == parts
    assert _subsets("<K1>50</K1> rebels died: <K2>30</K2> men and <K3>20</K3> women.") == parts
    assert _subsets("<K1>50</K1> died in Alba: <K2>30</K2> in Osk and <K3>20</K3> in Torra.") == parts
    assert _subsets("<K1>50</K1> died on Friday. On Friday <K2>30</K2> men and <K3>20</K3> women drowned.") == parts


def test_a_part_is_of_the_kind_of_its_whole() -> None:
    marked = (
        "Shells killed <K1>nine</K1>, including <K2>two</K2> nurses, and hurt <I3>40</I3>, including <I4>six</I4> boys."
    )
    assert _subsets(marked) == {"two": "nine", "six": "40"}
    assert _subsets("<K1>Twelve</K1> died. The injured included <I2>five</I2> pupils.") == {}


def test_a_part_is_not_larger_than_its_whole() -> None:
    assert _subsets("A mine killed <K1>two</K1>, and <K2>30</K2>, including <K3>four</K3> boys, drowned.") == {
        "four": "30"
    }


def test_another_clause_ends_the_list() -> None:
    marked = "Shells killed <K1>nine</K1>, including <K2>two</K2> nurses, while <K3>four</K3> soldiers died elsewhere."
    assert _subsets(marked) == {"two": "nine"}


@pytest.mark.parametrize(
    "end", ["died in a fire", "who died in a separate blast"], ids=["a verb of their own", "separate"]
)
def test_people_of_another_event_end_the_list(end: str) -> None:
    marked = f"Shells killed <K1>30</K1>, including <K2>12</K2> boys, and <K3>six</K3> soldiers {end}."
    assert _subsets(marked) == {"12": "30"}


def test_a_sentence_about_harm_elsewhere_ends_what_may_be_taken_up() -> None:
    died, elsewhere = "<K1>Forty</K1> people died in Alba.", "In Torra a mine killed a family."
    for part in ("The dead included <K2>two</K2> boys.", "The other <K2>two</K2> died later."):
        assert _subsets(f"{died} {elsewhere} {part}") == {}
        assert _subsets(f"{died} In Torra a priest prayed for them. {part}") == {"two": "Forty"}
        assert _subsets(f"{died} In Alba a mine killed them. {part}") == {"two": "Forty"}
        assert _subsets(f"{died} In Hope Hospital they died in vain. {part}") == {"two": "Forty"}


def test_the_rest_are_none_of_people_of_another_kind() -> None:
    assert _subsets("<K1>Thirty</K1> rebels fell. The other <K2>two</K2> passengers died.") == {}


def test_a_whole_may_follow_among() -> None:
    assert _subsets("<K1>Twelve</K1> children were among the <K2>64</K2> dead.") == {"Twelve": "64"}


def test_a_comma_does_not_hide_the_word_that_tells_the_whole() -> None:
    marked = "<I1>13</I1> were wounded, police said. <I2>Six</I2> were treated. <I3>Two</I3> were among the wounded."
    assert _subsets(marked) == {"Two": "13"}


def test_what_raises_a_toll_is_a_part_of_it() -> None:
    assert _subsets("<K1>Seven</K1> more died, bringing the toll to <K2>60</K2>.") == {"Seven": "60"}
    assert _subsets("The toll rose to <K1>44</K1> when <K2>a</K2> boy died.") == {"a": "44"}


def test_figures_side_by_side_are_no_parts() -> None:
    assert _subsets("<K1>Three</K1> soldiers and <K2>two</K2> rebels died; <I3>nine</I3> were hurt.") == {}


@given(documents())
def test_parts_and_wholes_are_figures_and_never_go_round(document: Document) -> None:
    figures = _figures(document)
    wholes = find_subsets(document.text, figures)
    assert set(wholes) <= {figure.id for figure in figures}
    assert all(whole in figures for whole in wholes.values())
    assert find_cumulative(document.text, figures, wholes) <= {figure.id for figure in figures}
    for part in wholes:
        seen = {part}
        while part in wholes:
            part = wholes[part].id
            assert part not in seen
            seen.add(part)


@given(documents())
def test_the_order_of_the_figures_does_not_matter(document: Document) -> None:
    figures = _figures(document)
    assert find_subsets(document.text, figures[::-1]) == find_subsets(document.text, figures)


@pytest.mark.parametrize("unit", ["10 men died, ", "a 7 of the ", "including 5 boys, "])
def test_a_sentence_without_an_end_is_read_in_linear_time(unit: str) -> None:
    def seconds(n: int) -> float:
        text = unit * n
        places = [(i, word) for i, word in _words(text) if word.isdigit()]
        figures = [Span(f"T{i}", "figure", "KILLED", i, i + len(word), word) for i, word in places]
        start = process_time()
        find_cumulative(text, figures, find_subsets(text, figures))
        return process_time() - start

    assert seconds(400) < 10 * seconds(100) + 1


def _words(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for word in text.split(" "):
        found.append((at, word))
        at += len(word) + 1
    return found
