"""Help with the questions of version 3, by "section.question", as rich text. A rule has its source beside it, as it was
read there; what is advice has none."""

NATIONAL_PLAN = "Source: The power of music to change lives, the National Plan for Music Education (June 2022)"
CURRICULUM = (
    "Source: [Model Music Curriculum, Department for Education (March 2021)]"
    "(https://www.gov.uk/government/publications/teaching-music-in-schools). It is not statutory."
)
WITH_SCHOOLS = "Source: Arts Council England, Music Education Hubs: Working with Schools (May 2023)"
SUMMARY = "Source: the Department for Education’s template for the music development plan summary (2024)"

HOUR = (
    "The National Plan expects music on the timetable for at least one hour each week of the school year in "
    "key stages "
    "1 to 3. It may be several short sessions.\n\n"
    "Write down the weekly average over the whole year:\n\n"
    "- 45 minutes every week is 45.\n"
    "- An hour a week for half the year is 30.\n"
    "- A day of music twice a year, of 5 hours each, is about 15.\n\n"
    "Say yes to a rotation (a carousel) where music takes turns with other subjects. The Model Music "
    "Curriculum expects "
    "no carousels in key stage 3. Singing assemblies and clubs do not count: they stand in Events and in Lessons and "
    f"ensembles.\n\n{NATIONAL_PLAN}. {CURRICULUM}"
)
STAGE = (
    "A few sentences are enough: what pupils sing, play, make up and listen to, and what they can do at the end that "
    "they could not at the beginning.\n\n"
)
FEATURES = {
    "hour": "Yes, where every class of key stages 1 to 3 has it all year. Curriculum music shows which class has not.",
    "lessons": "Yes, where a pupil who asks can begin, whatever the instrument and whatever the family pays.",
    "choir": "Yes, where it meets all year and pupils join without an audition. One for a single concert is “partly”.",
    "ensemble": "Any group that plays together counts: a recorder club, a band, a samba group, a studio.",
    "space": "Yes, where pupils can rehearse together, and one of them can practise alone, each week.",
    "performance": "A sharing in the classroom for families counts, where pupils perform and others listen.",
    "live": "Yes, where every pupil hears live music at least once a year, at school or on a trip.",
}


