from eval.errors import count_errors, format_errors
from tolltale.markup import parse


def test_each_annotated_span_has_one_fate() -> None:
    gold = parse("<K1>At least five</K1> <V1>men</V1> died, <I2>six</I2> were hurt and <M3>two</M3> are missing.")
    found = parse("At least <K1>five</K1> <V1>men</V1> died, <K2>six</K2> were hurt and two are <X3>missing</X3>.")
    counts = count_errors([gold], [found])
    assert {label: dict(count) for label, count in counts.items()} == {
        "KILLED": {"other edges": 1},
        "VICTIM": {"right": 1},
        "INJURED": {"other label": 1},
        "MISSING": {"missed": 1},
        "CASUALTIES": {"invented": 1},
    }
    assert format_errors(counts).splitlines()[2].split() == ["KILLED", "0", "1", "0", "0", "0"]
