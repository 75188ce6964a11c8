"""Opening a case: by the category of an accepted petition, or by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.permissions import require
from mediation.choices import OPEN_STATES, Entry, Side
from mediation.deadlines import LIMITS
from mediation.entry import NUMBER, becomes_mediation
from mediation.events import MediationOpened
from mediation.models import MediationCase
from mediation.queries import committees_of
from mediation.services import cases
from mediation.services.parties import PartyData, write_party
from organizations.models import Unit
from petitions.choices import FINISHED_STATES, Nature, State
from petitions.models import Petition
from petitions.services.stages import end_of
from petitions.services.stages import locked as locked_petition

NEXT_SERIAL = """
INSERT INTO mediation_serial (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = mediation_serial.last + 1 RETURNING last
"""


@deed
def open_disputes(*, categories: Mapping[UUID, str], at: datetime) -> None:
    """Open cases for the disputes among accepted petitions, given with the categories they were accepted under."""
    for petition_id, category in sorted(categories.items()):
        if becomes_mediation(category=category):
            open_by_category(petition_id=petition_id, category=category, at=at)


@deed
def open_by_category(*, petition_id: Any, category: str, at: datetime) -> MediationCase | None:
    """Open a case for a dispute that was accepted under a category. Nothing for other matters, nor a second time."""
    if not becomes_mediation(category=category):
        return None
    petition = locked_petition(petition_id=petition_id)
    if petition.state in FINISHED_STATES or MediationCase.objects.filter(petition=petition).exists():
        return None
    committees = committees_of(place=petition.place)
    return _open(petition, committees[0], entry=Entry.CATEGORY, actor=SYSTEM, at=at) if committees else None


@deed
def open_by_hand(*, petition_id: Any, actor: Actor, at: datetime) -> MediationCase:
    """Bring a petition before the committee of its place.

    Raises Missing, NotAllowed, Conflict where a case is open for it or the petition is finished or not yet accepted,
    Invalid where no committee exists for the place.
    """
    petition = locked_petition(petition_id=petition_id)
    committees = committees_of(place=petition.place)
    if not seen(petition=petition, committees=committees, actor=actor):
        raise Missing(_("This does not exist, or not for you."))
    require(actor.may("mediation.open", place=petition.place, units=[unit.pk for unit in committees]))
    if petition.state in (*FINISHED_STATES, State.FILED, State.WAITING, State.JOINED):
        raise Conflict(_("Only a petition that is accepted and not finished is mediated."))
    if MediationCase.objects.filter(petition=petition, state__in=OPEN_STATES).exists():
        raise Conflict(_("A mediation is open for this petition already."))
    if not committees:
        raise Invalid(_("There is no mediation committee for this place."))
    return _open(petition, committees[0], entry=Entry.HAND, actor=actor, at=at)


def seen(*, petition: Petition, committees: list[Unit], actor: Actor) -> bool:
    """True where the actor sees the petition, or is a mediator of a committee around its place."""
    if any(unit.pk in actor.unit_ids for unit in committees):
        return True
    return bool(Petition.objects.visible_to(actor).filter(pk=petition.pk).exists())


def _open(petition: Petition, committee: Unit, *, entry: str, actor: Actor, at: datetime) -> MediationCase:
    due = end_of(limit=LIMITS["mediation.assign"], at=at)
    case = MediationCase.objects.create(
        id=new_id(at=at),
        petition=petition,
        number=_number(at=at),
        entry=entry,
        place=petition.place,
        committee=committee,
        opened_at=at,
        changed_at=at,
        stage_due_at=due,
    )
    opened = MediationOpened(
        **cases.identity(case), entry=entry, committee=committee.pk, place=case.place, assign_by=instant(due)
    )
    record(opened, actor=actor, at=at)
    cases.clock(case=case, kind="mediation.assign", due_at=due, at=at)
    _applicant(case, petition, actor=actor, at=at)
    return case


def _number(*, at: datetime) -> str:
    """The next number of the year, without gaps: a deed that fails gives its number back."""
    year = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [year])
        (serial,) = cursor.fetchone()
    return NUMBER.format(year=year, serial=serial)


def _applicant(case: MediationCase, petition: Petition, *, actor: Actor, at: datetime) -> None:
    """Whoever reported the dispute is a party to it, unless the identity is withheld or unknown."""
    reporter = getattr(petition, "reporter", None)
    if reporter is None or petition.confidential or petition.nature == Nature.REPORT or not bytes(reporter.name):
        return
    known = {
        field: personal.decrypt(getattr(reporter, source), purpose=f"reporter.{source}")
        for field, source in [("name", "name"), ("phone", "phone"), ("identity", "identity"), ("address", "home")]
    }
    write_party(case=case, side=Side.APPLICANT, about=PartyData(**known), actor=actor, at=at)
