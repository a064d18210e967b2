"""The words that tie a figure to another, or to a period: tables that anyone may extend.

Regular expressions, read without regard to case; a space in them is any white space.
"""

HARMED = (
    "dead|deceased|killed|slain|murdered|executed|fallen|bodies|deaths|fatalities|victims|casualties|losses|killings|"
    "wounded|injured|missing|disappeared|captured|captives|hostages|kidnapped|abducted|detained|detainees|arrested"
)

# What opens a list of parts; their whole stands before it: "30 people, including 12 children and three women".
OPENERS = (
    r"(?<!not )\binclud(?:ing|es?|ed)\b",
    r"\bamong (?:them|whom|which|these|those)\b",
    rf"\bamong (?:the|those|these) (?:[\w-]+ )?(?:{HARMED})\b",
    r"\bof (?:whom|which|them|these|those)\b",
    rf"\b(?:{HARMED}) (?:were|are)\b",
    r"\bas follows\b",
    r"\bbroken down\b",
    r"\bcomprising\b",
)
# What ends such a list: "including 12 children, while 40 were wounded", "including 12 children, and five others".
CLOSERS = (
    r"\b(?:while|whereas|but|as|after|when|who|another|additional|more|others?|were|was|had|have)\b",
    rf"\b(?:{HARMED}|killing|wounding|injuring)\b",
    r";|\.\s",
)

# A part before its whole: "12 of the 30", "two of the 12 initially killed".
OF_WHOLE = r"\s(?:\w+ )?of (?:(?:the|those|these|some|all|its|his|their)\s)?(?:(?!of\b)\w+\s){0,2}"
# A part whose whole was named before: "two of whom", "40 of these deaths", "one of the slain generals".
OF_NAMED = (
    r"\sof (?P<pronoun>whom\b|which\b|them\b)?(?:(?:the|these|those|its|his|their)\s)?(?P<noun>(?:[\w-]+\s?){0,4})"
)
# A whole before its parts: "Of the 30 dead, 12 were children".
OF_THE = r"(?:^|[,.;:–—-]\s*|\b(?:that|said)\s|\n)of (?:the |those |these |all )*$"
# The rest of a whole: "the other two victims".
THE_REST = r"\b(?:the|these|those|his|her|its|their) (?:other|remaining)\s?$"

# What adds the figures before it to a toll, and the toll: "killed five, bringing the number of dead this week to 30".
RAISING = r"\b(?:bring(?:ing|s)?|brought|taking|took|rais(?:ing|es|ed)|push(?:ing|es|ed)|increas(?:ing|es|ed)|lift(?:ing|ed))\b"
TOLL = r"\b(?:toll|number|total|tally|count)\b"
# What adds the figure after it: "The toll rose to 44 when a boy died".
RISEN = r"\btoll\b[^.;]*\b(?:rose|rises|risen|climbed|climbs|grew|gone up|went up)\b"
WHEN = r"^[\w\s]{0,20}\b(?:when|after|as)\b"
# What calls a figure a sum of those before it: "a Spaniard and two Italians ... the three Europeans".
IN_ALL = r"\b(?:the|these|those|all|in all|total|altogether)[\w\s,]{0,25}$"

_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|several|"
    r"few|couple of|many|some|more than \w+)"
)
_UNITS = r"(?:days|weeks|months|years|decades)"
_UNIT = r"(?:day|week|month|year|decade)"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_CAMPAIGN = (
    r"(?:war|conflict|insurgency|insurrection|uprising|intifada|rebellion|offensive|campaign|crackdown|unrest|violence|"
    r"fighting|hostilities|clashes|bloodshed|purges?|attacks|bombings|shelling|bombardment|siege|occupation|operations?)"
)
# Periods that are longer than an event.
PERIODS = (
    r"\bsince\b(?! (?:he|she|it|they|there|we)\b)",
    r"\bso far (?:this|in|since)\b",
    r"\b(?:this|each|every|per) (?:year|month)\b",
    r"\b(?:each|every|per|a) day\b|\ban? (?:year|month) on average\b|\baverage of\b|\bannually\b",
    r"\bto date\b|\buntil now\b|\bup to now\b",
    rf"\b(?:the|these|in) (?:last|past|previous|preceding|first|recent)(?: {_COUNT})? {_UNITS}\b",
    r"\b(?:the|this) (?:last|past|previous) (?:week|month|year|decade)\b",
    rf"\bover the (?:last|past) (?:{_UNIT}|couple)\b",
    rf"\b{_COUNT} (?:straight |consecutive )?{_UNITS} of (?:\w+ ){{0,2}}{_CAMPAIGN}\b",
    rf"\b\w+[- ]{_UNIT}(?:[- ](?:old|long))? (?:\w+ ){{0,2}}{_CAMPAIGN}\b",
    rf"\bconsecutive {_UNIT}\b",
    rf"\b(?:between|from) (?:{_MONTH} )?(?:\d{{4}} )?(?:and|to|until) (?:{_MONTH} )?\d{{4}}\b",
    rf"\b(?:between|from) {_MONTH}(?: \d{{4}})? (?:and|to|until|through) {_MONTH}\b",
    rf"\bduring the (?:month|year|week|period|{_CAMPAIGN})\b",
    r"\b(?:civil|world) war\b",
)
# Periods that also date an event; they count where their clause names no single event: "killed 700 in 2012".
DATES = (
    r"\b(?:in|during|throughout|of) (?:early |late |mid-)?(?:1[89]|20)\d\d\b",
    r"\blast year\b",
    rf"\b(?:in|during) {_MONTH}\b(?! \d)",
)
EVENT = (
    r"\b(?:an?|the|this|that|one|another|\d{4}) (?:[\w-]+ ){0,3}(?:attack|raid|ambush|massacre|clash|battle|bombing|bomb|"
    r"blast|explosion|shooting|shootout|incident|strike|crash|accident|riot|kidnapping|killing|murder|encounter|case|"
    r"confrontation|exchange|coup|earthquake|fire|assault|protest|march|rally|discovery|assassination)\b"
)
# What is no period, though it reads like one: "the worst attack since the war began".
COMPARED = r"\b(?:first|worst|deadliest|bloodiest|biggest|largest|heaviest|highest|most|not seen)\b[^,;]*$"
# Where another clause begins.
CLAUSES = (
    rf";|--|[–—]|:\s|(?=\s(?:while|whereas|although|but|{RAISING})\b)"
    r"|,\s(?:and|as|after|when|where|which|who|in which|during which|in what)\b|\sas (?:it|they|he|she|the|his|its)\b"
)
