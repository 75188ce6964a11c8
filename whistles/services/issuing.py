"""Blowing the whistle: at once, or what was asked for. From now on the units are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, NotAllowed
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.permissions import require
from kernel.timers import TimerSpec
from whistles.deadlines import ABSENT_AFTER
from whistles.events import UnitsSummoned, WhistleIssued
from whistles.models import Summons, Whistle
from whistles.policies import ISSUE, may_issue
from whistles.services import tellings, whistles
from whistles.services.asking import beside, commitment, draft
from whistles.services.saying import Said, check, petition_of, placed, time_wrong, units_wrong
from whistles.workflow import WHISTLES

ISSUED = ("year", "serial", "number", "issuer_id", "issued_by_id", "issued_at", "meets_at")


@deed
def issue(*, said: Said, actor: Actor, at: datetime) -> Whistle:
    """Call units together at once. Raises Missing, NotAllowed, Invalid naming what is wrong."""
    said = said.tidied()
    petition = petition_of(said=said, actor=actor)
    place = placed(said=said, petition=petition)
    issuer = may_issue(actor=actor, place=place.code)
    if issuer is None:
        require(actor.may(ISSUE, place=place.code))
        raise NotAllowed(_("This is outside the area and the units that you work for."))
    check(said=said, petition=petition, caller=issuer, at=at)
    whistle = draft(said=said, petition=petition, asker_id=issuer, actor=actor, at=at)
    _blow(whistle, issuer, list(said.units), actor=actor, at=at)
    whistle.version = 1
    whistle.save(force_insert=True)
    _called(whistle, beside(whistle=whistle, said=said, by=issuer, at=at), at)
    _told(whistle, list(said.units), actor=actor, at=at)
    return whistle


@deed
def issue_asked(
    *,
    whistle_id: Any,
    meets_at: datetime,
    units: Sequence[int],
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Whistle:
    """Sign what was asked for, with the time and the units that the head finds right."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    whistles.permitted(whistle=whistle, move="issue", actor=actor)
    wanted = list(dict.fromkeys(units))
    issuer = may_issue(actor=actor, place=whistle.place)
    fields = time_wrong(kind=whistle.kind, form=whistle.form, meets_at=meets_at, at=at)
    if fields := {**fields, **units_wrong(units=wanted, caller=issuer)}:
        raise Invalid(_("The whistle is not complete."), fields=fields)
    assert issuer is not None or actor.is_system  # permitted() has found the seat
    whistle.meets_at = meets_at
    _blow(whistle, issuer or whistle.asker_id, wanted, actor=actor, at=at)
    whistles.save(whistle=whistle, at=at, columns=ISSUED)
    Summons.objects.filter(whistle=whistle).exclude(unit__in=wanted).delete()
    known = list(Summons.objects.filter(whistle=whistle))
    lacking = [unit for unit in wanted if unit not in {one.unit_id for one in known}]
    added = Summons.objects.bulk_create(Summons(id=new_id(at=at), whistle=whistle, unit_id=unit) for unit in lacking)
    _called(whistle, [*known, *added], at)
    _told(whistle, wanted, actor=actor, at=at)
    return whistle


@deed
def summon(*, whistle_id: Any, units: Sequence[int], actor: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Call more units to what was called together already. Raises Invalid for one that is called."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    whistles.permitted(whistle=whistle, move="summon", actor=actor)
    wanted = list(dict.fromkeys(units))
    WHISTLES.advance(whistle, "summon", given={"units": wanted})
    fields = units_wrong(units=wanted, caller=whistle.issuer_id)
    if Summons.objects.filter(whistle=whistle, unit__in=wanted).exists():
        fields = {"units": [_("One of them is called already.")]}
    if fields:
        raise Invalid(_("These units cannot be called."), fields=fields)
    added = Summons.objects.bulk_create(Summons(id=new_id(at=at), whistle=whistle, unit_id=unit) for unit in wanted)
    _called(whistle, added, at)
    whistles.save(whistle=whistle, at=at)
    record(UnitsSummoned(**whistles.identity(whistle), units=wanted), actor=actor, at=at)
    tellings.summoned(whistle=whistle, units=wanted, at=at)
    return whistle


def _blow(whistle: Whistle, issuer: int, units: Sequence[int], *, actor: Actor, at: datetime) -> None:
    """Everything that makes a whistle one that was blown, not saved yet."""
    given = {"matter": whistle.matter, "units": units, "meets_at": whistle.meets_at}
    WHISTLES.advance(whistle, "issue", given=given)
    whistle.issuer_id, whistle.issued_by_id, whistle.issued_at = issuer, actor.user_id, at
    whistle.year, whistle.serial, whistle.number = whistles.next_number(county=whistle.county, form=whistle.form, at=at)
    whistles.enter(whistle=whistle, due_at=whistle.meets_at + ABSENT_AFTER[whistle.kind])


def _called(whistle: Whistle, summonses: Sequence[Summons], at: datetime) -> None:
    """Lay the time to sign of each unit, and arm its clock and that of the assembly."""
    end = min(whistles.end_of_step(clock="whistle.receipt", whistle=whistle, at=at), whistle.meets_at)
    ids = [one.pk for one in summonses]
    Summons.objects.filter(pk__in=ids).update(summoned_at=at, receipt_due_at=max(end, at))
    specs = [
        TimerSpec(kind="whistle.receipt", case_id=whistle.case_id, subject_id=str(one), due_at=max(end, at))
        for one in ids
    ]
    timers.start_many(specs, at=at, fresh=True)
    whistles.start_clock(whistle=whistle, at=at)


def _told(whistle: Whistle, units: Sequence[int], *, actor: Actor, at: datetime) -> None:
    assert whistle.issuer_id is not None  # _blow() has set them
    assert whistle.year is not None
    assert whistle.serial is not None
    happened = WhistleIssued(
        **whistles.identity(whistle),
        issuer=whistle.issuer_id,
        asker=whistle.asker_id,
        year=whistle.year,
        serial=whistle.serial,
        kind=whistle.kind,
        form=whistle.form,
        place=whistle.place,
        meets_at=instant(whistle.meets_at),
        units=list(units),
        content=commitment(whistle),
    )
    record(happened, actor=actor, at=at)
    tellings.summoned(whistle=whistle, units=units, at=at)
