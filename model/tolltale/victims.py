"""Victims: what their words say about who they were.

    child             minors of any kind: boys, girls, pupils, infants, and whoever is called 17 years old or younger
    woman             women, mothers, nuns ...
    medical           those who treat the sick and the wounded
    journalist        those who work for the press
    aid worker        of charities, the Red Cross and Red Crescent, civil defence; the staff of the United Nations and
                      of its agencies too
    security forces   soldiers, police and others who bear arms for a state, peacekeepers and armed guards included
    combatant         of armed groups: rebels, militants, gunmen, and the names of the commonest groups
    civilian          who is called so, or by an occupation, a home or a pursuit that is not fighting: villagers,
                      students, officials, clergy, workers, passengers
    unknown           all else: people, men, hostages, prisoners, criminals, nationalities (Palestinians), names

A phrase that says several of one person, or of people who count on one side ("women and children"), has the first class
of this list. Where it joins people of several sides ("civilians and soldiers"), or those of a class with others ("men,
women and children"), it is unknown, as nobody can say how many were which. The class says what reporting calls people,
no verdict in law.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import regex

from tolltale.quantities import read_quantity


def _entries(table: str) -> set[str]:
    return set(table.split(", "))


_AGENCIES = ("unrwa", "unicef", "unhcr", "ocha", "wfp")  # of the United Nations
_POSTS = ("staff", "staffer", "staff member", "worker", "aid worker", "employee", "official", "personnel", "driver")

# The words of each class in the order in which the classes win; anyone may add to them. In the singular, in the plural
# only where that is irregular; capitals and hyphens do not matter; a longer entry hides the shorter ones in it
# ("party militant", "un worker").
VICTIM_WORDS: dict[str, set[str]] = {
    "child": _entries(
        "child, children, boy, girl, baby, babies, infant, toddler, minor, teenager, teenage, adolescent, "
        "schoolchild, schoolchildren, schoolboy, schoolgirl, preschooler, pupil, kid, newborn, teen, orphan, "
        "grandchild, grandchildren, "
        "underage, juvenile"
    ),
    "woman": _entries(
        "woman, women, female, mother, grandmother, wife, wives, widow, housewife, housewives, nun, lady, ladies, "
        "sister, aunt, pregnant"
    ),
    "medical": _entries(
        "doctor, nurse, medic, paramedic, physician, surgeon, midwife, midwives, ambulance, health worker, "
        "healthcare worker, health "
        "care worker, medical, medical staff, hospital staff, hospital worker, dentist, pharmacist, stretcher "
        "bearer"
    ),
    "journalist": _entries(
        "journalist, reporter, newsman, newsmen, newspaperman, newspapermen, cameraman, cameramen, photographer, "
        "correspondent, editor, media worker, broadcaster, columnist, camera crew, news crew, photojournalist, "
        "presenter, blogger"
    ),
    "aid worker": _entries(
        "aid worker, relief worker, humanitarian, red cross, red crescent, charity, charities, rescuer, un "
        "worker, un staff, un employee, u n worker, u n staff, u n employee, un official, white helmet, united "
        "nations worker, united nations staff, un election worker, rescue worker, ngo, firefighter, fireman, "
        "firemen, civil defence, u n aid worker, un personnel, staff of the united nations, peace brigade"
    )
    | {f"{agency} {post}" for agency in _AGENCIES for post in _POSTS},
    "security forces": _entries(
        "soldier, troop, army, navy, air force, military, serviceman, servicemen, "
        "servicewoman, servicewomen, privates, conscript, recruit, police, "
        "policeman, policemen, policewoman, policewomen, officer, trooper, constable, sheriff, sergeant, "
        "subsergeant, corporal, lieutenant, captain, colonel, general, marine, paratrooper, sailor, airman, "
        "airmen, gi, peacekeeper, security force, security personnel, guard, guardsman, guardsmen, bodyguard, "
        "gendarme, agent, battalion, brigade, patrol, carabinero, commando, paramilitary police, special force, "
        "government force, coalition force, border force, deputy sheriff, security force member, infantry, "
        "regiment, cadet, noncommissioned officer, detective, jawan, security official, intelligence official, "
        "security guard, legionnaire, infantryman, infantrymen, reservist, ranger, "
        "garrison, armed force, bomb squad, constabulary"
    ),
    "combatant": _entries(
        "rebel, militant, fighter, gunman, gunmen, militiaman, militiamen, militia, insurgent, guerrilla, "
        "guerilla, terrorist, extremist, subversive, jihadist, jihadi, separatist, warlord, paramilitary, "
        "paramilitaries, combatant, enemy, enemies, attacker, assailant, commander, suicide bomber, bomber, "
        "sniper, mercenary, mercenaries, defense patrol, defence patrol, self defense, self defence, civil "
        "defense, civilian defense, islamist, mujahideen, mujahid, fmln, farc, eln, epl, mrta, shining path, "
        "isis, isil, daesh, islamic state, al qaeda, al qaida, taliban, hamas, hezbollah, hizbollah, pkk, boko "
        "haram, houthi, contra, maoist, tamil tiger, al shabaab, janjaweed, peshmerga, partisan, infiltrator, "
        "hijacker, aggressor, free syrian army, liberation army, self defense patrol, armed"
    ),
    "civilian": _entries(
        "civilian, villager, resident, asylum seeker, peasant, "
        "farmer, farmworker, inhabitant, local, townspeople, townsfolk, "
        "neighbor, neighbour, refugee, migrant, immigrant, displaced, settler, bystander, student, teacher, "
        "professor, lecturer, academic, scientist, engineer, technician, lawyer, judge, magistrate, prosecutor, "
        "attorney, judicial official, official, diplomat, ambassador, consul, politician, lawmaker, legislator, "
        "mp, "
        "senator, congressman, mayor, minister, councilor, councillor, candidate, party militant, party member, "
        "party supporter, party leader, activist, trade unionist, unionist, labor leader, union leader, human "
        "rights, demonstrator, protester, protestor, worshipper, worshiper, pilgrim, mourner, priest, cleric, "
        "clergyman, clergymen, bishop, monk, pastor, imam, rabbi, jesuit, missionary, missionaries, preacher, "
        "worker, employee, laborer, labourer, miner, fisherman, fishermen, driver, taxi, motorist, passenger, "
        "commuter, cyclist, bicyclist, motorcyclist, pedestrian, passerby, passersby, shopper, shopkeeper, "
        "vendor, trader, merchant, businessman, businessmen, businesswoman, tourist, holidaymaker, traveler, "
        "traveller, visitor, guest, spectator, customer, diner, patient, contractor, staffer, staff, clerk, cook, "
        "waiter, maid, servant, gardener, mechanic, carpenter, butcher, baker, tailor, artist, singer, musician, "
        "actor, writer, poet, athlete, player, runner, crew, crew member, crewman, crewmen, crewmember, "
        "crewmembers, translator, interpreter, executive, manager, banker, rancher, cattleman, herder, herdsman, "
        "herdsmen, shepherd, logger, hunter, householder, tribesman, tribesmen, elder, trucker, occupant, census "
        "taker, general public, football team, medical student, nursing student, "
        "attorney general, secretary general, non combatant, noncombatant, innocent, supporter, "
        "investigator"
    ),
}
UNKNOWN = "unknown"
VICTIM_CLASSES = (*VICTIM_WORDS, UNKNOWN)
# Before a word, these take it back: "former soldiers", "ex-officers".
NO_LONGER = {"former", "ex", "retired"}
# Entries that belong to no class and only hide the words in them.
NO_VICTIMS = frozenset(
    _entries(
        "general motors, general electric, general strike, general hospital, police dog, army dog, captain of the, "
        "armed civilian"
    )
)
# Who bears arms, for a state or against it: in a list they count on other sides than each other and than anybody else.
ARMED = ("security forces", "combatant")
# People of no class, who make a list of them and others one of no class.
ANYBODY = frozenset(_entries("man, men, male, males, person, persons, people, adult, adults, others"))
NO_CLASS = "(none)"
ADULT = 18  # years

_AGE = regex.compile(
    r"\b(\d{1,3}|(?:\p{L}+ty[\s-])?\p{L}+)[\s-]*years?[\s-]*olds?\b|\bage[ds]? (\d{1,3})\b", regex.IGNORECASE
)
_MONTHS_OLD = regex.compile(r"\b(?:day|week|month)s?[\s-]*olds?\b", regex.IGNORECASE)
_KIN = (
    r"(?:sons?|daughters?|brothers?|sisters?|fathers?|mothers?|wife|wives|widows?|husbands?|parents?|child|children"
    r"|relatives?|family|families|cousins?|nephews?|nieces?|dogs?|horses?)\b"
)
# Whose kin they are says nothing of them: "a police officer's son", "the son of a police officer".
_WHOSE = regex.compile(rf"^.*(?:['’]s|s['’])\s+(?=(?:\S+\s+){{0,3}}{_KIN})|\b(?<={_KIN})\s+of\b.*$", regex.IGNORECASE)
_WORD = regex.compile(r"\w+")
_AND = regex.compile(r"\b(?:and|or|as well as|along with|plus)\b|&", regex.IGNORECASE)
_LISTED = regex.compile(rf"{_AND.pattern}|[,;/]", regex.IGNORECASE)
# After these comes what some of them were, not who else: "people, mostly women and children".
_SOME_OF_THEM = regex.compile(
    r"\b(?:including|includes?|mostly|mainly|largely|among)\b.*$|[,(]\s*(?:most|many|some|half|all|both)\b.*$",
    regex.IGNORECASE,
)


def classify_victim(phrase: str) -> str:
    """The class of a victim phrase, one of VICTIM_CLASSES; "unknown" where its words do not say it."""
    own = _WHOSE.sub("", phrase)
    return UNKNOWN if _joins_several(own) else _classify(own)


def _classify(own: str) -> str:
    found = set(_classes(_WORD.findall(own.casefold())))
    ages = [age for years in _AGE.findall(own) if (age := _read_age("".join(years))) is not None]
    if _MONTHS_OLD.search(own) or (ages and min(ages) < ADULT):
        found.add("child")
    elif ages:
        found.discard("child")  # "a 19-year-old boy"
    return next((name for name in VICTIM_WORDS if name in found), UNKNOWN)


def _joins_several(phrase: str) -> bool:
    """Whether a phrase lists people who do not count on one side."""
    counted = _SOME_OF_THEM.sub("", phrase)
    if not _AND.search(counted):
        return False
    sides = {_side(part) for part in _LISTED.split(counted)} - {None}
    return len(sides) > 1


def _side(part: str) -> str | None:
    """Where a part of a list counts: an armed class, or "civilian", or with ANYBODY; None where it names nobody."""
    name = _classify(part)
    if name != UNKNOWN:
        return name if name in ARMED else "civilian"
    return UNKNOWN if ANYBODY & set(_WORD.findall(part.casefold())) else None


def _read_age(written: str) -> int | None:
    quantity = read_quantity(written)
    return quantity.point if quantity else None


def _classes(words: Sequence[str]) -> Iterator[str]:
    """The classes that the words of a phrase stand for, the longest entries first to be found."""
    places = sorted(_entries_in(words), key=lambda found: found[0].start)
    taken_back = -1  # where an entry ends that is taken back: "retired police officer"
    for place, name in places:
        if place.start and (words[place.start - 1] in NO_LONGER or place.start == taken_back):
            taken_back = place.stop
        elif name != NO_CLASS:
            yield name


def _entries_in(words: Sequence[str]) -> Iterator[tuple[range, str]]:
    table = (*((name, frozenset(entries)) for name, entries in VICTIM_WORDS.items()), (NO_CLASS, NO_VICTIMS))
    classes, longest = _fold(table)
    hidden: set[int] = set()
    for n_words in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - n_words + 1):
            place = range(start, start + n_words)
            name = None if hidden & set(place) else _class_of(words[start : start + n_words], classes)
            if name is not None:
                hidden.update(place)
                yield place, name


def _class_of(words: Sequence[str], classes: Mapping[str, str]) -> str | None:
    """The class of an entry, which may stand in the plural."""
    entry = " ".join(words)
    singular = entry[:-3] + "y" if entry.endswith("ies") else entry.removesuffix("s")
    return classes.get(entry) or classes.get(singular)


@lru_cache(maxsize=4)
def _fold(table: tuple[tuple[str, frozenset[str]], ...]) -> tuple[dict[str, str], int]:
    """By each entry, as phrases are read, its class (the first of the table wins); and the most words of an entry."""
    folded = ((" ".join(_WORD.findall(entry.casefold())), name) for name, entries in table for entry in entries)
    classes = {entry: name for entry, name in reversed(list(folded)) if entry}
    return classes, max(len(entry.split()) for entry in classes)
