"""The catalogue from year to year, what could be offered to one school, the pages for schools, and all of it in public.
The list and the offers themselves stand in `work`."""

from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.table import page

WRITERS = "HUB_WRITERS other_hub_manager"
READERS = "SCHOOL HUB PARTNERS trust_leader former_partner_officer other_school_leader other_hub_manager"


def carried(c, user):
    return {"offers": [str(c.offers["last_year"].uuid)], "opens": "no"}


def of_page(c, user):
    return {"title": "Ofsted", "text": "Words", "source": "The report", "is_checked": "on"}


ROWS = [
    *page(
        "engagement:offer-carry",
        query=lambda c: {"into": academic_year(today())},
        data=carried,
        GET={200: WRITERS, "else": 403},
        POST={302: "HUB_WRITERS", 400: "other_hub_manager", "else": 403},
    ),
    *page("engagement:offer-open-year", GET={405: WRITERS, "else": 403}, POST={302: WRITERS, "else": 403}),
    *page(
        "engagement:school-offers",
        args=lambda c: [c.millbrook.urn],
        GET={200: "HUB ENTRUSTED", 302: "SCHOOL", 403: "partner_staff trust_leader"},
        POST={"else": 405},
    ),
    *page("engagement:guide-list", GET={200: READERS, "else": 403}, POST={405: READERS, "else": 403}),
    *page(
        "engagement:guide-detail",
        args=lambda c: ["ofsted"],
        GET={200: READERS, "else": 403},
        POST={405: READERS, "else": 403},
    ),
    *page("engagement:guide-detail", "nothing", args=lambda c: ["nothing"], GET={404: READERS, "else": 403}),
    *page(
        "engagement:guide-edit",
        args=lambda c: ["ofsted"],
        data=of_page,
        GET={200: WRITERS, "else": 403},
        POST={302: WRITERS, "else": 403},
    ),
    *page(
        "engagement:guide-check",
        args=lambda c: ["ofsted"],
        GET={405: WRITERS, "else": 403},
        POST={302: WRITERS, "else": 403},
    ),
    *page("engagement:offer-public-list", args=lambda c: [c.hub.slug], GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page(
        "engagement:offer-public",
        "on offer",
        args=lambda c: [c.hub.slug, c.offers["current"].uuid],
        GET={200: "EVERYBODY"},
        POST={405: "EVERYBODY"},
    ),
    *page(
        "engagement:offer-public",
        "taken off",
        args=lambda c: [c.hub.slug, c.offers["taken_off"].uuid],
        GET={404: "EVERYBODY"},
    ),
    *page(
        "engagement:offer-public",
        "of the other hub",
        args=lambda c: [c.hub.slug, c.offers["other"].uuid],
        GET={404: "EVERYBODY"},
    ),
    *page(
        "engagement:guide-public",
        args=lambda c: [c.hub.slug, "ofsted"],
        GET={200: "EVERYBODY"},
        POST={405: "EVERYBODY"},
    ),
]
