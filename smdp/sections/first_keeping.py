"""Version 1, the second half: for whom, by whom, with what money, and what will be different."""

from smdp.sections.kinds import Field, Fieldset, Kind, Section, Table, choice, line, text

RAG = (("green", "On track"), ("amber", "Some way to go"), ("red", "Needs help"), ("done", "Done"))

INCLUSION = Section(
    "inclusion",
    "Inclusion and SEND",
    "How every pupil takes part, whatever they need.",
    (
        Fieldset(
            "",
            (
                text(
                    "send",
                    "How do pupils with SEND take part, in lessons and beyond?",
                    is_required=True,
                    is_public=True,
                ),
                text("instruments", "Which adapted instruments or technology do you have or need?"),
                text("missing", "Who does not take part yet, and why?", "Groups, never a pupil’s name."),
            ),
        ),
    ),
)

STAFFING = Section(
    "staffing",
    "Staff and training",
    "Who teaches, what they are sure of, and what they need.",
    (
        Fieldset(
            "",
            (
                text("staff", "Who teaches music, and with what training?", is_required=True),
                text("needs", "What training do staff need?"),
                text("networks", "Which networks and training do you use?"),
            ),
        ),
    ),
)

FUNDING = Section(
    "funding",
    "Money",
    "What music costs and where it comes from. A best estimate is enough.",
    (
        Fieldset(
            "",
            (
                Table(
                    "budget",
                    "Budget of the year",
                    "line",
                    (
                        line("what", "What it is for", most=120),
                        choice("way", "Money in or out", ("out", "Spent"), ("in", "Received")),
                        Field("amount", "Pounds a year", Kind.MONEY, most=10_000_000),
                    ),
                    hint="Staff, instruments, subscriptions, trips; grants, families, gifts.",
                ),
                text("notes", "What should governors know about the money?"),
            ),
        ),
    ),
)

PARTNERSHIP = Section(
    "partnership",
    "Partnership",
    "What comes from outside the school, and what you could give others.",
    (
        Fieldset(
            "",
            (
                text("hub_support", "What do you use from the hub, and what would you like?", is_public=True),
                text("others", "Who else do you work with?"),
                text("could_offer", "What could your school offer other schools?"),
            ),
        ),
    ),
)

LEADERSHIP = Section(
    "leadership",
    "Leadership and evaluation",
    "Who keeps this plan alive.",
    (
        Fieldset(
            "",
            (
                text("leadership", "Who leads music, and with what time?", is_required=True),
                text("governors", "How do governors learn how music stands?"),
                text("evaluation", "How and when will you look at this plan again?"),
                Field("review_on", "Date of the next review", Kind.DATE, is_public=True),
            ),
        ),
    ),
)

PRIORITIES = Section(
    "priorities",
    "Priorities",
    "Up to ten things that will be different, each with a person and a date. Three that happen are better than ten "
    "that do not.",
    (
        Fieldset(
            "",
            (
                Table(
                    "priorities",
                    "Priorities",
                    "priority,priorities",
                    (
                        line("what", "What will be different", is_public=True),
                        text("why", "Why", most=600),
                        line("measure", "How you will know"),
                        line("baseline", "Where it stands now"),
                        line("target", "Where it should be"),
                        line("who", "Who leads it", most=120),
                        Field("by", "By when", Kind.DATE),
                        line("resources", "What it needs", "Money, time, training, help from the hub."),
                        choice("rag", "How it goes", *RAG),
                        text("progress", "Notes on progress", "With the date of each."),
                    ),
                    most=10,
                ),
                text(
                    "achieved",
                    "What have your plans achieved so far?",
                    "Finished priorities of your last plan come here.",
                ),
                text(
                    "future", "In a few sentences for parents: what do you plan for the coming years?", is_public=True
                ),
            ),
        ),
    ),
)
