"""Sessions read from Redis, and from the database while Redis is away: whoever is signed in goes on working."""

from typing import Any

from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from redis.exceptions import RedisError


class SessionStore(CachedStore):
    """Django's own guards only some of its calls. Signing in and out still need Redis: the one counts its attempts
    there, the other must not leave a copy behind that comes back to life."""

    def load(self) -> dict[str, Any]:
        """The session's data. One query where Redis has none, two where it is away."""
        try:
            return super().load()
        except RedisError:
            return DatabaseStore.load(self)
