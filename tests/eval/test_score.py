import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import documents, spans_on_words

from eval.__main__ import main
from eval.baseline import annotate
from eval.measures import ALL, Row
from eval.score import score
from eval.spans import strict_by_tags
from eval.table import format_table
from tolltale.documents import Document, Span, number_spans
from tolltale.labels import LABELS, LAYERS
from tolltale.markup import parse


def _maybe_cut(span: Span) -> st.SearchStrategy[Span]:
    """The span, or one that leaves out its last character and so may end inside a word."""
    shorter = replace(span, end=span.end - 1, text=span.text[:-1])
    return st.sampled_from([span, shorter]) if len(span.text) > 1 else st.just(span)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Document, Document]:
    """An annotated document and another annotation of its text, some spans shared, some cutting words."""
    gold = draw(documents())
    kept = [draw(_maybe_cut(span)) for span in gold.spans if draw(st.booleans())]
    other = draw(spans_on_words(gold.text)) if draw(st.booleans()) else []
    found: list[Span] = []
    for span in [*kept, *other]:
        if not any(s.layer == span.layer and s.start < span.end and span.start < s.end for s in found):
            found.append(span)
    return gold, Document(gold.text, spans=number_spans(found), layers=LAYERS)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pairs(), min_size=1, max_size=4))
def test_scores_on_tags_are_those_on_character_offsets(given_pairs: list[tuple[Document, Document]]) -> None:
    for layer in LAYERS:
        triples = [(gold.text, gold.layer(layer), found.layer(layer)) for gold, found in given_pairs]
        measures = strict_by_tags(layer, triples)
        for label in (ALL, *LABELS[layer]):
            gold = {
                (i, s.label, s.start, s.end) for i, t in enumerate(triples) for s in t[1] if label in (ALL, s.label)
            }
            found = {
                (i, s.label, s.start, s.end) for i, t in enumerate(triples) for s in t[2] if label in (ALL, s.label)
            }
            right = len(gold & found)
            assert measures[label].precision == pytest.approx(right / len(found) if found else 0)
            assert measures[label].recall == pytest.approx(right / len(gold) if gold else 0)


def test_every_gold_span_is_scored_also_one_that_cuts_words_or_is_very_long() -> None:
    text = "word " * 5000 + "crashed"
    spans = [
        Span("T1", "attribution", "CONTENT", 0, 24_999 - 5, text[: 24_999 - 5]),
        Span("T2", "attribution", "CUE", 25_002, 25_005, text[25_002:25_005]),
    ]
    gold = Document(text, spans=tuple(spans), layers=("attribution",))
    rows = {row.label: row for row in score([gold], [gold])}
    assert (rows[ALL].n_gold, rows[ALL].strict.recall) == (2, 1.0)
    nothing = {row.label: row for row in score([gold], [Document(text, layers=LAYERS)])}
    assert (nothing[ALL].n_gold, nothing[ALL].strict.recall) == (2, 0.0)


def test_a_layer_that_is_not_annotated_is_not_scored() -> None:
    gold = Document("Five died.", layers=("stance",))
    found = parse("<K1>Five</K1> died.")
    assert {row.group for row in score([gold], [found])} == {"stance"}


def test_lenient_counts_what_overlaps_under_the_same_label() -> None:
    gold = parse("<K1>at least five</K1> <V1>men</V1> died, and <I2>six</I2> were hurt")
    found = parse("at least <K1>five</K1> <V1>men</V1> died, and <K2>six</K2> were hurt")
    rows = {row.label: row for row in score([gold], [found])}
    killed, injured = rows["KILLED"].lenient, rows["INJURED"].lenient
    assert killed
    assert injured
    assert (rows["KILLED"].strict.recall, killed.recall, killed.precision) == (0.0, 1.0, 0.5)
    assert (rows["INJURED"].n_gold, injured.recall) == (1, 0.0)
    assert rows["VICTIM"].strict.f1 == 1.0


def test_an_interval_holds_the_score_and_narrows_with_documents() -> None:
    good, bad = parse("<K1>five</K1> died"), Document("five died", layers=LAYERS)
    few = score([good] * 10, [good, bad] * 5, n_resamples=500)[0]
    many = score([good] * 100, [good, bad] * 50, n_resamples=500)[0]
    assert few.interval is not None
    assert many.interval is not None
    assert few.interval[0] < few.strict.f1 < few.interval[1]
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


def test_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="in their order"):
        score([Document("a")], [Document("b")])


def test_the_rules_find_plain_cases() -> None:
    found = annotate(Document("At least 12 people were killed, the army said on Monday. Officials denied any role."))
    texts = {(span.label, span.text) for span in found.spans}
    assert {("KILLED", "At least 12"), ("VICTIM", "people"), ("CUE", "said"), ("DENY", "denied")} <= texts


def test_the_command_prints_a_table_and_writes_the_scores(
    checkpoints: dict[str, Path], corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "scores.json"
    assert main([str(checkpoints["bert"]), str(corpus), "--json", str(report), "--resamples", "50"]) == 0
    table = capsys.readouterr().out
    saved = json.loads(report.read_text(encoding="utf-8"))
    rows = [Row.from_dict(row) for row in saved["scores"]]
    assert saved["n_documents"] == 12
    assert format_table(rows, [Row.from_dict(row) for row in saved["rules"]]) in table


def test_a_wrong_call_is_an_error_of_one_line(checkpoints: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(checkpoints["bert"]), "none.jsonl"]) == 2
    assert capsys.readouterr().err == "error: none.jsonl: no such file or folder\n"
