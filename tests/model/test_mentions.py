import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolltale.documents import Span
from tolltale.markup import parse
from tolltale.mentions import resolve_sources


def names(marked: str) -> list[str | None]:
    """What each source of a marked-up text is called, None where it is left as it is."""
    document = parse(marked)
    sources = [span for span in document.spans if span.label == "SOURCE"]
    found = resolve_sources(document.text, sources)
    return [found[span.id].text if span.id in found else None for span in sources]


FULL = "Ali Noor, a spokesman for the rebels,"

# The text before the last source, that source, and the index of the one before that it takes up.
RULES = {
    "a surname": (f"<S0>{FULL}</S0> said it. The road stayed shut.", "Noor", 0),
    "a title and a surname": ("<S0>Foreign Minister Dana Reyes</S0> said it.", "Mrs Reyes", 0),
    "a short title": ("<S0>COLONEL PABLO JUAN SOLER, HEAD OF THE GARRISON,</S0> SAID IT.", "COL. SOLER", 0),
    "a name without capitals": ("<S0>district chief ravi menon lal</S0> said it.", "menon", 0),
    "a name after two offices": ("<S0>union leader and party secretary ravi menon</S0> said it.", "menon", 0),
    "a name after what he heads": ("<S0>The head of the Northern Clinic, Omar Haddad,</S0> said it.", "Haddad", 0),
    "a man named after his ministry": ("<S0>Ministry of Health spokesman Ashraf Kerr</S0> said it.", "Kerr", 0),
    "a man after his ministry": ("<S0>A Ministry of Health spokesman</S0> said it.", "he", 0),
    "many of a ministry": ("<S0>Two Ministry of Health officials</S0> said it.", "the officials", 0),
    "a group known by a name": ("<S0>Hamas</S0> said it. <S0>Israel</S0> denied it.", "The militant group", 0),
    "an acronym of two letters": ("<S0>The United Nations</S0> said it.", "The UN", 0),
    "an acronym with stops": ("<S0>The Free Ports League</S0> said it. It rained.", "The F.P.L", 0),
    "a monitor": ("<S0>the Harbour Observatory for Human Rights</S0> said it.", "The monitor", 0),
    "a group by its seat": ("<S0>the Harbour Relief Committee</S0> said it.", "The Alba-based aid group", 0),
    "the world body": ("<S0>The United Nations</S0> said it.", "the world body", 0),
    "the article of a name": ("<S0>President Samir al-Attar</S0> said it.", "Attar", 0),
    "a pronoun": (f"<S0>{FULL}</S0> said it.", "He", 0),
    "a pronoun through a surname": (f"<S0>{FULL}</S0> said it. <S0>Noor</S0> said more.", "he", 0),
    "a woman's pronoun": ("<S0>Col. Maria Lopez</S0> said it. <S0>Juan Ortega</S0> denied it.", "She", 0),
    "a man's pronoun": ("<S0>Juan Ortega</S0> said it. <S0>Col. Maria Lopez</S0> denied it.", "he", 0),
    "a pronoun past a ministry": ("<S0>Omar Haddad</S0> said it. <S0>The health ministry</S0> denied it.", "he", 0),
    "a thing's pronoun": ("<S0>The northern command</S0> told <S0>Omar Haddad</S0> so.", "It", 0),
    "a pronoun for many": ("<S0>Two nurses at the clinic</S0> told <S0>Omar Haddad</S0> so.", "They", 0),
    "a ministry": ("<S0>Nordland's health ministry</S0> said it.", "the ministry", 0),
    "the nearest ministry": (
        "<S0>The health ministry</S0> said it. <S0>The interior ministry</S0> denied it.",
        "the ministry",
        1,
    ),
    "the ministry that fits": (
        "<S0>Nordland's health ministry</S0> said it. <S0>The interior ministry</S0> denied it.",
        "the health ministry",
        0,
    ),
    "a spokesman": ("<S0>A spokeswoman for the port</S0> said it.", "The spokesperson", 0),
    "a rank": ("<S0>Gen. Omar Haddad</S0> said it.", "the general", 0),
    "many sources": ("<S0>A witness</S0> said it, as did <S0>two military sources in the port</S0>.", "the sources", 1),
    "an expert": ("<S0>Omar Haddad, a retired general and teacher</S0> said it.", "the expert", 0),
    "a group": ("<S0>the Harbour Relief Committee</S0> said it.", "The group", 0),
    "a report": ("<S0>A study prepared by two northern hospitals</S0> said it.", "the report", 0),
    "one of several": ("<S0>The first of the reports from the port</S0> said it.", "The report", 0),
    "rebels": ("<S0>THE NORTHERN LIBERATION FRONT (NLF)</S0> SAID IT.", "THE GUERRILLAS", 0),
    "an acronym in brackets": ("<S0>THE COMMITTEE OF FREE PORTS (COPULI)</S0> SAID IT.", "COPULI", 0),
    "an acronym by initials": ("<S0>the Harbour Observatory for Human Rights</S0> said it.", "HOHR", 0),
    "part of a body's name": ("<S0>the Harbour Observatory for Human Rights</S0> said it.", "the Observatory", 0),
}

