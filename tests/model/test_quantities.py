import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import texts

from tolltale import quantities
from tolltale.quantities import LONGEST, Quantity, read_quantity
from tolltale.quantities.amounts import VAGUE
from tolltale.quantities.numerals import UNITS

# Figures of real reporting and others like them, each judged by hand. The first line names the columns; `-` is no
# value, and `none` stands after what must not be read.
TABLE = Path(__file__).with_name("quantities.tsv")
JUDGED = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = {10**9: "billion", 10**6: "million", 1000: "thousand", 100: "hundred"}
PIECES = [
    *("at least", "more than", "up to", "about", "nearly", "fewer than", "another", "some", "just over", "the other"),
    *("or so", "or more", "more", "others", "at most", "odd", "of", "and counting", "perhaps", "if not", "but"),
    *("between", "and", "to", "or", "–", ",", "(", ")", "half", "a", "five", "twenty", "12", "1,000", "3.5", "50+"),
    *VAGUE,
    *UNITS,
]
numbers = st.integers(0, 10**12 - 1)
figures = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


def judged(fields: list[str]) -> Quantity | None:
    if fields == ["none"]:
        return None
    low, high, point = (None if field == "-" else int(field) for field in fields[:3])
    return Quantity(low, high, point, *({"yes": True, "no": False}[field] for field in fields[3:]))


def exactly(number: int) -> Quantity:
    return Quantity(number, number, number)


def in_words(number: int, link: str = " and ") -> str:
    """`two thousand one hundred and five`, or without `and` where the link is a space."""
    for scale, word in SCALES.items():
        if number >= scale:
            rest = number % scale
            tail = (link if rest < 100 else " ") + in_words(rest, link) if rest else ""
            return f"{in_words(number // scale, link)} {word}{tail}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@pytest.mark.parametrize(("phrase", "fields"), [(phrase, fields) for phrase, *fields in JUDGED])
def test_a_figure_is_read_as_judged(phrase: str, fields: list[str]) -> None:
    assert read_quantity(phrase) == judged(fields)


def test_the_documented_table_is_true() -> None:
    assert quantities.__doc__
    rows = [line.split(";") for line in quantities.__doc__.splitlines() if line.startswith("    ")][1:]
    for *phrases, last in rows:
        phrase, low, high, point, *flags = re.split(r"\s{2,}", last.strip())
        named = ["yes" if flag in " ".join(flags) else "no" for flag in ("open_low", "open_high", "approximate")]
        wanted = judged([low, high, point, *named])
        assert {read_quantity(figure) for figure in (*phrases, phrase)} == {wanted}
    assert len(rows) > 10


@pytest.mark.parametrize("change", [str.upper, str.title, "  {}\n".format, "“{}”".format, "‘{}’".format, "{},".format])
def test_case_and_marks_around_a_figure_say_nothing(change: Callable[[str], str]) -> None:
    for phrase, *fields in JUDGED:
        assert read_quantity(change(phrase)) == judged(fields), phrase


@pytest.mark.parametrize("space", ["\n", "  ", "\u00a0", "\u2009", "\u202f", "\t"])
def test_any_white_space_is_a_space(space: str) -> None:
    for phrase, *fields in JUDGED:
        assert read_quantity(phrase.replace(" ", space)) == judged(fields), phrase


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011"])
def test_any_hyphen_is_a_hyphen(hyphen: str) -> None:
    assert read_quantity(f"twenty{hyphen}three") == exactly(23)
    assert read_quantity(f"10{hyphen}15") == Quantity(10, 15, None)


def test_a_noun_is_no_part_of_a_figure() -> None:
    for phrase, *_ in JUDGED:
        assert read_quantity(f"{phrase} soldiers") is None, phrase


@pytest.mark.parametrize(("word", "bounds"), VAGUE.items())
def test_vague_words_are_read_as_the_table_says(word: str, bounds: tuple[int, int | None]) -> None:
    low, high = bounds
    assert read_quantity(word) == Quantity(low, high, None, open_high=high is None, approximate=True)


def test_a_text_too_long_for_a_figure_is_none() -> None:
    assert read_quantity("1" * LONGEST) == exactly(int("1" * LONGEST))
    assert read_quantity("1" * 10_000) is None


@given(numbers)
def test_a_number_reads_back_however_it_is_written(number: int) -> None:
    grouped = f"{number:,}"
    written = [str(number), *(grouped.replace(",", mark) for mark in (",", ".", " ", "\u00a0", "\u202f", "\u2009"))]
    for phrase in (*written, in_words(number), in_words(number, " "), in_words(number).replace("-", " ").upper()):
        assert read_quantity(phrase) == exactly(number), phrase


@given(st.integers(1000, 10**9 - 1))
def test_indian_grouping_reads_back(number: int) -> None:
    head, tail = divmod(number, 1000)
    pairs = []
    while head:
        head, pair = divmod(head, 100)
        pairs.append(f"{pair:02}" if head else str(pair))
    assert read_quantity(",".join([*reversed(pairs), f"{tail:03}"])) == exactly(number)


@given(numbers, numbers)
def test_a_range_has_both_its_ends(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assume(high % 100 or not 0 < low < 1000)  # "3 to 400" may be meant as 300 to 400
    wanted = Quantity(low, high, None)
    assert read_quantity(f"at least {low} and possibly {high}") == wanted
    assert read_quantity(f"between {low} and {high}") == read_quantity(f"{low}-{high}") == wanted


@given(numbers)
def test_hedges_bound_a_number(number: int) -> None:
    words = in_words(number)
    for phrase in (f"at least {words}", f"{number} or more", f"no fewer than {number:,}", f"{number}+"):
        assert read_quantity(phrase) == Quantity(number, None, None, open_high=True)
    for phrase in (f"up to {words}", f"no more than {number}", f"{number:,} or fewer"):
        assert read_quantity(phrase) == Quantity(0, number, None, open_low=True)
    assert read_quantity(f"more than {words}") == read_quantity(f"at least {number + 1}")
    assert read_quantity(f"fewer than {number + 1}") == read_quantity(f"at most {words}")
    assert read_quantity(f"another {words} or so") == Quantity(number, number, number, approximate=True)


@given(st.one_of(texts, figures, st.text("0123456789,. -–()+kKm½", max_size=20)))
def test_any_text_is_read_or_none_with_bounds_in_order(text: str) -> None:
    quantity = read_quantity(text)
    if quantity is None:
        return
    named = [value for value in (quantity.low, quantity.point, quantity.high) if value is not None]
    assert named == sorted(named)
    assert named[0] >= 0
    assert quantity.point is None or quantity.low == quantity.point == quantity.high
    assert quantity.open_high == (quantity.high is None)
    assert not quantity.low if quantity.open_low else quantity.low is not None
