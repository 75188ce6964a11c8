"""What calls say in words: the course of a call, and why it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.choices import EndedBy, Told
from calls.models import Call
from kernel.models import Event
from organizations.queries.timelines import Names, Words, timeline_of

# fmt: off
WORDS: Words = {
    "call.filed":     (gettext_lazy("The township calls"), "phone-call", "blue"),
    "call.signed":    (gettext_lazy("Call signed by the head"), "signature", "blue"),
    "call.declined":  (gettext_lazy("Call not taken up"), "phone-off", "grey"),
    "call.triaged":   (gettext_lazy("Units called"), "send", "teal"),
    "call.sent":      (gettext_lazy("The township sends its own team"), "urgent", "teal"),
    "call.answered":  (gettext_lazy("Call answered: who comes and when"), "user-check", "blue"),
    "call.arrived":   (gettext_lazy("Checked in on site"), "map-pin-check", "teal"),
    "call.reported":  (gettext_lazy("Result of the call reported"), "checklist", "violet"),
    "call.refused":   (gettext_lazy("Call refused, by a row of the list"), "hand-stop", "red"),
    "call.upheld":    (gettext_lazy("Refusal upheld: another unit"), "gavel", "yellow"),
    "call.overruled": (gettext_lazy("Refusal overruled: the unit must come"), "gavel", "red"),
    "call.solved":    (gettext_lazy("Solved, says the caller"), "circle-check", "green"),
    "call.sent_back": (gettext_lazy("Not solved: called again"), "rotate", "yellow"),
    "call.withdrawn": (gettext_lazy("Call withdrawn"), "arrow-back-up", "grey"),
    "call.escalated": (gettext_lazy("A call is late: the level above was told"), "arrow-up", "red"),
    "call.reprojected": (gettext_lazy("Moved by a holiday notice"), "calendar-time", "blue"),
    "call.evidence_added": (gettext_lazy("A file was added to the call"), "paperclip", "blue"),
    "call.turned":    (gettext_lazy("A petition was filed for the call"), "inbox", "blue"),
    "call.exported":  (gettext_lazy("List of calls exported"), "table-export", "grey"),
}
# fmt: on
ENDS: dict[str, str | Promise] = dict(EndedBy.choices)
Said = dict[str, Any]


def end_words(note: str) -> str:
    """Why a call ended: what a person wrote, or in words what the system put as a code."""
    return str(ENDS.get(note, note))


def _triaged(said: Said, names: Names) -> str:
    helpers = ", ".join(names.unit(one) for one in said["assists"])
    lead = names.unit(said["unit"])
    return _("%(lead)s leads; %(helpers)s cooperate") % {"lead": lead, "helpers": helpers} if helpers else lead


def _answered(said: Said, names: Names) -> str:
    promised = parse_datetime(said["promised_for"])
    when = f"{timezone.localtime(promised):%m-%d %H:%M}" if promised else ""
    return f"{names.unit(said['unit'])} · {names.person(said['person'])} · {when} · {_in_time(said)}"


def _timed(said: Said, names: Names) -> str:
    return f"{names.unit(said['unit'])} · {_in_time(said)}"


def _in_time(said: Said) -> str:
    return _("in time") if said["in_time"] else _("late")


def _solved(said: Said, names: Names) -> str:
    rated = _("speed %(speed)s, result %(quality)s of 5") % {"speed": said["speed"], "quality": said["quality"]}
    return f"{names.unit(said['unit'])} · {rated}"


def _sent(said: Said, names: Names) -> str:
    return ", ".join(names.person(one) for one in said["people"])


def _refused(said: Said, names: Names) -> str:
    return f"{names.unit(said['unit'])} · {said['entry']}"


def _escalated(said: Said, names: Names) -> str:
    told = {"unit": names.unit(said["unit"]), "what": Told(said["what"]).label, "rung": said["rung"]}
    return _("%(unit)s: %(what)s (step %(rung)s)") % told


DETAILS: dict[str, Callable[[Said, Names], str]] = {
    "call.triaged": _triaged,
    "call.sent": _sent,
    "call.answered": _answered,
    "call.arrived": _timed,
    "call.reported": _timed,
    "call.solved": _solved,
    "call.refused": _refused,
    "call.escalated": _escalated,
}


def detail_of(*, name: str, payload: Said, names: Names) -> str:
    """The second line of an entry of the course, from the codes that the log holds."""
    say = DETAILS.get(name)
    return say(payload, names) if say else names.unit(payload.get("unit") or payload.get("caller"))


def _detail(event: Event, names: Names) -> str:
    return detail_of(name=event.name, payload=event.payload, names=names)


def history_of(*, call: Call) -> list[dict[str, Any]]:
    """The course of one call, the latest first: of its case's chain only what is this call's own (F17). 3 queries."""
    own = Event.objects.filter(case_id=call.case_id, subject_id=str(call.pk))
    return timeline_of(
        found=own,
        words=WORDS,
        detail=_detail,
        units=("unit", "caller", "told"),
        many=("assists",),
        people=("person", "people"),
    )
