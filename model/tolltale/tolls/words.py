r"""The words that tie a figure to another, or to a period: tables that anyone may extend.

Regular expressions of the `regex` module, read without regard to case; a space in them is any white space.
"""

import regex

HARMED = (
    "dead|deceased|killed|slain|murdered|executed|fallen|bodies|deaths|fatalities|victims|casualties|losses|killings|"
    "wounded|injured|missing|disappeared|captured|captives|hostages|kidnapped|abducted|detained|detainees|arrested"
)

# What opens a list of parts; their whole stands before it: "30 people, including 12 children and three women".
OPENERS = (
    r"\binclud(?:ing|es?|ed)\b",
    r"\bamong (?:them|whom|which|these|those)\b(?: (?:were|was|are|is))?",
    rf"\bamong (?:the|those|these) (?:[\w-]+ )?(?:{HARMED})\b(?: (?:were|was|are|is))?",
    r"\bof (?:whom|which|them|these|those)\b",
    rf"\bof (?:the|those|these) (?:{HARMED}),",
    rf"\b(?:{HARMED}) (?:were|are)\b",
    r"\b(?:broken down|comprising|as follows|following [\w\s]{0,20}:)",
)
# What makes it a list of other people: "other victims included", "this does not include".
OPENED_ELSEWHERE = r"\b(?:others?\b[^.;,]{0,40}|(?:not|without|never)(?: \w+)?\s*)$"
# What ends such a list: "including 12 children, while 40 were wounded", "including 12 children, and five others".
CLOSERS = (
    r"\b(?:while|whereas|but|after|when|who|another|additional|more|others?|were|was|had|have)\b",
    rf"\b(?:{HARMED}|killing|wounding|injuring)\b",
    r";|\.\s|,\sas\b",
)

# What ends it after the figure: "and six soldiers died in a separate blast".
SEPARATE = r"^[^.;,]*\bseparate(?:ly)?\b"
NEW_CLAUSE = rf"^(?: [\w'’-]+){{1,4}}? (?:died|perished|(?:was|were) (?:{HARMED}|shot))\b"

# A part before its whole: "12 of the 30", "two of the 12 initially killed", "two boys were among the 12".
OF_WHOLE = (
    r" (?:\w+ )?of (?:(?:the|those|these|some|all|its|his|their) )?(?:(?!of\b)\w+ ){0,2}",
    r" (?:[\w-]+ ){0,3}(?:was|were|are|is) among (?:(?:the|those|these|some|its|his|their) )?(?:\w+ )?",
)
# What takes up people who were counted, whoever they were: "one of the dead", "two of the total".
COUNTED_BEFORE = rf"\b(?:{HARMED}|total)\b"
# A part whose whole was named before: "two of whom", "40 of these deaths", "one of the slain generals".
OF_NAMED = (
    r"(?: [\w'’-]+){0,6} (?:was|were|are|is) among (?P<pronoun>them|those)\b(?! \w)",
    rf"(?: \w+){{0,5}} among the (?P<noun>{HARMED})\b",
    r" of (?P<pronoun>whom|which|them)\b",
    rf" (?P<pronoun>seriously|critically|severely|gravely|badly)\b(?! (?:{HARMED}|hurt))",
    r" of (?:the|these|those) (?P<noun>(?:[\w-]+ ?){1,4})",
    r"[^.;]{0,60}\b(?:percent|per cent|half|thirds|quarters?) of (?:the|this|that) (?P<noun>total)\b",
)
# A whole before its parts: "Of the 30 dead, 12 were children".
OF_THE = r"(?:^|[,.;:–—-]\s*|\b(?:that|said) |\n)of (?:the |those |these |all )*$"
# The rest of a whole: "the other two victims".
THE_REST = r"\b(?:the|these|those|his|her|its|their) (?:other|remaining)\b[^.,;]{0,9}$"

# What adds the figures before it to a sum, and that sum: "killed five, bringing the number of dead this week to 30".
RAISING = r"\b(?:bring(?:ing|s)?|brought|taking|(?:rais|push|increas)(?:ing|es|ed)|lift(?:ing|ed))\b"
TOLL = r"\b(?:toll|number|total|tally|count)\b"
# What adds the figure after it: "The toll rose to 44 when a boy died".
RISEN = r"\btoll\b[^.;]*\b(?:reached|reaches|rose|rises|risen|climbed|climbs|grew|gone up|went up)\b"
WHEN = r"^[\w\s]{0,20}\b(?:when|after|as)\b"
# What calls a figure a sum of those before it: "a Spaniard and two Italians ... the three Europeans".
IN_ALL = r"\b(?:the|these|those|all|total) [\w\s,]{0,25}$|\b(?:in all|altogether|in total)\b"