# The text before a source, that source, and the name that the text, but no source, tells.
TOLD = {
    "a name told in the text": ("Police met the lawyer Edwin Hale on Monday.", "Hale", "Edwin Hale"),
    "an acronym told in the text": (
        "Men of the Free Ports League (FPL) fled.",
        "the FPL",
        "Free Ports League (FPL)",
    ),
    "a ministry told in the text": ("Men of the Interior Ministry fled.", "The ministry", "Interior Ministry"),
    "a ministry told with its field": ("Men of the Ministry of Health fled.", "the ministry", "Ministry of Health"),
    "an army told in the text": ("Rebels met Nordland's army.", "The army", "Nordland's army"),
    "a pronoun for a name in the text": ("As Mr. Marlow read on, the light failed.", "he", "Mr. Marlow"),
}

# The text before the last source, and that source, which takes up nothing there.
LEFT = {
    "a country": ("<S0>Peru's government</S0> said it.", "Peru"),
    "a body that is told in full": ("<S0>A spokesman for the northern army</S0> said it.", "the navy"),
    "a bare plural": ("<S0>Two officials of the port</S0> said it.", "officials"),
    "somebody whose man is meant": ("<S0>Clinton spokesman Glen Marlow</S0> said it.", "Clinton"),
    "one of a pair": ("<S0>Omar Haddad and Dana Reyes</S0> said it.", "he"),
    "a woman after a man": ("<S0>Mr. Haddad</S0> said it.", "She"),
    "a man after a ministry": ("<S0>The health ministry</S0> said it.", "He"),
    "a thing after a man": ("<S0>Omar Haddad</S0> said it.", "it"),
    "a thing named long before": ("<S0>The northern command</S0> said it. The road shut. Rain fell. Night came.", "It"),
    "many after one": ("<S0>A military source</S0> said it.", "the sources"),
    "the speaker himself": ("<S0>We</S0> want peace.", "he"),
    "a surname that two share": ("Police met Edwin Hale and Rosa Hale on Monday.", "Hale"),
    "another report that says no more": ("<S0>The first report</S0> said it.", "The report"),
    "a ministry where the text tells two": ("Men of the Interior Ministry met the Health Ministry.", "The ministry"),
    "a pair whom the text tells again": ("<S0>Mr. Haddad and Mr. Hale</S0> said it.", "He"),
    "a ministry after its spokesman": ("<S0>Ministry of Health spokesman Ashraf Kerr</S0> said it.", "The ministry"),
    "a man after a union of men": ("<S0>The Union of Medical Workers</S0> said it.", "He"),
    "a monitor after a front": ("<S0>The Northern Liberation Front</S0> said it.", "The monitor"),
    "an armed group after an unarmed": ("<S0>The Harbour Relief Committee</S0> said it.", "The militant group"),
    "a ministry that may be either": (
        "<S0>The port ministry</S0> said it. <S0>The ministry</S0> wept. <S0>The road ministry</S0> denied it. It"
        " rained. Night came.",
        "The ministry",
    ),
    "a movement after a court": ("<S0>The high court</S0> said it.", "The movement"),
}


@pytest.mark.parametrize(("before", "source", "index"), RULES.values(), ids=RULES)
def test_a_source_takes_up_its_fuller_mention(before: str, source: str, index: int) -> None:
    fuller = re.findall("<S0>(.*?)</S0>", before)[index]
    assert names(f"{before} <S0>{source}</S0> added more.")[-1] == fuller


@pytest.mark.parametrize(("before", "source", "name"), TOLD.values(), ids=TOLD)
def test_a_source_takes_up_a_name_that_the_text_tells(before: str, source: str, name: str) -> None:
    assert names(f"{before} <S0>{source}</S0> added more.")[-1] == name


@pytest.mark.parametrize(("before", "source"), LEFT.values(), ids=LEFT)
def test_a_source_that_takes_up_nothing_is_left_out(before: str, source: str) -> None:
    assert names(f"{before} <S0>{source}</S0> added more.")[-1] is None


