"""Without Redis the cache misses and nobody fails."""

import time

from governance.cache import ForgivingRedisCache

NOBODY = "redis://127.0.0.1:1/0"


def test_a_dead_redis_is_a_cache_that_misses():
    cache = ForgivingRedisCache(NOBODY, {})
    cache.set("key", 1)
    assert cache.get("key", "nothing") == "nothing"
    assert cache.get_many(["key"]) == {}
    assert cache.delete("key") is False
    assert cache.touch("key") is False
    assert cache.add("key", 1) is True


def test_after_an_error_it_is_not_asked_again_for_a_while(monkeypatch):
    cache = ForgivingRedisCache(NOBODY, {})
    cache.get("key")
    begun = time.monotonic()
    for _ in range(1000):
        cache.get("key")
    assert time.monotonic() - begun < 0.5


def test_with_redis_it_remembers(settings):
    cache = ForgivingRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "test-of-the-cache"})
    cache.set("key", {"a": 1})
    assert cache.get("key") == {"a": 1}
    assert cache.delete("key") is True
