"""The cache on a Redis that others use too."""

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings

from tests.factories import make_user


def test_clear_leaves_the_keys_of_others() -> None:
    other = f"somebody-else-of-{settings.REDIS_PREFIX}"
    with redis.Redis.from_url(settings.CACHE_URL) as client:
        client.set(other, "theirs")
        cache.set("ours", 1)
        cache.clear()
        assert cache.get("ours") is None
        assert client.get(other) == b"theirs"
        client.delete(other)


@pytest.mark.django_db
def test_sessions_are_read_from_the_database_while_redis_is_away(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    with override_settings(CACHES={"default": away}):
        assert client.get("/", follow=True).context["user"] == user
