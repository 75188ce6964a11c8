"""Finding the cases that a telephone number was given with: for a named purpose, and never off the record."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from kernel.permissions import Allowed, Denied, Verdict, require
from petitions.choices import RevealPurpose
from petitions.events import PhoneSearched
from petitions.models import Petition
from petitions.querysets import within

CAPABILITY = "petition.reveal"
MOST = 50
# A whole number of a telephone, as it is normalized: the beginning of one would find whom nobody has asked for.
WHOLE = re.compile(r"\+?[0-9]{7,15}\Z")


def may_search_by_phone(actor: Actor) -> Verdict:
    """Whoever may open a telephone number may ask whose cases it stands in; nobody else may."""
    return Allowed() if actor.holds(CAPABILITY) else Denied(_("Your role does not include this."))


def search_stream(*, actor: Actor) -> UUID:
    """The chain on which one person's searches by telephone are recorded."""
    return uuid5(NAMESPACE_URL, f"petitions/phones/{actor.key}")


@deed
def cases_of_phone(*, phone: str, purpose: str, actor: Actor, at: datetime) -> list[UUID]:
    """Ids of the newest cases, at most fifty, where the actor could open the number, in their order.

    The search itself is the deed: recorded with its purpose and what it found, before it is answered (信访工作条例 46).
    Raises NotAllowed, and Invalid for half a number or without a purpose.
    """
    require(may_search_by_phone(actor))
    if purpose not in RevealPurpose.values:
        raise Invalid(_("Name the purpose."), fields={"purpose": [_("Unknown purpose.")]})
    if not WHOLE.match(personal.normalized(phone)):
        raise Invalid(_("Give the whole number."), fields={"phone": [_("Seven to fifteen digits.")]})
    index = personal.blind_index(phone, purpose="phone")
    rows = Petition.objects.visible_to(actor).filter(_reach(actor), reporter__phone_index=index)
    found = list(rows.order_by("-filed_at", "-pk").values_list("pk", flat=True)[:MOST])
    happened = PhoneSearched(
        case_id=search_stream(actor=actor), subject_id="phone", purpose=purpose, cases=[str(one) for one in found]
    )
    record(happened, actor=actor, at=at)
    return found


def _reach(actor: Actor) -> Q:
    """Where the actor may open personal data: the ground of the seats that may, as for opening it in a case."""
    reach = Q(pk__in=[])
    for seat in actor.seats:
        if CAPABILITY in seat.capabilities and seat.territory:
            reach |= within(seat.territory)
    return reach
