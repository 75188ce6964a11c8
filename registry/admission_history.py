"""What happened in an admission or a one-off task, in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.models import Event
from organizations.models import User
from organizations.queries.posts import unit_names
from registry.admission.choices import Outcome, Stance

# fmt: off
WORDS: dict[str, tuple[str | Promise, str, str]] = {
    "admission.filed":          (_("Application filed"), "file-plus", "blue"),
    "admission.reviewed":       (_("Reviewed; the townships are asked"), "gavel", "blue"),
    "admission.reminded":       (_("Reminded of the opinion"), "bell", "yellow"),
    "admission.opinion_signed": (_("Opinion signed"), "writing-sign", "violet"),
    "admission.silent":         (_("Limit over in silence"), "volume-off", "grey"),
    "admission.heard":          (_("Every township heard"), "users", "blue"),
    "admission.consulted":      (_("Consultation recorded"), "messages", "violet"),
    "admission.approved":       (_("Approved and published"), "circle-check", "green"),
    "admission.refused":        (_("Refused"), "circle-x", "red"),
    "admission.dropped":        (_("Application taken back"), "arrow-back-up", "grey"),
    "admission.late":           (_("A clock of the admission ran out"), "alarm", "red"),
    "admission.review_due":     (_("To be reassessed"), "bell", "yellow"),
    "admission.reassessed":     (_("Reassessed"), "refresh", "green"),
    "admission.ended":          (_("Withdrawn from the list"), "circle-minus", "red"),
    "adhoc.filed":              (_("Application filed"), "file-plus", "blue"),
    "adhoc.opinion_signed":     (_("Opinion signed"), "writing-sign", "violet"),
    "adhoc.silent":             (_("Limit over in silence"), "volume-off", "grey"),
    "adhoc.approved":           (_("Task approved"), "circle-check", "green"),
    "adhoc.refused":            (_("Refused"), "circle-x", "red"),
    "adhoc.dropped":            (_("Application taken back"), "arrow-back-up", "grey"),
    "adhoc.late":               (_("The decision is overdue"), "alarm", "red"),
    "adhoc.ended":              (_("Task over"), "flag", "grey"),
}
# fmt: on


def history_of(*, case_id: UUID) -> list[dict[str, Any]]:
    """The entries of the timeline, the latest first. Three queries at most."""
    events = list(Event.objects.filter(case_id=case_id, name__in=WORDS).order_by("-seq"))
    numbers = {int(event.actor_key[5:]) for event in events if event.actor_key.startswith("user:")}
    people = {f"user:{one.pk}": str(one) for one in User.objects.filter(pk__in=numbers)}
    units = unit_names(unit_ids={unit for event in events for unit in _units(event)})
    return [_entry(event, people, units) for event in events]


def _units(event: Event) -> list[int]:
    payload = event.payload
    single = [payload[name] for name in ("township", "told") if isinstance(payload.get(name), int)]
    return [*single, *payload.get("townships", ()), *payload.get("objecting", ())]


def _entry(event: Event, people: dict[str, str], units: dict[int, str]) -> dict[str, Any]:
    title, icon, colour = WORDS[event.name]
    return {
        "at": event.occurred_at,
        "title": title,
        "icon": icon,
        "colour": colour,
        "who": people.get(event.actor_key, ""),
        "detail": _detail(event, units),
    }


def _detail(event: Event, units: dict[int, str]) -> str:
    payload = event.payload
    if event.name == "admission.heard":
        named = ", ".join(units[one] for one in payload["objecting"])
        return gettext("objecting: %(who)s") % {"who": named} if named else gettext("nobody objects")
    parts = [", ".join(units[one] for one in _units(event) if one in units)]
    if payload.get("stance"):
        parts.append(str(Stance(payload["stance"]).label))
    if payload.get("outcome"):
        parts.append(str(Outcome(payload["outcome"]).label))
    parts += [payload[name] for name in ("effective", "review_on", "ends_on") if payload.get(name)]
    return " · ".join(part for part in parts if part)
