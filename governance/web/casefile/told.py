"""The course of one case as a page shows it: the events asked for, with everybody and everything that they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from desk.case.details import Names, people_in, units_in
from desk.case.people import keys_of, people_of
from developments.wording import Course
from dispatch.models import ReturnReason, WorkOrder
from governance.web.casefile.course import KINDS, SHOWN, Wanted, by_day, entries_of, events_of, wanted_of
from governance.web.casefile.links import links_of
from governance.web.casefile.minutes import UNIT
from kernel.actors import Actor
from kernel.keyset import Page
from kernel.models import Event
from kernel.pages import neighbours, readdressed
from organizations.models import Unit
from petitions.models import Category, DeclineReason, Petition
from petitions.queries import is_withheld

JOINED_AT_ONCE = 50
GIVEN_BACK, DECLINED = ("order.return_requested", "order.returned"), "petition.declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a page has read already, so that it is not asked for again."""

    units: Mapping[int, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    orders: Sequence[WorkOrder] = ()
    events: Sequence[Event] = ()


NOTHING = Known()


def course_of(
    *, request: HttpRequest, petition: Petition, actor: Actor, for_public: bool, known: Known = NOTHING
) -> dict[str, Any]:
    """What the panel of the course shows, by what the address asks for. Raises Invalid on a bad cursor."""
    wanted = wanted_of(request.GET)
    joined = [] if for_public else _joined(petition, actor)
    shown = [petition, *(joined if wanted.joined else [])]
    found = _whole(known, wanted) if not for_public else None
    found = found or events_of(cases=[one.pk for one in shown], wanted=wanted, for_public=for_public)
    events: Sequence[Event] = found.rows
    people = people_of(
        petition=petition,
        keys=keys_of(events),
        for_public=for_public,
        withheld=is_withheld(petition=petition, actor=actor),
    )
    people = replace(people, withheld=people.withheld | _filers(shown[1:], actor))
    entries = entries_of(
        events=events,
        people=people,
        names=_names(events, known),
        links=links_of(events=events, actor=actor, orders=known.orders),
        numbers={one.pk: one.number for one in shown[1:]},
    )
    return {
        "days": by_day(entries),
        "wanted": wanted,
        "kinds": [(code, label) for code, (label, _starts) in KINDS.items()] if not for_public else [],
        "family": joined,
        "joined": len(joined),
        "shown": len(entries),
        "long": len(entries) >= SHOWN or bool(wanted.cursor),
        "whole_url": readdressed(request, whole="1", cursor=""),
        **neighbours(request, found),
    }


def _whole(known: Known, wanted: Wanted) -> Page | None:
    """The one page of a short course of which nothing is left out, from what the page of the case has read."""
    if not known.events or wanted != Wanted() or len(known.events) > SHOWN:
        return None
    rows = sorted(known.events, key=lambda event: (event.occurred_at, event.pk), reverse=True)
    return Page(rows=rows, next="", previous="")


def _joined(petition: Petition, actor: Actor) -> list[Petition]:
    """The petitions joined to this one, and the one that it was joined to, as far as the reader sees them."""
    family = Q(joined_to=petition.pk)
    if petition.joined_to_id:
        family |= Q(pk=petition.joined_to_id)
    found = Petition.objects.visible_to(actor).filter(family).exclude(pk=petition.pk)
    return list(found.defer("description", "salt", "rating_note").order_by("filed_at")[:JOINED_AT_ONCE])


def _filers(petitions: Sequence[Petition], actor: Actor) -> frozenset[int]:
    """Who filed or registered those whose reporter is kept from this reader."""
    hidden = [one for one in petitions if is_withheld(petition=one, actor=actor)]
    return frozenset(pk for one in hidden for pk in (one.reporter_user_id, one.registrar_id) if pk)


def _names(events: Sequence[Event], known: Known) -> Names:
    """Everything that some events name, read once: units always, the rest where an event speaks of it."""
    payloads = [event.payload for event in events]
    units = units_in(payloads)
    units |= {int(event.holder.removeprefix(UNIT)) for event in events if event.holder.startswith(UNIT)}
    units -= known.units.keys()
    categories = {said.get("category") for said in payloads} - {None, "", *known.categories}
    people = people_in(payloads)
    plans = {event.case_id for event in events if event.name.startswith("development.")}
    return Names(
        units={**known.units, **({one.pk: str(one) for one in Unit.objects.filter(pk__in=units)} if units else {})},
        categories={**known.categories, **_categories(categories)},
        reasons=_reasons(events),
        people={one.pk: str(one) for one in get_user_model().objects.filter(pk__in=people)} if people else {},
        plan=Course(petitions=plans) if plans else None,
    )


def _categories(codes: set[Any]) -> dict[str, str]:
    return dict(Category.objects.filter(pk__in=codes).values_list("code", "name")) if codes else {}


def _reasons(events: Sequence[Event]) -> dict[str, str]:
    returned = {event.payload.get("reason") for event in events if event.name in GIVEN_BACK}
    declined = {event.payload.get("reason") for event in events if event.name == DECLINED}
    found = dict(ReturnReason.objects.filter(pk__in=returned).values_list("pk", "name")) if returned else {}
    if declined:
        found |= dict(DeclineReason.objects.filter(pk__in=declined).values_list("pk", "name"))
    return found


def title_of(petition: Petition) -> str:
    """The heading of the page of the course alone."""
    return _("The course of %(number)s") % {"number": petition.number}
