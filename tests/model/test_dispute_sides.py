from tolltale.claims import read_claims
from tolltale.disputes import Dispute, find_disputes
from tolltale.markup import parse

MINISTRY = (
    "<C1><K1>Sixty</K1> <V1>rebels</V1> and <K2>four</K2> <V2>soldiers</V2> died</C1>, "
    "<S1>the defence ministry</S1> <Q1>said</Q1>"
)


def _disputes(marked: str) -> list[Dispute]:
    document = parse(marked)
    return list(find_disputes(document, read_claims(document)))


def _sides(marked: str) -> list[list[list[str]]]:
    return [[[claim.figure.text for claim in side] for side in found.sides] for found in _disputes(marked)]


def test_claims_of_one_source_add_up_against_the_toll_of_another() -> None:
    (found,) = _disputes(
        f"{MINISTRY}, while <S2>the provincial hospital</S2> <Q2>put</Q2> <C2>the dead at <K3>12</K3></C2>."
    )
    assert [[claim.figure.text for claim in side] for side in found.sides] == [["Sixty", "four"], ["12"]]
    assert (found.kind, found.low, found.high) == ("KILLED", 12, 64)


def test_what_is_told_of_the_same_people_does_not_add_up() -> None:
    marked = (
        "<C1><K1>12</K1> <V1>rebels</V1> {} <K2>two</K2> <V2>deserters</V2> fell</C1>, <S1>the army</S1> "
        "<Q1>said</Q1>, but <S2>a nurse</S2> <Q2>counted</Q2> <C2><K3>30</K3></C2>."
    )
    assert _sides(marked.format("and")) == [[["12", "two"], ["30"]]]
    assert ["12", "two"] not in _sides(marked.format("or bandits, and"))[0]


def test_nearly_a_number_is_not_far_below_it() -> None:
    marked = (
        "<S1>Police</S1> <Q1>said</Q1> <C1><K1>nearly 300</K1> people died</C1>, but <S2>the mayor</S2> "
        "<Q2>said</Q2> <C2><K2>{}</K2> had</C2>."
    )
    (found,) = _disputes(marked.format(12))
    assert (found.low, found.high) == (None, 300)
    marked = marked.replace("but", "and")
    assert len(_disputes(marked.format(12))) == 1
    assert _disputes(marked.format(290)) == []


def test_only_the_same_victims_are_compared() -> None:
    marked = (
        f"{MINISTRY}. However, <S2>the rebels</S2> <Q2>claimed</Q2> "
        "<C2>that <K3>30</K3> government <V3>soldiers</V3> had fallen</C2>."
    )
    assert _sides(marked) == [[["four"], ["30"]]]
    assert _sides(marked.replace("soldiers</V3>", "nurses</V3>")) == []


def test_whom_a_source_lost_is_not_set_against_all_the_dead() -> None:
    marked = "<S1>The army</S1> <Q1>said</Q1> <C1><K1>30</K1> people died</C1>, while <S2>the rebels</S2> "
    assert _sides(f"{marked}<Q2>said</Q2> <C2>they had lost <K2>two</K2> <V2>men</V2></C2>.") == []


def test_killed_and_casualties_are_compared_only_of_the_same_victims() -> None:
    marked = (
        "<S1>The army</S1> <Q1>admits</Q1> <C1><K1>two</K1> {}soldiers{} died</C1>, "
        "but <S2>the front</S2> <Q2>claims</Q2> <C2><X2>40</X2> casualties among <V2>soldiers</V2></C2>."
    )
    assert len(_disputes(marked.format("<V1>", "</V1>"))) == 1
    assert _disputes(marked.format("", "")) == []


def test_a_part_is_not_set_against_its_whole() -> None:
    assert (
        _sides(
            "<S1>The mayor</S1> <Q1>said</Q1> <C1><K1>30</K1> <V1>people</V1>, including <K2>12</K2> <V2>children</V2> "
            "died</C1>, but <S2>the hospital</S2> <Q2>said</Q2> <C2><K3>30</K3> <V3>people</V3> had</C2>."
        )
        == []
    )
