"""What lies beside the open case: what may be the same matter and may be joined by one click, and what is joined."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from desk.case.related import groups_of
from kernel.actors import Actor
from petitions import related
from petitions.models import Petition
from petitions.queries import is_withheld, may_lead, verdict_on

JOINED = "joined"
# How near what is shown has to be.
NOTES = {"place": _("200 m, 30 days"), "subject": _("same village, 30 days")}


def beside(*, petition: Petition, actor: Actor, may_join: bool) -> dict[str, Any]:
    """`panels`: same person, place or subject, each with how near that is and whether a case there may lead this one;
    those with nothing are left out. `joined`: what is, and may be separated.
    """
    among = Petition.objects.visible_to(actor).filter(joined_to=petition)
    joined = list(among.defer("description", "salt").order_by("filed_at")[: related.SHOWN])
    withheld = is_withheld(petition=petition, actor=actor)
    groups = groups_of(petition=petition, withheld=withheld, joined=joined, actor=actor)
    return {
        "panels": [
            (one, NOTES.get(one.name, ""), [(near, may_join and may_lead(petition=near.petition)) for near in one.rows])
            for one in groups
            if one.name != JOINED
        ],
        "joined": [(one, bool(verdict_on(petition=one, capability="petition.join", actor=actor))) for one in joined],
    }
