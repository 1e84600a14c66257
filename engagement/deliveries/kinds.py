"""The kinds of delivery as data: what is asked of each, and as which kind of support it counts. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE_CLASS, TUITION, ENSEMBLE, SINGING = "whole-class", "tuition", "ensemble", "singing"
LOAN, ADAPTED, TRAINING, EVENT = "loan", "adapted", "training", "event"

# Whole numbers that may be unknown. Of each, the label; all but the first are of the pupils.
PUPILS = "pupils"
PARTS = {
    "pupil_premium": "Pupil Premium",
    "send_ehcp": "SEND with an EHC plan",
    "sen_support": "SEN support",
    "pp_and_send": "Both Pupil Premium and SEND",
    "boys": "Boys",
    "girls": "Girls",
    "gender_not_stated": "Neither boy nor girl stated",
    "remission": "Fees remitted or subsidised",
}
CONTINUED = {"continued": "Continued after whole-class"}
STANDARDS = {
    "standard_entry": "Reached entry level",
    "standard_foundation": "Reached foundation level",
    "standard_intermediate": "Reached intermediate level",
    "standard_advanced": "Reached advanced level",
}
LOANED = {"loaned": "Instruments"}
ATTENDEES = {"attendees_specialist": "Music specialists", "attendees_other": "Not music specialists"}
MEASURES = {PUPILS: "Pupils", **PARTS, **CONTINUED, **STANDARDS, **LOANED, **ATTENDEES}
NUMBERS = tuple(MEASURES)


@dataclass(frozen=True)
class Kind:
    """`asks` are the fields that tell what it was, `numbers` its counts in their order. `strand` is the code of the
    kind of support as which it counts: the offer menu of Arts Council England, "Music Education Hubs: Working with
    Schools" (2023), names lessons, ensembles and choirs as music provision, instruments with adapted ones, training,
    and projects and performances as links."""

    code: str
    label: str
    hint: str
    strand: str
    asks: Sequence[str]
    numbers: Sequence[str]
    name_label: str = "Class or group"
    has_ethnicity: bool = True


_PEOPLE = (PUPILS, *PARTS)

KINDS = {
    each.code: each
    for each in (
        Kind(
            WHOLE_CLASS,
            "Whole-class programme",
            "A class learns an instrument or to sing together. One record for each class.",
            "provision",
            ("class_name", "year_groups", "instrument", "terms", "turn"),
            (*_PEOPLE, *STANDARDS),
            "Class",
        ),
        Kind(
            TUITION,
            "Tuition",
            "Lessons of one pupil or a group, in or out of school.",
            "provision",
            ("instrument", "group_size", "key_stage", "terms"),
            (*_PEOPLE, *CONTINUED, *STANDARDS),
        ),
        Kind(
            ENSEMBLE,
            "Ensemble",
            "An orchestra, band, choir or other group that plays or sings regularly.",
            "provision",
            ("class_name", "ensemble", "organiser", "key_stage", "terms"),
            _PEOPLE,
            "Name of the ensemble",
        ),
        Kind(
            SINGING,
            "Singing",
            "Singing across a class, a year or the school.",
            "provision",
            ("class_name", "year_groups", "terms"),
            _PEOPLE,
        ),
        Kind(
            LOAN,
            "Instrument loan",
            "Instruments lent to the school or its pupils.",
            "instruments",
            ("instrument", "terms"),
            (*LOANED, *_PEOPLE),
            has_ethnicity=False,
        ),
        Kind(
            ADAPTED,
            "Adapted instruments",
            "Accessible or adapted instruments and equipment.",
            "instruments",
            ("instrument", "terms"),
            (*LOANED, *_PEOPLE),
            has_ethnicity=False,
        ),
        Kind(
            TRAINING,
            "Training for staff (CPD)",
            "Counted by who came: music specialists, or not.",
            "training",
            ("training", "on"),
            tuple(ATTENDEES),
            has_ethnicity=False,
        ),
        Kind(
            EVENT,
            "Event",
            "A concert, festival, workshop or trip.",
            "links",
            ("class_name", "event", "on", "year_groups"),
            _PEOPLE,
            "Name of the event",
        ),
    )
}
YEAR_GROUPS = {-1: "Nursery", 0: "Reception", **{number: f"Year {number}" for number in range(1, 14)}}
# What a field of `asks` is called in the table; every other has the field's own name.
TERMS = {"in_autumn": "Autumn", "in_spring": "Spring", "in_summer": "Summer"}


def columns_of(ask: str) -> tuple[str, ...]:
    """The columns that hold what is asked."""
    return tuple(TERMS) if ask == "terms" else (ask,)


def kept_columns(kind: str) -> set[str]:
    """Of the columns that only some kinds have, those of this one."""
    found = KINDS[kind]
    ethnicity = {"ethnicity"} if found.has_ethnicity else set()
    return {name for ask in found.asks for name in columns_of(ask)} | set(found.numbers) | ethnicity


def year_group_words(groups: Sequence[int]) -> str:
    """ "Years 3 and 4", "Reception and Year 1"; "" where none is known."""
    if len(groups) > 1 and min(groups) > 0:
        numbers = [str(each) for each in sorted(groups)]
        return f"Years {', '.join(numbers[:-1])} and {numbers[-1]}"
    names = [YEAR_GROUPS[each] for each in sorted(groups)]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
