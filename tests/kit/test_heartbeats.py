"""Whether the scheduler and a worker are at work, as told to platform administrators."""

from datetime import UTC, datetime, timedelta

import pytest
from celery.signals import after_task_publish
from django.test import Client
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit import heartbeats
from hubportal.kit.models import Heartbeat
from hubportal.kit.tasks import SEEN, seen

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)
FOR_SCHEDULER = "Nothing that has its time is done: no reminders, digests or nightly work. Start beat again."
FOR_WORKER = "Emails, documents and imports wait until it runs. Start a worker again."


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@example.org", name="Ada Min"))
    return client


def _seen(scheduler: datetime, worker: datetime) -> None:
    heartbeats.stamp("scheduler", scheduler)
    heartbeats.stamp("worker", worker)


def test_nothing_is_said_of_what_was_seen_within_ten_minutes():
    _seen(NOW - timedelta(minutes=9, seconds=59), NOW)
    assert heartbeats.warnings(NOW) == []


def test_a_worker_that_went_away_is_told_alone():
    _seen(NOW, NOW - timedelta(minutes=27))
    assert heartbeats.warnings(NOW) == [f"The worker has not been seen since 2:03pm. {FOR_WORKER}"]


def test_a_scheduler_that_went_away_is_told_with_what_follows_for_the_worker():
    _seen(NOW - timedelta(minutes=27), NOW - timedelta(minutes=26))
    assert heartbeats.warnings(NOW) == [
        f"The scheduler has not been seen since 2:03pm. {FOR_SCHEDULER}",
        f"The worker has not been seen since 2:04pm. {heartbeats.NO_WORK}",
    ]


def test_another_day_is_named():
    _seen(NOW, NOW - timedelta(days=1))
    assert heartbeats.warnings(NOW) == [f"The worker has not been seen since 2:30pm on 26 November 2026. {FOR_WORKER}"]


def test_who_was_never_seen_is_told():
    assert [each.partition(".")[0] for each in heartbeats.warnings(NOW)] == [
        "The scheduler has never been seen",
        "The worker has never been seen",
    ]


def test_doing_the_task_stamps_the_worker_alone():
    seen()
    assert list(Heartbeat.objects.values_list("who", flat=True)) == ["worker"]


def test_sending_the_task_stamps_the_scheduler():
    after_task_publish.send(sender="smdp.remind")
    assert not Heartbeat.objects.exists()
    after_task_publish.send(sender=SEEN)
    assert list(Heartbeat.objects.values_list("who", flat=True)) == ["scheduler"]


@pytest.mark.parametrize("path", ["/administration/", "/no-membership/"])
def test_an_administrator_is_told_on_their_pages(administrator, path):
    heartbeats.stamp("scheduler")
    heartbeats.stamp("worker", timezone.now() - timedelta(minutes=11))
    [words] = heartbeats.warnings()
    assert words in administrator.get(path).content.decode()
    heartbeats.stamp("worker")
    assert "has not been seen" not in administrator.get(path).content.decode()


def test_nobody_else_is_told_or_asks(client, django_assert_num_queries):
    client.force_login(User.objects.create_user("officer@example.org", name="Olu Cole"))
    with django_assert_num_queries(2):  # person, memberships
        page = client.get("/no-membership/")
    assert "has never been seen" not in page.content.decode()
