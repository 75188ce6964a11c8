"""Pages for what went wrong before a view was reached, or inside it. The API answers in its own shape."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kernel.context import request_id

API = "/api/"
log = logging.getLogger(__name__)


def as_json(*, status: HTTPStatus, code: str, message: str, details: dict[str, Any] | None = None) -> JsonResponse:
    """The one shape in which programs are refused, for what never reaches the API's own views."""
    body = {"code": code, "message": message, "fields": {}, "details": details or {}, "request_id": request_id.get()}
    return JsonResponse({"error": body}, status=status.value)


def _answer(request: HttpRequest, *, status: HTTPStatus, code: str, message: str, reason: str = "") -> HttpResponse:
    if request.path.startswith(API):
        return as_json(status=status, code=code, message=message)
    return render(
        request, f"{status.value}.html", {"request_id": request_id.get(), "reason": reason}, status=status.value
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: Django refused the request itself (host, size, encoding)."""
    message = _("This request could not be understood.")
    return _answer(request, status=HTTPStatus.BAD_REQUEST, code="invalid", message=message)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403: also a form without its CSRF token, whose `reason` is for developers and stays with them."""
    message = _("This is not permitted.")
    told = str(exception) if exception is not None else ""
    return _answer(request, status=HTTPStatus.FORBIDDEN, code="not_allowed", message=message, reason=told)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or not for this person."""
    message = _("There is nothing here.")
    return _answer(request, status=HTTPStatus.NOT_FOUND, code="missing", message=message)


def failed(request: HttpRequest) -> HttpResponse:
    """500: nothing is read for this page, since what failed may be what would be read."""
    if request.path.startswith(API):
        message = _("Something failed on our side.")
        return _answer(request, status=HTTPStatus.INTERNAL_SERVER_ERROR, code="failed", message=message)
    try:
        return render(request, "500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR.value)
    except Exception:  # the style sheets of the page may be what is missing
        log.exception("the page that tells of a fault could not be made")
        said = _("Something failed on our side.")
        return HttpResponse(f"500 · {said}", content_type="text/plain; charset=utf-8", status=500)
