"""The words by which mentions are told apart: tables that anyone may extend, all in lower case and singular.

They need not be complete: a word that stands in none is taken for a part of a name.
"""


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Pronouns that are sources, and what they take up; only of the third person.
MALE_PRONOUNS = _table("he his him")
FEMALE_PRONOUNS = _table("she her hers")
PLURAL_PRONOUNS = _table("they their them")
THING_PRONOUNS = _table("it its")
PRONOUNS = MALE_PRONOUNS | FEMALE_PRONOUNS | PLURAL_PRONOUNS | THING_PRONOUNS

# What a shortened mention begins with; "his lawyer" and "their group" take up more than one thing, so they are none.
DEFINITE = _table("the this that these those")
POSSESSIVE = _table("his her its their my our your")
INDEFINITE = _table("a an another one two three four five six some several many other all both most few no")
EMPTY = _table(
    "same first second next said aforementioned very latest himself herself itself themselves"
)  # they add nothing to the noun

# Where the first noun phrase of a mention ends: what follows only qualifies it.
BREAKS = _table(
    "of from in at for who whom whose which that where on by to with without about as near during after under"
    " over against between into through and or but working based speaking citing quoted cited is was are were has"
    " had led obtained issued published released available written attached according prepared compiled drafted"
    " signed sent delivered carried conducted commissioned presented given made broadcast aired posted seen read"
    " reported headed"
)
SINGLE_PARTS = _table("first second third last latest one another")  # "the first of the reports" is one
PARTITIVES = SINGLE_PARTS | _table("some many most several part majority all none")

# Titles, without their full stops; a title and a surname are a shortened name.
MALE_TITLES = _table("mr king prince sheikh sheik father brother bishop lord sir ayatollah emperor imam cardinal")
FEMALE_TITLES = _table("mrs ms miss queen princess sister lady dame madame")
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | _table(
        "dr gen col lt maj sgt capt cpl adm rev gov sen rep prof amb brig cmdr pres msgr monsignor archbishop"
        " general colonel lieutenant major sergeant captain corporal admiral reverend governor senator"
        " representative professor ambassador brigadier commander president minister secretary judge justice"
        " deputy vice prime chancellor mufti"
    )
)
LONG_TITLES = {  # the noun that a short title stands for
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "maj": "major",
    "sgt": "sergeant",
    "capt": "captain",
    "adm": "admiral",
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "prof": "professor",
    "amb": "ambassador",
    "dr": "doctor",
    "pres": "president",
    "cmdr": "commander",
    "rev": "reverend",
}

# Nouns of people by what they do or are.
MALE_NOUNS = _table("spokesman chairman policeman businessman congressman gunman man boy husband son uncle nephew")
FEMALE_NOUNS = _table("spokeswoman chairwoman policewoman businesswoman congresswoman woman girl wife daughter aunt")
GENERIC_PEOPLE = _table(  # "the expert" may take up anybody whose name is told, whatever was said of his work
    "expert analyst politician leader lawmaker activist academic scholar researcher author critic cleric"
    " candidate diplomat veteran economist legislator commentator dignitary guy gentleman lady billionaire"
    " republican democrat"
)
PEOPLE = (
    TITLES
    | MALE_NOUNS
    | FEMALE_NOUNS
    | GENERIC_PEOPLE
    | _table(
        "bomber shooter killer murderer assassin juror speaker participant spokesperson official officer chief"
        " head director manager chairperson chair boss mayor premier pm sheriff cop detective inspector"
        " superintendent commissioner agent soldier fighter rebel guerrilla insurgent militant terrorist gunner"
        " attacker kidnapper subversive extremist nurse doctor medic surgeon physician paramedic rescuer volunteer"
        " worker source witness resident villager neighbor neighbour local survivor victim relative parent mother"
        " father sister brother friend colleague family attorney lawyer prosecutor investigator expert journalist"
        " reporter correspondent editor writer blogger photographer announcer broadcaster observer envoy"
        " negotiator aide adviser advisor assistant representative delegate member founder owner coordinator"
        " organizer organiser student teacher priest bishop pope rabbi moulana maulana president minister"
        " secretary citizen national civilian protester demonstrator supporter opponent hostage prisoner detainee"
        " suspect defendant driver pilot farmer trader shopkeeper employee staffer person people individual"
        " countryman spokespeople counterpart successor predecessor ranger deputy councillor councilor mp mla cm"
        " authority"
    )
)
SYNONYMS = {  # nouns that take up one another
    **dict.fromkeys(("spokesperson", "spokesman", "spokeswoman", "spokespeople"), "spokesperson"),
    **dict.fromkeys(("chairman", "chairwoman", "chairperson", "chair"), "chair"),
    **dict.fromkeys(("lawyer", "attorney"), "lawyer"),
    **dict.fromkeys(("policeman", "policewoman", "officer"), "officer"),
    **dict.fromkeys(("reporter", "journalist", "correspondent"), "journalist"),
    **dict.fromkeys(("organization", "organisation"), "organization"),
    **dict.fromkeys(("communique", "statement", "declaration", "release"), "statement"),
}

