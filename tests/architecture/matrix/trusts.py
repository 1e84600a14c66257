"""Trusts: the list, and the page of one."""

from tests.architecture.matrix.table import page

ROWS = [
    *page(
        "schools:trust-list",
        GET={200: "HUB ENTRUSTED former_partner_officer other_hub_manager trust_leader", "else": 403},
        POST={405: "HUB ENTRUSTED former_partner_officer other_hub_manager trust_leader", "else": 403},
    ),
    *page(
        "schools:trust-detail",
        "Millbrook's",
        args=lambda c: [c.trust.group_uid],
        GET={200: "HUB ENTRUSTED trust_leader", 403: "SCHOOL partner_staff"},
        POST={405: "HUB ENTRUSTED trust_leader", 403: "SCHOOL partner_staff"},
    ),
    *page(
        "schools:trust-detail",
        "other",
        args=lambda c: [c.memberships["other, trust_leader"].trust.group_uid],
        GET={200: "other_hub_manager"},
    ),
]
