"""A create that may be repeated: with the same Idempotency-Key it gets the same answer, and runs once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.deeds import in_one_transaction
from kernel.errors import DomainError, Invalid, PreconditionRequired
from kernel.idempotency import fingerprint, remember, remembered

MAX_KEY = 80


def answer_once(
    request: Request, *, actor_key: str, at: datetime, work: Callable[[], tuple[int, dict[str, Any]]]
) -> Response:
    """Run work and store its answer in the same transaction, or give the answer that was given before.

    Raises PreconditionRequired (428) without a key, Unprocessable (422) where the key came with another body.
    """
    key = idempotency_key(request)
    mark = fingerprint((request.method or "").encode(), request.path.encode(), _content(request))

    def once() -> tuple[int, dict[str, Any]]:
        status, body = work()
        remember(actor_key=actor_key, key=key, mark=mark, status=status, body=_plain(body), at=at)
        return status, body

    try:
        status, body = in_one_transaction(once)
    except (IntegrityError, DomainError):
        # Nearly every key is new, so nobody looks first: a key that was used shows in the refusal of its row, or of
        # whatever the deed may not do a second time.
        answer = remembered(actor_key=actor_key, key=key, mark=mark)
        if answer is None:
            raise
        return Response(answer.body, status=answer.status, headers={"Idempotency-Replayed": "true"})
    return Response(body, status=status)


def idempotency_key(request: Request) -> str:
    """The key of a create. Raises PreconditionRequired where it is missing, Invalid where it is not printable ASCII."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise PreconditionRequired(
            _("Send an Idempotency-Key, so that a repeated request does nothing twice."),
            code="idempotency_key_required",
        )
    if len(key) > MAX_KEY or not key.isascii() or not key.isprintable():
        raise Invalid(_("The Idempotency-Key is not valid."), code="idempotency_key_invalid")
    return key


def expected_version(request: Request) -> int:
    """The version named in If-Match. Raises PreconditionRequired (428) without one, Invalid for another form."""
    header = request.headers.get("If-Match", "")
    if not header:
        raise PreconditionRequired(_("Send If-Match with the version that you have seen."), code="if_match_required")
    version = header.strip().removeprefix("W/").strip('"')
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise Invalid(_("If-Match is not a version."), code="if_match_invalid")
    return int(version)


def _plain(body: dict[str, Any]) -> Any:
    return orjson.loads(orjson.dumps(body, default=str))


def _content(request: Request) -> bytes:
    said = request.data
    if isinstance(said, list):
        raise Invalid(_("Send a JSON object."))
    parts: dict[str, Any] = {}
    for name, value in said.items():
        if isinstance(value, UploadedFile):
            digest = hashlib.sha256()
            for chunk in value.chunks():
                digest.update(chunk)
            value.seek(0)
            parts[name] = digest.hexdigest()
        else:
            parts[name] = value
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS, default=str)
