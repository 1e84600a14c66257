"""Term dates of authorities, trusts and schools."""

from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.table import page

READERS = "HUB ENTRUSTED former_partner_officer other_hub_manager"
# Who has to do with the hub, and does not keep its authorities' dates.
OTHERS = "hub_viewer PARTNERS former_partner_officer SCHOOL other_school_leader trust_leader relationship_manager"


def typed(c, user):
    """A whole year as somebody types it."""
    year = academic_year(today())
    days = (
        ("first_1", f"3 September {year}"), ("last_1", f"23 October {year}"),
        ("first_2", f"2 November {year}"), ("last_2", f"18 December {year}"),
        ("first_3", f"4 January {year + 1}"), ("last_3", f"12 February {year + 1}"),
        ("first_4", f"22 February {year + 1}"), ("last_4", f"25 March {year + 1}"),
        ("first_5", f"12 April {year + 1}"), ("last_5", f"28 May {year + 1}"),
        ("first_6", f"7 June {year + 1}"), ("last_6", f"22 July {year + 1}"),
    )  # fmt: skip
    rows = {"off-TOTAL_FORMS": "1", "off-INITIAL_FORMS": "0"}
    return {**dict(days), **rows, "terms_in_year": "3", "source": "A website"}


def this_year() -> int:
    return academic_year(today())


ROWS = [
    *page("schools:term-dates-list", GET={200: READERS, "else": 403}, POST={405: READERS, "else": 403}),
    *page(
        "schools:term-dates-authority",
        "Exampleshire",
        args=lambda c: [c.hub.authority.code, this_year()],
        GET={200: "HUB_WRITERS", 403: OTHERS},
        POST={302: "HUB_WRITERS", 403: OTHERS},
        data=typed,
    ),
    *page(
        "schools:term-dates-authority",
        "other",
        args=lambda c: [c.other_hub.authority.code, this_year()],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=typed,
    ),
    *page(
        "schools:term-dates-authority",
        "a year long ago",
        args=lambda c: [c.hub.authority.code, 2001],
        GET={403: OTHERS},
        POST={403: OTHERS},
    ),
    *page(
        "schools:term-dates-trust",
        "Millbrook's",
        args=lambda c: [c.trust.group_uid, this_year()],
        GET={200: "HUB_WRITERS trust_leader", 403: "hub_viewer PARTNERS SCHOOL"},
        POST={302: "HUB_WRITERS trust_leader", 403: "hub_viewer PARTNERS SCHOOL"},
        data=typed,
    ),
    *page(
        "schools:term-dates-trust",
        "other",
        args=lambda c: [c.memberships["other, trust_leader"].trust.group_uid, this_year()],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=typed,
    ),
    *page(
        "schools:term-dates-school",
        "Millbrook",
        args=lambda c: [c.millbrook.urn, this_year()],
        GET={
            200: "HUB_WRITERS ENTRUSTED school_leader",
            403: "hub_viewer partner_staff school_editor acknowledging_editor school_viewer trust_leader",
        },
        POST={
            302: "HUB_WRITERS ENTRUSTED school_leader",
            403: "hub_viewer partner_staff school_editor acknowledging_editor school_viewer trust_leader",
        },
        data=typed,
    ),
    *page(
        "schools:term-dates-school",
        "other",
        args=lambda c: [c.other_school.urn, this_year()],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=typed,
    ),
]
