"""Filing: what a citizen, a gridworker, a township or an enterprise reports."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

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
from petitions.events import PetitionFiled
from petitions.models import Petition, Reporter
from petitions.queries import category_of
from petitions.services.placing import place_of, put_at
from petitions.services.sealing import ReporterData, content_commitment, seal
from petitions.services.stages import first_clock, lay_stage, require_anywhere, unit_holder

__all__ = ["ReporterData", "file_petition"]

WIDER = {"village": "township", "township": "county", "county": "city"}


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
    petition_id: UUID | None = None,
    capability: str = "petition.file",
) -> Petition:
    """Take a petition in: number, place, receiving centre and the first clock (信访工作条例 22).

    The category, where it is known already, gives kind and urgency unless they are said. `source_at` is when the
    source says that it was told; every clock starts at `at` all the same. `petition_id`: the case exists already, as
    something else, and the petition goes on its chain. `capability`: what lets the actor file, where an app above has
    a way of its own. Raises NotAllowed, or Invalid naming the field. IntegrityError where (source, source_no) is here
    already.
    """
    require_anywhere(actor=actor, capability=capability)
    petition = _numbered(category_code=category_code, kind=kind, urgency=urgency, at=at)
    petition.id = petition_id or petition.id
    petition.nature, petition.channel = nature, channel
    petition.title, petition.description = title.strip(), description.strip()
    petition.address, petition.confidential = address.strip(), confidential
    petition.source, petition.source_no, petition.source_at = source, source_no, source_at
    petition.registrar_id, petition.reporter_user_id = actor.user_id, reporter_user_id
    put_at(petition=petition, place=place_of(lng=lng, lat=lat, address=address, area_code=area_code))
    _receive(petition, at=at)
    _take_in(petition, reporter or ReporterData(), actor=actor, at=at)
    return petition


def _numbered(*, category_code: str, kind: str, urgency: str, at: datetime) -> Petition:
    """A petition with its numbers, its salt and what it is about; nobody has said anything in it yet."""
    category = category_of(code=category_code) if category_code else None
    return Petition(
        id=new_id(at=at),
        number=next_number(prefix=settings.CASE_NUMBER_PREFIX, at=at),
        tracking_code=new_tracking_code(),
        category=category,
        kind=kind or (category.kind if category else PetitionKind.LIVELIHOOD),
        urgency=urgency or (category.urgency if category else Urgency.ORDINARY),
        salt=personal.new_salt(),
        filed_at=at,
        changed_at=at,
    )


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
    lay_stage(petition=petition, at=at)


def _take_in(petition: Petition, about: ReporterData, *, actor: Actor, at: datetime) -> None:
    """Store the petition, seal its reporter, start its clock and tell everybody."""
    petition.reporter_masked = personal.mask_name(about.name)
    petition.save(force_insert=True)
    faults.point("petition_inserted")
    sealed = seal(petition=petition, about=about)
    first_clock(petition=petition, at=at)
    record(_filed(petition, about, sealed), actor=actor, at=at)
    faults.point("event_recorded")


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
