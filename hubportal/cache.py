"""Django's Redis cache, made safe on a Redis that others use too."""

from typing import Any

from django.core.cache.backends.redis import RedisCache


class PrefixedRedisCache(RedisCache):
    def clear(self) -> None:
        """Delete the portal's own keys only; Django's would empty the whole Redis database."""
        client: Any = self._cache.get_client(None, write=True)  # type: ignore[attr-defined]  # not in the stubs
        for batch in _batches(client.scan_iter(match=f"{_escaped(self.key_prefix)}:*", count=1000)):
            client.unlink(*batch)


def _escaped(prefix: str) -> str:
    return "".join(f"\\{letter}" if letter in "*?[]\\" else letter for letter in prefix)


def _batches(keys: Any, size: int = 500) -> Any:
    batch: list[bytes] = []
    for key in keys:
        batch.append(key)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
