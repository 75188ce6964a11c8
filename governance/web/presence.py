"""Who else is on this case right now: kept in the cache for a minute, and nobody is shown while that is away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.cache import ForgivingRedisCache
from kernel import clock
from kernel.errors import Missing, NotAllowed
from kernel.http import ActorRequest
from petitions.models import Petition
from petitions.queries import is_withheld, works_on_cases

# Pages say every twenty seconds that they are still there: one that missed twice is gone.
SECONDS = 45
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who has the same case open."""

    name: str
    letter: str


@login_required
@require_POST
def presence(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Say that one is on the case, or with `leave` that one is not any more, and be told who else is."""
    if not works_on_cases(request.actor):
        raise NotAllowed(_("Who is on a case is shown to those who work on it."))
    petition = Petition.objects.visible_to(request.actor).filter(pk=case_id).first()
    if petition is None:
        raise Missing(_("This does not exist, or not for you."))
    key, me = f"presence:{case_id}", str(request.user.pk)
    if "leave" in request.POST:
        _forgiving().apart(key, me)
        return HttpResponse(status=204)
    found = _forgiving().together(key, me, at=clock.now().timestamp(), seconds=SECONDS)
    # Whoever filed it or wrote it down is not shown to those from whom the reporter is kept.
    hidden = is_withheld(petition=petition, actor=request.actor)
    kept = {petition.reporter_user_id, petition.registrar_id} if hidden else set()
    others = _colleagues([int(one) for one in found if one != me and int(one) not in kept])
    context = {"people": others[:SHOWN], "more": max(len(others) - SHOWN, 0)}
    return HttpResponse(render_to_string("governance/_presence.html", context).strip())


def _forgiving() -> ForgivingRedisCache:
    """The cache, known to be ours."""
    return cast(ForgivingRedisCache, cache)


def _colleagues(user_ids: list[int]) -> list[Colleague]:
    if not user_ids:
        return []
    people = get_user_model().objects.filter(pk__in=user_ids, is_active=True).order_by("pk")
    names = [one.display_name or one.get_username() for one in people]
    return [Colleague(name=name, letter=name[:1].upper()) for name in names]
