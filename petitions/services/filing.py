"""Filing: what a citizen, a gridworker, a township or an enterprise reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from kernel import faults, personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from kernel.ids import new_id
from kernel.numbers import new_tracking_code, next_number
from organizations.queries import center_id_of
from petitions.choices import PetitionKind, Urgency
from petitions.deadlines import first_level
from petitions.events import InformationSupplied, PetitionFiled
from petitions.models import Petition, Question, Reporter
from petitions.queries import category_of
from petitions.services.placing import place_of, put_at
from petitions.services.stages import (
    enter,
    first_clock,
    locked,
    permitted,
    require_anywhere,
    save_stage,
    stage_deadline,
    unit_holder,
)

WIDER = {"village": "township", "township": "county", "county": "city"}


@dataclass(frozen=True, kw_only=True)
class ReporterData:
    """Who reports. Every part may be empty; none of it is stored unsealed."""

    name: str = ""
    phone: str = ""
    identity: str = ""
    home: str = ""

    def joined(self) -> str:
        return "\x1f".join((self.name, self.phone, self.identity, self.home))


@deed
def file_petition(
    *,
    actor: Actor,
    at: datetime,
    nature: str,
    channel: str,
    title: str,
    description: str,
    kind: str = "",
    category_code: str = "",
    urgency: str = "",
    address: str = "",
    lng: float | None = None,
    lat: float | None = None,
    area_code: str = "",
    reporter: ReporterData | None = None,
    reporter_user_id: int | None = None,
    confidential: bool = False,
    source: str = "",
    source_no: str = "",
    source_at: datetime | None = None,
) -> Petition:
    """Take a petition in: number, place, receiving centre and the first clock (信访工作条例 22).

    The category, where it is known already, gives kind and urgency unless they are said. `source_at` is when the
    source says that it was told; every clock starts at `at` all the same. Raises NotAllowed, or Invalid naming the
    field. IntegrityError where (source, source_no) is here already.
    """
    require_anywhere(actor=actor, capability="petition.file")
    category = category_of(code=category_code) if category_code else None
    about = reporter or ReporterData()
    petition = Petition(
        id=new_id(at=at),
        number=next_number(prefix=settings.CASE_NUMBER_PREFIX, at=at),
        tracking_code=new_tracking_code(),
        kind=kind or (category.kind if category else PetitionKind.LIVELIHOOD),
        urgency=urgency or (category.urgency if category else Urgency.ORDINARY),
        category=category,
        nature=nature,
        channel=channel,
        title=title.strip(),
        description=description.strip(),
        salt=personal.new_salt(),
        address=address.strip(),
        confidential=confidential,
        source=source,
        source_no=source_no,
        source_at=source_at,
        registrar_id=actor.user_id,
        reporter_user_id=reporter_user_id,
        reporter_masked=personal.mask_name(about.name),
        filed_at=at,
        changed_at=at,
    )
    put_at(petition=petition, place=place_of(lng=lng, lat=lat, address=address, area_code=area_code))
    _receive(petition, at=at)
    petition.save(force_insert=True)
    faults.point("petition_inserted")
    sealed = _seal(petition, about)
    first_clock(petition=petition, at=at)
    record(_filed(petition, about, sealed), actor=actor, at=at)
    faults.point("event_recorded")
    return petition


def _receive(petition: Petition, *, at: datetime) -> None:
    """Put the petition before the nearest centre that its kind and channel call for, or the next wider one there is."""
    level = first_level(kind=petition.kind, channel=petition.channel)
    center_id = center_id_of(place=petition.place, level=level)
    while center_id is None:
        if level not in WIDER:
            raise Invalid(_("There is no command centre for this place."), fields={"area_code": [_("No centre.")]})
        level = WIDER[level]
        center_id = center_id_of(place=petition.place, level=level)
    petition.center_id = center_id
    petition.involved = [center_id]
    petition.holder = unit_holder(center_id)
    petition.stage_due_at = stage_deadline(petition=petition, at=at)


def _seal(petition: Petition, about: ReporterData) -> Reporter:
    return Reporter.objects.create(
        petition=petition,
        name=personal.encrypt(about.name, purpose="reporter.name"),
        phone=personal.encrypt(about.phone, purpose="reporter.phone"),
        identity=personal.encrypt(about.identity, purpose="reporter.identity"),
        home=personal.encrypt(about.home, purpose="reporter.home"),
        phone_index=personal.blind_index(about.phone, purpose="phone"),
        identity_index=personal.blind_index(about.identity, purpose="identity"),
        phone_masked=personal.mask_phone(about.phone),
        salt=personal.new_salt(),
    )


def _filed(petition: Petition, about: ReporterData, sealed: Reporter) -> PetitionFiled:
    return PetitionFiled(
        case_id=petition.pk,
        subject_id=str(petition.pk),
        holder=petition.holder,
        kind=petition.kind,
        channel=petition.channel,
        urgency=petition.urgency,
        category=petition.category_id or "",
        place=petition.place,
        content=content_commitment(petition=petition),
        reporter=personal.commitment(about.joined(), salt=sealed.salt),
    )


def content_commitment(*, petition: Petition) -> str:
    """What the log holds instead of the text of the petition."""
    return personal.commitment(f"{petition.title}\x1f{petition.description}", salt=petition.salt)


@deed
def supply_information(
    *, petition_id: Any, answer: str, actor: Actor, at: datetime, version: int | None = None
) -> Petition:
    """Add what was asked for; the petition stands before the centre again, with a fresh limit for accepting."""
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="supply", actor=actor)
    enter(petition=petition, move="supply", at=at, given={"answer": answer})
    petition.holder = unit_holder(petition.center_id)
    save_stage(petition=petition, at=at, columns=("holder",))
    asked = petition.questions.filter(answered_at=None).order_by("-asked_at").first()
    if asked is not None:
        Question.objects.filter(pk=asked.pk).update(answer=answer.strip(), answered_at=at)
    record(
        InformationSupplied(
            case_id=petition.pk,
            subject_id=str(petition.pk),
            holder=petition.holder,
            content=personal.commitment(answer, salt=petition.salt),
        ),
        actor=actor,
        at=at,
    )
    return petition
