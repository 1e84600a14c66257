"""Version 3: what is taught by key stage, each school's own questions, help with every question, and a partnership that
keeps apart what the school uses of its hub (public) and what it would like (not public)."""

from dataclasses import replace

from smdp.sections import first_keeping, second
from smdp.sections.first_music import EVENTS, VISION
from smdp.sections.guidance import GUIDANCE
from smdp.sections.kinds import Field, Fieldset, Reckons, Section, Table, text
from smdp.sections.third_music import CURRICULUM, FEATURES, LESSONS, OVERVIEW


def _asked_anew(section: Section, **changed: dict) -> Section:
    """The section with some of its questions changed, by name."""
    return replace(
        section,
        fieldsets=tuple(
            replace(each, parts=tuple(replace(part, **changed.get(part.name, {})) for part in each.parts))
            for each in section.fieldsets
        ),
    )


def _with_guidance(section: Section) -> Section:
    """The section with help beside the questions that need it."""

    def helped(part: Field | Table) -> Field | Table:
        return replace(part, guidance=GUIDANCE.get(f"{section.key}.{part.name}", ""))

    fieldsets = (replace(each, parts=tuple(map(helped, each.parts))) for each in section.fieldsets)
    return replace(section, fieldsets=tuple(fieldsets))


FUNDING = _asked_anew(first_keeping.FUNDING, budget={"reckons": Reckons.BUDGET})
PARTNERSHIP = replace(
    first_keeping.PARTNERSHIP,
    fieldsets=(
        Fieldset(
            "",
            (
                text("hub_support", "What do you use from the hub?", is_public=True),
                text(
                    "hub_wanted",
                    "What would you like from the hub?",
                    "Your hub reads it once you share the plan. It is never public.",
                ),
                *(
                    part
                    for fieldset in first_keeping.PARTNERSHIP.fieldsets
                    for part in fieldset.parts
                    if part.name != "hub_support"
                ),
            ),
        ),
    ),
)
SECTIONS = tuple(
    map(
        _with_guidance,
        (
            OVERVIEW,
            VISION,
            CURRICULUM,
            LESSONS,
            EVENTS,
            FEATURES,
            first_keeping.INCLUSION,
            first_keeping.STAFFING,
            FUNDING,
            PARTNERSHIP,
            first_keeping.LEADERSHIP,
            second.PRIORITIES,
        ),
    )
)
