"""What came up to the bodies one works for because nobody below answered in time, and is with them still."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.web import links
from kernel.actors import Actor
from kernel.models import Event
from mediation.choices import OPEN_STATES as MEDIATED
from mediation.models import MediationCase
from organizations.queries import unit_names
from petitions.choices import OPEN_STATES
from petitions.models import Petition

PETITION, MEDIATION = "petition.passed_up", "mediation.passed_up"


def passed_up(*, actor: Actor, since: datetime, most: int) -> list[dict[str, Any]]:
    """The latest petitions and mediations passed up to us since then. Who passed them up is read from their log."""
    mine = Q(rung__gt=0, stage_due_at__gte=since)  # a limit begins when it is passed up: older ones are not wanted
    petitions = Petition.objects.visible_to(actor).filter(mine, state__in=OPEN_STATES, center_id__in=actor.unit_ids)
    found: dict[tuple[str, Any], dict[str, Any]] = {
        (PETITION, pk): {"title": title, "rung": rung, "href": links.petition(petition_id=pk)}
        for pk, title, rung in petitions.order_by("-stage_due_at").values_list("pk", "title", "rung")[:most]
    }
    if actor.holds("mediation.manage"):
        cases = MediationCase.objects.visible_to(actor).filter(mine, state__in=MEDIATED)
        for case in cases.filter(committee_id__in=actor.unit_ids).select_related("petition")[:most]:
            href = reverse("mediation:case", args=[case.pk])
            found[MEDIATION, case.petition_id] = {"title": case.petition.title, "rung": case.rung, "href": href}
    return _told(found, since) if found else []


def _told(found: dict[tuple[str, Any], dict[str, Any]], since: datetime) -> list[dict[str, Any]]:
    """Each with when it came and from whom: the last such event of its case. Two queries."""
    events = Event.objects.filter(case_id__in={pk for _name, pk in found}, name__in=(PETITION, MEDIATION))
    last = {(one.name, one.case_id): one for one in events.filter(occurred_at__gte=since).order_by("seq")}
    below = {key: one.payload.get("from_unit") or one.payload.get("from_committee") for key, one in last.items()}
    names = unit_names(unit_ids=[unit for unit in below.values() if unit])
    return [
        {
            **found[key],
            "what": _("not answered in time below"),
            "unit": names.get(below[key], ""),
            "at": one.occurred_at,
        }
        for key, one in last.items()
        if key in found
    ]
