from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from tolltale import victims
from tolltale.victims import UNKNOWN, VICTIM_CLASSES, VICTIM_WORDS, classify_victim

# Phrases of real reporting that are nobody's in particular, each judged by hand.
TABLE = Path(__file__).with_name("victims.tsv")
JUDGED = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
ENTRIES = [(entry, name) for name, entries in VICTIM_WORDS.items() for entry in sorted(entries)]


def test_the_table_is_there() -> None:
    assert len(JUDGED) > 150
    assert {name for _, name in JUDGED} == set(VICTIM_CLASSES)


@pytest.mark.parametrize(("phrase", "expected"), JUDGED)
def test_a_judged_phrase_has_its_class(phrase: str, expected: str) -> None:
    assert classify_victim(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("women and children", "child"),
        ("women soldiers", "woman"),
        ("doctors and reporters", "medical"),
        ("army medics", "medical"),
        ("a mother and her three children", "child"),
        ("soldiers, including two women", "woman"),
        ("people, mostly women and children", "child"),
        ("police and army officers", "security forces"),
        ("Northern and Southern soldiers", "security forces"),
        ("Palestinians", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_the_first_class_of_the_list_wins(phrase: str, expected: str) -> None:
    assert classify_victim(phrase) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "civilians and soldiers",
        "both soldiers and civilians",
        "police and rebels",
        "rebels, police & villagers",
        "men, women and children",
        "a soldier and his wife",
        "soldiers and civilians, including three children",
        "armed civilians",
    ],
)
def test_people_of_several_sides_have_no_class_together(phrase: str) -> None:
    assert classify_victim(phrase) == UNKNOWN


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("UNRWA staff", "aid worker"),
        ("Unicef workers", "aid worker"),
        ("infantrymen", "security forces"),
        ("reservists", "security forces"),
        ("asylum seekers", "civilian"),
        ("MPs", "civilian"),
    ],
)
def test_less_common_words_are_known_too(phrase: str, expected: str) -> None:
    assert classify_victim(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("aid workers", "aid worker"),
        ("health workers", "medical"),
        ("party militants", "civilian"),
        ("non-combatants", "civilian"),
    ],
)
def test_a_longer_entry_hides_the_shorter_ones_in_it(phrase: str, expected: str) -> None:
    assert classify_victim(phrase) == expected


@pytest.mark.parametrize("phrase", ["former soldiers", "ex-officers", "a retired general"])
def test_what_somebody_no_longer_is_does_not_count(phrase: str) -> None:
    assert classify_victim(phrase) == UNKNOWN


@given(st.integers(0, 120), st.sampled_from(["boy", "soldier", "man"]))
def test_an_age_under_18_makes_a_child_and_no_other_age_does(age: int, noun: str) -> None:
    assert (classify_victim(f"{age}-year-old {noun}") == "child") == (age < 18)


def test_it_reads_any_case() -> None:
    assert classify_victim("SOLDIERS") == classify_victim("soldiers") == "security forces"


def test_the_words_can_be_extended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert classify_victim("beekeepers") == UNKNOWN
    monkeypatch.setitem(victims.VICTIM_WORDS, "civilian", {*VICTIM_WORDS["civilian"], "beekeeper"})
    assert classify_victim("beekeepers") == "civilian"


def test_capitals_hyphens_long_entries_and_new_classes_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(victims.VICTIM_WORDS, "keeper", {"Bee-Keeper", "Warden of the Lost Hives of the Hill"})
    assert classify_victim("two bee keepers") == "keeper"
    assert classify_victim("a warden of the lost hives of the hill") == "keeper"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("healthcare workers", "medical"),
        ("the general public", "civilian"),
        ("General Motors workers", "civilian"),
        ("a police officer's son", UNKNOWN),
        ("the son of a police officer", UNKNOWN),
        ("a police dog", UNKNOWN),
        ("captain of the football team", "civilian"),
        ("medical students", "civilian"),
        ("a retired police officer", UNKNOWN),
        ("six-month-old twins", "child"),
        ("9-year-olds", "child"),
        ("a six-year-old", "child"),
        ("a twenty-five-year-old man", UNKNOWN),
        ("a man aged 16", "child"),
        ("grandchildren", "child"),
        ("servicewomen", "security forces"),
        ("privates", "security forces"),
        ("private citizens", UNKNOWN),
    ],
)
def test_words_that_mislead_are_read_in_their_phrase(phrase: str, expected: str) -> None:
    assert classify_victim(phrase) == expected


@pytest.mark.parametrize(("entry", "name"), ENTRIES)
def test_every_entry_is_found_and_in_one_class(entry: str, name: str) -> None:
    assert classify_victim(entry) == name
    assert sum(entry in entries for entries in VICTIM_WORDS.values()) == 1


@given(texts)
def test_any_text_has_a_class(text: str) -> None:
    assert classify_victim(text) in VICTIM_CLASSES
