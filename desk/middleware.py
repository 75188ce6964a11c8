"""A draft is gone when its deed is done: the form names its draft, and the answer says whether it was done."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from desk.services import drafts
from kernel.errors import DomainError

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]
FIELD = "_draft"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
DONE = frozenset({302, 303})
LEADING_ON = ("HX-Redirect", "HX-Push-Url")


class DraftMiddleware:
    """Forgets the draft of a form whose deed led on to another page; a form that comes back keeps it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        led_on = response.status_code in DONE or any(name in response.headers for name in LEADING_ON)
        if led_on and request.method == "POST" and request.content_type in FORMS and request.user.is_authenticated:
            self._forget(request)
        return response

    def _forget(self, request: HttpRequest) -> None:
        """The deed is done and said so: a draft that cannot be thrown away waits for the sweep, and stops nothing."""
        key = request.POST.get(FIELD, "")
        if not drafts.KEY.fullmatch(key):
            return
        try:
            drafts.forget(key=key, actor=request.actor)  # type: ignore[attr-defined]
        except (DomainError, DatabaseError):
            log.warning("the draft %s was not forgotten", key, exc_info=True)
