"""Where an entry of the course leads: to its order, call, whistle, mediation or plan, where the reader may open it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse

from calls.models import Call
from developments.models import Development
from dispatch.models import WorkOrder
from kernel.actors import Actor
from kernel.models import Event
from mediation.models import MediationCase
from supervision.models import SupervisionOrder
from whistles.models import Whistle

# By the first part of an event's name: the table of its subject, and the page of one.
PAGES: dict[str, tuple[Any, str]] = {
    "call": (Call, "calls:call"),
    "whistle": (Whistle, "whistles:whistle"),
    "mediation": (MediationCase, "mediation:case"),
    "supervision": (SupervisionOrder, "supervision:order"),
    "development": (Development, "developments:case"),
}
# Orders have no page of their own: they stand on that of their case.
ON_THE_CASE = ("order", "joint")
# Parts of the case's own page.
ANCHORS = {
    "petition.filed": "said",
    "petition.attached": "said",
    "petition.replied": "citizen",
    "petition.called_back": "citizen",
    "petition.information_requested": "citizen",
    "petition.information_supplied": "citizen",
    "document.issued": "documents",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Addresses by the subject of an event."""

    subjects: dict[str, str] = field(default_factory=dict)

    def of(self, event: Event) -> str:
        """Where this event's entry leads; "" nowhere."""
        if event.name in ANCHORS:
            return f"{reverse('governance:case', args=[event.case_id])}#{ANCHORS[event.name]}"
        return self.subjects.get(event.subject_id, "")


def links_of(*, events: Sequence[Event], actor: Actor, orders: Iterable[WorkOrder] = ()) -> Links:
    """The addresses of what some events speak of, as far as this person may open it. A query per app among them.

    `orders`: those that the page has read for this person already.
    """
    found = {str(one.pk): _order(one.pk, one.petition_id) for one in orders}
    for app, (model, page) in PAGES.items():
        subjects = _subjects(events, (app,))
        if subjects:
            seen = model.objects.visible_to(actor).filter(pk__in=subjects).values_list("pk", flat=True)
            found |= {str(pk): reverse(page, args=[pk]) for pk in seen}
    if others := {one for one in _subjects(events, ON_THE_CASE) if str(one) not in found}:
        rows = WorkOrder.objects.visible_to(actor).filter(pk__in=others).values_list("pk", "petition_id")
        found |= {str(pk): _order(pk, case) for pk, case in rows}
    return Links(subjects=found)


def _order(pk: UUID, case_id: UUID) -> str:
    return f"{reverse('governance:case', args=[case_id])}#order-{pk}"


def _subjects(events: Sequence[Event], apps: Sequence[str]) -> set[UUID]:
    found = set()
    for event in events:
        if event.name.partition(".")[0] in apps:
            try:
                found.add(UUID(event.subject_id))
            except ValueError:  # an export's own row, or another thing without a page
                continue
    return found
