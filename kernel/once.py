"""A page that files something is sent twice by a nervous finger: the second time it gets the first answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from kernel.deeds import in_one_transaction
from kernel.idempotency import remember, remembered


def done_once(
    *,
    actor_key: str,
    key: str,
    mark: bytes,
    at: datetime,
    work: Callable[[], dict[str, Any]],
    ahead: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """Run work and store its answer in one transaction, or give the answer that was given for the same key before.

    `ahead`: what takes long and needs no lock, done before the transaction begins and not at all for a repeated key.
    Raises Unprocessable (422) where the key came with other content.
    """
    if answer := remembered(actor_key=actor_key, key=key, mark=mark):
        return dict(answer.body)
    if ahead is not None:
        ahead()

    def once() -> dict[str, Any]:
        body = work()
        remember(actor_key=actor_key, key=key, mark=mark, status=201, body=body, at=at)
        return body

    try:
        return in_one_transaction(once)
    except IntegrityError as error:
        if "kernel_answer_once" not in str(error):
            raise
        twin = remembered(actor_key=actor_key, key=key, mark=mark)
        if twin is None:
            raise
        return dict(twin.body)
