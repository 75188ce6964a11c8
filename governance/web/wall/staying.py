"""A screen on the wall stays signed in while it is looked at: its session slides, for a month at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, RENEWED = "wall_began", "wall_renewed"
AT_MOST = timedelta(days=30)


def stay(session: SessionBase, *, at: datetime) -> bool:
    """Renew a session whose first half is over; False where it is young, or a month old and has to end.

    Nothing else is loosened: what the person may see is asked anew with every request, and a screen that is switched
    off runs out like any other session.
    """
    now = at.timestamp()
    began = session.get(BEGAN)
    if began is None:
        session[BEGAN] = session[RENEWED] = now
        return True
    old = now - began > AT_MOST.total_seconds()
    if old or now - session.get(RENEWED, began) < settings.SESSION_COOKIE_AGE / 2:
        return False
    session[RENEWED] = now
    return True
