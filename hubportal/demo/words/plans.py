"""Words of development plans, by section and question (see `smdp.sections`)."""

from random import Random
from typing import Any

from hubportal.demo.words.stages import budget
from smdp.models import Plan
from smdp.sections import own

MILLBROOKS_LEARN = (
    "Year 3 sings in two parts and plays recorders. In Year 4 every class learns brass for the whole year. Years 5 and 6 "
    "compose in groups, read from staff notation and lead the singing in assembly."
)
MILLBROOK_WANTS = "Somebody who would lead a band on Thursdays after school, for a term at first."
COMMENT = "Year 6 has 45 minutes because of booster groups. Can we say when it goes back to an hour?"
TO_THE_HUB = "Is an hour in a carousel an hour each week? We are not sure how to count it."
HUB_QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "label": "Do your pupils join one of our area ensembles?",
        "hint": "Those that meet on Saturdays, and the holiday courses.",
        "kind": "choice",
        "settings": [],
    },
    {
        "label": "What would make it easier to bring a class to a concert?",
        "hint": "Coaches, times, cost, anything.",
        "kind": "text",
        "settings": ["primary", "special"],
    },
)
HUB_ANSWERS = (
    "A coach that waits, and a concert that ends before half past two.",
    "Knowing a term ahead, so that we can tell families.",
    "",
)


def to_the_hub(plan: Plan, rng: Random) -> dict[str, dict[str, Any]]:
    """What a school answers to its hub's own questions."""
    asked = plan.own_questions.get("questions", [])
    said = {
        each["name"]: rng.choice(HUB_ANSWERS if each["kind"] == "text" else ("yes", "partly", "not-yet", ""))
        for each in asked
    }
    return {own.KEY: said} if asked else {}


AFTER_A_VISIT = {
    "vision": "Every child sings each day and leaves able to play something.",
    "now": "Said on our visit: singing is strong up to Year 2. Nobody has led music since the summer.",
}
CHOIR_LEADER = {"name": "Bela Sandor", "email": "b.sandor@choirs.example"}
BY_LINK = {
    "assembly": "The choir opens assembly on Fridays; every class sings in turn.",
    "live": "In the autumn the hub’s brass group plays for everybody. I bring four singers in June.",
}
ADDED = "Governors asked for a band by the summer; it is our first priority now."
FEATURES = ("hour", "lessons", "choir", "ensemble", "space", "performance", "live")

VISIONS = (
    "Every child sings, plays and makes up music every week, and leaves us wanting more.",
    "Music is for everybody here: in lessons, in assembly and on the stage, whatever a child needs to take part.",
    "We want each pupil to find the music that is theirs, and to be heard.",
)
NOWS = (
    "Singing is strong. Instruments stop when whole-class lessons end.",
    "Lessons are regular in the younger years; the older ones have too little time.",
    "We have keen players and no group for them to join.",
)
TAUGHT = (
    "Each year group has a unit a term of singing, playing, listening and composing, and comes back to each with more.",
    "We follow a bought scheme and leave out what our pupils have met. Composing is taught in every year.",
)
SEND = (
    "Every pupil is in every music lesson. Staff adapt parts, and two pupils use switches to play.",
    "Teaching assistants know the songs beforehand. A quiet room is open during performances.",
)
STAFF = (
    "Class teachers teach music, with a specialist one day a week.",
    "One specialist teaches every class; she trained with the hub.",
)
LED = (
    "The music lead has an hour a fortnight and meets the head each half-term.",
    "The deputy head leads music and reports to governors in the summer.",
)

# What a school adds to its public summary where its plan says nothing for the public.
SUMMARY = {
    "co_curricular": "# Choirs, bands and other groups\n- Choir, for everybody who likes to sing\n- Recorders, from Year 3\n\n"
    "Lessons on instruments are taught in school time. Ask us about help with the cost: no child should miss them.",
    "experiences": "We sing in assembly every week. There is a concert in the winter and one in the summer, and families "
    "come to both. Neither costs anything.",
    "future": "We want every pupil who begins an instrument to find a group to go on in.",
}


PRIORITY_COLUMNS = ("what", "who", "rag", "strand", "offer", "ask")
# By whether there is a choir: what comes first.
PRIORITY = {
    "not-yet": ("A choir that meets all year", "The music lead", "amber", "provision", "Singing all week"),
    "partly": (
        "Boys stay in the choir",
        "The music lead",
        "amber",
        "training",
        "",
        "A day on boys’ voices for our staff",
    ),
    "yes": (
        "Ten more instruments to take home",
        "The head",
        "green",
        "instruments",
        "",
        "Instruments on loan for a year",
    ),
}


def of_a_school(rng: Random, sentinel: str) -> dict[str, dict[str, str]]:
    """Answers to everything that must be answered, and a priority. The sentinel stands in them where it is given."""
    end = f" {sentinel}." if sentinel else ""
    answers = {
        "vision": {"vision": rng.choice(VISIONS) + end, "now": rng.choice(NOWS) + end},
        "curriculum": {"taught": rng.choice(TAUGHT) + end, "scheme": rng.choice(("mmc", "bought", "own", "mixed"))},
        "features": {name: rng.choices(("yes", "partly", "not-yet"), (4, 3, 2))[0] for name in FEATURES},
        "inclusion": {"send": rng.choice(SEND) + end},
        "staffing": {"staff": rng.choice(STAFF) + end},
        "leadership": {"leadership": rng.choice(LED) + end},
    }
    answers["priorities"] = priorities(PRIORITY[answers["features"]["choir"]])
    if sentinel:
        answers["overview"] = {"music_lead": f"Robin {sentinel}"}
    return answers


