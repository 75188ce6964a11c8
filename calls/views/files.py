"""Files of a call, to those who see the call; and deeds whose forms bring files with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from calls.services.showing import opened, show
from kernel.actors import Actor
from kernel.deeds import in_one_transaction
from kernel.http import ActorRequest
from petitions import serving
from petitions.services.attaching import prepared


@login_required
@require_safe
@cache_control(private=True, max_age=3600)
def file(request: ActorRequest, call_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The file itself, shown in the browser where it is a picture."""
    return serving.shown(opened(call_id=call_id, file_id=file_id, actor=request.actor))


@login_required
@require_safe
@cache_control(private=True, max_age=3600)
def small(request: ActorRequest, call_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The small picture."""
    return serving.shown_small(opened(call_id=call_id, file_id=file_id, actor=request.actor))


def with_files(run: Callable[..., Any]) -> Callable[..., Any]:
    """A deed together with the files that its form brought: all of it or nothing."""

    def act(*, call_id: Any, actor: Actor, at: datetime, file: Sequence[Any] = (), **given: Any) -> None:
        taken = [prepared(file=one, name=one.name or "") for one in file]  # before anything is locked

        def work() -> None:
            run(call_id=call_id, actor=actor, at=at, **given)
            if taken:
                show(call_id=call_id, given=taken, actor=actor, at=at)

        in_one_transaction(work)

    return act
