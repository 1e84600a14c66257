"""The cache on a Redis that others use too."""

import redis
from django.conf import settings
from django.core.cache import cache


def test_clear_leaves_the_keys_of_others() -> None:
    other = f"somebody-else-of-{settings.REDIS_PREFIX}"
    with redis.Redis.from_url(settings.CACHE_URL) as client:
        client.set(other, "theirs")
        cache.set("ours", 1)
        cache.clear()
        assert cache.get("ours") is None
        assert client.get(other) == b"theirs"
        client.delete(other)
