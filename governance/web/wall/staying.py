"""A screen on the wall stays signed in while it is looked at: its session slides, for a month at most.

After the length of a usual session it opens the wall and nothing else, so that a screen that somebody forgot signs
nothing and shows no case.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from kernel import clock

BEGAN, RENEWED = "wall_began", "wall_renewed"
AT_MOST = timedelta(days=30)
WALL = reverse_lazy("governance:wall")


def stay(session: SessionBase, *, at: datetime) -> bool:
    """Renew a session whose first half is over; False where it is young, or a month old and has to end.

    What the person may see is asked anew with every request, and a screen that is switched off runs out like any other
    session.
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


class WallOnlyMiddleware:
    """Signs a screen out that outlived a usual session and asks for anything but the wall."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(str(WALL)):
            began = request.session.get(BEGAN)
            if began is not None and clock.now().timestamp() - began > settings.SESSION_COOKIE_AGE:
                logout(request)
        return self.get_response(request)
