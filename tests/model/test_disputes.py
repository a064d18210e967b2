import pytest
from hypothesis import given
from strategies import documents

from tolltale.claims import read_claims
from tolltale.disputes import Dispute, find_disputes
from tolltale.documents import Document
from tolltale.markup import parse


def _disputes(marked: str) -> list[Dispute]:
    document = parse(marked)
    return list(find_disputes(document, read_claims(document)))


def _sides(marked: str) -> list[list[list[str]]]:
    return [[[claim.figure.text for claim in side] for side in found.sides] for found in _disputes(marked)]


@pytest.mark.parametrize(
    "second",
    [
        "but <S2>the mayor</S2> <Q2>said</Q2> <C2><K2>nine</K2> had</C2>",
        "whereas <S2>the mayor</S2> <Q2>spoke of</Q2> <C2><K2>at least nine</K2> dead</C2>",
        "and <S2>the mayor</S2> <Q2>put</Q2> <C2>the toll at <K2>nine</K2></C2>",
        "and <S2>the mayor</S2> <Q2>said</Q2> <C2><K2>nine</K2> had</C2>",
    ],
)
def test_figures_that_are_apart_are_a_dispute(second: str) -> None:
    assert len(_sides(f"<S1>Police</S1> <Q1>said</Q1> <C1><K1>five</K1> people died</C1>, {second}.")) == 1


@pytest.mark.parametrize(
    "second",
    [
        "<S2>police sources</S2> <Q2>said</Q2> <C2><K2>nine</K2> had</C2>",
        "<S2>the mayor</S2> <Q2>said</Q2> <C2><K2>five</K2> had</C2>",
        "<S2>the mayor</S2> <Q2>said</Q2> <C2><K2>up to seven</K2> had</C2>",
        "<S2>the mayor</S2> <Q2>said</Q2> <C2><K2>another nine</K2> had</C2>",
        "<S2>the mayor</S2> <Q2>said</Q2> <C2><K2>two</K2> of the dead were cooks</C2>",
        "<S2>the mayor</S2> <Q2>said</Q2> <C2><I2>nine</I2> were hurt</C2>",
        "in another town <S2>the mayor</S2> <Q2>said</Q2> <C2><K2>nine</K2> had</C2>",
        "<S2>the mayor</S2> <Q2>said</Q2> <C2>the toll</C2> had since risen to <K2>nine</K2>",
    ],
)
def test_no_dispute(second: str) -> None:
    assert _sides(f"<S1>Police</S1> <Q1>said</Q1> <C1><K1>five</K1> people died</C1> and {second}.") == []


@pytest.mark.parametrize(
    "marked",
    [
        "<K1>Five</K1> people died, whereas <S2>the mayor</S2> <Q2>said</Q2> <C2><K2>nine</K2> had</C2>.",
        "While <S1>police</S1> <Q1>said</Q1> <C1><K1>five</K1> people died</C1>, <K2>nine</K2> bodies were buried.",
        "<S1>Police</S1> <Q1>said</Q1> <C1><K1>five</K1> people died</C1>. <S2>The mayor</S2> <Q2>put</Q2> "
        "<C2>the dead at <K2>nine</K2></C2>.",
        "<S1>Police</S1> <Q1>said</Q1> <C1><K1>five</K1> people died</C1>. That is at odds with "
        "<C2>the <K2>nine</K2> dead</C2> of whom <S2>the mayor</S2> <Q2>spoke</Q2>.",
    ],
)
def test_words_that_say_so_make_a_dispute(marked: str) -> None:
    assert len(_sides(marked)) == 1


def test_without_such_words_a_figure_of_the_article_is_none() -> None:
    assert _sides("<K1>Five</K1> people died, <S2>the mayor</S2> <Q2>said</Q2> <C2><K2>nine</K2> had</C2>.") == []


def test_an_open_bound_is_taken_at_its_word_where_words_say_that_it_is_disputed() -> None:
    marked = (
        "<S1>Radio Hill</S1> <Q1>said</Q1> <C1><K1>at least five</K1> had drowned</C1>, {} "
        "<S2>the mayor</S2> <Q2>said</Q2> <C2><K2>nine</K2> had</C2>."
    )
    assert len(_disputes(marked.format("but"))) == 1
    assert _disputes(marked.format("and")) == []


@pytest.mark.parametrize(("first", "second"), [("up to 30", "80"), ("fewer than 10", "400")])
def test_a_most_is_taken_at_its_word_against_just_anybody(first: str, second: str) -> None:
    marked = f"<S1>Police</S1> <Q1>said</Q1> <C1><K1>{first}</K1> people died</C1>, but <S2>the mayor</S2> "
    assert _sides(f"{marked}<Q2>said</Q2> <C2><K2>{second}</K2> had</C2>.") == [[[first], [second]]]


