"""What the released checkpoint makes of texts that we wrote: the behaviour that users see."""

import os
import subprocess
import sys

import pytest

from tolltale import Tagger
from tolltale.checkpoint import RELEASED
from tolltale.reading import Reading

ARTICLE = """Rival tolls after strike on market

HARUN - At least 31 people were killed and more than 70 wounded when two shells hit the grain market on Tuesday, the \
regional health office said.

The army denied that its batteries had killed 14 civilians. "We fought armed men," Colonel Idris Maal told reporters.
"""


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.from_pretrained(RELEASED, device="cpu")


@pytest.fixture(scope="module")
def reading(tagger: Tagger) -> Reading:
    return tagger.predict(ARTICLE)


def test_figures_are_read_with_their_bounds_and_their_source(reading: Reading) -> None:
    claims = {claim.figure.text: claim for claim in reading.claims}
    killed, hurt = claims["At least 31"], claims["more than 70"]
    assert (killed.kind, killed.low, killed.high, killed.open_high) == ("KILLED", 31, None, True)
    assert (hurt.kind, hurt.low) == ("INJURED", 71)
    for claim in (killed, hurt):
        assert claim.source is not None
        assert claim.source.text == "the regional health office"
        assert claim.score is not None
        assert claim.score > 0.5
    assert killed.victims is not None
    assert killed.victims.text == "people"


def test_a_denied_figure_carries_the_denial(reading: Reading) -> None:
    (denied,) = (claim for claim in reading.claims if claim.figure.text == "14")
    assert [stance.label for stance in denied.stances] == ["DENY"]
    assert denied.source is not None
    assert denied.source.text == "The army"


def test_a_quotation_is_tied_to_its_speaker(reading: Reading) -> None:
    spans = {span.id: span.text for span in reading.spans}
    sources = {spans[tie.head]: spans[tie.tail] for tie in reading.links if tie.label == "source"}
    assert sources["told"] == "Colonel Idris Maal"


def test_what_harms_nobody_is_no_figure(tagger: Tagger) -> None:
    reading = tagger.predict("The match ended 3-1, and all 2,000 spectators went home by 10 p.m. on 4 May 2019.")
    assert reading.claims == ()


def test_the_front_door_opens_without_a_network() -> None:
    code = "from tolltale import predict; print([c.low for c in predict('Five men were killed, police said.').claims])"
    plain = {name: value for name, value in os.environ.items() if name != "TOLLTALE_CHECKPOINT"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=plain | {"HF_HUB_OFFLINE": "1"}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[5]\n"
