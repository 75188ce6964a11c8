"""One shape for every refusal: {"error": {code, message, fields, details, request_id}}."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from kernel.context import request_id
from kernel.errors import DomainError, Invalid, Missing, NotAllowed, TooLarge


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every known refusal in the one shape; None lets a real fault through as a 500."""
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.APIException):
        status, body = error.status_code, _of_framework(error)
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(int(wait))
        if challenge := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = challenge
    else:
        refused = _domain_error(error)
        if refused is None:
            return None
        status, body = refused.status, error_body(refused)
        if status == 503:
            headers["Retry-After"] = "1"
    set_rollback()
    return Response(body, status=status, headers=headers)


def _domain_error(error: Exception) -> DomainError | None:
    if isinstance(error, DomainError):
        return error
    if isinstance(error, Http404):
        return Missing(_("This does not exist, or not for you."))
    if isinstance(error, PermissionDenied):
        return NotAllowed(_("You may not do this."))
    if isinstance(error, RequestDataTooBig):
        return TooLarge(_("The request is too large."))
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return Invalid(_("The request could not be read."))
    return None


def error_body(error: DomainError) -> dict[str, Any]:
    """The one JSON shape of a domain error."""
    return _shape(error.code, error.message, error.fields, error.details)


def _shape(code: str, message: Any, fields: Any, details: Any) -> dict[str, Any]:
    return {
        "error": {
            "code": code,
            "message": str(message),
            "fields": fields,
            "details": details,
            "request_id": request_id.get(),
        }
    }


def _of_framework(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
        return _shape("invalid", _("Some of what was sent is not right."), fields, {})
    return _shape(getattr(error.detail, "code", "error"), error.detail, {}, {})
