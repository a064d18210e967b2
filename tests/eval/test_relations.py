from dataclasses import replace

import pytest

from eval.measures import ALL, Row
from eval.relations import SOURCED, claim_items, score_claims, score_links
from tolltale.documents import Document
from tolltale.markup import parse

MARKED = (
    "<C1><K1>Two</K1> <V1>soldiers</V1> died</C1>, <S1>the army</S1> <Q1>said</Q1>. <S2>Residents</S2> "
    "<Q2><DENY2>denied</DENY2></Q2> <C2>it</C2>. <I2>Nine</I2> were hurt."
)


def _by_label(rows: list[Row]) -> dict[str, Row]:
    return {row.label: row for row in rows}


def test_the_annotation_itself_is_right_in_all() -> None:
    gold = [parse(MARKED)]
    assert {row.label: (row.strict.f1, row.n_gold) for row in score_links(gold, gold)} == {
        ALL: (1.0, 6),
        "counts": (1.0, 1),
        "source": (1.0, 2),
        "content": (1.0, 2),
        "holder": (1.0, 1),
    }
    assert {row.label: (row.strict.f1, row.n_gold) for row in score_claims(gold, gold)} == {
        ALL: (1, 2),
        SOURCED: (1, 1),
    }


def test_a_link_needs_both_its_spans_and_a_claim_its_source() -> None:
    gold = parse(MARKED)
    (army,) = (span for span in gold.spans if span.text == "the army")
    shorter = replace(army, start=army.start + 4, text="army")
    found = replace(gold, spans=tuple(shorter if span == army else span for span in gold.spans))
    links = _by_label(score_links([gold], [found]))
    assert links["source"].strict.f1 == pytest.approx(1 / 2)
    assert links["counts"].strict.f1 == 1
    claims = _by_label(score_claims([gold], [found]))
    assert claims[ALL].strict.f1 == pytest.approx(1 / 2)
    assert claims[SOURCED].strict.f1 == 0


def test_a_figure_in_no_content_is_the_articles_own() -> None:
    gold = parse(MARKED)
    sources = {place: source for _, place, source in claim_items(gold).values()}
    assert [source and gold.text[source[1] : source[2]] for source in sources.values()] == ["the army", None]


def test_a_layer_that_is_not_annotated_scores_nothing() -> None:
    gold = parse(MARKED)
    only = Document(gold.text, layers=("figure",), spans=gold.layer("figure"), links=gold.links[:0])
    assert [row.label for row in score_links([only], [gold])] == [ALL, "counts"]
    assert score_claims([only], [gold]) == []
