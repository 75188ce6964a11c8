"""Everything that the case page shows, read once, in this person's scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from dispatch.models import TimeRequest, WorkOrder
from governance.web.casefile.minutes import PAUSE, UNIT
from governance.web.casefile.reasons import units_named
from kernel.actors import Actor
from kernel.models import Event
from organizations.choices import Role
from organizations.models import Area, Unit
from organizations.places import area_code
from petitions.models import Petition
from petitions.queries import is_withheld

WITH = ("category__matter", "lead_unit", "center", "joined_to", "decline_reason", "reporter", "reporter_user")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The rows behind one page."""

    petition: Petition
    orders: list[WorkOrder]
    events: list[Event]
    units: Mapping[int, str]
    areas: list[str]
    for_public: bool
    withheld: bool
    requests: list[TimeRequest]

    def happened(self, *names: str) -> bool:
        """Whether the log knows one of these events: what has none has no rows either, and is not asked for."""
        return any(event.name in names for event in self.events)

    @property
    def order(self) -> WorkOrder | None:
        """The order that is open, or the last one there was."""
        return self.orders[0] if self.orders else None

    def unit_name(self, unit_id: int) -> str:
        """Name of a unit that the case knows."""
        return self.units.get(unit_id, "—")

    @property
    def holder(self) -> str:
        """Who has the case now, in words."""
        held = self.petition.holder
        if held.startswith(UNIT):
            return self.unit_name(int(held.removeprefix(UNIT)))
        return {"citizen": _("Citizen"), "nobody": ""}.get(held, _("Paused") if held.startswith(PAUSE) else held)


def read(*, case_id: UUID, actor: Actor) -> Reading:
    """Read a case. Http404 where it is not there or not for this person."""
    petition = Petition.objects.visible_to(actor).select_related(*WITH).filter(pk=case_id).first()
    if petition is None:
        raise Http404
    orders = list(
        WorkOrder.objects.visible_to(actor)
        .filter(petition=petition)
        .select_related("unit", "entry", "return_reason", "signed_by", "completed_by", "verified_by")
        .order_by("-assigned_at")
    )
    events = list(Event.objects.filter(case_id=petition.pk).defer("canonical", "prev", "hash").order_by("seq"))
    units = _units(petition, orders, events)
    return Reading(
        petition=petition,
        orders=orders,
        events=events,
        units=units,
        areas=_areas(petition),
        for_public=actor.roles <= {Role.CITIZEN},
        withheld=is_withheld(petition=petition, actor=actor),
        requests=_requests(petition) if orders else [],
    )


def _requests(petition: Petition) -> list[TimeRequest]:
    """Time that was asked for, with who asked and who decided."""
    asked = TimeRequest.objects.filter(petition=petition).select_related("asked_by", "decided_by", "unit")
    return list(asked.order_by("asked_at"))


def _units(petition: Petition, orders: list[WorkOrder], events: list[Event]) -> dict[int, str]:
    told = {event.payload.get("told") for event in events} | {event.payload.get("unit") for event in events}
    wanted = {one for one in told if isinstance(one, int)} | set(petition.involved)
    for order in orders:
        wanted |= units_named(order)
    for event in events:
        if event.holder.startswith(UNIT):
            wanted.add(int(event.holder.removeprefix(UNIT)))
    return {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=wanted)}


def _areas(petition: Petition) -> list[str]:
    levels = ("township", "village")
    codes = [code for code in (area_code(place=petition.place, level=level) for level in levels) if code]
    found = dict(Area.objects.filter(pk__in=codes).values_list("code", "name"))
    return [found[code] for code in codes if code in found]