def test_to_question_the_deed_is_no_dispute_over_the_dead() -> None:
    marked = (
        "<S1>Police</S1> <Q1><DENY1>denied</DENY1></Q1> <C1>reports that {} <K1>two</K1> <V1>men</V1> shot there</C1>."
    )
    assert _disputes(marked.format("it knew the")) == []
    assert len(_disputes(marked.format("there were"))) == 1


ALIKE = (
    "<S1>The government</S1> <Q1>said</Q1> <C1><K1>10</K1> people were killed{}</C1>. "
    "<S2>The rebels</S2> <Q2>said</Q2> <C2><K2>50</K2> people were killed{}</C2>."
)


def test_two_who_are_named_may_differ_in_two_plain_sentences() -> None:
    assert len(_sides(ALIKE.format("", ""))) == 1


@pytest.mark.parametrize(
    "places",
    [(" in Harun", " in Orel"), (" in the north", " in the south"), ("", " by Sunday"), ("", ", up from 10 later")],
)
def test_two_places_or_times_are_no_dispute(places: tuple[str, str]) -> None:
    assert _sides(ALIKE.format(*places)) == []


def test_figures_of_which_neither_could_be_verified_are_in_dispute() -> None:
    marked = (
        "<C1><K1>At least 31</K1> people were killed in the market</C1>, <S1>the health office</S1> <Q1>said</Q1>. "
        "Shells fell all night. Nobody slept. <S2>The Front</S2> <Q2>put</Q2> <C2>the dead at <K2>58</K2></C2>. {}"
    )
    neither = "Neither figure could be <DOUBT0>verified</DOUBT0>."
    assert len(_sides(marked.format(neither))) == 1
    assert _sides(marked.format("It rained.")) == []
    claims = read_claims(parse(marked.format(neither)))
    assert [[stance.label for stance in claim.article_stances] for claim in claims] == [[], ["DOUBT"]]


def test_a_pronoun_that_takes_up_nobody_is_no_other_source() -> None:
    marked = (
        "<S1>The army</S1> <Q1>said</Q1> <C1><K1>12</K1> <V1>soldiers</V1> died</C1>. "
        "<S2>{}</S2> <Q2>said</Q2> <C2><K2>40</K2> <V2>soldiers</V2> died</C2>."
    )
    assert _sides(marked.format("He")) == []
    assert _sides(marked.format("The rebels")) != []


def test_a_body_with_a_plural_name_is_it_and_tells_a_part() -> None:
    assert (
        _sides(
            "<C1><K1>15</K1> <V1>patients</V1> died</C1>, <S1>Doctors Without Borders</S1> <Q1>said</Q1>. "
            "<S2>It</S2> <Q2>said</Q2> <C2><K2>three</K2> of its <V2>staff</V2> were among them</C2>."
        )
        == []
    )


def test_a_revised_toll_of_one_source_is_none() -> None:
    assert _sides("<S1>Police</S1> <Q1>raised</Q1> <C1>the toll from <K1>12</K1> to <K2>15</K2></C1>.") == []
    first = "<S1>Police</S1> <Q1>said</Q1> <C1><K1>12</K1> died</C1>. "
    assert _sides(first + "But <S2>the police</S2> later <Q2>said</Q2> <C2><K2>15</K2> had</C2>.") == []
    later = "But <S2>later reports</S2> <Q2>put</Q2> <C2>the dead at <K2>15</K2></C2>."
    assert _sides("<K1>12</K1> died. " + later) == []
    assert len(_sides(first + later)) == 1


def test_two_events_told_in_turn_are_none() -> None:
    assert (
        _sides(
            "<S1>The first brigade</S1> <Q1>reported</Q1> <C1><K1>three</K1> dead at the bridge</C1>. "
            "<S2>The coast guard</S2> <Q2>reported</Q2> <C2><K2>eight</K2> dead in the harbour</C2>."
        )
        == []
    )


@pytest.mark.parametrize("denied", ["that it is holding <P2>30</P2>", "that it holds <P2>any</P2>"])
def test_a_denied_figure_stands_against_the_one_that_was_told(denied: str) -> None:
    (found,) = _disputes(
        "<S1>The government</S1> <Q1>says</Q1> <C1>the front is holding <P1>30</P1> <V1>fishermen</V1></C1>. "
        f"<S2>The front</S2> <Q2><DENY2>denies</DENY2></Q2> <C2>{denied} <V2>fishermen</V2></C2>."
    )
    assert [side[0].source.text for side in found.sides if side[0].source] == ["The government", "The front"]
    assert found.high == 30


