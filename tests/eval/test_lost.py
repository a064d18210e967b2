from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.lost import INVENTED, OUTCOMES, count_lost, format_lost
from eval.measures import ALL
from eval.score import score
from tolltale.documents import Document
from tolltale.markup import parse

GOLD = "<C1><K1>At least five</K1> men died</C1>, <S1>the army</S1> <Q1>said</Q1>, it was heard in two towns."
UNNAMED = "<C1><K1>At least five</K1> men died</C1>, the army <Q1>said</Q1>, it was heard in two towns."

FIGURES = ["five of six", "<K{0}>five</K{0}> of six", "<K{0}>five of six</K{0}>", "<I{0}>five</I{0}> of six"]
FIGURES += ["five of <K{0}>six</K{0}>", "<K{0}>five</K{0}> of <I9{0}>six</I9{0}>"]
SOURCES = ["an aide of the army", "an aide of <S{0}>the army</S{0}>", "an aide of the <S{0}>army</S{0}>"]
SOURCES += ["<S{0}>an aide of the army</S{0}>", "<S{0}>an aide</S{0}> of the army"]

wordings = st.tuples(st.sampled_from(FIGURES), st.sampled_from(SOURCES))
readings = st.tuples(wordings, wordings).map(lambda sentences: _write(*sentences))  # all of one text
pairs = st.lists(st.tuples(readings, readings), min_size=1, max_size=4)


def _write(*sentences: tuple[str, str]) -> Document:
    wording = "<C{0}>{1} died</C{0}>, {2} <Q{0}>said</Q{0}>."
    filled = [
        wording.format(number, figure.format(number), source.format(number))
        for number, (figure, source) in enumerate(sentences, 1)
    ]
    return parse(" ".join(filled))


@pytest.mark.parametrize(
    ("gold", "found", "outcome"),
    [
        (GOLD, GOLD, "right"),
        (UNNAMED, UNNAMED, "right"),
        (GOLD, GOLD.replace("<K1>", "").replace("</K1>", ""), "figure missed"),
        (GOLD, GOLD.replace("K1>", "V0>"), "figure missed"),  # a victim is no figure, and claims nothing
        (GOLD, GOLD.replace("<K1>At least five", "At least <K1>five"), "figure with other edges"),
        (GOLD, GOLD.replace("K1>", "I1>"), "figure of another kind"),
        (GOLD, GOLD.replace("<K1>At least five</K1>", "<I2>At</I2> least <K1>five</K1>"), "figure with other edges"),
        (GOLD, UNNAMED, "source missed"),
        (GOLD, GOLD.replace("C1>", "C0>"), "source missed"),  # marked, but what it says is not tied to it
        (GOLD, GOLD.replace("<S1>the army", "the <S1>army"), "source with other edges, or another"),
        (GOLD, UNNAMED.replace("two towns", "<S1>two towns</S1>"), "source with other edges, or another"),
        (UNNAMED, GOLD, "source that is not there"),
        (GOLD, UNNAMED.replace("K1>", "I1>"), "figure of another kind"),  # lost by its figure first
    ],
)
def test_each_annotated_claim_has_one_outcome(gold: str, found: str, outcome: str) -> None:
    assert count_lost([parse(gold)], [parse(found)]) == {outcome: 1}


def test_a_claim_is_invented_where_no_figure_is_annotated() -> None:
    counts = count_lost([parse(GOLD)], [parse(GOLD.replace("two", "<K2>two</K2>"))])
    assert counts == {"right": 1, INVENTED: 1}
    counts = count_lost([parse("Five <V0>men</V0> died.")], [parse("Five <K1>men</K1> died.")])
    assert counts == {INVENTED: 1}


@given(pairs)
def test_the_outcomes_add_up_to_what_claims_are_scored_by(documents: list[tuple[Document, Document]]) -> None:
    gold, found = [truth for truth, _ in documents], [guess for _, guess in documents]
    counts = count_lost(gold, found)
    rows = [row for row in score(gold, found) if (row.group, row.label) == ("claims", ALL)]
    assert set(counts) <= {*OUTCOMES, INVENTED}
    assert sum(counts[outcome] for outcome in OUTCOMES) == sum(row.n_gold for row in rows)
    assert counts["right"] == pytest.approx(sum(row.strict.recall * row.n_gold for row in rows))
    assert counts["right"] + counts[INVENTED] <= sum(row.n_found for row in rows)


def test_a_document_that_is_not_annotated_for_sources_counts_nothing() -> None:
    document = parse(GOLD)
    figures = replace(document, layers=("figure",), spans=document.layer("figure"), links=())
    assert count_lost([figures], [document]) == {}


def test_the_table_has_a_line_for_every_outcome() -> None:
    counts = count_lost([parse(GOLD), parse(GOLD)], [parse(GOLD), parse(UNNAMED.replace("two", "<K2>two</K2>"))])
    header, _, *lines = format_lost(counts, style="github").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [cell.strip() for cell in header.strip("|").split("|")] == ["", "claims", "of annotated"]
    assert [name for name, *_ in cells] == [*OUTCOMES, INVENTED]
    assert cells[0] == ["right", "1", "50.0%"]
    assert cells[4] == ["source missed", "1", "50.0%"]
    assert cells[-1] == [INVENTED, "1", ""]
    assert "0.0%" in format_lost(count_lost([], []))
