"""A worker that is killed -9 while it checks a file, brings it in or takes it out: nothing is half-done, and nothing is
doubled by the next one."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from engagement.actions import past
from engagement.models import Conversation, ConversationPart, PastImport
from hubportal.kit.work import WorkState
from schools.access import today
from schools.models import EngagementYear, TimelineEntry
from tests.engagement.past.files import CONTACTS, csv_of, uploaded
from tests.factories import make_school
from tests.worker import worker

SCHOOLS, DAYS = 40, 200
ROWS = SCHOOLS * DAYS
Phase = PastImport.Phase


def until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def killed_half_way() -> None:
    """A worker takes the step up, and is killed a moment later, in the midst of it."""
    with worker() as process:
        assert until(lambda: PastImport.objects.get().state == WorkState.BUILDING, 90)
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert PastImport.objects.get().state == WorkState.BUILDING


def ends(phase: str) -> bool:
    """Whether the next worker ends the step."""
    with worker():
        return until(lambda: PastImport.objects.get().phase == phase, 120)


def written() -> tuple[int, int, int]:
    """Conversations, what the timelines say of them, and schools that count as engaged in some year."""
    engaged = EngagementYear.objects.filter(engaged_on__isnull=False).values("school").distinct().count()
    assert ConversationPart.objects.count() == Conversation.objects.count()
    return Conversation.objects.count(), TimelineEntry.objects.count(), engaged


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_nothing_half_done_and_the_next_doubles_nothing(settings, hub, manager):
    settings.MEDIA_ROOT = django_settings.LOCAL_DIR / "files"  # where the workers, other processes, find it
    nothing, everything = (0, 0, 0), (ROWS, ROWS, SCHOOLS)
    schools = [make_school(hub=hub) for _ in range(SCHOOLS)]
    lines = [
        [school.urn, (today() - timedelta(days=day)).isoformat(), "Phone call", "", "", "", "", ""]
        for school in schools
        for day in range(DAYS)
    ]
    imported = uploaded(csv_of(CONTACTS, *lines), hub=hub, by=manager)

    past.tell(imported=imported, settings=imported.settings, by=manager)
    killed_half_way()
    assert (PastImport.objects.get().rows.count(), written()) == (0, nothing)
    assert ends(Phase.SHOWN)
    assert (PastImport.objects.get().rows.filter(outcome="new").count(), written()) == (ROWS, nothing)

    past.bring(imported=PastImport.objects.get(), by=manager)
    killed_half_way()
    assert (PastImport.objects.get().rows.filter(outcome="new").count(), written()) == (ROWS, nothing)
    assert ends(Phase.BROUGHT)
    assert (PastImport.objects.get().rows.filter(outcome="brought").count(), written()) == (ROWS, everything)

    past.undo(imported=PastImport.objects.get(), by=manager)
    killed_half_way()
    assert (PastImport.objects.get().rows.filter(outcome="brought").count(), written()) == (ROWS, everything)
    assert ends(Phase.UNDONE)
    assert (PastImport.objects.get().rows.filter(outcome="undone").count(), written()) == (ROWS, nothing)
