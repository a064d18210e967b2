import json
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tolltale.corpora import to_line
from tolltale.documents import Document
from tolltale.errors import DocumentError
from tolltale.formats import label_studio
from tolltale.formats.loss import replace_halves
from tolltale.formats.utf16 import code_units
from tolltale.labels import LABELS, LAYERS, LINKS
from tolltale.markup import parse
from tolltale.reading import Reading

EXAMPLE = parse("👩 <C1><K1>Five</K1>\n<V1>men</V1> died</C1>, <S1>he</S1> <Q1>said</Q1>.", name="a/b", source="s")
SCORED = replace(EXAMPLE, spans=tuple(replace(span, score=0.5) for span in EXAMPLE.spans))


def test_label_studio_gets_annotations_and_a_config_for_them() -> None:
    task = label_studio.to_task(EXAMPLE)
    assert task["data"] == {"id": "a/b", "source": "s", "layers": list(LAYERS), "text": EXAMPLE.text}
    ((result, *_),) = (annotation["result"] for annotation in task["annotations"])
    value = {"start": 2, "end": 15, "text": "Five\nmen died", "labels": ["CONTENT"]}
    assert result == {"id": "T1", "from_name": "attribution", "to_name": "text", "type": "labels", "value": value}
    links = [item for item in task["annotations"][0]["result"] if item["type"] == "relation"]
    assert links[0] == {"type": "relation", "from_id": "T5", "to_id": "T1", "direction": "right", "labels": ["content"]}
    config = ElementTree.fromstring(label_studio.labelling_config())
    sets = {item.get("name"): tuple(label.get("value") for label in item) for item in config.iter("Labels")}
    assert sets == LABELS
    assert tuple(item.get("value") for item in config.iter("Relation")) == LINKS


def test_label_studio_gets_a_prediction_and_gives_it_back_without_scores_once_a_person_has_accepted_it() -> None:
    task = label_studio.to_task(SCORED)
    assert "annotations" not in task
    assert task["predictions"][0]["model_version"] == "tolltale"
    assert task["predictions"][0]["score"] == 0.5
    assert task["predictions"][0]["result"][0]["score"] == 0.5
    assert label_studio.from_task(task) == SCORED
    skipped = {"was_cancelled": True, "result": []}
    assert label_studio.from_task({**task, "annotations": [skipped, *task["predictions"]]}) == EXAMPLE
    assert label_studio.to_task(Document("Nobody has read this."))["annotations"] == []


def test_label_studio_gets_a_reading_that_found_nothing_as_a_prediction_and_not_as_finished_work() -> None:
    empty = Reading("It rained.", "a", "s", LAYERS)
    line = Document.from_dict(json.loads(to_line(empty)))  # as `convert` finds it
    for document in (empty, line, label_studio.from_task(label_studio.to_task(empty))):
        task = label_studio.to_task(document)
        assert "annotations" not in task
        assert task["predictions"] == [{"model_version": "tolltale", "result": []}]
    lost: Counter[str] = Counter()
    assert replace_halves(replace(empty, text="\ud800"), lost).predicted
    checked = label_studio.from_task({**task, "annotations": [{"result": []}]})
    assert label_studio.to_task(checked)["annotations"] == [{"result": []}]


def test_label_studio_is_read_whichever_way_it_counted() -> None:
    task = label_studio.to_task(EXAMPLE)
    units = code_units(EXAMPLE.text)
    for item in task["annotations"][0]["result"]:
        if value := item.get("value"):
            moved = {"start": units[value["start"]], "end": units[value["end"]]}
            value |= {**moved, "text": value["text"].replace("\n", "\\n")}
    assert label_studio.from_task(task) == EXAMPLE
    task["annotations"][0]["result"][0]["value"]["start"] += 1
    with pytest.raises(DocumentError, match=r"result\[0\].value.text: .* does not stand at 4 to 16"):
        label_studio.from_task(task)
