"""What the beat wakes: look now. Each may run never, once or five times over, in any order."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from kernel import clock
from notices import carriers
from notices.services import digest, forgetting, sending


@shared_task(name="notices.send_due", ignore_result=True)
def send_due(**_kwargs: Any) -> int:
    return sending.send_due(carry=carriers.carry, at=clock.now())


@shared_task(name="notices.make_digests", ignore_result=True)
def make_digests(**_kwargs: Any) -> int:
    return digest.make_digests(at=clock.now())


@shared_task(name="notices.forget_old", ignore_result=True)
def forget_old(**_kwargs: Any) -> int:
    return forgetting.forget_old(at=clock.now())
