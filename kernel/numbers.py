"""Numbers that people read aloud: prefix, day, running number from a PostgreSQL sequence."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection
from django.utils import timezone

# Read over the telephone and written down by hand: no 0/O, 1/I/L, 5/S, 8/B, 2/Z.
TRACKING_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"


def next_number(*, prefix: str, at: datetime) -> str:
    """The next number, such as YC20261121000123. The running part never repeats; it may have gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('kernel_case_number')")
        (running,) = cursor.fetchone()
    return f"{prefix}{timezone.localtime(at):%Y%m%d}{running:06d}"


def new_tracking_code() -> str:
    """Ten characters that nobody guesses, by which a citizen follows a case without an account."""
    return "".join(secrets.choice(TRACKING_ALPHABET) for _ in range(10))
