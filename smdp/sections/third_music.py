"""Version 3, the music: what is taught key stage by key stage, and to each school the questions that apply to it. A
question that stood in an earlier version keeps its section's key, its name and its kind."""

from dataclasses import replace

from smdp.sections.first_music import CURRICULUM as FIRST_CURRICULUM
from smdp.sections.first_music import LESSONS as FIRST_LESSONS
from smdp.sections.first_music import OVERVIEW as FIRST_OVERVIEW
from smdp.sections.kinds import (
    EVERYBODY,
    HOUR,
    MAINSTREAM,
    PAST_NURSERY,
    SPECIAL,
    Field,
    Fieldset,
    Kind,
    Reckons,
    Section,
    Setting,
    Table,
    feature,
    line,
    text,
)

TIMED = frozenset({Setting.KS1, Setting.KS2, Setting.KS3, Setting.KS4})
MOST_OF_ADDRESS = 500
PARTS = {
    (section.key, part.name): part
    for section in (FIRST_OVERVIEW, FIRST_CURRICULUM, FIRST_LESSONS)
    for fieldset in section.fieldsets
    for part in fieldset.parts
}


def stays(key: str, name: str, **changed) -> Field | Table:
    """A question of version 1, with what is new about it."""
    return replace(PARTS[key, name], **changed)


def stage(name: str, label: str, hint: str, setting: Setting) -> Field:
    """What is taught in one key stage."""
    return text(name, label, hint, is_required=True, is_public=True, settings=frozenset({setting}))


OVERVIEW = replace(
    FIRST_OVERVIEW,
    fieldsets=(
        *FIRST_OVERVIEW.fieldsets[:2],
        Fieldset(
            "What it belongs to",
            (
                stays("overview", "improvement_plan"),
                line("trust", "Trust or federation", "If your school belongs to one. The register’s name stands here."),
                Field(
                    "trust_plan",
                    "Address of the trust’s music plan",
                    Kind.LINK,
                    "If it is published. What your trust writes here stands above your own words already.",
                    most=MOST_OF_ADDRESS,
                ),
                Field(
                    "charging_policy",
                    "Address of your charging and remissions policy",
                    Kind.LINK,
                    "Such as https://www.school.example/policies/charging",
                    is_public=True,
                    most=MOST_OF_ADDRESS,
                ),
            ),
        ),
    ),
)

_GROUPS = PARTS["curriculum", "groups"]
assert isinstance(_GROUPS, Table)
CURRICULUM = replace(
    FIRST_CURRICULUM,
    lede="What every pupil learns in lesson time.",
    fieldsets=(
        Fieldset(
            "Time",
            (
                stays("curriculum", "time", settings=TIMED, reckons=Reckons.HOUR),
                replace(
                    _GROUPS,
                    columns=(*_GROUPS.columns, line("learns", "What they learn", "In a sentence.", is_public=True)),
                ),
            ),
        ),
        Fieldset(
            "What is taught",
            (
                stays(
                    "curriculum",
                    "early_years",
                    label="Early years: what do children do?",
                    hint="Nursery and reception: songs, movement, instruments to explore.",
                    settings=frozenset({Setting.EYFS}),
                    is_required=True,
                    required_of=frozenset({Setting.NURSERY}),
                ),
                stage("taught_ks1", "Key stage 1: what do pupils learn?", "Years 1 and 2.", Setting.KS1),
                stage("taught_ks2", "Key stage 2: what do pupils learn?", "Years 3 to 6.", Setting.KS2),
                stage("taught_ks3", "Key stage 3: what do pupils learn?", "Years 7 to 9.", Setting.KS3),
                stage(
                    "taught_ks4",
                    "Key stage 4: what do pupils learn?",
                    "Years 10 and 11: courses for some, and what there is for everybody.",
                    Setting.KS4,
                ),
                stage(
                    "taught_ks5",
                    "Post-16: what do students learn?",
                    "Courses, and what there is for students who take none.",
                    Setting.KS5,
                ),
                stays(
                    "curriculum",
                    "taught",
                    label="How does it build from year to year?",
                    hint="For the whole school: what pupils come back to, and know better each time.",
                    required_of=SPECIAL,
                ),
                stays("curriculum", "scheme", settings=HOUR),
                stays("curriculum", "scheme_name", settings=HOUR),
                stays("curriculum", "singing", settings=MAINSTREAM | SPECIAL),
                stays("curriculum", "instruments_in_class", settings=HOUR),
                stays("curriculum", "technology", settings=PAST_NURSERY),
            ),
        ),
        Fieldset(
            "How you know that it works",
            (
                stays("curriculum", "assessment"),
                stays("curriculum", "qualifications", settings=frozenset({Setting.EXAMS})),
                stays("curriculum", "impact"),
            ),
        ),
    ),
)

LESSONS = replace(
    FIRST_LESSONS,
    fieldsets=(
        Fieldset(
            "Lessons",
            (
                stays("lessons", "tuition", settings=PAST_NURSERY),
                stays("lessons", "remissions", settings=PAST_NURSERY),
                stays("lessons", "pupil_premium"),
            ),
        ),
        Fieldset(
            "Ensembles",
            (stays("lessons", "ensembles"), stays("lessons", "beyond", settings=PAST_NURSERY)),
        ),
        Fieldset("Room and instruments", (stays("lessons", "space", is_public=True),)),
    ),
)


def _not_public(*fields: Field) -> tuple[Field, ...]:
    """The summary says in its parts, in words that parents know, what there is; these answers go nowhere."""
    return tuple(replace(each, is_public=False) for each in fields)


FEATURES = Section(
    "features",
    "Key features",
    "The National Plan names seven features of high-quality provision. You are asked for those that apply to your "
    "school. Answer each once; nobody expects yes to all of them.",
    (
        Fieldset(
            "",
            _not_public(
                *feature(
                    "hour",
                    "Timetabled curriculum music of at least one hour each week, key stages 1 to 3",
                    "the weekly hour",
                    HOUR,
                ),
                *feature("lessons", "Lessons across a range of instruments, and voice", "lessons", PAST_NURSERY),
                *feature("choir", "A school choir or vocal ensemble", "the choir", PAST_NURSERY),
                *feature("ensemble", "A school ensemble, band or group", "the ensemble", PAST_NURSERY),
                *feature("space", "Space for rehearsals and individual practice", "space", PAST_NURSERY),
                *feature("performance", "A school performance each term", "performances", EVERYBODY),
                *feature("live", "Live performance to enjoy at least once a year", "live music", EVERYBODY),
            ),
        ),
    ),
)
