"""Version 2: a priority names the kind of support and the hub's offer that help, or asks for one, and keeps what it was
started from."""

from dataclasses import replace

from smdp.sections.first_keeping import PRIORITIES as FIRST
from smdp.sections.kinds import Field, Fieldset, Kind, Table, choice, text

# The ten kinds of support in the funder's guidance, by the codes that offers and conversations use too.
STRANDS = (
    ("plan", "The development plan"),
    ("curriculum", "Curriculum support"),
    ("training", "Training and networks"),
    ("staff", "Support for specialists and class teachers"),
    ("provision", "Lessons, ensembles and singing"),
    ("instruments", "Instruments and equipment"),
    ("links", "Links beyond school, projects and performances"),
    ("information", "Clear information, Pupil Premium included"),
    ("teaching-school-hubs", "Teaching School Hubs and Ofsted"),
    ("tools", "Artsmark, governors and other tools"),
)
HELP = (
    choice("strand", "Which kind of support would help", *STRANDS),
    Field("offer", "An offer of your hub that helps", Kind.OFFER, most=120),
    text(
        "ask",
        "Or what you ask your hub for",
        "If it offers nothing like it. Your hub counts what schools ask for.",
        most=600,
    ),
    Field("origin", "Started from", Kind.ORIGIN, most=200),
)


def _with_help(part: Field | Table) -> Field | Table:
    """The table of priorities with the new columns before those that say how it goes."""
    if not isinstance(part, Table):
        return part
    at = [each.name for each in part.columns].index("rag")
    return replace(part, columns=(*part.columns[:at], *HELP, *part.columns[at:]))


PRIORITIES = replace(
    FIRST,
    fieldsets=tuple(Fieldset(each.title, tuple(map(_with_help, each.parts)), each.lede) for each in FIRST.fieldsets),
)
