"""Drafts of forms: static/js/drafts.js keeps them while somebody types, and asks for them when a form is opened."""

from __future__ import annotations

from typing import Any

import orjson
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desk.models.draft import MOST_BYTES
from desk.services import drafts
from kernel import clock
from kernel.errors import DomainError, Invalid, TooLarge
from kernel.http import ActorRequest
from kernel.text import refuse_hostile


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: ActorRequest, key: str) -> HttpResponse:
    """One's own draft of a form as JSON, or an empty object where there is none; a POST keeps what the body says."""
    try:
        if request.method == "POST":
            drafts.keep(key=key, fields=_fields(request), actor=request.actor, at=clock.now())
            return HttpResponse(status=204)
    except DomainError as error:
        return JsonResponse({"error": {"code": error.code, "message": str(error.message)}}, status=error.status)
    found = drafts.opened(key=key, actor=request.actor)
    if found is None:
        return JsonResponse({})
    begun = {"begun_at": found.begun_at, "kept_at": found.kept_at, "fields": found.fields}
    return JsonResponse(begun)


@login_required
@require_POST
def discard(request: ActorRequest, key: str) -> HttpResponse:
    """Throw one's own draft away; another person's does not exist."""
    drafts.discard(key=key, actor=request.actor)
    return HttpResponse(status=204)


def _fields(request: ActorRequest) -> dict[str, list[str]]:
    """The fields in a body {"fields": {name: [value, …]}}. Raises Invalid for anything else, TooLarge."""
    # What is kept is smaller than its JSON with every sign escaped, and nobody needs to read more than that.
    if len(request.body) > 2 * MOST_BYTES:
        raise TooLarge(_("This is more than is kept of a form."))
    try:
        said: Any = orjson.loads(request.body)
        refuse_hostile(said)
    except (orjson.JSONDecodeError, ValueError) as error:
        raise Invalid(_("Send a JSON object.")) from error
    fields = said.get("fields") if isinstance(said, dict) else None
    if not isinstance(fields, dict) or not all(_texts(values) for values in fields.values()):
        raise Invalid(_("Send a JSON object."), fields={"fields": [_("Not the fields of a form.")]})
    return dict(fields)


def _texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) for one in values)