WEEKDAY = r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_PLACE = rf"\b(?:in|at|near|outside|around) (?:the )?(?!{_MONTH}\b|{WEEKDAY})(?P<place>(?-i:\p{{Lu}})[\w'’-]*+)"
# The place of a figure: "12 died in Alba", "In Alba, 12 died"; what a colon follows is of the whole list.
PLACE_AFTER = rf"^[^.;,:]{{0,60}}?{_PLACE}[^.;,:–—]*+(?! ?[:–—]|, with\b)"
PLACE_BEFORE = rf"(?:^ *|[.;,] +|\band ){_PLACE}[^.;,]{{0,30}},? *$"
# A sentence that turns to another place: "In Osk, a mine killed a family"; hospitals take in the wounded of any.
PLACE_FIRST = rf"^\W*{_PLACE}(?![^,.;]{{0,40}}\b(?:hospital|clinic|morgue)\b)"
HARM = r"\b(?:kill(?:s|ed|ing)|died|dead|hit|struck|exploded|went off|shot|wounded|injured|blew|ambushed)\b"
# What adds people to those before: "two soldiers died too".
ADDED = r"^[^.;,]*\b(?:too|also|as well(?! as)|separate(?:ly)?)\b"
# Who says a figure: "the army said that 20".
SAYER = (
    r"\b(?!(?:he|she|it|they|who|which|that|and|been|was|were)\b)(?P<who>\w+)(?: (?:also|later|earlier|has|have|had))* "
    r"(?:said|says?|puts?|counted|counts|reported|reports?|claimed|claims|confirmed|confirms)\b[\w\s]{0,25}$"
)

