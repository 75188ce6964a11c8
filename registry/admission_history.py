"""What happened in an admission or a one-off task, in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.models import Event
from organizations.queries.timelines import Names, Words, timeline_of
from registry.admission.choices import Outcome, Stance

# fmt: off
WORDS: Words = {
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
ONE_UNIT, SEVERAL_UNITS = ("township", "told"), ("townships", "objecting")


def history_of(*, case_id: UUID) -> list[dict[str, Any]]:
    """The entries of the timeline, the latest first. Three queries at most."""
    found = Event.objects.filter(case_id=case_id)
    return timeline_of(found=found, words=WORDS, detail=_detail, units=ONE_UNIT, many=SEVERAL_UNITS)


def _units(event: Event) -> list[int]:
    payload = event.payload
    single = [payload[name] for name in ONE_UNIT if isinstance(payload.get(name), int)]
    return [*single, *(unit for name in SEVERAL_UNITS for unit in payload.get(name, ()))]


def _detail(event: Event, names: Names) -> str:
    payload = event.payload
    if event.name == "admission.heard":
        named = ", ".join(names.unit(one) for one in payload["objecting"])
        return gettext("objecting: %(who)s") % {"who": named} if named else gettext("nobody objects")
    parts = [", ".join(filter(None, (names.unit(one) for one in _units(event))))]
    if payload.get("stance"):
        parts.append(str(Stance(payload["stance"]).label))
    if payload.get("outcome"):
        parts.append(str(Outcome(payload["outcome"]).label))
    parts += [payload[name] for name in ("effective", "review_on", "ends_on") if payload.get(name)]
    return " · ".join(part for part in parts if part)
