"""Identifiers that sort by time, so that new rows lie together in the index."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


def new_id(*, at: datetime) -> UUID:
    """A version-7 UUID (RFC 9562): 48 bits of Unix milliseconds, the rest random."""
    milliseconds = int(at.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    value = (milliseconds << 80) | (0x7 << 76) | (secrets.randbits(12) << 64) | (0b10 << 62) | secrets.randbits(62)
    return UUID(int=value)
