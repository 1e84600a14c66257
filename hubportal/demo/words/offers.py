"""What the two hubs offer. Each offer names the criteria it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BRASS, STRINGS, VOICES, OPEN_DOOR, BAY = (
    "Exampleshire Brass",
    "Larkspur Strings",
    "Wexcombe Voices",
    "Open Door Music",
    "Brannoc Bay Music Service",
)


@dataclass(frozen=True)
class OfferWords:
    title: str
    strand: str
    description: str
    for_whom: str
    criteria: tuple[str, ...]
    cost: str
    partner: str = ""
    phases: tuple[str, ...] = ()
    when: str = ""


PRIMARY, SECONDARY = ("2", "3", "7"), ("4", "5", "6", "7")

OFFERS = (
    OfferWords(
        "Year 5 progression band", "provision",
        "A band for pupils who have had whole-class brass or wind: a weekly rehearsal in school with one of our players, "
        "easy parts, and ten instruments on loan.",
        "Primary and junior schools with whole-class brass or wind", ("ensemble", "whole-class-instruments", "moving-on"),
        "£0 this year; instruments included", BRASS, PRIMARY, "Weekly, from September to July",
    ),
    OfferWords(
        "Whole-class brass, three terms", "provision",
        "Two classes learn cornet and baritone for a year, the class teachers with them. Ends with a performance in July.",
        "Year 4 or Year 5", ("whole-class-instruments",), "£390 a class a term; free above 35% free school meals", BRASS, PRIMARY,
    ),
    OfferWords(
        "Whole-class strings, one or three terms", "provision",
        "Violins and cellos for a whole class, with a concert for families at the end.",
        "Years 2 to 5", ("whole-class-instruments", "lessons"), "£360 a class a term", STRINGS, PRIMARY,
    ),
    OfferWords(
        "Leading music in a primary school", "training",
        "Three twilights and a visit: the role, the curriculum on a page, and talking with your head about time.",
        "Music leads in their first three years", ("leadership", "curriculum-sequence", "plan"), "£0 for schools in the hub", "",
        PRIMARY, "Three Tuesdays in the autumn term, 4pm to 5.30pm",
    ),
    OfferWords(
        "Finding practice space", "plan",
        "We walk the site with you and look for rooms, times and cupboards. You keep a drawing with three possibilities.",
        "Any school", ("practice-space", "resources"), "£0 for schools in the hub",
    ),
    OfferWords(
        "Singing all week", "provision",
        "A choir leader works alongside your staff for half a term: singing assemblies, a song list by year, and a choir that "
        "carries on.",
        "Primary and special schools", ("singing", "choir", "daily-music"), "£180 for six visits", VOICES, PRIMARY,
        "Half a term, in the spring or the summer",
    ),
    OfferWords(
        "A choir that lasts", "provision",
        "Six rehearsals led with a member of your staff, and a date to sing for.",
        "Secondary schools and colleges", ("choir", "singing"), "£210 for six visits", VOICES, SECONDARY,
    ),
    OfferWords(
        "Curriculum on a page", "curriculum",
        "An afternoon with our curriculum lead: what pupils should know by the end of each year, and where composing comes in.",
        "Music leads and heads of department", ("curriculum-sequence", "creating", "assessment", "weekly-hour"),
        "£0 for schools in the hub",
    ),
    OfferWords(
        "Composing without keyboards", "staff",
        "A lesson taught in your school while you watch, one taught together, and starters for a year.",
        "Class teachers, Years 3 to 9", ("creating", "staff-confidence"), "£95 for both lessons",
    ),
    OfferWords(
        "Adapted instruments and a morning together", "instruments",
        "Our inclusion lead brings adapted instruments, works with a class and its adults, and leaves two instruments for a year.",
        "Special schools, and any school with pupils who need them", ("send", "resources", "taking-part"), "£0", OPEN_DOOR,
    ),
    OfferWords(
        "Instrument library", "instruments",
        "Instruments on loan for as long as a pupil plays, class sets of percussion for a year, and a mending day in June.",
        "Any school", ("lessons", "resources", "cost"), "£0 with Pupil Premium; otherwise £12 a term", "",
    ),
    OfferWords(
        "Help with the cost of lessons", "information",
        "Lessons at no charge for up to ten Pupil Premium pupils a school, and words for your website and newsletter.",
        "Any state-funded school", ("cost", "lessons", "taking-part"), "£0",
    ),
    OfferWords(
        "Live in your hall", "links",
        "A quintet plays for every class, with lessons to prepare and to follow.",
        "Any school", ("live-music", "daily-music"), "£120; free above 30% free school meals", BRASS,
    ),
    OfferWords(
        "Area ensembles, first term free", "links",
        "County and area bands, orchestras, choirs and a rock school, with lifts arranged where there is no bus.",
        "Pupils from Year 4", ("moving-on", "ensemble", "links"), "First term free, then £38 a term", "",
    ),
    OfferWords(
        "Schools' festivals in March", "links",
        "Three evenings on a real stage: singing, playing, and music that pupils have made.",
        "Any school", ("performance", "links", "sharing"), "£0", "",
    ),
    OfferWords(
        "Music for governors", "tools",
        "Half an hour at a governors' meeting: seven things to look for, and what to ask.",
        "Governing bodies and trusts", ("plan", "leadership", "hub"), "£0 for schools in the hub", "",
    ),
    OfferWords(
        "Visit another school", "training",
        "We find a school that does well what you want to do, and pay for the cover.",
        "Music leads", ("sharing", "staff-confidence", "performance"), "£0, cover paid", "",
    ),
)  # fmt: skip

SAMPLE_OFFERS = (
    OfferWords(
        "Fen voices", "provision", "A singing leader for half a term.", "Primary schools", ("singing", "choir"), "£90",
        "Sample Singing Company", PRIMARY,
    ),
    OfferWords(
        "Whole-class ukulele", "provision", "A term of ukulele for one class.", "Year 4", ("whole-class-instruments",), "£240",
        "", PRIMARY,
    ),
    OfferWords("Plan clinic", "plan", "An hour on your plan.", "Any school", ("plan", "leadership"), "£0"),
    OfferWords(
        "Samplefolk youth orchestra", "links", "Rehearsals on Saturdays.", "Grade 3 upwards", ("moving-on", "ensemble"), "£45 a term"
    ),
)  # fmt: skip

# What else is said of some of them, by their titles.
DETAILS: Mapping[str, Mapping[str, Any]] = {
    "Year 5 progression band": {
        "capacity": 12, "comes_after": "Whole-class brass, three terms", "roles": ["music-lead", "teacher"],
        "comes_before": "Area ensembles, first term free",
        "school_improvement": "More pupils stay with an instrument after their whole-class year; you can show how many.",
        "access_notes": "Tell us what a player needs: we bring lighter instruments, and stands that fit a wheelchair.",
        "adapted_instruments": "Cornets that are played with one hand, and plastic trombones, on loan.",
    },
    "Whole-class brass, three terms": {
        "is_charged": True, "cost": "£390 a class a term", "remission": "Free above 35% free school meals", "capacity": 24,
        "staff": "non-specialist", "roles": ["teacher"], "comes_before": "Year 5 progression band",
        "comes_after": "A year of singing and rhythm in class", "signposts": ["model-music-curriculum", "pupil-premium"],
        "pupil_premium": "Schools name whole-class lessons in their strategy statements; we send words that you can use.",
        "adapted_instruments": "Two of each class set are played with one hand.",
    },
    "Whole-class strings, one or three terms": {
        "is_charged": True, "capacity": 16, "staff": "non-specialist", "remission": "Half above 30% free school meals",
        "signposts": ["model-music-curriculum"], "comes_before": "Area ensembles, first term free",
    },
    "Leading music in a primary school": {
        "staff": "both", "roles": ["music-lead"], "capacity": 30, "access_notes": "Online too, with captions.",
        "school_improvement": "You leave with a year on a page for your head, and three lines for the improvement plan.",
        "signposts": ["model-music-curriculum", "ofsted"],
    },
    "Finding practice space": {"roles": ["head", "senior", "music-lead"], "access_notes": "We look at step-free ways as well."},
    "Singing all week": {
        "is_charged": True, "staff": "non-specialist", "roles": ["teacher"], "capacity": 10,
        "types": ["mainstream", "special"], "access_notes": "Songs signed in Makaton; quiet corners agreed beforehand.",
        "comes_before": "Schools' festivals in March",
    },
    "A choir that lasts": {"is_charged": True, "capacity": 6, "staff": "both", "comes_before": "Schools' festivals in March"},
    "Curriculum on a page": {
        "staff": "both", "roles": ["music-lead", "senior"], "signposts": ["model-music-curriculum", "ofsted"],
        "school_improvement": "The page says what pupils know by the end of each year: what an inspector asks first.",
    },
    "Composing without keyboards": {
        "is_charged": True, "staff": "non-specialist", "roles": ["teacher"], "comes_after": "Singing all week",
        "remission": "Free for schools of fewer than 100 pupils",
    },
    "Adapted instruments and a morning together": {
        "types": ["special", "ap", "mainstream"], "staff": "both", "capacity": 8,
        "adapted_instruments": "Switch-operated sounds, a one-handed recorder, a beam that plays when it is crossed.",
        "access_notes": "We come the week before to meet the class and its adults.", "signposts": ["pupil-premium"],
    },
    "Instrument library": {
        "is_charged": True, "cost": "£12 a term", "remission": "£0 with Pupil Premium", "signposts": ["pupil-premium"],
        "adapted_instruments": "Twenty adapted instruments stand ready; others come within a fortnight.",
    },
    "Help with the cost of lessons": {
        "roles": ["head", "senior"], "signposts": ["pupil-premium"],
        "pupil_premium": "We go through your strategy statement with you, and say what our own money can add.",
    },
    "Live in your hall": {"is_charged": True, "cost": "£120", "capacity": 20, "remission": "Free above 30% free school meals"},
    "Area ensembles, first term free": {
        "is_charged": True, "comes_after": "Year 5 progression band", "remission": "Free with Pupil Premium",
        "access_notes": "Lifts where there is no bus; a relaxed ensemble on Saturdays.",
    },
    "Schools' festivals in March": {"capacity": 45, "access_notes": "Each evening has a relaxed half with room to move."},
    "Music for governors": {
        "roles": ["governor", "head"], "signposts": ["governor-guide", "ofsted", "artsmark"],
        "school_improvement": "Governors know seven things to look for, and put them in their visit notes.",
    },
    "Visit another school": {"staff": "both", "roles": ["music-lead"], "capacity": 15, "most_pupils": 420},
}  # fmt: skip
# Added beside the story of the county, whose dice they leave alone.
LATER_OFFERS = (
    OfferWords(
        "A morning with your Teaching School Hub", "teaching-school-hubs",
        "We sit down with you and the Teaching School Hub: which of its training helps with music, and what Ofsted has written "
        "about it.",
        "Heads and senior leaders", ("leadership", "staff-confidence"), "£0 for schools in the hub", "",
        (), "Any morning in the spring term",
    ),
)  # fmt: skip
# Offered last year too, at last year's cost; and what was offered last year alone.
LAST_YEAR = {
    "Whole-class brass, three terms": "£370 a class a term",
    "Singing all week": "£170 for six visits",
    "Instrument library": "£0 with Pupil Premium; otherwise £11 a term",
    "Leading music in a primary school": "£0 for schools in the hub",
}
LAST_YEAR_ALONE = OfferWords(
    "Samba in the summer", "links", "Six weeks of samba for Year 6, and a parade through the town.", "Year 6", ("performance",),
    "£0", "", PRIMARY,
)  # fmt: skip
