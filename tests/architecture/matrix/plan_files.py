"""Pictures and documents in sections of a plan: adding, taking out, removing."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hubportal.accounts.models import User
from tests.architecture.matrix.table import page
from tests.cast import Cast
from tests.smdp.factories import picture

READERS = "HUB ENTRUSTED SCHOOL_WRITERS trust_leader"
OTHERS = "HUB ENTRUSTED school_viewer trust_leader"  # who see the plan, and do not write in it


def chosen(cast: Cast, user: User | None) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("band.png", picture("PNG")), "description": "The band", "consent": "nobody"}


ROWS = [
    *page(
        "smdp:file-add",
        args=lambda c: [c.plans["millbrook"].uuid, "vision"],
        data=chosen,
        GET={200: "SCHOOL_WRITERS", 403: OTHERS},
        POST={302: "SCHOOL_WRITERS", 403: OTHERS},
    ),
    *page(
        "smdp:file-add",
        "other",
        args=lambda c: [c.plans["other"].uuid, "vision"],
        data=chosen,
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:file-download",
        "being written",
        args=lambda c: [c.files["draft"].uuid],
        GET={200: "SCHOOL_WRITERS"},
        POST={"else": 405},
    ),
    *page(
        "smdp:file-download",
        "in a shared version",
        args=lambda c: [c.files["shared"].uuid],
        GET={200: READERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:file-download",
        "in an adopted version",
        args=lambda c: [c.files["adopted"].uuid],
        GET={200: f"{READERS} school_viewer"},
        POST={"else": 405},
    ),
    *page(
        "smdp:file-download",
        "other",
        args=lambda c: [c.files["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:file-remove",
        args=lambda c: [c.files["adopted"].uuid],
        data=lambda c, user: {"where": "section"},
        GET={200: "SCHOOL_WRITERS", 403: OTHERS},
        POST={302: "SCHOOL_WRITERS", 403: OTHERS},
    ),
    *page(
        "smdp:file-remove",
        "removed, in a version still",
        args=lambda c: [c.files["shared"].uuid],
        data=lambda c, user: {"where": "everywhere"},
        GET={200: "school_leader", 403: "HUB ENTRUSTED school_editor acknowledging_editor trust_leader"},
        POST={302: "school_leader", 403: "HUB ENTRUSTED school_editor acknowledging_editor trust_leader"},
    ),
]