def priorities(*rows: tuple[str, ...]) -> dict[str, str]:
    """Rows of (what, who, how it goes), and, where they say so, which kind of support, which offer and what is asked."""
    values = {"priorities-TOTAL_FORMS": str(len(rows))}
    for at, row in enumerate(rows):
        values |= {f"priorities-{at}-{name}": words for name, words in zip(PRIORITY_COLUMNS, row, strict=False)}
    return values


def millbrook(*, last_year: bool) -> dict[str, dict[str, Any]]:
    """Last year's whole plan, or this year's as far as it is."""
    begun = {
        "vision": {
            "vision": "Every child at Millbrook sings, plays and makes up music every week, and finds a group to go on in.",
            "now": "Singing is how our school sounds. Brass begins in Year 4, and then there is nothing to join.",
        },
        "curriculum": {
            "time-TOTAL_FORMS": "4",
            **{f"time-{at}-year_group": f"Year {at + 3}" for at in range(4)},
            **{f"time-{at}-minutes": minutes for at, minutes in enumerate(("65", "65", "60", "45"))},
            **{f"time-{at}-carousel": "no" for at in range(4)},
            "taught": "A unit a term in each year, built on the Model Music Curriculum: sing, play, listen, compose.",
            "scheme": "mmc",
        },
        "events": {
            "calendar-TOTAL_FORMS": "2",
            "calendar-0-what": "Winter concert",
            "calendar-0-when": "December",
            "calendar-0-whom": "Everybody; families come",
            "calendar-1-what": "Area singing day",
            "calendar-1-when": "March",
            "calendar-1-whom": "Years 5 and 6",
        },
    }
    if not last_year:
        begun["curriculum"] |= {"taught_ks2": MILLBROOKS_LEARN}
        return begun | {
            "overview": {"charging_policy": "https://millbrook.example/policies/charging"},
            "partnership": {
                "hub_support": "Whole-class brass in Year 4, and instruments on loan.",
                "hub_wanted": MILLBROOK_WANTS,
            },
            "funding": budget(),
            "priorities": priorities(
                (
                    "A band for those who have learned brass",
                    "Tom Adeyemi",
                    "amber",
                    "provision",
                    "Year 5 progression band",
                ),
                ("Help with fees is known to every family", "Ruth Pell", "green"),
            ),
        }
    return begun | {
        "features": dict(
            zip(FEATURES, ("partly", "partly", "yes", "not-yet", "partly", "yes", "yes"), strict=True),
            ensemble_evidence="No band yet. Six players would join one tomorrow.",
        ),
        "inclusion": {"send": "Every pupil is in every lesson. Parts are adapted, and the choir signs as it sings."},
        "staffing": {"staff": "Class teachers, with Exampleshire Brass in Year 4."},
        "leadership": {"leadership": "The music lead has an hour a fortnight; the head watches lessons each term."},
        "priorities": priorities(
            ("A vocal group that meets all year", "Tom Adeyemi", "done"),
            ("A weekly lesson for Years 5 and 6", "Ruth Pell", "done"),
            ("A band for those who have learned brass", "Tom Adeyemi", "amber"),
        ),
    }


def of_a_review(sentinel: str) -> dict[str, str]:
    """What the hub says about a shared plan."""
    end = f" {sentinel}." if sentinel else ""
    return {
        "on_vision": f"Clear, and it sounds like your school. How will you know by July that it is so?{end}",
        "on_inclusion": f"The pupils who use switches could join the county’s open orchestra with you.{end}",
        "strengths": f"Music is for every pupil here, and governors see it.{end}",
        "suggestions": f"Give each priority a date and one number. Two of our offers would help with the first.{end}",
    }


# What is attached to a section: its name, what it shows or says, and, of the document, what stands on it.
PICTURE = ("Our tune.png", "Five lines with ten notes: the tune that Year 4 made up for the winter concert")
DOCUMENT = ("Help with fees.pdf", "What families pay for lessons, and who pays nothing")
DOCUMENT_LINES = (
    "Help with the cost of music lessons",
    "Lessons in a group: nothing for pupils with free school meals.",
    "Instruments are lent for nothing, for a year at a time.",
    "Ask at the office. Nobody needs to say why.",
)

# A word of the sender to every school that is reminded, by what of.
REMINDED = {
    "plan": "We come and begin it with you, if that helps: an hour is enough for a first draft.",
    "summary": "Parents look for it on your website. It is made from your plan with one press.",
}

# What is noted of how priorities go: (how it goes, what has happened), in the order of the plan's rows.
NOTE = ("green", "It has begun, and more pupils come than we thought.")
CHANGED = "Our music lead has an afternoon a week for it now."
NOTES_OF_MILLBROOK = (
    ("done", "It meets every Tuesday, with 34 singers from all four years."),
    ("done", "Both years have their lesson, and it stands on the timetable."),
    ("red", "Six players and two teachers who want it, and nobody to lead them."),
)
CHANGED_AT_MILLBROOK = "Our Year 4 teacher, who plays the cornet, is on leave until the summer."
HELP_FOR_MILLBROOK = "Somebody who would lead a band on Thursdays after school, for a term at first."
LATER_AT_MILLBROOK = ("amber", "The hub has found a band leader. She comes from September on.")