# Nouns of bodies: "it", and in part "they", take them up.
WATCHERS = _table("monitor watchdog")
WATCHING = _table("observatory watch monitor watchdog network rights monitoring amnesty")  # what they take up
GENERIC_BODIES = WATCHERS | _table("group organization organisation movement outfit faction network body")
WORLD = _table("world global international")  # "the world body" is the United Nations
ARMED_GROUPS = _table(  # called by a name that does not tell that it is a body's
    "hamas hezbollah hizbollah hizbullah taliban taleban qaeda qaida shabaab shabab daesh fatah houthis boko jihad"
    " nusra unita renamo frelimo polisario peshmerga janjaweed"
)
ARMED = _table("militant rebel armed islamist extremist jihadist terrorist insurgent guerrilla")
PEACEFUL = _table("rights monitoring advocacy aid relief humanitarian campaign")  # of groups that bear no arms
REBELS = _table("rebel guerrilla insurgent militant fighter subversive")  # may take up a body that says it is theirs
DESCRIPTIONS = ARMED | PEACEFUL | WORLD
PEACEFUL_BODIES = WATCHING | PEACEFUL | _table("committee charity ngo foundation society cross crescent council")
REBEL_BODIES = ARMED_GROUPS | _table("liberation front revolutionary guerrilla rebel resistance militia")
GROUPS = GENERIC_BODIES | _table(  # what those may take up, as they do a body's bare name
    "party front alliance union council committee observatory foundation association federation league society"
    " charity ngo militia forum coalition cartel gang syndicate campaign"
)
BODIES = GROUPS | _table(
    "forces ministry government army military police force command department agency party union council"
    " committee commission court tribunal parliament congress senate assembly administration embassy regime"
    " coalition alliance front militia brigade battalion garrison unit division corps navy office bureau service"
    " station newspaper daily paper magazine weekly journal radio television channel broadcaster company firm"
    " corporation bank institute institution university hospital center centre observatory foundation association"
    " federation league society charity ngo observers mission delegation campaign team crew squad cartel gang"
    " syndicate branch wing kremlin pentagon palace house nation country state city junta presidency directorate"
    " authority secretariat chamber board opposition public community world press media international rights watch"
    " times post news nations cross crescent amnesty crime forum chapter project program programme resistance"
    " leadership hq headquarters rescue"
)
BODIES_OF_FIELDS = _table(  # "Ministry of Health", "Bank of Alba": of what they work on or where, hardly of somebody
    "ministry department bank university institute bureau directorate council commission committee union"
    " association federation organization organisation hospital observatory chamber board secretariat league"
    " society court agency authority"
)
TOLD_BODIES = _table(  # of which a text that names one, and says "the ministry", means that
    "ministry army navy military police department agency council committee commission court tribunal parliament"
    " embassy union party front brigade battalion hospital university observatory association federation league"
    " newspaper magazine institute foundation"
)
COLLECTIVES = _table("police family couple public community group team crew press media authority military")

# Nouns of what is written or said.
REPORTS = _table("report study survey document paper investigation article")  # take up one another
DOCUMENTS = REPORTS | _table(
    "report statement communique declaration release document study survey article letter message text memo note"
    " resolution indictment complaint lawsuit suit affidavit transcript email book paper poll law bill treaty"
    " agreement finding figure datum data statistic version account post tweet video leaflet bulletin editorial"
    " dispatch estimate record filing file card testimony verdict ruling analysis review speech interview remark"
    " comment dossier caption headline index fatwa ledger"
)

# Countries and capitals speak as bodies, and are shortened by no name.
PLACES = _table(
    "afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus"
    " belgium bolivia bosnia brazil britain bulgaria burma burundi cambodia cameroon canada chad chile china"
    " colombia congo croatia cuba cyprus denmark ecuador egypt england eritrea estonia ethiopia finland france"
    " gaza georgia germany ghana greece guatemala guinea haiti honduras hungary iceland india indonesia iran iraq"
    " ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon"
    " liberia libya lithuania malaysia mali mexico moldova mongolia morocco mozambique myanmar nepal netherlands"
    " nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal"
    " qatar romania russia rwanda salvador scotland senegal serbia singapore slovakia slovenia somalia spain sudan"
    " sweden switzerland syria taiwan tajikistan tanzania thailand tunisia turkey turkmenistan uganda ukraine uk"
    " us usa uruguay uzbekistan venezuela vietnam wales yemen yugoslavia zambia zimbabwe moscow washington beijing"
    " tehran damascus baghdad ankara kiev kyiv london paris berlin brussels cairo riyadh islamabad delhi tokyo"
    " seoul pyongyang jerusalem europe america asia africa east west north south middle"
)
MEDIA_ARTICLES = _table("el la le il al der die o")  # a name that begins so, and goes on, is most often a newspaper's

