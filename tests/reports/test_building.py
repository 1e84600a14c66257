"""Asking for documents, building them, and the words of a failure."""

import hashlib
import threading

import pytest

from hubportal.kit.work import WorkState
from reports import actions, building, tasks
from reports.models import Document


@pytest.fixture
def document(version, officer) -> Document:
    return actions.request_report(version=version, by=officer)


def test_building_keeps_the_file_and_its_checksum(document):
    building.build(document_id=document.pk)
    document.refresh_from_db()
    content = document.path.read_bytes()
    assert (document.state, document.size) == (WorkState.READY, len(content))
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.pages >= 2


def test_asking_twice_gives_the_same_document(document, version, officer):
    assert actions.request_report(version=version, by=officer) == document
    assert Document.objects.count() == 1


def test_building_twice_changes_nothing(document):
    building.build(document_id=document.pk)
    before = Document.objects.values().get()
    written = document.path.stat().st_mtime_ns
    tasks.build_document(document_id=document.pk)
    assert Document.objects.values().get() == before
    assert document.path.stat().st_mtime_ns == written


def test_disk_that_takes_no_file_is_a_failure_in_words(document, settings, tmp_path):
    blocked = tmp_path / "not-a-folder"
    blocked.write_text("")
    settings.MEDIA_ROOT = blocked
    building.build(document_id=document.pk)
    document.refresh_from_db()
    assert document.state == WorkState.FAILED
    assert document.failure == "The file could not be kept: Not a directory. Try again later."
    assert blocked.read_text() == ""


def test_failed_document_is_queued_again_when_asked_for(document, version, officer, settings, tmp_path):
    test_disk_that_takes_no_file_is_a_failure_in_words(document, settings, tmp_path)
    again = actions.request_report(version=version, by=officer)
    assert (again.pk, again.state, again.failure) == (document.pk, WorkState.QUEUED, "")


@pytest.mark.django_db(transaction=True)
def test_two_workers_build_it_once(document):
    from django.db import connection

    def build() -> None:
        building.build(document_id=document.pk)
        connection.close()

    threads = [threading.Thread(target=build) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    document.refresh_from_db()
    assert (document.state, document.attempts) == (WorkState.READY, 1)
