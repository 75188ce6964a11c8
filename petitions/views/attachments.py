"""Files of a case, to those who see the case."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kernel.http import ActorRequest
from petitions import serving
from petitions.services.attaching import open_attachment
from petitions.serving import LOCKED

__all__ = ["LOCKED", "attachment", "thumbnail"]


@login_required
@require_safe
@cache_control(private=True, max_age=3600)
def attachment(request: ActorRequest, attachment_id: UUID) -> HttpResponseBase:
    """The file itself, shown in the browser where it is a picture."""
    row, _path = open_attachment(attachment_id=attachment_id, actor=request.actor)
    return serving.shown(row)


@login_required
@require_safe
@cache_control(private=True, max_age=3600)
def thumbnail(request: ActorRequest, attachment_id: UUID) -> HttpResponseBase:
    """The small picture."""
    row, _path = open_attachment(attachment_id=attachment_id, actor=request.actor)
    return serving.shown_small(row)
