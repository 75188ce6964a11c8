"""Pages on which something is done to a team of a township."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.web import team_forms as forms
from governance.web.teams import require_view, township_seen
from kernel import clock
from kernel.deed_pages import DeedPage, answer
from kernel.http import ActorRequest
from kernel.permissions import require
from organizations.models import Membership, Team
from organizations.queries.teams import manage_verdict, staff_found
from organizations.services import teams

METHODS = ["GET", "HEAD", "POST"]
LONGEST = 60


@login_required
@require_http_methods(METHODS)
def found(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Found a team for a township."""
    actor, at = request.actor, clock.now()
    require_view(actor)
    unit = township_seen(actor, unit_id)
    require(manage_verdict(actor=actor, township_id=unit.pk))
    page = DeedPage(
        title=_("Found a team"),
        form=forms.FoundTeam(request.POST or None, initial={"valid_from": clock.today()}),
        act=lambda form: teams.found_team(township_id=unit.pk, actor=actor, at=at, **form.given()),
        reload=lambda: Team.objects.latest("changed_at"),  # somebody founded the same in this moment
        said=_("Founded."),
        done=reverse("governance:township-teams", args=[unit.pk]),
        context={"subject": {"number": unit.code, "title": unit.name}},
    )
    return answer(request, page)


@login_required
@require_http_methods(METHODS)
def post_down(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """Post somebody of a department down to a team."""
    team = _kept(request, team_id)
    words, at = request.GET.get("who", "")[:LONGEST], clock.now()
    found = staff_found(words=words, at=at)
    form = forms.PostDown(
        request.POST or None, version=team.version, found=found, at=at, initial={"valid_from": clock.today()}
    )
    page = _page(request, team, form, act=teams.post_down, title=_("Post somebody down"), said=_("Posted down."))
    page.template = "governance/post_down.html"
    page.context |= {"who": words, "found": found}
    page.context["lead"] = _("The department stays the superior in the profession; the township commands and assesses.")
    return answer(request, page)


@login_required
@require_http_methods(METHODS)
def recall(request: ActorRequest, team_id: UUID, membership_id: int) -> HttpResponse:
    """Send somebody back to the department."""
    team = _kept(request, team_id)
    member = Membership.objects.filter(team=team, pk=membership_id).select_related("user", "home").first()
    if member is None:
        raise Http404
    form = forms.Recall(request.POST or None, version=team.version, initial={"on": clock.today()})
    page = _page(request, team, form, act=teams.recall, title=_("Recall"), said=_("Recalled."), member=member)
    page.context["lead"] = _("%(person)s, of %(home)s") % {"person": member.user, "home": member.home}
    return answer(request, page)


@login_required
@require_http_methods(METHODS)
def end(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """End a team."""
    team = _kept(request, team_id)
    form = forms.EndTeam(request.POST or None, version=team.version, initial={"on": clock.today()})
    page = _page(request, team, form, act=teams.end_team, title=_("End the team"), said=_("Ended."))
    page.context["lead"] = _("Everybody in it is back in the department on that day.")
    return answer(request, page)


def _kept(request: ActorRequest, team_id: UUID) -> Team:
    """The team where one sees it (404) and keeps its roster (403)."""
    require_view(request.actor)
    teams_seen = Team.objects.visible_to(request.actor).select_related("township")
    team: Team | None = teams_seen.filter(pk=team_id).first()
    if team is None:
        raise Http404
    require(manage_verdict(actor=request.actor, township_id=team.township_id))
    return team


def _page(
    request: ActorRequest,
    team: Team,
    form: forms.TeamForm,
    *,
    act: Callable[..., Any],
    title: str,
    said: str,
    member: Membership | None = None,
) -> DeedPage:
    common: dict[str, Any] = {"team_id": team.pk, "actor": request.actor, "at": clock.now()}
    if member is not None:
        common["membership_id"] = member.pk
    return DeedPage(
        title=title,
        form=form,
        act=lambda sent: act(**common, version=sent.cleaned_data["version"], **sent.given()),
        reload=lambda: Team.objects.get(pk=team.pk),
        said=said,
        done=reverse("governance:township-teams", args=[team.township_id]),
        context={"subject": {"number": team.code, "title": team.name}},
    )
