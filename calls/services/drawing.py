"""A call as it is drawn up, before anybody has it: by whom, for which place and case, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from calls.choices import Kind
from calls.events import CallFiled
from calls.models import Call
from calls.policies import calling_seat
from calls.services import calls
from calls.services.triaging import FARTHEST
from kernel import personal
from kernel.actors import Actor
from kernel.errors import Conflict, Invalid, Missing, NotAllowed
from kernel.events import instant
from kernel.ids import new_id
from kernel.numbers import next_number
from organizations.choices import AreaLevel
from organizations.models import Area, Unit
from organizations.queries import center_of
from petitions.choices import FINISHED_STATES, State
from petitions.models import Petition
from petitions.queries import category_of
from petitions.services.stages import locked as locked_petition

PREFIX = "HJ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a township wants. `place` is the code of an area: without one that of the petition, else the caller's own.

    `unit_id` says for which of one's units.
    """

    kind: str
    asked: str
    petition_id: UUID | None = None
    category_code: str = ""
    place: str = ""
    spot: str = ""
    wanted_by: datetime | None = None
    unit_id: int | None = None


def draw(*, wanted: Wanted, actor: Actor, at: datetime) -> Call:
    """The call, not saved. Its petition is locked before anything is written, as every deed of a case does.

    Raises NotAllowed, Missing for a petition that the actor does not see, Conflict for a finished one, Invalid.
    """
    seat = calling_seat(actor=actor, unit_id=wanted.unit_id)
    if seat is None:
        raise NotAllowed(_("Your role does not include this."))
    _check(wanted, at)
    petition = _petition(wanted.petition_id, actor=actor) if wanted.petition_id else None
    caller = Unit.objects.select_related("area").get(pk=seat.unit_id or 0)
    place = _place(wanted.place, caller) if wanted.place else petition.place if petition else caller.area.prefix
    center = center_of(place=place, level=AreaLevel.COUNTY)
    if center is None or center.pk == caller.pk:
        raise Invalid(_("There is no command centre for this place."), fields={"place": [_("No centre.")]})
    own = petition.category if petition else None
    category = category_of(code=wanted.category_code) if wanted.category_code else own
    call_id = new_id(at=at)
    return Call(
        id=call_id,
        case_id=petition.pk if petition else call_id,
        number=next_number(prefix=PREFIX, at=at),
        petition=petition,
        kind=wanted.kind,
        quick=wanted.kind == Kind.EMERGENCY,
        category=category,
        place=place,
        spot=wanted.spot.strip(),
        asked=wanted.asked.strip(),
        wanted_by=wanted.wanted_by,
        salt=personal.new_salt(),
        caller=caller,
        center=center,
        filed_at=at,
        filed_by_id=actor.user_id,
        stage_from=at,
        changed_at=at,
    )


def filed(call: Call) -> CallFiled:
    """The event that says so."""
    return CallFiled(
        **calls.identity(call),
        # On a petition the holder of the case does not change: the township keeps it, and so does the ledger.
        holder="" if call.petition_id or call.beside_id else f"unit:{call.caller_id}",
        kind=call.kind,
        caller=call.caller_id,
        center=call.center_id,
        place=call.place,
        quick=call.quick,
        signed=call.state != "signing",
        wanted_by=instant(call.wanted_by) if call.wanted_by else "",
        due_by=instant(call.stage_due_at),
        content=personal.commitment(call.asked, salt=bytes(call.salt)),
    )


def _check(wanted: Wanted, at: datetime) -> None:
    if wanted.kind not in Kind.values:
        raise Invalid(_("There is no such kind of call."), fields={"kind": [_("Unknown kind.")]})
    if not wanted.asked.strip():
        raise Invalid(_("Say what is asked."), fields={"asked": [_("Required.")]})
    if wanted.wanted_by is not None and not at < wanted.wanted_by <= at + FARTHEST:
        raise Invalid(_("This time cannot be met."), fields={"wanted_by": [_("In the future, and within a year.")]})


def _petition(petition_id: UUID, *, actor: Actor) -> Petition:
    if not Petition.objects.visible_to(actor).filter(pk=petition_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    petition = locked_petition(petition_id=petition_id)
    if petition.state in (*FINISHED_STATES, State.JOINED):
        raise Conflict(_("This petition is finished; nobody is called for it."))
    return petition


def _place(place: str, caller: Unit) -> str:
    """The prefix of an area inside of the caller's. Raises Invalid for any other code."""
    area = Area.objects.filter(code=place).first() if place.isascii() else None
    if area is None:
        raise Invalid(_("There is no such area."), fields={"place": [_("Unknown code.")]})
    if not area.prefix.startswith(caller.area.prefix):
        raise Invalid(_("This is outside of your unit's area."), fields={"place": [_("Another unit's area.")]})
    return area.prefix
