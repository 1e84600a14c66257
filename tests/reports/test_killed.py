"""A worker killed -9 at any point of building a report is taken over within seconds; the file is the same."""

import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings as django_settings

from hubportal.kit.work import WorkState
from reports import development_report, tasks
from reports.models import Document
from tests.architecture.source import ROOT
from tests.factories import make_contact, make_school
from tests.worker import environment_of_a_worker, worker

POINTS = [
    "before the claim",
    "after the claim",
    "before the page is laid out",
    "before it is drawn",
    "after it is drawn",
    "before the file is written",
    "before the file is renamed",
    "after the file is kept",
    "before it is marked ready",
    "after it is marked ready",
]


def until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return bool(condition())


@pytest.mark.django_db(transaction=True)
def test_report_killed_at_ten_points_is_taken_up_again(hub, officer, share, settings):
    settings.MEDIA_ROOT = django_settings.LOCAL_DIR / "files"  # where the workers, other processes, keep theirs
    documents = []
    for _ in POINTS:
        school = make_school(hub=hub)
        make_contact(hub=hub, school=school, is_leader=True)
        documents.append(Document.objects.create(version=share(school)))
    for number, document in enumerate(documents):
        tasks.build_document.apply_async(kwargs={"document_id": document.pk}, queue=f"killed-{number}")
    killed = subprocess.run(
        [sys.executable, "-m", "tests.reports.killed_worker", *POINTS],
        cwd=ROOT,
        env=environment_of_a_worker(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    ends = [line for line in killed.stdout.splitlines() if line.startswith("ended by")]
    assert ends == [f"ended by {int(signal.SIGKILL)}"] * len(POINTS), killed.stderr[-3000:]

    states = [Document.objects.get(pk=document.pk).state for document in documents]
    assert states == [WorkState.QUEUED] + [WorkState.BUILDING] * 8 + [WorkState.READY]
    Document.objects.filter(state=WorkState.QUEUED).update(sent_at="2026-01-01T00:00Z")  # its message went long ago
    with worker(concurrency=2):
        assert until(lambda: Document.objects.filter(state=WorkState.READY).count() == len(POINTS), 40)

    for document in documents:
        document.refresh_from_db()
        first = document.path.read_bytes()
        assert document.size == len(first)
        assert development_report.draw(document.version).content == first, "drawn again, it is the same file"
        assert [path.name for path in document.path.parent.glob(f"{document.uuid}*")] == [document.path.name]
