"""Pages of the enforcement teams: every township's strength, and the teams of one township with their rosters."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calls.choices import COLOURS
from calls.models import Call
from governance.web.team_work import Work, work_of
from kernel import clock
from kernel.actors import Actor
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from organizations.choices import TEAM_SIGNS, TeamKind, UnitKind
from organizations.models import Membership, Team, Unit
from organizations.queries.teams import manage_verdict, rosters, teams_with_matters


@login_required
@require_safe
def teams(request: ActorRequest) -> HttpResponse:
    """The townships whose teams one sees: how many of each part of 1+X+Y, how many people, what they have open."""
    actor, today = request.actor, clock.today()
    require_view(actor)
    found = Team.objects.visible_to(actor).in_force(today).select_related("township").order_by("township__code")
    by_township: dict[Unit, list[Team]] = {one: [] for one in _own_townships(actor)}
    for team in found:
        by_township.setdefault(team.township, []).append(team)
    members = rosters(team_ids=[team.pk for team in found], on=today)
    work = work_of(people=[one.user_id for rows in members.values() for one in rows])
    rows = [_township_row(one, held, members, work, today) for one, held in by_township.items()]
    totals = {name: sum(row[name] for row in rows) for name in ("people", "calls", "orders")}
    context = {"rows": rows, "totals": totals, "at": clock.now(), "signs": _signs()}
    return render(request, "governance/teams.html", context)


@login_required
@require_safe
def township(request: ActorRequest, unit_id: int) -> HttpResponse:
    """The teams of one township: powers, roster with both superiors, open work. `?former=1` adds what has ended."""
    actor, today = request.actor, clock.today()
    require_view(actor)
    unit, former = township_seen(actor, unit_id), request.GET.get("former") == "1"
    found = Team.objects.visible_to(actor).filter(township=unit)
    found = found if former else found.overlapping(start=today, end=None)
    shown = list(teams_with_matters(found=found).order_by("valid_from", "code"))
    members = rosters(team_ids=[team.pk for team in shown], on=today, former=former)
    work = work_of(people=[one.user_id for rows in members.values() for one in rows if _in_force(one, today)])
    sent = _sent(shown, actor)
    context = {
        "unit": unit,
        "teams": [{**_team(team, members[team.pk], work, today), "sent": sent[team.pk]} for team in shown],
        "manages": bool(manage_verdict(actor=actor, township_id=unit.pk)),
        "former": former,
    }
    return render(request, "governance/township_teams.html", context)


def require_view(actor: Actor) -> None:
    """Raise NotAllowed for those who have no teams to look at."""
    if not actor.holds("team.view"):
        raise NotAllowed(_("Your role does not include this."))


def township_seen(actor: Actor, unit_id: int) -> Unit:
    """The township, where one sees a team of it or keeps its roster; a 404 otherwise."""
    unit = Unit.objects.working().filter(pk=unit_id, kind=UnitKind.TOWNSHIP).select_related("area").first()
    if unit is None:
        raise Http404
    sees = Team.objects.visible_to(actor).filter(township=unit).exists()
    if not sees and not manage_verdict(actor=actor, township_id=unit.pk):
        raise Http404
    return unit


def _own_townships(actor: Actor) -> list[Unit]:
    """Those whose roster one keeps: they stand in the list without any team too."""
    townships = Unit.objects.working().filter(kind=UnitKind.TOWNSHIP).order_by("code")
    if not actor.holds("reference.edit"):
        townships = townships.filter(pk__in=actor.unit_ids)
    return [one for one in townships if manage_verdict(actor=actor, township_id=one.pk)]


def _township_row(
    unit: Unit, held: list[Team], members: dict[Any, list[Membership]], work: Work, today: date
) -> dict[str, Any]:
    people = [one.user_id for team in held for one in members[team.pk] if _in_force(one, today)]
    calls, orders = work.of(people)
    kinds: defaultdict[str, int] = defaultdict(int)
    for team in held:
        kinds[team.kind] += 1
    counts = [(sign, kinds[kind], label) for kind, sign, label in _signs()]
    return {"unit": unit, "counts": counts, "people": len(people), "calls": calls, "orders": orders}


def _team(team: Team, rows: list[Membership], work: Work, today: date) -> dict[str, Any]:
    here = [one.user_id for one in rows if _in_force(one, today)]
    calls, orders = work.of(here)
    return {
        "team": team,
        "members": [
            {
                "row": one,
                "now": _in_force(one, today),
                "open": work.of([one.user_id]),
                "to_come": one.valid_from > today,
            }
            for one in rows
        ],
        "people": len(here),
        "calls": calls,
        "orders": orders,
        "ended": team.valid_until is not None and team.valid_until <= today,
    }


def _sent(teams: list[Team], actor: Actor) -> dict[Any, list[dict[str, Any]]]:
    """What each team is sent for and has not finished, as far as one sees it, soonest due first. One query."""
    found: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    rows = Call.objects.visible_to(actor).open().filter(team__in=[one.pk for one in teams])
    for call in rows.select_related("person").order_by("stage_due_at", "pk"):
        found[call.team_id].append({"call": call, "colour": COLOURS[call.state]})
    return found


def _in_force(one: Membership, today: date) -> bool:
    return one.valid_from <= today and (one.valid_until is None or one.valid_until > today)


def _signs() -> list[tuple[str, str, Any]]:
    return [(kind.value, TEAM_SIGNS[kind], kind.label) for kind in TeamKind]
