"""Version 1, the first half: whose plan it is, and the music itself."""

from smdp.sections.kinds import (
    EXAMS,
    MAINSTREAM,
    PRIMARY,
    SPECIAL,
    Field,
    Fieldset,
    Kind,
    Section,
    Table,
    choice,
    feature,
    line,
    text,
)

WHO_TEACHES = (
    ("class-teacher", "Class teacher"),
    ("specialist", "Music specialist of the school"),
    ("hub", "The hub or its partner"),
    ("other", "Somebody else who comes in"),
)
WHO_PAYS = (
    ("school", "The school"),
    ("families", "Families"),
    ("shared", "School and families"),
    ("hub", "The hub"),
    ("other", "Somebody else"),
)
YES_NO = (("yes", "Yes"), ("no", "No"))

OVERVIEW = Section(
    "overview",
    "Overview",
    "Whose plan this is, and what it belongs to.",
    (
        Fieldset(
            "People",
            (
                line("music_lead", "Music lead", is_required=True, is_public=True),
                line(
                    "senior_leader",
                    "Member of the leadership team with responsibility for music",
                    "If it is somebody else.",
                    is_public=True,
                ),
                line("governor", "Governor or trustee who looks after music"),
            ),
        ),
        Fieldset(
            "Whom you work with",
            (
                line("hub", "Music hub", is_public=True),
                text(
                    "partners",
                    "Other music education organisations",
                    "One a line.",
                    most=1000,
                    is_public=True,
                    is_plain=True,
                ),
            ),
        ),
        Fieldset(
            "What it belongs to",
            (
                text(
                    "improvement_plan",
                    "Which priorities of the school’s improvement plan does music serve?",
                    "In a sentence each. A plan that serves the school’s own aims is a plan that is kept.",
                ),
            ),
        ),
    ),
)

VISION = Section(
    "vision",
    "Vision",
    "What music is for at your school, in words that a governor and a parent understand.",
    (
        Fieldset(
            "",
            (
                text("vision", "What do you want for every pupil?", is_required=True, most=2000),
                text("now", "Where are you now?", "What is strong, and what is not there yet.", most=2000),
            ),
        ),
    ),
)

CURRICULUM = Section(
    "curriculum",
    "Curriculum music",
    "What every pupil learns in lesson time. The National Plan expects at least one hour each week of the school year "
    "in key stages 1 to 3.",
    (
        Fieldset(
            "Time",
            (
                Table(
                    "time",
                    "Minutes of music by year group",
                    "year group",
                    (
                        line("year_group", "Year group", "Such as Year 4, or Years 7 and 8.", most=60, is_public=True),
                        Field(
                            "minutes",
                            "Minutes a week, averaged over the year",
                            Kind.NUMBER,
                            "Half an hour every week of half the year is 15.",
                            most=1500,
                            is_public=True,
                        ),
                        choice("carousel", "In a rotation with other subjects?", *YES_NO, is_public=True),
                    ),
                    settings=MAINSTREAM,
                ),
                Table(
                    "groups",
                    "Music by class or pathway",
                    "class or pathway,classes or pathways",
                    (
                        line("group", "Class or pathway", most=60, is_public=True),
                        Field(
                            "minutes",
                            "Minutes a week, averaged over the year",
                            Kind.NUMBER,
                            most=1500,
                            is_public=True,
                        ),
                        line("how", "In what form", "Such as sensory music, or group lessons.", is_public=True),
                    ),
                    settings=SPECIAL,
                ),
            ),
        ),
        Fieldset(
            "What is taught",
            (
                text("early_years", "What do children do in the early years?", settings=PRIMARY, is_public=True),
                text(
                    "taught",
                    "What is taught, and how does it build from year to year?",
                    is_required=True,
                    is_public=True,
                ),
                choice(
                    "scheme",
                    "What is it built on?",
                    ("mmc", "The Model Music Curriculum"),
                    ("bought", "A scheme that was bought"),
                    ("own", "A scheme of our own"),
                    ("mixed", "Several of these"),
                    settings=MAINSTREAM | SPECIAL,
                    is_public=True,
                ),
                line("scheme_name", "Name of the scheme", settings=MAINSTREAM | SPECIAL, is_public=True),
                text(
                    "singing",
                    "How do pupils sing in lessons and beyond?",
                    settings=MAINSTREAM | SPECIAL,
                    is_public=True,
                ),
                text(
                    "instruments_in_class",
                    "Which instruments does every pupil play in class, and when?",
                    "Whole-class ensemble teaching and classroom instruments. Families are not charged for it.",
                    settings=MAINSTREAM | SPECIAL,
                    is_public=True,
                ),
                text("technology", "How do pupils use technology to make music?", is_public=True),
            ),
        ),
        Fieldset(
            "How you know that it works",
            (
                text("assessment", "How is progress seen and recorded?"),
                text(
                    "qualifications",
                    "Which qualifications and awards can pupils take?",
                    "GCSE, A level, vocational and technical qualifications, graded exams, Arts Award.",
                    settings=EXAMS,
                    is_public=True,
                ),
                text(
                    "impact", "What shows the effect of the curriculum?", "Recordings, pupils’ words, take-up later on."
                ),
            ),
        ),
    ),
)

