"""How key work reads in the timeline of a project."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kernel.models import Event
from organizations.models import Unit, User
from projects.choices import Told
from projects.models import Project

# fmt: off
WORDS: dict[str, tuple[str | Promise, str, str]] = {
    "project.drafted":             (gettext_lazy("Project drafted"), "square-plus", "grey"),
    "project.milestone_added":     (gettext_lazy("Milestone promised"), "flag", "blue"),
    "project.begun":               (pgettext_lazy("project", "Begun"), "player-play", "blue"),
    "project.replaced":            (gettext_lazy("Other people named"), "user-edit", "yellow"),
    "project.milestone_reported":  (gettext_lazy("Milestone reported reached"), "circle-check", "violet"),
    "project.milestone_confirmed": (gettext_lazy("Milestone confirmed"), "shield-check", "green"),
    "project.milestone_sent_back": (gettext_lazy("Milestone sent back"), "rotate", "yellow"),
    "project.move_asked":          (gettext_lazy("Another day asked for"), "calendar-question", "yellow"),
    "project.move_decided":        (gettext_lazy("Another day decided on"), "calendar-time", "blue"),
    "project.asked_done":          (gettext_lazy("Project reported done"), "circle-check", "violet"),
    "project.done":                (gettext_lazy("Project done"), "trophy", "green"),
    "project.sent_back":           (gettext_lazy("Project sent back"), "rotate", "yellow"),
    "project.suspended":           (gettext_lazy("Project suspended"), "player-pause", "yellow"),
    "project.resumed":             (gettext_lazy("Project resumed"), "player-play", "blue"),
    "project.ended":               (gettext_lazy("Project ended undone"), "circle-x", "grey"),
    "project.reported":            (gettext_lazy("Monthly report filed"), "report", "blue"),
    "project.report_missing":      (gettext_lazy("Monthly report missing"), "report-off", "red"),
    "project.remarked":            (gettext_lazy("Remark on a monthly report"), "message", "grey"),
    "project.instructed":          (gettext_lazy("Instruction given"), "checklist", "yellow"),
    "project.task_replied":        (gettext_lazy("Instruction replied to"), "message-reply", "violet"),
    "project.task_settled":        (gettext_lazy("Instruction settled"), "checks", "green"),
    "project.task_sent_back":      (gettext_lazy("Reply sent back"), "rotate", "yellow"),
    "project.task_dropped":        (gettext_lazy("Instruction dropped"), "trash", "grey"),
    "project.late":                (gettext_lazy("Late: the level above was told"), "arrow-up", "red"),
    "project.redated":             (gettext_lazy("Due at another time after a holiday notice"), "calendar", "grey"),
}
# fmt: on
SHOWN = 60


def detail_of(*, name: str, payload: dict[str, Any], units: dict[int, str]) -> str:
    """The second line of an entry, from the codes that the log holds."""
    said = []
    if payload.get("milestone") or (name == "project.late" and payload.get("number")):
        number = payload.get("milestone") or payload["number"]
        said.append(_("no. %(number)s") % {"number": number})
    if payload.get("task"):
        said.append(_("no. %(number)s") % {"number": payload["task"]})
    if payload.get("month"):
        said.append(payload["month"][:7])
    if payload.get("percent") is not None:
        said.append(f"{payload['percent']}%")
    if payload.get("from_day"):
        said.append(f"{payload['from_day']} → {payload['to_day']}")
    if name == "project.late":
        said.append(str(Told(payload["what"]).label))
    return " · ".join([*said, *_said_of_time(payload), *_unit(payload, units)])


def _said_of_time(payload: dict[str, Any]) -> list[str]:
    said = []
    if "granted" in payload:
        said.append(f"{_('granted') if payload['granted'] else _('refused')} · {payload['due_on']}")
    elif payload.get("due_on"):
        said.append(payload["due_on"])
    if "on_time" in payload:
        said.append(_("in time") if payload["on_time"] else _("late"))
    return said


def _unit(payload: dict[str, Any], units: dict[int, str]) -> list[str]:
    found = units.get(payload.get("unit", 0), "")
    return [found] if found else []


def history_of(*, project: Project) -> list[dict[str, Any]]:
    """The entries of the timeline of a project, the latest first. Three queries."""
    found = Event.objects.filter(case_id=project.pk, name__in=WORDS).order_by("-seq")
    events = list(found[:SHOWN])
    keys = [int(one.actor_key[5:]) for one in events if one.actor_key.startswith("user:")]
    people = {f"user:{one.pk}": str(one) for one in User.objects.filter(pk__in=keys)}
    named = {one.payload.get("unit") for one in events} - {None}
    units = {one.pk: str(one) for one in Unit.objects.filter(pk__in=named)}
    return [_entry(one, people, units) for one in events]


def _entry(event: Event, people: dict[str, str], units: dict[int, str]) -> dict[str, Any]:
    title, icon, colour = WORDS[event.name]
    return {
        "at": event.occurred_at,
        "title": title,
        "icon": icon,
        "colour": colour,
        "who": people.get(event.actor_key, ""),
        "detail": detail_of(name=event.name, payload=event.payload, units=units),
    }
