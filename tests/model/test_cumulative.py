import re

import pytest

from tolltale.labels import FIGURES
from tolltale.markup import parse
from tolltale.tolls import find_cumulative, find_subsets


def _cumulative(marked: str) -> list[str]:
    document = parse(marked)
    figures = [span for span in document.spans if span.label in FIGURES]
    found = find_cumulative(document.text, figures, find_subsets(document.text, figures))
    return [figure.text for figure in figures if figure.id in found]


@pytest.mark.parametrize(
    "marked",
    [
        "<K1>Many</K1> have been killed since the war began.",
        "<K1>60</K1> have died so far this year.",
        "In five years of fighting <K1>12,000</K1> people were killed.",
        "<K1>90</K1> have been killed since October.",
        "Seven men died, bringing the toll this month to <K1>300</K1>.",
        "That brings the number of villagers killed by the army to <K1>39</K1>.",
        "In 2012 alone <K1>700</K1> people were murdered.",
        "In 2012 alone soldiers killed <K1>700</K1> people in Alba.",
        "Between 2004 and 2009 <M1>40</M1> students disappeared.",
        "An average of <K1>12</K1> people are killed each day.",
        "The war has left <K1>90,000</K1> dead.",
        "<K1>Four</K1> died in three days of clashes.",
    ],
)
def test_a_toll_over_a_period_counts_more_than_the_event(marked: str) -> None:
    assert _cumulative(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "<K1>Four</K1> people died on Monday.",
        "The 1994 massacre of <K1>8,000</K1> men began here.",
        "<K1>Three</K1> were killed last year in an attack on the bridge.",
        "It was the worst attack since the war began, killing <K1>90</K1> people.",
        "Another man died, bringing the toll of the blast to <K1>30</K1>.",
        "<P1>A</P1> man has been held since Monday.",
        "In 1987 soldiers killed <K1>300</K1> villagers in Alba.",
        "<K1>30</K1> people have been killed since Monday.",
        "<K1>Five</K1> have died since the morning.",
        "<M1>Nine</M1> fishermen have been missing since their boat came under fire on Friday.",
    ],
)
def test_the_toll_of_one_event_does_not(marked: str) -> None:
    assert _cumulative(marked) == []


@pytest.mark.parametrize(
    "marked",
    [
        "Shells killed <K1>12</K1> on Sunday, the mayor said, bringing the overall toll to <K2>41,000</K2>.",
        "Shells killed <K1>12</K1> on Sunday, the mayor said, taking the death toll to <K2>410</K2>.",
        "Shells killed <K1>12</K1> on Sunday. That brings the toll to <K2>41,000</K2>.",
        "Shells killed <K1>12</K1> on Sunday. The total death toll in Orsk now stands at <K2>41,000</K2>.",
        "Shells killed <K1>12</K1> on Sunday. Over the whole war <K2>75,000</K2> died.",
    ],
)
def test_a_toll_too_large_for_the_event_is_the_wars(marked: str) -> None:
    assert _cumulative(marked) == re.findall(r"<K2>(.*?)</K2>", marked)


@pytest.mark.parametrize(
    "marked",
    [
        "<K1>Two</K1> more men died, bringing the toll to <K2>50</K2>.",
        "<K1>40</K1> more bodies were found, bringing the death toll to <K2>240</K2>.",
        "<K1>40</K1> more died, bringing the overall toll of the massacre to <K2>8,000</K2>.",
        "The total death toll in Orsk now stands at <K1>41</K1>.",
    ],
)
def test_a_toll_that_an_event_can_have_is_its_own(marked: str) -> None:
    assert _cumulative(marked) == []


def test_a_period_counts_for_its_clause_only() -> None:
    assert _cumulative("<K1>Ninety</K1> have been killed since May, while <K2>two</K2> died on Sunday.") == ["Ninety"]
    assert _cumulative("The raid killed <K1>three</K1>; <K2>60</K2> have died this year.") == ["60"]
    assert _cumulative("<K1>Six</K1> were shot, taking the toll this year to <K2>62</K2>.") == ["62"]


def test_parts_of_a_long_toll_count_as_long_unless_they_are_an_event() -> None:
    toll = "<K1>200</K1> people have died since May, including <K2>50</K2> boys"
    assert _cumulative(f"{toll}.") == ["200", "50"]
    assert _cumulative(f"{toll} killed in the attack on a school.") == ["200"]


def test_the_same_large_number_is_the_same_toll() -> None:
    assert _cumulative("<K1>346</K1> dead. Police killed <K2>346</K2> men this year.") == ["346", "346"]


def test_a_weekend_is_an_event_and_what_is_told_to_the_end_of_a_year_is_none() -> None:
    assert _cumulative("<K1>40</K1> soldiers died in two days of fighting.") == []
    assert _cumulative("<K1>40</K1> soldiers died in nine days of fighting.") == ["40"]
    assert _cumulative("The dead numbered <K1>1,500</K1> by the end of the year.") == ["1,500"]


def test_text_without_capitals_has_sentences_too() -> None:
    marked = "the toll since may is <K1>90</K1>. on sunday <K2>two</K2> died, police said. they were brothers."
    assert _cumulative(marked) == ["90"]
