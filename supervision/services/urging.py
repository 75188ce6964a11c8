"""Urging 催办: one press, and the unit that has the case is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict
from kernel.events import instant, record
from kernel.permissions import require
from petitions.services.stages import end_of
from petitions.services.stages import locked as locked_petition
from supervision.deadlines import URGE_AGAIN
from supervision.events import Urged
from supervision.models import Urging
from supervision.queries import last_urging, open_order, responsible_now
from supervision.services.orders import seen
from supervision.services.telling import tell_urged


@deed
def urge(*, petition_id: Any, actor: Actor, at: datetime, note: str = "") -> Urging:
    """Tell the unit that has the case to get on with it. The same order is urged once in a working hour at most.

    Raises Missing, NotAllowed, Conflict where the case waits for no unit, and Conflict saying from when where it has
    just been urged.
    """
    petition = locked_petition(petition_id=petition_id)
    seen(petition=petition, actor=actor)
    require(actor.may("supervision.urge", place=petition.place))
    found = responsible_now(petition=petition, order=open_order(petition=petition))
    if found is None:
        raise Conflict(_("No unit has this case at present, so there is nobody to urge."), code="nobody_to_urge")
    subject = found.subject(petition)
    last = last_urging(subject=subject)
    if last is not None and at < last.again_at:
        when = f"{timezone.localtime(last.again_at):%Y-%m-%d %H:%M}"
        raise Conflict(
            _("This was urged already; it may be urged again from %(when)s.") % {"when": when},
            code="urged_already",
            details={"again_at": instant(last.again_at), "number": last.number},
        )
    urging = Urging.objects.create(
        petition=petition,
        work_order=found.order,
        subject=subject,
        number=last.number + 1 if last else 1,
        unit_id=found.unit_id,
        place=petition.place,
        note=note.strip(),
        urged_by_id=actor.user_id,
        urged_at=at,
        again_at=end_of(limit=URGE_AGAIN, at=at),
    )
    happened = Urged(
        case_id=petition.pk,
        subject_id=str(subject),
        urging=urging.pk,
        unit=urging.unit_id,
        number=urging.number,
        again_at=instant(urging.again_at),
    )
    record(happened, actor=actor, at=at)
    tell_urged(urging=urging, petition=petition, at=at)
    return urging
