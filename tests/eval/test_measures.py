import pytest

from eval.measures import Measure, Row, format_share, totals


def row(group: str, label: str, f1: float) -> Row:
    return Row(group, label, 1, 1, Measure(f1, f1, f1), None)


def test_the_totals_are_those_of_whole_groups() -> None:
    rows = [row("figure", "all", 0.5), row("figure", "KILLED", 0.75), row("stance", "all", 0.25)]
    assert totals(rows) == {"figure": 0.5, "stance": 0.25}


@pytest.mark.parametrize(("part", "whole", "written"), [(1, 3, "0.333 (1/3)"), (0, 2, "0.000 (0/2)"), (0, 0, "-")])
def test_a_share_says_what_it_was_counted_from(part: int, whole: int, written: str) -> None:
    assert format_share(part, whole) == written
