"""Words of development plans that answer the questions of version 3: by key stage, and to each school its own."""

from random import Random

from schools.models import School
from smdp.asking import settings_of
from smdp.sections import Setting

TAUGHT = {
    "early_years": (
        "Songs and rhymes open and close each day. A box of instruments is always out, and we make sounds for stories.",
        "Children sing every day, move to what they hear, and find out what drums, shakers and bells can do.",
    ),
    "taught_ks1": (
        "Pupils sing together every day, keep a pulse, copy rhythms and read their first signs for high and low. Each term "
        "ends with a sharing for families.",
        "Singing games, chants and body percussion; in Year 2 everybody plays the ocarina.",
    ),
    "taught_ks2": (
        "Year 4 learns an instrument as a class for the whole year. Years 5 and 6 sing in parts, compose in groups and read "
        "from staff notation.",
        "Each year has a unit a term of singing, playing, listening and composing. Recorders in Year 3, brass in Year 4.",
    ),
    "taught_ks3": (
        "Everybody plays keyboard, ukulele and drums, writes a song in Year 8 and a film score in Year 9. Players bring "
        "their own instruments to the lesson.",
        "A lesson a week all year: from chords and riffs to arranging for the whole class, which plays at the summer concert.",
    ),
    "taught_ks4": (
        "GCSE music has three hours a fortnight. Others may take a course in music technology, and everybody sings at the "
        "end of each term.",
    ),
    "taught_ks5": (
        "A level music and a diploma in performing arts. Everybody may join the choir, and the practice rooms are open until "
        "six.",
    ),
}
QUALIFICATIONS = "GCSE music each year, graded exams with the hub, and Arts Award Bronze in Year 9."
SPACE = (
    "Two practice rooms are open at break and after school. Keyboards, guitars and a drum kit may be used by everybody.",
    "The hall on Tuesdays and Thursdays after school, and a quiet room next to the library. Instruments go home on loan.",
)
USED = (
    "Whole-class brass in Year 4, the network of music leads, and instruments on loan.",
    "Individual lessons on strings and guitar, and the area singing day in March.",
)
WANTED = (
    "Somebody to teach with us in Year 5, so that brass goes on. Thursdays suit us best.",
    "Training on music technology for two teachers, and a set of switches to try out.",
)
BUDGET = (
    ("Specialist, one day a week", "out", "7,800"),
    ("Instruments and repairs", "out", "650"),
    ("Pupil Premium, for lessons", "in", "1,200"),
    ("School budget", "in", "7,000"),
)
YEARS = {
    Setting.KS1: ("Year 1", "Year 2"),
    Setting.KS2: ("Year 3", "Year 4", "Year 5", "Year 6"),
    Setting.KS3: ("Year 7", "Year 8", "Year 9"),
    Setting.KS4: ("Year 10", "Year 11"),
}
MINUTES = ("60", "60", "60", "45", "50", "75")
PATHWAYS = (
    ("Explore", "90", "Sensory music and songs with signs", "To choose, to wait, and to answer with a sound."),
    ("Build", "60", "Group lessons with a specialist", "To play in a band of six, and to lead it in."),
)


def of_a_school(school: School, rng: Random) -> dict[str, dict[str, str]]:
    """What a school answers, of questions that are new or that not every school is asked, by section."""
    found, settings = {name: rng.choice(words) for name, words in TAUGHT.items()}, settings_of(school)
    groups = [each for stage, years in YEARS.items() if stage in settings for each in years]
    time = {"time-TOTAL_FORMS": str(len(groups))}
    for at, label in enumerate(groups):
        time |= {f"time-{at}-year_group": label, f"time-{at}-minutes": rng.choice(MINUTES), f"time-{at}-carousel": "no"}
    pathways = {"groups-TOTAL_FORMS": str(len(PATHWAYS))}
    for at, row in enumerate(PATHWAYS):
        pathways |= {
            f"groups-{at}-{name}": words for name, words in zip(("group", "minutes", "how", "learns"), row, strict=True)
        }
    policy = {"charging_policy": f"https://school{school.urn}.example/policies/charging"}
    return {
        "overview": policy,
        "curriculum": found | time | pathways | {"qualifications": QUALIFICATIONS},
        "lessons": {"space": rng.choice(SPACE)},
        "partnership": {"hub_support": rng.choice(USED), "hub_wanted": rng.choice(WANTED)},
        "funding": budget(),
    }


def budget() -> dict[str, str]:
    values = {"budget-TOTAL_FORMS": str(len(BUDGET))}
    for at, row in enumerate(BUDGET):
        values |= {f"budget-{at}-{name}": words for name, words in zip(("what", "way", "amount"), row, strict=True)}
    return values
