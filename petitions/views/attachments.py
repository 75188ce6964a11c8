"""Files of a case, to those who see the case."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kernel.http import ActorRequest
from petitions import files
from petitions.services.attaching import open_attachment

# Nothing in a file of ours may run, whatever a browser makes of it.
LOCKED = "default-src 'none'; sandbox"


@login_required
@require_safe
@cache_control(private=True, max_age=3600)
def attachment(request: ActorRequest, attachment_id: UUID) -> HttpResponseBase:
    """The file itself, shown in the browser where it is a picture."""
    row, path = open_attachment(attachment_id=attachment_id, actor=request.actor)
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=row.content_type)
    response.headers["Content-Disposition"] = files.disposition(attachment=row, inline=bool(row.width))
    response.headers["Content-Security-Policy"] = LOCKED
    return response


@login_required
@require_safe
@cache_control(private=True, max_age=3600)
def thumbnail(request: ActorRequest, attachment_id: UUID) -> HttpResponseBase:
    """The small picture."""
    row, _path = open_attachment(attachment_id=attachment_id, actor=request.actor)
    small = files.thumbnail_of(attachment=row)
    if small is None or not small.exists():
        raise Http404
    return FileResponse(small.open("rb"), content_type="image/webp")