GUIDANCE: dict[str, str] = {
    # --- Overview
    "overview.music_lead": (
        "The National Plan expects each school, or its trust, to have a designated music lead or head of "
        "department. In "
        "a small school this may be the head. The name stands in the public summary, so ask them first.\n\n"
        f"{NATIONAL_PLAN}. {SUMMARY}"
    ),
    "overview.senior_leader": (
        f"Who speaks for music where decisions are made. Leave it empty if it is the music lead. {SUMMARY}"
    ),
    "overview.governor": (
        "A governor or trustee who asks how music stands, once or twice a year. It is not made public."
    ),
    "overview.hub": f"The department’s summary asks for your local music hub. {SUMMARY}",
    "overview.partners": (
        "Such as a music service, an orchestra, a charity or a cathedral that you work with regularly. The "
        "department’s "
        f"summary names them only where there is a partnership. {SUMMARY}"
    ),
    "overview.improvement_plan": (
        "A music plan that serves the school’s own improvement plan is kept when time is short. Name the "
        "priorities, such "
        f"as attendance, reading or belonging, and say in a sentence how music serves each.\n\n{WITH_SCHOOLS}"
    ),
    "overview.trust": (
        "The plan of a school is mirrored at the level of its trust. The name comes from the national "
        "register; correct "
        f"it if it is out of date.\n\n{WITH_SCHOOLS}"
    ),
    "overview.charging_policy": (
        "Families look for what lessons cost and who pays less. Open the policy on your website and copy its "
        "address from "
        "the browser. It goes into the summary beside what you say about help with the cost."
    ),
    # --- Vision
    "vision.vision": (
        "Two or three sentences that a parent would repeat. The National Plan’s own vision is “to enable all "
        "children and "
        "young people to learn to sing, play an instrument and create music together, and have the opportunity to "
        f"progress their musical interests and talents”.\n\n{NATIONAL_PLAN}"
    ),
    "vision.now": (
        "Be candid: this is not public. What would a visitor hear in a week? Where do pupils stop, and which "
        "pupils? Your "
        "self-evaluation and the last conversation with your hub are good places to begin."
    ),
    # --- Curriculum
    "curriculum.time": HOUR,
    "curriculum.groups": (
        "Year groups say little where pupils learn by class or by pathway. Give one row to each, with the "
        "weekly average "
        "over the year, in what form music happens, and what pupils learn."
    ),
    "curriculum.early_years": (
        "Think of songs and rhymes, moving to music, and instruments to explore. Say what happens every day, "
        "and what in a "
        "session with a specialist."
    ),
    "curriculum.taught_ks1": (
        f"{STAGE}The Model Music Curriculum expects at least an hour a week in key stages 1 and 2, which may be "
        "short "
        f"sessions.\n\n{CURRICULUM}"
    ),
    "curriculum.taught_ks2": (
        f"{STAGE}The Model Music Curriculum expects each class in Year 3 or 4 to have a whole-class "
        "instrumental programme "
        f"of at least one term. Say what follows it in Years 5 and 6.\n\n{CURRICULUM}"
    ),
    "curriculum.taught_ks3": (
        f"{STAGE}At least one weekly lesson all year, without a carousel, is what the Model Music Curriculum "
        "expects. "
        "Say how pupils who play already are stretched, and how those who do not are brought in.\n\n"
        f"{CURRICULUM}"
    ),
    "curriculum.taught_ks4": (
        "Name the courses (GCSE, vocational and technical qualifications) and how many hours they have. Say "
        "too what music "
        "there is for pupils who take none. Music is compulsory in key stages 1 to 3; after that come optional "
        "courses.\n\n"
        f"{WITH_SCHOOLS}"
    ),
    "curriculum.taught_ks5": (
        "Name the courses (A level, vocational and technical qualifications), with whom you run them if you "
        "share them, "
        "and what music there is for students who take none: a choir, a band, a studio, time to practise."
    ),
    "curriculum.taught": (
        "What is the thread? Say which songs, skills and words come back, and how a teacher knows what last "
        "year’s class "
        "learned."
    ),
    "curriculum.scheme": (
        "The National Plan asks for the Model Music Curriculum or one that is at least as broad and ambitious. "
        "A scheme "
        f"that was bought is fine, if somebody has looked at it against that.\n\n{NATIONAL_PLAN}"
    ),
    "curriculum.singing": (
        "Singing is at the core in primary schools: think of every day, in lessons and assemblies. In "
        "secondary schools "
        "say how singing goes on after Year 7, and for voices that are changing."
    ),
    "curriculum.instruments_in_class": (
        "Classroom instrumental teaching is a part of the curriculum: in class time, for everybody, and "
        "parents are not "
        "charged. Class teachers take part, so that it goes on afterwards. Say the instrument, the year group "
        "and how many "
        f"terms.\n\n{NATIONAL_PLAN}"
    ),
    "curriculum.technology": (
        "Recording, loops, notation and composing software, and music technology that opens music to pupils "
        "who cannot hold an instrument."
    ),
    "curriculum.assessment": (
        "Recordings kept from year to year show more than levels in a spreadsheet. Say what is kept, who "
        "listens, and what "
        "is done about it."
    ),
    "curriculum.qualifications": (
        "GCSE, A level, vocational and technical qualifications (VTQs), graded exams, Arts Award. The "
        "department’s summary "
        f"asks for “any music qualifications or awards that pupils can achieve”.\n\n{SUMMARY}"
    ),
    "curriculum.impact": (
        "What do pupils say? How many go on after whole-class lessons, or choose music in Year 10? One number "
        "a year is enough, if it is the same one."
    ),
    # --- Lessons and ensembles
    "lessons.tuition": (
        "One row for each instrument and for voice. A best estimate of pupils is enough. Count lessons outside "
        "class time, "
        "alone or in a group, whoever teaches them."
    ),
    "lessons.remissions": (
        "Say what a lesson costs, who pays less or nothing (free school meals, Pupil Premium, looked-after "
        "children), and "
        "where families read of it. Many do not ask: say how you tell them.\n\n"
        "Schools with more than five eligible pupils publish a Pupil Premium statement by 31 December; music "
        "lessons may "
        "stand in it."
    ),
    "lessons.pupil_premium": (
        "Say what it paid for last year and for how many pupils, as a number. It is not made public."
    ),
    "lessons.ensembles": (
        "Two of the key features are a choir or vocal ensemble, and a band or other group. Say for whom each "
        "is, above all "
        f"where nobody has to audition.\n\n{NATIONAL_PLAN}"
    ),
    "lessons.beyond": (
        "Progression is the third goal of the National Plan: hub ensembles, county groups, graded exams, bursaries, "
        f"holiday courses. Whom do you tell, and who takes them there?\n\n{NATIONAL_PLAN}"
    ),
    "lessons.space": (
        "Space for rehearsals and individual practice is a key feature. Say which rooms, when they are open to "
        "pupils, and "
        f"which instruments can be borrowed, also for home.\n\n{NATIONAL_PLAN}"
    ),
    # --- Events
    "events.calendar": (
        "A performance each term and live music once a year are key features. Write down also what costs "
        "families nothing, "
        f"and say “free” so that they know.\n\n{NATIONAL_PLAN}"
    ),
    "events.assembly": (
        "What is heard when pupils come in? Who chooses it? When do they sing together, and who leads it?"
    ),
    "events.live": (
        "Count what comes to you too: a hub’s group, older pupils, a parent who plays. Say how pupils who "
        "could not pay are there."
    ),
    # --- Key features
    **{f"features.{name}": f"{words}\n\n{NATIONAL_PLAN}" for name, words in FEATURES.items()},
    # --- Inclusion, staff, money
    "inclusion.send": (
        "The National Plan expects schools to remove what keeps pupils out. Say what pupils need and get: "
        "adapted parts, "
        "switches, a quiet room, staff who know the songs beforehand. Name needs and groups, never a pupil.\n\n"
        f"{NATIONAL_PLAN}"
    ),
    "inclusion.instruments": (
        "Your hub lends adapted instruments and knows who tunes them to a pupil. Say what you have, so that "
        "nobody buys it twice."
    ),
    "inclusion.missing": (
        "Look at who is in the choir, has lessons and takes music in Year 10: pupils with SEND, with Pupil "
        "Premium, boys, "
        "girls, newcomers. Where fewer than five pupils are meant, say “a few”."
    ),
    "staffing.staff": (
        "Who teaches which years, for how many days, and when they were last trained. Leave names out where a "
        "role is enough."
    ),
    "staffing.needs": (
        "Say who needs what, and by when. Your hub plans its training from what schools write here and share."
    ),
    "staffing.networks": (
        "Such as the hub’s network of music leads, the Music Teachers’ Association, Music Mark or the ISM."
    ),
    "funding.budget": (
        "The plan must set out how music is staffed and funded. One line for each thing, with whole pounds for "
        "a year; the "
        "totals stand below. Governors read whether it adds up, so put money in beside money out.\n\n"
        f"{NATIONAL_PLAN}, page 22"
    ),
    "funding.notes": "What ends soon, such as a grant? What would you buy first with £500 more?",
    # --- Partnership, leadership, priorities
    "partnership.hub_support": (
        "What you have this year, not what you wish for: lessons, whole-class teaching, ensembles, "
        "instruments, training. "
        f"A plan should say clearly what the hub offers the school.\n\n{WITH_SCHOOLS}"
    ),
    "partnership.hub_wanted": (
        "Say what you would use if it were offered, for whom, and what keeps you from what there is now: cost, "
        "the day, the "
        "distance. Hubs plan their offer from it. A priority can ask for an offer too, and is counted."
    ),
    "partnership.could_offer": (
        "A room, a teacher who leads singing well, a band to join, a year’s planning. Schools learn most from schools."
    ),
    "leadership.leadership": "Say how much time the lead has, and in whose meetings music is spoken of.",
    "leadership.governors": (
        "A page once a year, a lesson visited, a concert with three questions afterwards: whichever, say when."
    ),
    "leadership.evaluation": (
        "A plan should be reviewed regularly: look at the priorities each term, at all of it once a year, and "
        "before the "
        f"new academic year, when the public summary is due too.\n\n{WITH_SCHOOLS}. {SUMMARY}"
    ),
    "leadership.review_on": (
        "Before the next academic year begins. The public summary shows it as the date of its review."
    ),
    "priorities.priorities": (
        "Three that happen are better than ten that do not. A good one has a number that you can count today "
        "and in July, a "
        "person and a date. It can begin from a judgement or an action of a conversation with your hub.\n\n"
        "Only what will be different may go into the public summary; reasons, names and progress never do."
    ),
    "priorities.achieved": (
        "One line each, with the number that shows it. Governors and inspectors like to begin here."
    ),
    "priorities.future": (
        "The department’s summary ends with what the school is planning for subsequent years. Two or three "
        "sentences: what "
        f"will a pupil notice?\n\n{SUMMARY}"
    ),
}
