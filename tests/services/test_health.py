"""The health page: what a monitor reads."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from hubportal import health
from hubportal.accounts.models import User
from hubportal.kit import heartbeats

WELL = {"database": "ok", "redis": "ok", "scheduler": "ok", "worker": "ok"}


def _seen(*, scheduler: timedelta = timedelta(), worker: timedelta = timedelta()) -> None:
    heartbeats.stamp("scheduler", timezone.now() - scheduler)
    heartbeats.stamp("worker", timezone.now() - worker)


@pytest.mark.django_db
def test_health_says_ok_without_sign_in(client: Client) -> None:
    _seen(scheduler=timedelta(minutes=9), worker=timedelta(minutes=9))
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, WELL)


@pytest.mark.django_db
def test_health_tells_of_a_silent_worker_and_serves_all_the_same(client: Client) -> None:
    _seen(worker=timedelta(minutes=10))
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {**WELL, "worker": "not seen"})


@pytest.mark.django_db
def test_health_tells_an_administrator_since_when(client: Client) -> None:
    _seen(scheduler=timedelta(minutes=12))
    client.force_login(User.objects.create_superuser("admin@example.org", name="Ada Min"))
    answer = client.get("/health/").json()
    assert answer["scheduler"] == "not seen"
    assert answer["warnings"] == heartbeats.warnings()


@pytest.mark.django_db
def test_health_tells_nobody_else_since_when(client: Client) -> None:
    client.force_login(User.objects.create_user("officer@example.org", name="Olu Cole"))
    assert client.get("/health/").json() == {**WELL, "scheduler": "not seen", "worker": "not seen"}


@pytest.mark.django_db
def test_health_fails_when_the_database_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(health.connection, "cursor", gone)
        response = client.get("/health/")
    assert (response.status_code, response.json()) == (503, {"database": "unreachable", "redis": "ok"})


@pytest.mark.django_db
def test_health_refuses_to_be_posted_to(client: Client) -> None:
    assert client.post("/health/").status_code == 405