def test_a_name_in_a_headline_is_told_later() -> None:
    marked = "<S0>Haddad</S0> warns the port\n\n<S0>President Omar Haddad</S0> warned the port on Monday."
    assert names(marked) == ["President Omar Haddad", None]


def test_the_fullest_mention_is_chosen_wherever_it_stands() -> None:
    marked = f"<S0>Mr. Noor</S0> spoke. <S0>{FULL}</S0> spoke on. <S0>He</S0> added more. <S0>Noor</S0> left."
    assert names(marked) == [FULL, None, FULL, FULL]


def test_a_possessive_tells_the_gender_of_another() -> None:
    marked = (
        "<S0>The mayor, Lena Orsk,</S0> said it. <S0>Her deputy, Tom Rell,</S0> denied it. <S0>He</S0> left."
        " <S0>She</S0> stayed. <S0>The king's aunt</S0> wept. <S0>He</S0> wept."
    )
    assert names(marked) == [
        None,
        None,
        "Her deputy, Tom Rell,",
        "The mayor, Lena Orsk,",
        None,
        "Her deputy, Tom Rell,",
    ]


def test_two_of_one_surname_are_two() -> None:
    marked = (
        "<S0>Sara Lind, 34,</S0> said it. <S0>Lind</S0> wept. <S0>Her husband, Per Lind,</S0> agreed."
        " <S0>Lind</S0> left. <S0>Sara Lind</S0> stayed. <S0>She</S0> slept. <S0>Lind</S0> woke."
    )
    sara = "Sara Lind, 34,"
    assert names(marked) == [None, sara, None, None, sara, sara, None]


def test_a_nurse_with_a_woman_s_name_is_no_he() -> None:
    marked = "<S0>General Ali Noor</S0> said it. <S0>A nurse, Mara Tell,</S0> denied it. <S0>He</S0> left."
    assert names(marked) == [None, None, "General Ali Noor"]


def test_a_conversation_keeps_its_speakers_apart() -> None:
    marked = (
        "<S0>Omar Haddad, a doctor,</S0> said it. <S0>He</S0> wept. <S0>Edwin Hale, a nurse,</S0> agreed."
        " <S0>He</S0> wept. <S0>Haddad</S0> went on. <S0>He</S0> left."
    )
    assert names(marked)[1::2] == ["Omar Haddad, a doctor,", "Edwin Hale, a nurse,", "Omar Haddad, a doctor,"]


def test_a_name_that_no_source_tells_has_its_place_and_no_id() -> None:
    document = parse("Police met Edwin Hale. <S0>Hale</S0> wept.")
    (name,) = resolve_sources(document.text, document.spans).values()
    assert (name.id, name.start, name.end) == ("", 11, 21)


PIECES = [
    *("he", "She", "it", "they", "we", "Noor", "Ali Noor", "Mr. Noor", FULL, "the ministry", "Peru's health ministry"),
    *(
        "the spokesman",
        "the FPL",
        "the Free Ports League (FPL)",
        "FPL",
        "the group",
        "officials",
        "the report",
        "a study",
    ),
    *("'s", ",", "(", "of", "and", "the", "12", "İ", "«x»", "THE ARMY", "Maria Lopez", "sources", "Dr", ". ", "\n\n"),
]


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text of mentions, whole or broken, some of them sources."""
    text, sources = "", []
    for number, (piece, is_source) in enumerate(draw(st.lists(st.tuples(st.sampled_from(PIECES), st.booleans())))):
        if is_source:
            sources.append(Span(f"T{number}", "attribution", "SOURCE", len(text), len(text) + len(piece), piece))
        text += piece + draw(st.sampled_from([" ", " said so. ", "\n"]))
    return text, sources


@given(articles())
def test_names_are_places_of_the_text_and_never_lead_on(article: tuple[str, list[Span]]) -> None:
    text, sources = article
    found = resolve_sources(text, sources)
    assert set(found) <= {source.id for source in sources}
    for source in sources:
        name = found.get(source.id)
        if name:
            assert name in sources or (name.id == "" and text[name.start : name.end] == name.text)
            assert name.id not in found
            assert name != source


@given(articles(), st.randoms(use_true_random=False))
def test_the_order_of_the_sources_does_not_matter(article: tuple[str, list[Span]], random: Random) -> None:
    text, sources = article
    found = resolve_sources(text, sources)
    random.shuffle(sources)
    assert resolve_sources(text, sources) == found
