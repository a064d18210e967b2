from benchmarks.turns import Range, compare, take_turns


def test_every_other_repeat_goes_in_reverse() -> None:
    order: list[str] = []

    def measure(name: str) -> float:
        order.append(name)
        return float(len(order))

    rates = take_turns({"a": lambda: measure("a"), "b": lambda: measure("b")}, 2)
    assert order == ["a", "b", "b", "a"]
    assert rates == {"a": [1.0, 4.0], "b": [2.0, 3.0]}


def test_ratios_are_taken_within_each_repeat() -> None:
    assert compare([2, 30, 8], [1, 10, 2]) == Range(3, 2, 4)
