"""The pages of documents: who may have a report built, watch it and take it; and what they see."""

import pytest
from django.urls import reverse
from kombu.exceptions import OperationalError

from engagement.actions import sharing
from hubportal.kit.work import WorkState
from reports import actions, building, tasks
from reports.models import Document, Download
from schools.roles import Role
from tests.engagement import factories as engagement_factories
from tests.factories import make_hub, make_partner, make_person, make_school, make_trust


@pytest.fixture
def ready(version, officer) -> Document:
    document = actions.request_report(version=version, by=officer)
    building.build(document_id=document.pk)
    document.refresh_from_db()
    return document


def addresses(document: Document) -> dict[str, str]:
    part = document.version.part
    return {
        "report-detail": reverse("reports:report-detail", args=[part.uuid]),
        "document-status": reverse("reports:document-status", args=[document.uuid]),
        "document-download": reverse("reports:document-download", args=[document.uuid]),
    }


def statuses(client, user, document) -> dict[str, int]:
    client.force_login(user)
    return {name: client.get(address).status_code for name, address in addresses(document).items()}


EVERYTHING = {"report-detail": 200, "document-status": 200, "document-download": 200}
NOTHING = {"report-detail": 404, "document-status": 404, "document-download": 404}


def test_report_is_asked_for_while_the_queue_is_away(
    client, officer, version, monkeypatch, django_capture_on_commit_callbacks
):
    def away(**ids):
        raise OperationalError("Connection refused")

    monkeypatch.setattr(tasks.build_document, "delay", away)
    client.force_login(officer)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("reports:report-build", args=[version.part.uuid]))
    assert response.status_code == 302
    document = Document.objects.get(version=version)
    assert document.state == WorkState.QUEUED
    assert Document.objects.take_up(at=document.sent_at + tasks.UNSENT_FOR) == [document.pk]


@pytest.mark.parametrize("role", [Role.HUB_MANAGER, Role.HUB_OFFICER, Role.HUB_VIEWER])
def test_report_is_the_hubs(client, hub, ready, role):
    assert statuses(client, make_person(role, hub), ready) == EVERYTHING


@pytest.mark.parametrize("role", [Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR])
def test_report_is_the_schools(client, school, ready, role):
    assert statuses(client, make_person(role, school), ready) == EVERYTHING


def test_report_waits_for_a_leaders_release_for_governors_and_the_trust(client, school, ready):
    governor = make_person(Role.SCHOOL_VIEWER, school)
    trustee = make_person(Role.TRUST_LEADER, make_trust(schools=(school,)))
    assert statuses(client, governor, ready) == NOTHING
    assert statuses(client, trustee, ready) == NOTHING
    sharing.release(part=ready.version.part, by=make_person(Role.SCHOOL_LEADER, school))
    assert statuses(client, governor, ready) == EVERYTHING
    assert statuses(client, trustee, ready) == EVERYTHING


def test_report_does_not_exist_for_strangers(client, hub, ready):
    other = make_hub("Samplefolk Music Hub")
    strangers = [
        make_person(Role.HUB_MANAGER, other),
        make_person(Role.SCHOOL_LEADER, make_school(hub=hub)),
        make_person(Role.PARTNER_OFFICER, make_partner(hub=hub)),
        make_person(Role.RELATIONSHIP_MANAGER, hub),
    ]
    assert [statuses(client, stranger, ready) for stranger in strangers] == [NOTHING] * len(strangers)


def test_withdrawn_report_is_gone_for_the_school(client, school, officer, ready):
    sharing.withdraw(part=ready.version.part, reason="Sent to the wrong school", by=officer)
    assert statuses(client, make_person(Role.SCHOOL_LEADER, school), ready) == NOTHING


def test_download_is_the_file_and_leaves_a_receipt(client, school, ready):
    leader = make_person(Role.SCHOOL_LEADER, school)
    client.force_login(leader)
    response = client.get(addresses(ready)["document-download"])
    assert b"".join(response.streaming_content) == ready.path.read_bytes()
    assert response["Content-Type"] == "application/pdf"
    assert "Millbrook Junior School development report" in response["Content-Disposition"]
    assert [(each.user, each.document) for each in Download.objects.all()] == [(leader, ready)]


@pytest.mark.django_db(transaction=True)
def test_build_queues_the_report_and_shows_its_state(client, school, version):
    client.force_login(make_person(Role.SCHOOL_LEADER, school))
    page = reverse("reports:report-detail", args=[version.part.uuid])
    assert "Build the development report" in client.get(page).content.decode()
    response = client.post(reverse("reports:report-build", args=[version.part.uuid]))
    assert (response.status_code, response["Location"]) == (302, page)
    shown = client.get(page).content.decode()
    assert "waiting its turn" in shown
    assert "Build the development report" not in shown


def test_report_whose_file_is_lost_says_so_and_is_built_again(client, officer, ready):
    was = ready.path.read_bytes()
    ready.path.unlink()
    page = addresses(ready)["report-detail"]
    client.force_login(officer)
    download = client.get(addresses(ready)["document-download"])
    assert (download.status_code, download.url) == (302, page)
    assert not Download.objects.exists()
    shown = client.get(page).content.decode()
    assert "The file is no longer on the server." in shown
    assert "Try again" in shown
    assert client.post(reverse("reports:report-build", args=[ready.version.part.uuid])).status_code == 302
    ready.refresh_from_db()
    assert ready.state == WorkState.QUEUED
    building.build(document_id=ready.pk)
    assert ready.path.read_bytes() == was
    assert client.get(addresses(ready)["document-download"]).status_code == 200


def test_download_before_it_is_ready_leads_to_its_state(client, officer, version):
    document = actions.request_report(version=version, by=officer)
    client.force_login(officer)
    response = client.get(addresses(document)["document-download"])
    assert (response.status_code, response["Location"]) == (302, addresses(document)["report-detail"])


def test_part_that_was_never_shared_has_no_report(client, officer, school):
    conversation = engagement_factories.make_conversation(school, by=officer)
    client.force_login(officer)
    part = engagement_factories.part_of(conversation)
    assert client.get(reverse("reports:report-detail", args=[part.uuid])).status_code == 404
    assert client.post(reverse("reports:report-build", args=[part.uuid])).status_code == 404
