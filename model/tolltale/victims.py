"""Victims: what their words say about who they were.

    child             minors of any kind: boys, girls, pupils, infants, and whoever is called 17 years old or younger
    woman             women, mothers, nuns ...
    medical           those who treat the sick and the wounded
    journalist        those who work for the press
    aid worker        of charities, the Red Cross and Red Crescent, civil defence; the staff of the United Nations too
    security forces   soldiers, police and others who bear arms for a state, peacekeepers and armed guards included
    combatant         of armed groups: rebels, militants, gunmen, and the names of the commonest groups
    civilian          who is called so, or by an occupation, a home or a pursuit that is not fighting: villagers,
                      students, officials, clergy, workers, passengers
    unknown           all else: people, men, hostages, prisoners, criminals, nationalities (Palestinians), names

A phrase that says several has the first class of this list. It says what reporting calls people, no verdict in law.
"""

from collections.abc import Iterator, Sequence

import regex


def _entries(table: str) -> set[str]:
    return set(table.split(", "))


# The words of each class in the order in which the classes win; anyone may add to them. Lower case and singular, in the
# plural only where that is irregular; a longer entry hides the shorter ones in it ("party militant", "un worker").
VICTIM_WORDS: dict[str, set[str]] = {
    "child": _entries(
        "child, children, boy, girl, baby, babies, infant, toddler, minor, teenager, teenage, adolescent, "
        "schoolchild, schoolchildren, schoolboy, schoolgirl, preschooler, pupil, kid, newborn, teen, orphan, "
        "underage, juvenile"
    ),
    "woman": _entries(
        "woman, women, female, mother, grandmother, wife, wives, widow, housewife, housewives, nun, lady, ladies, "
        "sister, aunt, pregnant"
    ),
    "medical": _entries(
        "doctor, nurse, medic, paramedic, physician, surgeon, midwife, midwives, ambulance, health worker, health "
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
    ),
    "security forces": _entries(
        "soldier, troop, army, navy, air force, military, serviceman, servicemen, conscript, recruit, police, "
        "policeman, policemen, policewoman, policewomen, officer, trooper, constable, sheriff, sergeant, "
        "subsergeant, corporal, lieutenant, captain, colonel, general, marine, paratrooper, sailor, airman, "
        "airmen, gi, peacekeeper, security force, security personnel, guard, guardsman, guardsmen, bodyguard, "
        "gendarme, agent, battalion, brigade, patrol, carabinero, commando, paramilitary police, special force, "
        "government force, coalition force, border force, deputy sheriff, security force member, infantry, "
        "regiment, cadet, noncommissioned officer, detective, jawan, security official, intelligence official, "
        "security guard, legionnaire, ranger, garrison, armed force, bomb squad, constabulary"
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
        "civilian, villager, resident, peasant, farmer, farmworker, inhabitant, local, townspeople, townsfolk, "
        "neighbor, neighbour, refugee, migrant, immigrant, displaced, settler, bystander, student, teacher, "
        "professor, lecturer, academic, scientist, engineer, technician, lawyer, judge, magistrate, prosecutor, "
        "attorney, judicial official, official, diplomat, ambassador, consul, politician, lawmaker, legislator, "
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
        "taker, attorney general, secretary general, non combatant, noncombatant, innocent, supporter, "
        "investigator"
    ),
}
UNKNOWN = "unknown"
VICTIM_CLASSES = (*VICTIM_WORDS, UNKNOWN)
# Before a word, these take it back: "former soldiers", "ex-officers".
NO_LONGER = {"former", "ex", "retired"}
ADULT = 18  # years

LONGEST = 5  # words; the longest entry

_AGE = regex.compile(r"\b(\d{1,3})[\s-]*years?[\s-]*old\b", regex.IGNORECASE)
_WORD = regex.compile(r"\w+")


def classify_victim(phrase: str) -> str:
    """The class of a victim phrase, one of VICTIM_CLASSES; "unknown" where its words do not say it."""
    found = set(_classes(_WORD.findall(phrase.casefold())))
    ages = [int(age) for age in _AGE.findall(phrase)]
    if ages and min(ages) < ADULT:
        found.add("child")
    elif ages:
        found.discard("child")  # "a 19-year-old boy"
    return next((name for name in VICTIM_WORDS if name in found), UNKNOWN)


def _classes(words: Sequence[str]) -> Iterator[str]:
    """The classes that the words of a phrase stand for, the longest entries first."""
    hidden: set[int] = set()
    for n_words in range(LONGEST, 0, -1):
        for start in range(len(words) - n_words + 1):
            place = range(start, start + n_words)
            name = None if hidden & set(place) else _class_of(words[start : start + n_words])
            if name is not None:
                hidden.update(place)
                if start == 0 or words[start - 1] not in NO_LONGER:
                    yield name


def _class_of(words: Sequence[str]) -> str | None:
    """The class of an entry, which may stand in the plural."""
    entry = " ".join(words)
    singular = entry[:-3] + "y" if entry.endswith("ies") else entry.removesuffix("s")
    return next((name for name, entries in VICTIM_WORDS.items() if entry in entries or singular in entries), None)