LESSONS = Section(
    "lessons",
    "Lessons and ensembles",
    "Instrumental and vocal lessons and the groups that pupils sing and play in, outside lesson time.",
    (
        Fieldset(
            "Lessons",
            (
                Table(
                    "tuition",
                    "Instruments and voice",
                    "instrument",
                    (
                        line("what", "Instrument or voice", most=80, is_public=True),
                        choice("who", "Who teaches it", *WHO_TEACHES),
                        choice("pays", "Who pays", *WHO_PAYS, is_public=True),
                        Field("pupils", "Pupils", Kind.NUMBER, "Leave it empty if you do not know.", most=5000),
                    ),
                ),
                text("remissions", "Who pays less or nothing, and how do families learn of it?", is_public=True),
                text("pupil_premium", "How does Pupil Premium money help?"),
            ),
        ),
        Fieldset(
            "Ensembles",
            (
                Table(
                    "ensembles",
                    "Choirs, bands and other groups",
                    "group",
                    (
                        line("name", "Group", most=80, is_public=True),
                        line("who", "Who leads it", most=120),
                        line("whom", "For whom", "Such as Years 3 to 6, everyone welcome.", most=120, is_public=True),
                        Field("pupils", "Pupils", Kind.NUMBER, "Leave it empty if you do not know.", most=5000),
                    ),
                ),
                text("beyond", "How do pupils go on: hub groups, graded exams, bursaries?", is_public=True),
            ),
        ),
        Fieldset("Room and instruments", (text("space", "Where can pupils rehearse and practise, and on what?"),)),
    ),
)

EVENTS = Section(
    "events",
    "Events and opportunities",
    "Concerts, shows, singing in assembly, trips and visitors.",
    (
        Fieldset(
            "The year",
            (
                Table(
                    "calendar",
                    "Calendar of the year",
                    "event",
                    (
                        line("what", "What", most=120, is_public=True),
                        line("when", "When", "A date, a month or a term.", most=60, is_public=True),
                        line("whom", "For whom", most=120, is_public=True),
                        line("cost", "Cost to families", most=80, is_public=True),
                    ),
                ),
                text("assembly", "How is there music in assembly and in the life of the school?", is_public=True),
                text("live", "When does every pupil hear live music?", is_public=True),
            ),
        ),
    ),
)

FEATURES = Section(
    "features",
    "The seven key features",
    "What the National Plan names as high-quality provision. Answer each once; nobody expects seven times yes.",
    (
        Fieldset(
            "",
            (
                *feature(
                    "hour",
                    "Timetabled curriculum music of at least one hour each week, key stages 1 to 3",
                    "the weekly hour",
                ),
                *feature("lessons", "Lessons across a range of instruments, and voice", "lessons"),
                *feature("choir", "A school choir or vocal ensemble", "the choir"),
                *feature("ensemble", "A school ensemble, band or group", "the ensemble"),
                *feature("space", "Space for rehearsals and individual practice", "space"),
                *feature("performance", "A school performance each term", "performances"),
                *feature("live", "Live performance to enjoy at least once a year", "live music"),
            ),
        ),
    ),
)
