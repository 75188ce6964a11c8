"""What happened in a mediation, in words. The log of the whole case is on the page of its petition."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.models import Event
from mediation.choices import Confirmation, Ending, Form, Outcome
from mediation.models import MediationCase
from organizations.queries.timelines import Names, Words, timeline_of

# fmt: off
WORDS: Words = {
    "mediation.opened":             (gettext_lazy("Mediation opened"), "heart-handshake", "violet"),
    "mediation.reprojected":        (gettext_lazy("Moved by a holiday notice"), "calendar-time", "blue"),
    "mediation.late":               (gettext_lazy("A clock of the mediation ran out"), "alarm", "red"),
    "mediation.passed_up":          (gettext_lazy("Mediation passed up"), "arrow-up", "red"),
    "mediation.assigned":           (gettext_lazy("Mediator named"), "user-check", "violet"),
    "mediation.replaced":           (gettext_lazy("Mediator replaced"), "user-x", "yellow"),
    "mediation.party_added":        (gettext_lazy("Party added"), "user-plus", "violet"),
    "mediation.session_held":       (gettext_lazy("Session held"), "users", "violet"),
    "mediation.extended":           (gettext_lazy("Mediation extended"), "calendar-plus", "yellow"),
    "mediation.agreement_drawn":    (gettext_lazy("Agreement drawn up"), "file-text", "violet"),
    "mediation.agreement_dropped":  (gettext_lazy("Draft of the agreement withdrawn"), "file-x", "grey"),
    "mediation.agreement_signed":   (gettext_lazy("Agreement signed"), "writing-sign", "violet"),
    "mediation.agreement_in_force": (gettext_lazy("Agreement in force"), "file-check", "green"),
    "mediation.confirmation":       (gettext_lazy("Judicial confirmation"), "building-bank", "violet"),
    "mediation.promise_remembered": (gettext_lazy("Reminded of a promise"), "bell", "yellow"),
    "mediation.promise_kept":       (gettext_lazy("Promise of the agreement kept"), "check", "green"),
    "mediation.performed":          (gettext_lazy("Agreement performed"), "circle-check", "green"),
    "mediation.terminated":         (gettext_lazy("Mediation ended without agreement"), "circle-x", "red"),
}
REMINDERS: dict[str, str | Promise] = {
    "mediation.assign":  gettext_lazy("nobody has been named in time"),
    "mediation.warn":    gettext_lazy("the mediation is to be concluded within a few days"),
    "mediation.confirm": gettext_lazy("the court can be asked for a few days more, by both parties together"),
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
        return _("in time") if payload["on_time"] else _("late")
    return ""


def _detail(event: Event, _names: Names) -> str:
    return detail_of(name=event.name, payload=event.payload)