# Given names, for gender.
MALE_NAMES = _table(
    "aaron abdul abdullah adam ahmad ahmed alan alberto alejandro alexander alfredo ali amir andrew anthony"
    " antonio armando arturo bashar ben benjamin bernard bill bob boris brian bruce carl carlos charles chris"
    " christopher cesar daniel david dmitry donald edgar eduardo edward efrain emmanuel enrique eric ernesto"
    " felipe felix fernando francis francisco frank gary george gerald gerardo glen gordon gregory guillermo"
    " gustavo hamid harry hassan hector henry hugo hussein ibrahim igor ismail ivan jack jacob jaime james jan"
    " jason javier jean jeff jeremy jerry jim joe joel john jonathan jorge jose joseph josh juan julio karl ken"
    " kevin khalid kofi larry leonard lindsey luis mahmoud manuel marco mario mark martin matthew mauricio michael"
    " miguel mike mohamed mohammad mohammed muhammad mustafa narendra nicholas nicolas omar oscar osama pablo"
    " patrick paul pedro peter philip rafael rahul rajendra ramon raul rene ricardo richard rick robert roberto"
    " rodrigo roger ronald ruben saddam salim sam samuel scott sean sergei sergio simon stephen steve steven tariq"
    " terry thomas tim timothy tobias tom tony travis victor vladimir walter william yasser yousef yusuf ziad"
    " bernardo ban recep binali benyamin atal abdel abdulrahman adel ahmet alexei alexey anatoly andre andrei arif"
    " ashraf aziz bilal bola boubacar dmytro elias emre enzo farid faisal fuad giovanni hamza haider hans henri"
    " hossein ismael issa ivo jalal jamal jens johan josef juma kamal karim kwame lars luca luka mahdi malik"
    " marwan mehdi mehmet mikhail mohammad moussa munir musa nabil nasser nikita nikolai olaf oleksandr osman pavel"
    " peder per pierre qasim rami rashid saeed salah samir serhii sergey sven tarek umar vadim viktor volodymyr"
    " walid yahya yasin yuri yusef zakaria zaid"
)
FEMALE_NAMES = _table(
    "aisha alice alicia amina amy ana andrea angela anna anne annie barbara beatriz brenda carmen carol carolina"
    " caroline catherine christina christine claudia cristina deborah diana dilma elena elizabeth ellen emily emma"
    " eva fatima fadela fiona gloria hanan helen hillary hilary ingrid irene isabel jane janet jennifer jessica"
    " joan judith julia julie karen kate katherine kathleen laura layla leila linda lisa lucia lucy madeleine"
    " margaret maria marianne marie marina martha mary megan melissa mercedes michelle monica nadia nafisa nancy"
    " natalia natalie nicole nora olga pamela patricia paula pilar rachel rebecca rosa ruth samantha sandra sarah"
    " silvia sonia sophie stephanie susan susana suzanne svetlana sylvia teresa theresa tomasa valerie veronica"
    " victoria violeta yolanda zainab ada adriana agnes alexandra alina amal amanda amira anastasia anja annika"
    " ayesha birgit camila carla cecilia charlotte chiara clara daniela daria dina edith ekaterina elisa elsa"
    " emilia erika esther fatou fatma francesca gabriela galina giulia greta hala halima hannah heba heidi"
    " helena huda ida ines inga ioana irina iryna jasmin johanna karin katarina katya khadija kristina lara"
    " larissa latifa lena leonora lina livia lucie ludmila lyudmila magdalena maha maja mara margarita mariam maryam"
    " marta martina maya miriam mona monika nabila nadine nadezhda naomi nasrin natalya nina noura oksana olena"
    " paola petra rana rania raquel regina renata rita salma samira sara selma shirin sofia sonja soraya tamara"
    " tania tanya tatiana tatyana ursula valentina vera viktoria wafa yana yasmin yulia zahra zeinab"
)

# Words that are no part of anybody's name though they may begin a sentence, with a capital, before one.
NO_NAMES = _table(
    "i me we us you who which my our your after although and as at before but by during for from he her his"
    " however if in it its last later meanwhile on or she since so still that the their then there these they this"
    " though to today when where while with yet yesterday monday tuesday wednesday thursday friday saturday sunday"
    " january february march april may june july august september october november december asked also both even"
    " only like former did does is was are were has had can could will would should now why how what because"
    " despite among unlike against under over about of a an"
)

# Words that a name written with capitals has in small letters.
SMALL = _table("and for in of on the to without")

# Put together once: they are asked for every word.
NOUNS = PEOPLE | BODIES | DOCUMENTS
DETERMINERS = DEFINITE | INDEFINITE | POSSESSIVE
WITHOUT_WEIGHT = DEFINITE | INDEFINITE | EMPTY  # a mention is none the fuller for them
OUTSIDE_NAMES = NO_NAMES | INDEFINITE
NO_GIVEN_NAMES = TITLES | PEOPLE | BODIES | PLACES | NO_NAMES | DEFINITE
