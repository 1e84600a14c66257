"""Words of the Larkrise trust's plan, by section and question (see `smdp.sections`)."""

FIRST = {
    "vision": {
        "vision": "In every school of the trust, every child sings and plays each week, and no family’s purse decides "
        "who goes on.",
        "now": "Singing is strong in three of our schools. Few pupils go on with an instrument after Year 4.",
    },
    "curriculum": {"taught": "Each school gives music an hour a week, from Year 1 to Year 9, all year round."},
    "lessons": {"remissions": "The trust pays half of all fees for pupils on free school meals."},
    "staffing": {"needs": "A training day each autumn, with one session of music for every class teacher."},
    "priorities": {
        "priorities-TOTAL_FORMS": "1",
        "priorities-0-what": "A concert of all our schools",
        "priorities-0-measure": "Every school sends a choir or a band",
        "priorities-0-target": "The first in the summer term",
    },
}
LATER = {
    "staffing": {
        "needs": "A training day each autumn, with one session of music for every class teacher, and one day’s cover a "
        "year for each music lead to visit another of our schools.",
    }
}
