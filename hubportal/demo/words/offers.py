"""What the two hubs offer. Each offer names the criteria it answers."""

from dataclasses import dataclass

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
