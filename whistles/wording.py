"""What whistles say in words: why one ended, and how it reads in the timeline."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.models import Event
from organizations.queries.timelines import Names, Words, timeline_of
from whistles.choices import Attendance, Form, Kind, Refusal, Told
from whistles.models import Whistle

# fmt: off
WORDS: Words = {
    "whistle.asked":          (gettext_lazy("Whistle asked for"), "speakerphone", "violet"),
    "whistle.declined":       (gettext_lazy("Whistle not issued"), "circle-x", "grey"),
    "whistle.withdrawn":      (gettext_lazy("Whistle asked for taken back"), "arrow-back-up", "grey"),
    "whistle.issued":         (gettext_lazy("Whistle blown"), "speakerphone", "yellow"),
    "whistle.summoned":       (gettext_lazy("More units called"), "user-plus", "yellow"),
    "whistle.moved":          (gettext_lazy("Time or place of the whistle changed"), "calendar-time", "yellow"),
    "whistle.called_off":     (gettext_lazy("Whistle called off"), "calendar-off", "grey"),
    "whistle.received":       (gettext_lazy("Whistle signed for"), "signature", "blue"),
    "whistle.leave_asked":    (gettext_lazy("Asked to be excused"), "user-question", "yellow"),
    "whistle.excused":        (gettext_lazy("Excused"), "user-off", "grey"),
    "whistle.agenda_added":   (gettext_lazy("Put on the agenda"), "list-numbers", "blue"),
    "whistle.checked_in":     (gettext_lazy("Checked in"), "map-pin-check", "green"),
    "whistle.absent":         (gettext_lazy("Absent: nobody has come"), "user-x", "red"),
    "whistle.assembled":      (gettext_lazy("Assembled"), "users", "blue"),
    "whistle.recorded":       (gettext_lazy("Minutes written"), "file-text", "blue"),
    "whistle.task_given":     (gettext_lazy("Task given"), "checklist", "yellow"),
    "whistle.task_reported":  (gettext_lazy("Task reported done"), "circle-check", "violet"),
    "whistle.task_confirmed": (gettext_lazy("Task confirmed"), "shield-check", "green"),
    "whistle.task_sent_back": (gettext_lazy("Task sent back"), "rotate", "yellow"),
    "whistle.task_dropped":   (gettext_lazy("Task dropped"), "trash", "grey"),
    "whistle.unit_scored":    (gettext_lazy("Unit scored"), "star", "green"),
    "whistle.scored":         (gettext_lazy("Whistle scored"), "star", "green"),
    "whistle.closed":         (gettext_lazy("Whistle closed"), "lock", "green"),
    "whistle.late":           (gettext_lazy("A whistle is late: the level above was told"), "arrow-up", "red"),
    "whistle.reprojected":    (gettext_lazy("Moved by a holiday notice"), "calendar-time", "blue"),
    "whistle.exported":       (gettext_lazy("List of whistles exported"), "table-export", "grey"),
}
# fmt: on
CODES: dict[str, str | Promise] = dict(Refusal.choices)


def end_words(note: str) -> str:
    """Why a whistle ended: what a person wrote, or in words what was chosen as a code."""
    return str(CODES.get(note, note))


def detail_of(*, name: str, payload: dict[str, Any], unit: str, told: str) -> str:
    """The second line of an entry of the timeline, from the codes that the log holds. `told`: name of who was told."""
    if name in ("whistle.asked", "whistle.issued"):
        return f"{Form(payload['form']).label} · {Kind(payload['kind']).label}"
    if name == "whistle.late":
        return _("%(told)s was told: %(what)s (step %(rung)s)") % {
            "told": told,
            "what": Told(payload["what"]).label,
            "rung": payload["rung"],
        }
    if name == "whistle.declined":
        return end_words(payload["why"])
    if name == "whistle.assembled":
        return _("%(came)s of %(called)s present") % payload
    if name == "whistle.checked_in":
        far = payload["metres"]
        said = f"{unit} · {Attendance(payload['attendance']).label}"
        return said if far < 0 else f"{said} · {_('%(metres)s m from the place') % {'metres': far}}"
    return _counted(payload, unit)


def _counted(payload: dict[str, Any], unit: str) -> str:
    """Unit, number of the task and whether it was in time, as far as the event says so."""
    said = [unit] if unit else []
    if payload.get("task"):
        said.append(_("task %(number)s") % {"number": payload["task"]})
    if "on_time" in payload:
        said.append(_("in time") if payload["on_time"] else _("late"))
    return " · ".join(said)


def history_of(*, whistle: Whistle) -> list[dict[str, Any]]:
    """The entries of the timeline of one whistle, the latest first. Three queries."""
    found = Event.objects.filter(case_id=whistle.case_id, subject_id=str(whistle.pk))
    return timeline_of(found=found, words=WORDS, detail=_second_line, units=("unit", "told"))


def _second_line(event: Event, names: Names) -> str:
    said = event.payload
    unit, told = names.unit(said.get("unit")), names.unit(said.get("told"))
    return detail_of(name=event.name, payload=said, unit=unit, told=told)
