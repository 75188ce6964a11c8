"""A cache that may vanish: without Redis every look-up misses, and no page fails."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

PAUSE_SECONDS = 5.0


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, silent for a while after an error: a hung Redis costs one time-out, not one per request."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._silent_until = 0.0

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Store `value` unless there is one; without Redis nothing is, and True is answered as to a first comer."""
        return bool(self._try(lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version=version), True))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Return what is stored, or `default`."""
        return self._try(lambda: super(ForgivingRedisCache, self).get(key, default, version=version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        """Store `value` if Redis is there."""
        self._try(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version=version), None)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Prolong an entry; False when there is none."""
        return bool(self._try(lambda: super(ForgivingRedisCache, self).touch(key, timeout, version=version), False))

    def delete(self, key: Any, version: Any = None) -> bool:
        """Remove an entry; False when there was none."""
        return bool(self._try(lambda: super(ForgivingRedisCache, self).delete(key, version=version), False))

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        """Return the entries that are stored."""
        return dict(self._try(lambda: super(ForgivingRedisCache, self).get_many(keys, version=version), {}))

    def count(self, key: Any, *, seconds: int) -> int | None:
        """Count `key` up for so many seconds and return the count, in one round trip; None without Redis."""

        def counted() -> int:
            name = self.make_and_validate_key(key)
            pipeline = self._cache.get_client(name, write=True).pipeline(transaction=False)
            pipeline.incr(name)
            pipeline.expire(name, seconds)
            return int(pipeline.execute()[0])

        found: int | None = self._try(counted, None)
        return found

    def together(self, key: str, member: str, *, at: float, seconds: int) -> list[str]:
        """Note that a member is there now, and return everybody who was noted in the last `seconds`; [] without Redis.

        One round trip, and two at once lose nobody.
        """

        def noted() -> list[str]:
            name = self.make_and_validate_key(key)
            pipeline = self._cache.get_client(name, write=True).pipeline(transaction=False)
            pipeline.zadd(name, {member: at})
            pipeline.zremrangebyscore(name, "-inf", at - seconds)
            pipeline.expire(name, seconds)
            pipeline.zrange(name, 0, -1)
            return [one.decode() for one in pipeline.execute()[3]]

        found: list[str] = self._try(noted, [])
        return found

    def apart(self, key: str, member: str) -> None:
        """Note that a member has left."""

        def left() -> None:
            name = self.make_and_validate_key(key)
            self._cache.get_client(name, write=True).zrem(name, member)

        self._try(left, None)

    def _try(self, act: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < self._silent_until:
            return otherwise
        try:
            return act()
        except RedisError:
            self._silent_until = time.monotonic() + PAUSE_SECONDS
            return otherwise
