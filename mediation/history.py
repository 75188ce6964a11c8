"""What happened in a mediation, in words. The log of the whole case is on the page of its petition."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kernel.models import Event
from mediation.choices import Confirmation, Ending, Form, Outcome
from mediation.models import MediationCase
from organizations.queries.timelines import Names, Words, timeline_of

# fmt: off
WORDS: Words = {
    "mediation.opened":             (_("Mediation opened"), "heart-handshake", "violet"),
    "mediation.reprojected":        (_("Moved by a holiday notice"), "calendar-time", "blue"),
    "mediation.late":               (_("A clock of the mediation ran out"), "alarm", "red"),
    "mediation.passed_up":          (_("Mediation passed up"), "arrow-up", "red"),
    "mediation.assigned":           (_("Mediator named"), "user-check", "violet"),
    "mediation.replaced":           (_("Mediator replaced"), "user-x", "yellow"),
    "mediation.party_added":        (_("Party added"), "user-plus", "violet"),
    "mediation.session_held":       (_("Session held"), "users", "violet"),
    "mediation.extended":           (_("Mediation extended"), "calendar-plus", "yellow"),
    "mediation.agreement_drawn":    (_("Agreement drawn up"), "file-text", "violet"),
    "mediation.agreement_dropped":  (_("Draft of the agreement withdrawn"), "file-x", "grey"),
    "mediation.agreement_signed":   (_("Agreement signed"), "writing-sign", "violet"),
    "mediation.agreement_in_force": (_("Agreement in force"), "file-check", "green"),
    "mediation.confirmation":       (_("Judicial confirmation"), "building-bank", "violet"),
    "mediation.promise_remembered": (_("Reminded of a promise"), "bell", "yellow"),
    "mediation.promise_kept":       (_("Promise of the agreement kept"), "check", "green"),
    "mediation.performed":          (_("Agreement performed"), "circle-check", "green"),
    "mediation.terminated":         (_("Mediation ended without agreement"), "circle-x", "red"),
}
REMINDERS: dict[str, str | Promise] = {
    "mediation.assign":  _("nobody has been named in time"),
    "mediation.warn":    _("the mediation is to be concluded within a few days"),
    "mediation.confirm": _("the court can be asked for a few days more, by both parties together"),
}
# What a party or the court decided, by the field that says so.
CHOSEN: tuple[tuple[str, str, Any], ...] = (
    ("mediation.session_held",    "outcome",      Outcome),
    ("mediation.agreement_drawn", "form",         Form),
    ("mediation.confirmation",    "confirmation", Confirmation),
    ("mediation.terminated",      "reason",       Ending),
)
# fmt: on


def history_of(*, case: MediationCase) -> list[dict[str, Any]]:
    """The entries of the timeline, the latest first. Two queries."""
    found = Event.objects.filter(case_id=case.petition_id, subject_id=str(case.pk))
    return timeline_of(found=found, words=WORDS, detail=_detail)


def detail_of(*, name: str, payload: dict[str, Any]) -> str:
    """The second line of an entry, from the codes that the log holds; who mediates stands on its own page."""
    if name == "mediation.late":
        return str(REMINDERS.get(payload["clock"], ""))
    for event, field, choices in CHOSEN:
        if name == event and payload[field] in choices.values:
            return str(choices(payload[field]).label)
    if "on_time" in payload:
        return _now("in time") if payload["on_time"] else _now("late")
    return ""


def _detail(event: Event, _names: Names) -> str:
    return detail_of(name=event.name, payload=event.payload)