def test_none_stands_against_some() -> None:
    (found,) = _disputes(
        "<S1>Villagers</S1> <Q1>counted</Q1> <C1><K1>seven</K1> bodies</C1>. "
        "<S2>The army</S2> <Q2><DENY2>denied</DENY2></Q2> <C2>that <K2>any</K2> of its men died</C2>."
    )
    assert (found.low, found.high) == (0, 7)
    (found,) = _disputes(
        "<S1>The army</S1> <Q1>reported</Q1> <C1><X1>no</X1> casualties</C1>, but <S2>villagers</S2> <Q2>counted</Q2> "
        "<C2><K2>seven</K2> bodies</C2>."
    )
    assert (found.kind, found.low, found.high) == ("CASUALTIES", 0, 7)


def test_a_doubted_claim_of_somebody_unnamed_has_one_side() -> None:
    marked = "<S1>Oslo</S1> <Q1><DOUBT1>questioned</DOUBT1></Q1> <C1>{} <K1>up to 500</K1> people had starved</C1>."
    (found,) = _disputes(marked.format("estimates that"))
    assert (len(found.sides), found.low, found.high) == (1, 0, 500)
    assert _disputes(marked.format("the law after")) == []


def test_what_is_denied_must_be_a_claim() -> None:
    marked = (
        "<S1>Villagers</S1> <Q1>counted</Q1> <C1><K1>six</K1> dead</C1>. "
        "<S2>The army</S2> <Q2><DENY2>denied</DENY2></Q2> <C2>{} <K2>six</K2> people</C2>."
    )
    assert len(_disputes(marked.format("that it had shot"))) == 1
    assert _disputes(marked.format("responsibility for the death of")) == []


def test_of_many_casualties_a_few_may_have_been_killed() -> None:
    marked = (
        "<S1>The front</S1> <Q1>claims</Q1> <C1><X1>20</X1> casualties among <V1>soldiers</V1></C1>. "
        "{}<S2>The army</S2> <Q2>says</Q2> <C2><K2>five</K2> <V2>soldiers</V2> died</C2>."
    )
    assert _disputes(marked.format("")) == []
    assert len(_disputes(marked.format("However, "))) == 1


def test_this_one_is_no_toll() -> None:
    marked = (
        "<S1>Police</S1> <Q1>said</Q1> <C1><P1>six</P1> <V1>people</V1> were taken</C1>, but <S2>the paper</S2> "
        "<Q2>said</Q2> <C2><P2>{}</P2> <V2>cousin</V2> of the mayor was</C2>."
    )
    assert _disputes(marked.format("a")) == []
    assert len(_disputes(marked.format("one"))) == 1


def test_one_of_the_dead_is_no_toll_that_others_could_agree_with() -> None:
    marked = (
        "<S1>The front</S1> <Q1>said</Q1> <C1><K1>four</K1> <V1>captains</V1> fell</C1>. <S2>The front</S2> "
        "<Q2>said</Q2> <C2><K2>one</K2> {} <V2>captains</V2> was a poet</C2>. "
        "But <S3>the army</S3> <Q3>named</Q3> <C3><K3>one</K3> <V3>captain</V3></C3>."
    )
    assert _sides(marked.format("of the")) == [[["four"], ["one"]]]
    assert _sides(marked.format("among captains: the")) == []


def test_sources_that_differ_once_differ_on_the_wounded_too() -> None:
    marked = (
        "<S1>The army</S1> <Q1>said</Q1> <C1><K1>four</K1> <V1>soldiers</V1> died</C1>. However, <S2>the front</S2> "
        "<Q2>claimed</Q2> <C2>to have killed <K2>25</K2> <V2,3>soldiers</V2,3> and wounded <I3>30</I3></C2>. "
        "Rain fell. <S4>An army spokesman</S4> <Q4>said</Q4> <C4><I4>14</I4> <V4>soldiers</V4> were wounded</C4>."
    )
    assert [found.kind for found in _disputes(marked)] == ["KILLED", "INJURED"]


@given(documents())
def test_any_document_has_disputes_of_its_own_claims_in_order(document: Document) -> None:
    claims = read_claims(document)
    found = find_disputes(document, claims)
    assert found == find_disputes(document, claims)
    assert [d.sides[0][0].figure.start for d in found] == sorted(d.sides[0][0].figure.start for d in found)
    for dispute in found:
        assert dispute.low is None or dispute.high is None or dispute.low <= dispute.high
        told = [claim for side in dispute.sides for claim in side]
        assert len(set(told)) == len(told)
        assert set(told) <= set(claims)
