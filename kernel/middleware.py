"""On every request: an id, an actor, and domain errors answered once for all pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from kernel import clock
from kernel.actors import PUBLIC, Actor
from kernel.context import request_id
from kernel.errors import DomainError

Next = Callable[[HttpRequest], HttpResponse]
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,40}\Z")


def actor_of_user(user: object) -> Actor:
    """The actor behind a signed-in user, read anew at each request so that a right withdrawn is gone at the next."""
    if isinstance(user, AnonymousUser) or not getattr(user, "is_active", False):
        return PUBLIC
    resolve: Callable[..., Actor] = import_string(settings.ACTOR_RESOLVER)
    return resolve(user, at=clock.now())


class RequestIdMiddleware:
    """Takes a caller's X-Request-Id where it is plain, makes one otherwise; refuses NUL in addresses first."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        token = request_id.set(given if REQUEST_ID.match(given) else uuid4().hex)
        try:
            if "\x00" in unquote(request.META.get("QUERY_STRING", "")) or "\x00" in request.path:
                body = {
                    "code": "invalid",
                    "message": "NUL",
                    "fields": {},
                    "details": {},
                    "request_id": request_id.get(),
                }
                response: HttpResponse = JsonResponse({"error": body}, status=400)
            else:
                response = self.get_response(request)
            response.headers["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class ActorMiddleware:
    """request.actor, read from the database only when somebody asks for it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of_user(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


class DomainErrorMiddleware:
    """A domain error raised by a page becomes a page that says what is wrong, with the right status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        template = "parts/error.html" if request.headers.get("HX-Request") else "errors/domain.html"
        return render(request, template, {"error": error, "request_id": request_id.get()}, status=error.status)
