"""Counting in the cache: for limits that are shared by all processes, and that fail nobody while the cache is away."""

from __future__ import annotations

from django.core.cache import cache


def counted(key: str, *, seconds: int) -> int | None:
    """How often the key was counted in the last `seconds`, this time included; None while there is no shared count."""
    count = getattr(cache, "count", None)  # ours has it (governance.cache); the one of a test in memory has not
    found: int | None = count(key, seconds=seconds) if count else None
    return found
