import json

import pytest
from hypothesis import given
from strategies import documents

from tolltale.attributions import attributions
from tolltale.claims import CUMULATIVE, REJECTED, Claim, count_unread, read_claims
from tolltale.documents import Document
from tolltale.labels import FIGURES
from tolltale.markup import parse


def _claims(marked: str) -> dict[str, Claim]:
    return {claim.figure.text: claim for claim in read_claims(parse(marked))}


def test_a_claim_says_how_many_who_and_who_says_so() -> None:
    claims = _claims(
        "<C1>Shelling killed <K1>at least five</K1> and wounded <I2>12</I2> <V1,2>villagers</V1,2></C1>, "
        "<S1>Ali Noor</S1> <Q1>said</Q1>. <K3>Nobody</K3> else died."
    )
    killed, hurt, nobody = claims["at least five"], claims["12"], claims["Nobody"]
    assert (killed.kind, killed.low, killed.high, killed.open_high) == ("KILLED", 5, None, True)
    assert (hurt.kind, hurt.point) == ("INJURED", 12)
    assert killed.victims == hurt.victims
    assert killed.victims is not None
    assert killed.victims.text == "villagers"
    assert [span and span.text for span in (hurt.source, hurt.cue)] == ["Ali Noor", "said"]
    assert (nobody.source, nobody.cue, nobody.content, nobody.point) == (None, None, None, 0)
    assert killed.score is None


def test_a_denied_figure_is_not_a_reported_one() -> None:
    claims = _claims(
        "<S1>The army</S1> <Q1><DENY1>denied</DENY1></Q1> <C1>that <K1>ten</K1> <V1>men</V1> died</C1>. "
        "<DOUBT0>Unconfirmed</DOUBT0> reports speak of <K2>forty</K2>. <K3>Six</K3> drowned."
    )
    labels = {text: [s.label for s in (*claim.stances, *claim.article_stances)] for text, claim in claims.items()}
    assert labels == {"ten": ["DENY"], "forty": ["DOUBT"], "Six": []}
    assert [claim.reason_apart for claim in claims.values()] == [REJECTED, REJECTED, None]
    assert (len(claims["ten"].stances), len(claims["forty"].article_stances)) == (1, 1)


@pytest.mark.parametrize(
    "marked",
    [
        "<S1>The army</S1> <Q1>said</Q1> <C1>it had killed <K1>30</K1> men and that the group's figure "
        "<DENY1>was false</DENY1></C1>.",
        "<S1>Police</S1> <Q1>said</Q1> <C1><K1>30</K1> died</C1>, dismissing as <DENY1>false</DENY1> talk of a coup.",
        "<S1>They</S1> <Q1>said</Q1> <C1><K1>30</K1> died</C1> but <Q2><DENY1>denied</DENY1></Q2> <C2>using gas</C2>.",
        "<S1>The mayor</S1> <Q1>did not <DENY1>deny</DENY1></Q1> <C1>that <K1>30</K1> had died</C1>.",
    ],
)
def test_a_denial_of_something_else_leaves_the_figure(marked: str) -> None:
    (claim,) = read_claims(parse(marked))
    assert (claim.stances, claim.article_stances, claim.reason_apart) == ((), (), None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("responsibility for the bombing, which killed <K1>30</K1> people", None),
        ("that it was behind the blast that killed <K1>30</K1> people", None),
        ("accusations that its men executed the <K1>30</K1> <V1>monks</V1>", None),
        ("shelling the <K1>30</K1> <V1>monks</V1> found in the well", None),
        ("why <K1>30</K1> <V1>monks</V1> had been shot", None),
        ("killing <K1>30</K1> <V1>monks</V1>", REJECTED),
        ("the report of the monitor, which said <K1>30</K1> had died", REJECTED),
        ("the <K1>30</K1> deaths in that recording", REJECTED),
    ],
)
def test_who_denies_a_deed_or_a_blame_denies_no_figure(content: str, reason: str | None) -> None:
    (claim,) = read_claims(parse(f"<S1>The army</S1> <Q1><DENY1>denied</DENY1></Q1> <C1>{content}</C1>."))
    assert ([stance.label for stance in claim.stances], claim.reason_apart) == (["DENY"], reason)


def test_the_verdict_of_the_article_reaches_its_own_clause_and_is_not_the_source_s() -> None:
    claims = _claims(
        "<S1>Police</S1> <Q1>said</Q1> <C1><K1>five</K1> people died</C1>, while <DOUBT0>unverified</DOUBT0> "
        "<S2>posts</S2> <Q2>spoke of</Q2> <C2><K2>20</K2></C2>."
    )
    assert claims["five"].article_stances == claims["20"].stances == ()
    assert [stance.label for stance in claims["20"].article_stances] == ["DOUBT"]
    assert claims["20"].reason_apart is None
    taken_up = _claims(
        "<S1>Police</S1> <Q1>said</Q1> <C1><K1>five</K1> died</C1>, but this <DOUBT0>could not be verified</DOUBT0>."
    )
    assert len(taken_up["five"].article_stances) == 1


def test_what_the_article_calls_false_is_no_toll() -> None:
    claims = _claims("<Q1>Reports</Q1> <C1>that <K1>100</K1> people had been killed</C1> <DENY0>were false</DENY0>.")
    assert (claims["100"].stances, claims["100"].reason_apart) == ((), REJECTED)


def test_a_part_of_a_cumulative_toll_is_a_toll_of_its_own() -> None:
    claims = _claims("<K1>Four</K1> people were killed, bringing the total to <K2>120</K2> since January.")
    assert claims["Four"].subset_of == claims["120"].figure
    assert (claims["Four"].reason_apart, claims["120"].reason_apart) == (None, CUMULATIVE)


def test_the_stance_of_somebody_else_is_not_that_of_the_source() -> None:
    claims = _claims(
        "<S1>The army</S1> <Q1>said</Q1> <C1><K1>ten</K1> died</C1>, but <S2>locals</S2> "
        "<Q2><DENY2>denied</DENY2></Q2> <C2>it</C2>."
    )
    assert claims["ten"].stances == ()


def test_what_cannot_be_read_is_none_and_counted() -> None:
    claims = read_claims(parse("<K1>Umpteen</K1> died and <I2>two</I2> were hurt."))
    assert [claim.quantity is None for claim in claims] == [True, False]
    assert claims[0].low is claims[0].high is claims[0].point is None
    assert count_unread(claims) == 1


@given(documents())
def test_every_figure_has_its_claim_with_spans_of_the_document(document: Document) -> None:
    claims = read_claims(document)
    for figure in (span for span in document.spans if span.label in FIGURES):
        (claim,) = (c for c in claims if c.figure.start <= figure.start and figure.end <= c.figure.end)
        assert claim.kind == figure.label
    assert {c.figure.id for c in claims} <= {span.id for span in document.spans if span.label in FIGURES}
    for claim in claims:
        assert document.text[claim.figure.start : claim.figure.end] == claim.figure.text
        assert claim.subset_of is None or claim.subset_of in [c.figure for c in claims]
        for span in (claim.victims, claim.source, claim.cue, claim.content):
            assert span is None or span in document.spans
        json.dumps(claim.to_dict())
    assert [a.cue for a in attributions(document)] == [span for span in document.spans if span.label == "CUE"]


@pytest.mark.parametrize("piece", ["<C1>Two</C1>", ""])
def test_an_attribution_may_lack_source_or_content(piece: str) -> None:
    (attribution,) = attributions(parse(f"{piece} <Q1>reportedly</Q1> came."))
    assert attribution.source is None
    assert [content.text for content in attribution.contents] == (["Two"] if piece else [])
