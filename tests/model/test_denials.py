import pytest

from tolltale.claims import read_claims
from tolltale.disputes import Dispute, find_disputes
from tolltale.markup import parse


def _disputes(marked: str) -> list[Dispute]:
    document = parse(marked)
    return list(find_disputes(document, read_claims(document)))


TOLD = "<S1>Rebels</S1> <Q1>said</Q1> <C1><K1>40</K1> <V1>soldiers</V1> were killed and <I2>nine</I2> hurt</C1>. "


def _denials(marked: str) -> list[tuple[str, list[str]]]:
    """Of each dispute with denials, its first figure and who denies it."""
    return [
        (found.sides[0][0].figure.text, [denial.source_name.text for denial in found.denials])
        for found in _disputes(marked)
        if found.denials
    ]


@pytest.mark.parametrize(
    "denial",
    [
        "<S3>The army</S3> <Q3><DENY3>denied</DENY3></Q3> <C3>this</C3>.",
        "<S3>The army</S3> <Q3><DENY3>rejected</DENY3></Q3> <C3>the claim</C3>.",
        "<S3>The army</S3> <Q3><DOUBT3>questioned</DOUBT3></Q3> <C3>the rebels' figures</C3>.",
        "It rained. <C3>These reports</C3> <Q3>were <DENY3>denied</DENY3></Q3> by <S3>The army</S3>.",
        "<S3>The army</S3> has <Q3><DENY3>denied</DENY3></Q3> <C3>the reports made by the guerrilla</C3>.",
        "<S3>The army</S3> <Q3><DENY3>disagreed</DENY3></Q3>.",
    ],
)
def test_a_denial_needs_no_figure(denial: str) -> None:
    assert _denials(TOLD + denial) == [("40", ["The army"]), ("nine", ["The army"])]


@pytest.mark.parametrize(
    "denial",
    [
        "<S3>The army</S3> <Q3><DENY3>denied</DENY3></Q3> <C3>responsibility</C3>.",
        "<S3>The army</S3> <Q3><DENY3>denied</DENY3></Q3> <C3>the reports of a coup</C3>.",
        "<S3>The army</S3> <Q3><DENY3>denied</DENY3></Q3> <C3>the mayor's claims</C3>.",
        "<S3>The army</S3> <Q3><DOUBT3>could not confirm</DOUBT3></Q3> <C3>the report</C3>.",
        "<S3>The army</S3> <Q3>did not <DENY3>deny</DENY3></Q3> <C3>this</C3>.",
        "<S3>The army</S3> <Q3>repeated</Q3> <C3>this</C3>.",
        "<S3>The rebels</S3> <Q3><DENY3>denied</DENY3></Q3> <C3>this</C3>.",
        "<S3>A nurse</S3> <Q3>said</Q3> <C3>so</C3>. <S4>The army</S4> <Q4><DENY4>denied</DENY4></Q4> <C4>it</C4>.",
        "It rained. It froze. It snowed. <S3>The army</S3> <Q3><DENY3>denied</DENY3></Q3> <C3>this</C3>.",
        "<S3>The army</S3> <Q3><DENY3>denied</DENY3></Q3> involvement.",
    ],
)
def test_other_denials_dispute_no_toll(denial: str) -> None:
    assert _denials(TOLD + denial) == []


def test_the_article_can_be_denied_but_not_who_it_blames() -> None:
    denial = " <S3>The army</S3> <Q3><DENY3>denied</DENY3></Q3> <C3>{}</C3>."
    assert _denials("<K1>40</K1> men were killed." + denial.format("this")) == [("40", ["The army"])]
    assert _denials("<K1>40</K1> men were killed." + denial.format("the charges")) == []
    blamed = "<K1>40</K1> men were killed, and the army was <ACCUSE0>blamed</ACCUSE0>."
    assert _denials(blamed + denial.format("this")) == []


def test_who_denies_may_be_named_before_and_several_may() -> None:
    marked = (
        "<S1>Ali Noor, an army spokesman,</S1> <Q1>spoke</Q1>. "
        + TOLD.replace("1>", "2>").replace("I2>", "I9>")
        + "<S4>Noor</S4> <Q4><DENY4>denied</DENY4></Q4> <C4>this</C4>. "
        "<S5>The mayor</S5> <Q5><DOUBT5>doubted</DOUBT5></Q5> <C5>the claim</C5>."
    )
    assert _denials(marked)[0] == ("40", ["Ali Noor, an army spokesman,", "The mayor"])


def test_a_denial_joins_the_dispute_over_the_same_toll() -> None:
    marked = (
        "<S1>Rebels</S1> <Q1>said</Q1> <C1><K1>40</K1> men were killed</C1>, but <S2>the mayor</S2> <Q2>said</Q2> "
        "<C2><K2>two</K2> were</C2>. <S3>The army</S3> <Q3><DENY3>denied</DENY3></Q3> <C3>this</C3>."
    )
    (found,) = _disputes(marked)
    assert [side[0].figure.text for side in found.sides] == ["40", "two"]
    row = found.to_dict()
    assert (row["low"], row["high"], len(row["sides"])) == (2, 40, 2)
    (denial,) = row["denials"]
    assert (denial["source"]["text"], denial["cue"]["text"], denial["content"]["text"]) == (
        "The army",
        "denied",
        "this",
    )
    assert [stance["label"] for stance in denial["stances"]] == ["DENY"]
