"""What a real school's published summary says, as the plan's forms ask for it: an all-through school, so that every
question is asked that feeds a summary, but those of special schools. The headings of the first part are those that a
school used in its own ("Increased access and support ...", "Time allocation for music", "The curriculum")."""

from datetime import timedelta

from schools.access import today
from tests.journeys.plan_forms import Answer

SCHOOL = "Larkfield School"
REVIEW = today() + timedelta(days=300)
POLICY = "https://larkfield.example/policies/charging"

# By section of the plan, in the words that its music lead types.
TYPED: dict[str, dict[str, Answer]] = {
    "overview": {
        "music_lead": "Nell Murray and Oliver Green",
        "senior_leader": "Alison Blackwood",
        "hub": "Exampleshire Music Hub",
        "partners": "Faverby Music Network\nThe Bridge Orchestra",
        "charging_policy": POLICY,
    },
    "curriculum": {
        "time": [
            {"year_group": "Reception", "minutes": "45", "carousel": "no"},
            {"year_group": "Year 7", "minutes": "90", "carousel": "no"},
            {"year_group": "Years 8 and 9", "minutes": "60", "carousel": "yes"},
        ],
        "early_years": "Songs and movement every day.",
        "taught_ks1": "Pulse, rhythm and pitch, sung and played.",
        "taught_ks2": "Whole-class recorder in Year 3, brass in Year 4.",
        "taught_ks3": "Composing in many ways; reading treble, tab & some bass notation.",
        "taught_ks4": "Five hours a fortnight for those who choose it.",
        "taught_ks5": "A level in partnership with the college.",
        "taught": "# The curriculum\nPupils explore all that the National Curriculum names:\n- Keyboard\n"
        "Digital audio workstation\nUkulele",
        "scheme": "mmc",
        "scheme_name": "Sing Up & Play",
        "singing": "Thirty minutes of whole-school singing each week.",
        "instruments_in_class": "Recorder, cornet and ukulele.",
        "technology": "A suite of twelve computers.",
        "qualifications": "GCSE, A level, graded exams, and the Arts Award.",
    },
    "lessons": {
        "tuition": [
            {"what": "Cello", "pays": "shared"},
            {"what": "Voice", "pays": "families"},
        ],
        "remissions": "Pupils who have free school meals pay nothing.",
        "space": "Three practice rooms, open at lunch.",
        "ensembles": [
            {"name": "Chamber choir", "whom": "Years 7 to 13"},
            {"name": "Rock school", "whom": "everyone"},
        ],
        "beyond": "The area’s Saturday orchestra, and bursaries for it.",
    },
    "events": {
        "calendar": [
            {"what": "Winter concert", "when": "December", "whom": "everyone", "cost": "nothing"},
            {"what": "A trip to the opera", "when": "March", "whom": "Years 10 to 13", "cost": "£12"},
        ],
        "assembly": "Singing in assembly on Mondays.",
        "live": "A professional quintet plays to every year group.",
    },
    "inclusion": {"send": "Time-out cards, a breakout room, and materials in several sizes."},
    "partnership": {
        "hub_support": "The hub lends instruments, and has a guide for parents and young people on its website.",
    },
    "leadership": {"review_on": (REVIEW.day, REVIEW.month, REVIEW.year)},
    "priorities": {
        "priorities": [{"what": "A brass band of thirty"}, {"what": "Every pupil on a stage by Year 9"}],
        "future": "We are planning a new recording studio.",
    },
}

# As everybody reads it, part by part: the words that were typed, under the headings that the summary gives them.
READ = {
    "Part A: Curriculum music": [
        "The curriculum",
        "Pupils explore all that the National Curriculum names:",
        "Keyboard",
        "Digital audio workstation",
        "Ukulele",
        "Time for music",
        "Reception: 45 minutes a week on average",
        "Year 7: 90 minutes a week on average",
        "Years 8 and 9: 60 minutes a week on average, in a rotation with other subjects",
        "In the early years",
        "Songs and movement every day.",
        "Key stage 1 (Years 1 and 2)",
        "Pulse, rhythm and pitch, sung and played.",
        "Key stage 2 (Years 3 to 6)",
        "Whole-class recorder in Year 3, brass in Year 4.",
        "Key stage 3 (Years 7 to 9)",
        "Composing in many ways; reading treble, tab & some bass notation.",
        "Key stage 4 (Years 10 and 11)",
        "Five hours a fortnight for those who choose it.",
        "After Year 11",
        "A level in partnership with the college.",
        "What it is built on: the Model Music Curriculum.",
        "The scheme is called Sing Up & Play.",
        "Singing",
        "Thirty minutes of whole-school singing each week.",
        "Playing instruments in class",
        "Recorder, cornet and ukulele.",
        "Music technology",
        "A suite of twelve computers.",
        "Qualifications and awards",
        "GCSE, A level, graded exams, and the Arts Award.",
        "Pupils with special educational needs and disabilities",
        "Time-out cards, a breakout room, and materials in several sizes.",
    ],
    "Part B: Co-curricular music": [
        "Instrumental and singing lessons",
        "Cello: paid for by school and families",
        "Voice: paid for by families",
        "Help with the cost",
        "Pupils who have free school meals pay nothing.",
        "Our charging and remissions policy",
        "Where pupils practise",
        "Three practice rooms, open at lunch.",
        "Choirs, bands and other groups",
        "Chamber choir: for Years 7 to 13",
        "Rock school: for everyone",
        "Going further",
        "The area’s Saturday orchestra, and bursaries for it.",
    ],
    "Part C: Musical experiences": [
        "In assembly and school life",
        "Singing in assembly on Mondays.",
        "Live music",
        "A professional quintet plays to every year group.",
        "Events of the year",
        "Winter concert: December, for everyone, cost to families: nothing",
        "A trip to the opera: March, for Years 10 to 13, cost to families: £12",
    ],
    "In the future": [
        "We are planning a new recording studio.",
        "Our priorities",
        "A brass band of thirty",
        "Every pupil on a stage by Year 9",
    ],
    "Further information": [
        "The hub lends instruments, and has a guide for parents and young people on its website.",
    ],
}
