"""A GET changes nothing that a person can edit. What it may write is listed: receipts, which are only ever added to."""

import pytest

from tests.architecture.walking import Visit

pytestmark = pytest.mark.django_db

RECEIPTS = {
    "engagement:part-detail": {"engagement_reading"},
    "engagement:version-detail": {"engagement_reading"},
    "engagement:link-read": {"engagement_reading"},
    "engagement:link-open": {"kit_linkopening"},
    "engagement:half-link-open": {"kit_linkopening"},
    "engagement:consultation-link-open": {"kit_linkopening"},
    "smdp:section-link-open": {"kit_linkopening"},
    "engagement:diary-feed": {"engagement_diaryfeed"},
    "schools:school-export": {"schools_listexport"},
    "schools:organisation-export": {"schools_listexport"},
    "schools:change-export": {"schools_listexport"},
    "engagement:target-export": {"schools_listexport"},
    "engagement:readiness-export": {"schools_listexport"},
    "engagement:plan-export": {"schools_listexport"},
    "engagement:consultation-export": {"schools_listexport"},
    "engagement:delivery-export": {"schools_listexport"},
    "smdp:plan-export": {"schools_listexport"},
    "smdp:need-export": {"schools_listexport"},
    "smdp:need-detail-export": {"schools_listexport"},
    "smdp:priority-needs-export": {"schools_listexport"},
    "smdp:trust-priority-export": {"schools_listexport"},
    "reports:document-download": {"reports_download"},
    "reports:link-report-file": {"reports_download"},
}
# A session's own row: signing in and out, and a code that was typed in. Nobody edits it.
SESSIONS = {"django_session"}


def test_get_writes_nothing_but_receipts(walk: list[Visit]):
    wrong = {
        str(visit): sorted(extra)
        for visit in walk
        if (extra := visit.written - SESSIONS - RECEIPTS.get(visit.row.name, set()))
    }
    assert wrong == {}


def test_every_receipt_that_is_listed_is_written(walk: list[Visit]):
    written = {(visit.row.name, table) for visit in walk for table in visit.written - SESSIONS}
    assert written == {(name, table) for name, tables in RECEIPTS.items() for table in tables}


def test_a_receipt_is_written_only_for_those_who_read(walk: list[Visit]):
    assert [str(visit) for visit in walk if visit.written - SESSIONS and visit.status not in (200, 302)] == []
