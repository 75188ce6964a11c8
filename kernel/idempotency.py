"""A key makes a request repeatable: the same key gets the same answer, another body is refused."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kernel import faults
from kernel.errors import Unprocessable
from kernel.models import StoredAnswer


def fingerprint(*parts: bytes) -> bytes:
    """What a request is recognised by: its method, path and body."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


KEPT = timedelta(days=30)
"""How long a repeated request gets the same answer: longer than a telephone stays switched off."""

SWEPT_AT_ONCE = 5000


def forget_old(*, at: datetime) -> int:
    """Remove the answers that are kept no longer, some thousands in a statement; returns how many."""
    total = 0
    while True:
        old = StoredAnswer.objects.filter(created_at__lt=at - KEPT).order_by("created_at").values("pk")
        gone, _each = StoredAnswer.objects.filter(pk__in=old[:SWEPT_AT_ONCE]).delete()
        total += gone
        if gone < SWEPT_AT_ONCE:
            return total


def remembered(*, actor_key: str, key: str, mark: bytes) -> StoredAnswer | None:
    """The answer given before, or None. Raises Unprocessable (422) where the key came with another request."""
    answer = StoredAnswer.objects.filter(actor_key=actor_key, key=key).first()
    if answer is not None and bytes(answer.fingerprint) != mark:
        raise Unprocessable(_("This Idempotency-Key was used for a different request."), code="key_reused")
    return answer


def remember(*, actor_key: str, key: str, mark: bytes, status: int, body: Any, at: datetime) -> None:
    """Store the answer in the deed's transaction. IntegrityError where a twin request was faster: roll back, replay."""
    StoredAnswer.objects.create(actor_key=actor_key, key=key, fingerprint=mark, status=status, body=body, created_at=at)
    faults.point("answer_stored")
