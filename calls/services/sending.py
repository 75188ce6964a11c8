"""A township sends its own team (1+X+Y): at once, signed and triaged by nobody, since it commands the team itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from calls.choices import FINAL_STATES, Kind
from calls.events import TeamSent
from calls.models import Call
from calls.policies import FILE
from calls.queries import people_sent, teams_to_send
from calls.services import calls
from calls.services.drawing import Wanted, draw, filed
from calls.services.filing import file_call
from calls.services.triaging import tell_called
from calls.workflow import CALLS
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import instant, record
from kernel.permissions import require
from organizations.models import Membership, Team
from petitions.services.stages import locked as locked_petition


@deed
def send_team(*, wanted: Wanted, team_id: Any, actor: Actor, at: datetime) -> Call:
    """Send a team of one's township, on a petition or by itself, without calling any department.

    The township keeps the case, commands and assesses; the departments of the people see it. Raises as file_call(),
    and Invalid for a team that is not the township's, that nobody is in, or that has no power in the matter.
    """
    return _send(draw(wanted=wanted, actor=actor, at=at), team_id, actor=actor, at=at)


@deed
def send_out(*, wanted: Wanted, team_id: Any, only_team: bool, actor: Actor, at: datetime) -> Call:
    """What one page files: a call to a department, the own team, or both on one case; the call, or the team's.

    Raises Invalid where only a team is wanted and none is named, and otherwise as the deeds that it is made of.
    """
    if only_team:
        return send_team(wanted=wanted, team_id=team_id, actor=actor, at=at)
    call = file_call(**asdict(wanted), actor=actor, at=at)
    if team_id is not None:
        send_beside(call_id=call.pk, team_id=team_id, actor=actor, at=at)
    return call


@deed
def send_beside(*, call_id: Any, team_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """Send the own team for what a department was called for: the same case, and each has its own clock and rating.

    Raises Conflict for a call that has ended, or beside which the team is out already.
    """
    seen = Call.objects.visible_to(actor).filter(pk=call_id).values_list("petition_id", flat=True).first()
    if seen is not None:  # every deed of a case locks its petition first
        locked_petition(petition_id=seen)
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    require(actor.may(FILE, units=[call.caller_id]))
    out = Call.objects.open().filter(case_id=call.case_id, team_id=team_id).exists()
    if call.state in FINAL_STATES or call.team_id is not None or out:
        raise Conflict(_("The team is out for this already, or the call has ended."))
    wanted = Wanted(
        kind=call.kind,
        asked=call.asked,
        petition_id=call.petition_id,
        category_code=call.category_id or "",
        spot=call.spot,
        wanted_by=call.wanted_by if call.wanted_by and call.wanted_by > at else None,
        unit_id=call.caller_id,
    )
    sent = draw(wanted=wanted, actor=actor, at=at)
    sent.beside, sent.case_id, sent.place = call, call.case_id, call.place
    return _send(sent, team_id, actor=actor, at=at)


def _send(call: Call, team_id: Any, *, actor: Actor, at: datetime) -> Call:
    team = _team(call, team_id, actor, at)
    until = call.wanted_by or calls.end_of_step(clock="call.work", call=call, at=at)
    CALLS.advance(call, "send", given={"team": team.pk, "until": until})
    members = Membership.objects.in_force(timezone.localdate(at)).filter(team=team)
    call.team, call.lead_id, call.round = team, call.caller_id, 1
    call.involved = sorted(set(members.values_list("home_id", flat=True)))
    call.called_at, call.called_by_id, call.work_due_at = at, actor.user_id, until
    calls.lay(call=call, at=at)
    call.answer_due_at = call.stage_due_at
    call.save(force_insert=True)
    calls.start_clock(call=call, at=at)
    record(filed(call), actor=actor, at=at)
    sent = TeamSent(
        **calls.identity(call),
        unit=call.caller_id,
        team=str(team.pk),
        people=sorted(people_sent(call=call)),
        homes=call.involved,
        answer_by=instant(call.stage_due_at),
        work_by=instant(until),
    )
    record(sent, actor=actor, at=at)
    tell_called(call=call, at=at)
    return call


def _team(call: Call, team_id: Any, actor: Actor, at: datetime) -> Team:
    """A team of the township with somebody in it; for enforcement it needs the power, where the matter is known."""
    own = teams_to_send(actor=actor, township_id=call.caller_id, on=timezone.localdate(at))
    team = own.filter(pk=team_id).first()
    if team is None:
        said = _("This is not a team of your township with somebody in it.")
        raise Invalid(said, fields={"team": [_("Choose another team.")]})
    matter = call.category.matter_id if call.category else None
    if call.kind == Kind.ENFORCEMENT and matter is not None and not team.powers.filter(pk=matter).exists():
        said = _("The team has no power of enforcement in this matter.")
        raise Invalid(said, fields={"team": [_("Not among its powers.")]})
    return team
