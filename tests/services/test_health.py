"""The health page: what a monitor reads."""

import pytest
from django.db import DatabaseError
from django.test import Client

from hubportal import health


@pytest.mark.django_db
def test_health_says_ok_without_sign_in(client: Client) -> None:
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "redis": "ok"})


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
