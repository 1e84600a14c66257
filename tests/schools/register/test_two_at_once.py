"""Register files brought while others are read or applied: they wait their turn, say so, and are taken up soon."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hubportal.kit.work import WorkState
from schools.models import RegisterImport
from schools.register import browser, importing
from tests.factories import make_user
from tests.schools.register.files import text
from tests.schools.register.inbox import MANY
from tests.schools.register.test_browser import page, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_import() -> Iterator[None]:
    """Another worker that is at its work, on a connection of its own."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [importing._ONE_AT_A_TIME])
    yield
    other.close()


def test_second_waits_its_turn_and_is_sent_again_at_the_next_look(settings, tmp_path, other_import) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    client = Client()
    client.force_login(make_user("Nadia Farouk", is_superuser=True))
    upload(client, text(MANY))
    (imported,) = RegisterImport.objects.all()
    browser.work(import_id=imported.pk)
    imported.refresh_from_db()
    assert (imported.state, imported.attempts) == (WorkState.QUEUED, 0)
    said = page(client, imported)
    assert "waiting its turn" in said and "Not read yet." in said and "Refused" not in said
    again = RegisterImport.objects.take_up(unsent_for=browser.UNSENT_FOR, at=timezone.now())
    assert again == [imported.pk], "the next look of beat sends it, not the one after a minute"