_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|several|"
    r"few|couple of|many|some|more than \w+)"
)
_UNIT = r"(?:day|week|month|year|decade)"
_UNITS = rf"{_UNIT}s"
_FIGHT = r"(?:war|conflict|insurgency|insurrection|uprising|intifada|rebellion)"
_WAR = rf"(?:{_FIGHT}|campaign|crackdown|siege|occupation|purges?)"
_CAMPAIGN = (
    rf"(?:{_WAR}|offensive|unrest|violence|fighting|hostilities|clashes|bloodshed|attacks|bombings|shelling|bombardment|"
    r"operations?)"
)
_THIS = r"(?:the|a|an|its|this|that|their)"
# Periods that are longer than an event.
PERIODS = (
    r"\bsince\b(?! (?:he|she|it|they|there|we)\b)",
    r"\bso far (?:this|since)\b|\bso far in \d",
    rf"\bas of (?:today|\w+day|{_MONTH})\b",
    r"(?<!\b(?:earlier|later?|early) )\bthis year\b",
    r"\b(?:each|every|per) (?:day|week|month|year)\b|\baverage of\b|\bannually\b",
    r"\b(?:same period|lately|cumulative)\b",
    r"\bto date\b|\buntil now\b|\bup to now\b",
    rf"\b(?:the|these|in) (?:last|past|previous|preceding|first|recent)(?: {_COUNT})? {_UNITS}\b",
    rf"\b(?:over|during|within|throughout|all of) (?:the )?(?:last|past|previous) (?:{_UNIT}|couple)\b",
    rf"\b(?!(?:two|2|couple of) days){_COUNT} (?:straight |consecutive )?{_UNITS} of (?:\w+ ){{0,2}}{_CAMPAIGN}\b",
    r"\bby the end of (?:the|that|this) (?:month|year|decade)\b",
    rf"\b{_COUNT}[- ]{_UNIT}(?:[- ](?:old|long))? (?:\w+ ){{0,2}}{_CAMPAIGN}\b",
    rf"\bconsecutive {_UNIT}\b",
    rf"\b(?:between|from) (?:{_MONTH} )?(?:\d{{4}} )?(?:and|to|until) (?:{_MONTH} )?\d{{4}}\b",
    r"\bfrom [^.;]{0,60} to [^.;]{0,30}\b(?:1[89]|20)\d\d\b",
    rf"\b(?:between|from) {_MONTH}(?: \d+)? (?:and|to|until|through) {_MONTH}\b",
    rf"\b(?:during|throughout) (?:the|this|that) (?:month|year|week|{_WAR}|operations)\b",
    r"\b(?:this|that|during the) period\b",
    rf"\b(?:during|throughout|month of) {_MONTH}\b(?! \d)",
    rf"\bin {_THIS} (?:[\w-]+ ){{0,2}}{_FIGHT}\b|\b(?:killed|died|deaths) in (?:[\w-]+ ){{0,2}}{_FIGHT}\b",
    rf"\b{_WAR}\b[^.;]{{0,80}} (?:has|had|have) (?:killed|left|cost|claimed|taken|led to)\b|\bworld war\b",
    rf"{TOLL} (?:this|last|for the) {_UNIT}\b",
    rf"\b(?:toll|total) (?:\w+ ){{0,4}}(?:in|of|from) (?:\w+ ){{0,4}}{_CAMPAIGN}\b",
    rf"\b(?:in|over|during|across|throughout) (?:all of )?{_THIS} (?:whole|entire|course of the) "
    rf"(?:of the )?(?:[\w-]+ ){{0,2}}(?:{_UNIT}|{_WAR})\b",
)
# Periods that also date an event; they count where their clause names no single one: "killed 700 in 2012".
DATES = (
    r"(?<!\b(?:on|in) [\w ]{0,15})\b(?:in|during|throughout|of|for) (?:all of |early |late |mid-)?(?:1[89]|20)\d\d\b",
    rf"(?<!\b{_MONTH} )\b(?:last|past|previous) (?:year|decade)\b",
    rf"\b(?:clashes|attacks|incidents|murders|homicides|killings|kidnappings) in {_MONTH}\b(?! \d)",
    r"\bas a result of the (?:war|violence|conflict)\b",
)
# A sum that a count raises, likewise: "bringing the number of Palestinians killed to 39".
COUNTED = rf"{RAISING}.*\b(?:number|total)\b"
# What a war's toll is called, likewise; only its size tells it from that of an attack.
WHOLE_TOLLS = (
    r"\b(?:total|overall) (?:death |official )?toll\b",
    r"\btoll in [^.;]{1,40}\b(?:stands|stood|passed|passes|reached|exceeds|tops|topped)\b",
)
_EVENTS = (
    r"(?:attack|raid|ambush|massacre|genocide|clash|battle|bombing|bomb|blast|explosion|shooting|shootout|incident|strike|"
    r"crash|accident|riot|kidnapping|killing|murder|encounter|case|confrontation|exchange|coup|earthquake|fire|assault|"
    r"protest|march|rally|discovery|assassination|grave)"
)
EVENTS = (
    rf"\b(?:{_THIS}|the|one|another|\d{{4}}) (?:[\w-]+ ){{0,3}}{_EVENTS}\b",
    r"\b(?:massacre|genocide|bombing|attack) (?:of|on|at|in)\b",
    # "In 1987 soldiers killed 300 villagers in Alba"
    rf"\bin (?:1[89]|20)\d\d,? (?!alone\b)(?:[\w'’-]+ ){{1,4}}(?:killed|shot|massacred|murdered|executed|slaughtered|"
    rf"abducted|kidnapped|captured|wounded|injured)\b(?! in )[^.;]{{1,60}}{_PLACE}",
)
# What is no period, though it reads like one: "the worst attack since the war began", "on alert since", and what
# is no longer than a weekend, or may be: "since dawn", "since Monday"; who is missing "since" was lost in one event.
NO_PERIODS = (
    r"\b(?:first|worst|deadliest|bloodiest|biggest|largest|heaviest|highest|lowest|most|not seen) "
    r"(?:[\w-]+ ){0,5}since\b",
    r"\b(?:has|have) been (?:on|in|at|under) [\w\s-]{0,40}\bsince\b",
    r"\bsince (?:late |early )?(?:the |this |that )?(?:\w+day )?(?:dawn|daybreak|sunrise|morning|midday|noon)\b",
    r"\bsince (?:late |early )?(?:the |this |that )?(?:\w+day )?(?:afternoon|evening|midnight|weekend)\b",
    rf"\bsince (?:late |early )?(?:last (?:night|evening)|yesterday|today|{WEEKDAY})\b",
    r"\b(?:missing|unaccounted for) since\b",
)
# Where another clause begins.
CLAUSES = (
    r";|--|[–—]|[.:] ",
    rf"(?= (?:while|whereas|although|but|{RAISING})\b)",
    r", and (?=[^,;.]{0,60}\b(?:since|so far|this year)\b)",
    r", (?:as|after|where|which|who|in which|during which|in what)\b|(?<!\b(?:\d{4}|year|month|period)), when\b",
    r"(?<!\b(?:such|well|many|few|much)) as (?!(?:many|few|much|high|low|well|of|an?|part|saying|being|to)\b)",
)
# Where it is another that is not about the whole of "of the 30 dead".
APART = (r"\b(?:while|whereas|although|but)\b", r"[.;] ")


def to_pattern(*entries: str) -> regex.Pattern[str]:
    """The pattern that finds any of a table's entries."""
    return regex.compile("|".join(entries).replace(" ", r"\s"), regex.IGNORECASE)
