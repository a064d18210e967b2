"""The words that `tolltale.disputes` and `tolltale.disputes.sides` go by: tables that you may edit.

Sets hold lower-case words, those of victims in the singular; patterns are regular expressions for either case.
"""


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Victims so general that a count of them may count anybody.
GENERAL_VICTIMS = _table(
    "body bodie casualty casualtie dead death homicide individual life live man murder of other people person the"
    " victim"
)
# Words that two victims may share without being alike.
VICTIM_FILLERS = GENERAL_VICTIMS | _table(
    "a alleged an and at by for former from group in its local member more new or suspected their to unidentified who"
    " with"
)
# Words of a source that do not say who it is: "police sources" and "the police" are one.
VAGUE_SOURCES = _table(
    "a an and another at bulletin by communique document for from her his in its local of officer official officials"
    " on one other released report reports said senior some source sources spokesman spokesperson spokespersons"
    " spokesmen spokeswoman statement that the their this to two who with"
)

# A figure with one of these adds to another and so is no toll by itself; so is one taken from another.
ADDED = r"\b(?:another|others?|additional|further|more(?! than))\b"
TAKEN_FROM = r"\s+of\s+(?:the|these|those|them|whom|which)\b"
# What is counted where there was nobody: "did not suffer any casualties", "denied that anybody died".
NOBODY = frozenset(("any", "anyone", "anybody", "a single", "a single one"))

# Before a figure of one's own dead: "the rebels said they had lost two men" says nothing of the others'.
OWN_LOSS = r"\b(?:lost|lose|losing)\s*$"

# A figure that says "this one", not how many: "a son of the mayor" is no toll of people.
ARTICLES = frozenset(("a", "an"))

# What ends the words between two figures that add up, and what says that they do not.
JOINS = r"(?:\band|\bplus|\bas well as|\balong with|\btogether with|\bbesides|,|&)\s*(?:also|the)?\s*$"
PARTS = r"\b(?:among|bringing|but|including|of (?:them|whom|which|these|those|the)|or|raising|taking|to)\b|[-–—:]\s*$"

# What says that two differ about one thing: a weak sign where it leads from one to the other, likewise a conjunction
# inside a sentence, a strong sign anywhere in the sentence, and the cue of somebody who sets a number against another.
WEAK = r"\b(?:but|for (?:its|their|his|her) part|however|instead|nevertheless|on the other hand|only|yet)\b"
JOINED = r"\b(?:although|even though|though|whereas|while)\b"
LEADING = r"\s*(?:although|even though|though|whereas|while)\b"  # at the head of a sentence that holds both
STRONG = (
    r"\b(?:at odds|at variance|conflict(?:s|ed|ing)? with|conflicting (?:accounts?|figures?|reports?|tolls?)"
    r"|contradict\w*|contrary to|differ(?:s|ed|ing)? (?:from|on|over)|disagree\w*|discrepanc\w+|diverge\w*"
    r"|in contrast|inconsistent)\b"
)
# What says it of figures told before: in the sentence, or at the head of the one after.
NEITHER = (
    r"\b(?:neither|none of the|neither of the) (?:accounts?|claims?|counts?|figures?|numbers?|tolls?|versions?)\b"
    r"|\brival (?:accounts?|claims?|counts?|figures?|tolls?)\b"
)
# What may say that two sentences are of two events, or of two times: a place, a day, a newer count.
OTHER_EVENT = (
    r"\b(?:across|around|at|close to|from|in|inside|near|of|off|on|outside) (?!all\b|total\b)"
    r"|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tonight|yesterday|tomorrow|night|later"
    r"|now|since|still|after|before|during|when|also|another|further|more|other|others|separate\w*|town|village|there)\b"
)
PUT = r"(?:(?:has|have|had)\s)?(?:put|puts|placed)\b"
# What says that the later figure is of another event, or a newer count of the same.
ELSEWHERE = r"\b(?:elsewhere|in (?:addition|another|other|separate)|separate|separately|since then|meanwhile, in)\b"
REVISED = (
    r"\b(?:(?:earlier|early|initial|later|preliminary|previous) (?:counts?|estimates?|figures?|reports?|tolls?)"
    r"|climbed|moved the (?:death )?toll|raised|revised|risen|rose|updated)\b"
)
# Contents that tell a claim, which then can be denied or doubted: not "responsibility for 20 deaths".
TOLD = r"^[\"“'‘]*(?:that|any)\b|\b(?:claims?|counts?|estimates?|figures?|numbers?|reports?|statistics|tolls?)\b"

# Contents that refer back to what was told: a pronoun, or a noun for what is told with a few words that say whose.
POINTER = r"\W*(?:this|that|it|them|these|those)\W*"
_REPORTS = (
    r"(?:accounts?|accusations?|allegations?|assertions?|charges?|claims?|counts?|estimates?|figures?|numbers?|reports?"
    r"|statements?|tolls?|versions?)"
)
REPORT = (
    rf"\W*(?:(?!(?:of|about|that)\b)[\w'’.-]+\s+){{0,5}}{_REPORTS}(?:\s+of\s+(?:the\s+)?(?:events?|incident|story))?"
    r"(?:\s+(?:(?:given|issued|made|presented|released)\s+)?(?:by|from)(?:\s+(?!(?:of|about|that)\b)[\w'’.-]+){1,5})?\W*"
)
BLAME = r"\b(?:accusation|allegation|charge)s?\b"  # of which it must be said who makes them
SEVERAL = r"\b(?:accusations|allegations|assertions|charges|claims|figures|reports|these|those|them)\b"
LEAD = 100  # characters before a figure in which somebody may be blamed for it
# Who neither confirms nor denies does not say that it is wrong.
UNCONFIRMED = r"\b(?:confirm\w*|corroborat\w*|verif\w*)\b"
END_OF_DENIAL = r"\s*(?:[\"”’')]*[.,;:!?]|$|(?:and|but|by|while)\b)"  # what follows a cue that has no content
# Words of such a content that do not say whose report it is.
NO_OWNER = _table(
    "a all an any as both by death earlier event events figures first from given her his incident initial issued its"
    " latest made of official other our presented previous recent released s such that the their these this those"
    " various story"
)
# Words for one owner.
OWNERS = (
    _table("air armed army defence defense force forces general military ministry navy soldiers troops"),
    _table("authorities government minister ministry officials president state"),
    _table("fighters front group guerrilla guerrillas insurgent insurgents militant militants rebel rebels"),
    _table("officers police"),
)
