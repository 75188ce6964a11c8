"""What supervision says in words: why something ended, and how it reads in the timeline."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.models import Event
from organizations.queries.timelines import Names, Words, timeline_of
from supervision.choices import Dismissal, Ground, Level, Reason, Removal, Told
from supervision.models import Listing, SupervisionOrder

# fmt: off
WORDS: Words = {
    "supervision.urged":            (gettext_lazy("Urged"), "bell-ringing", "yellow"),
    "supervision.proposed":         (gettext_lazy("Supervision order proposed: red for too long"), "bulb", "violet"),
    "supervision.dismissed":        (gettext_lazy("Proposed supervision order not issued"), "bulb-off", "grey"),
    "supervision.issued":           (gettext_lazy("Supervision order issued"), "file-alert", "red"),
    "supervision.received":         (gettext_lazy("Supervision order received"), "signature", "blue"),
    "supervision.answered":         (gettext_lazy("Supervision order answered"), "message-reply", "violet"),
    "supervision.accepted":         (gettext_lazy("Answer to the supervision order accepted"), "circle-check", "green"),
    "supervision.sent_back":        (gettext_lazy("Answer to the supervision order sent back"), "rotate", "yellow"),
    "supervision.withdrawn":        (gettext_lazy("Supervision order withdrawn"), "file-x", "grey"),
    "supervision.escalated":        (gettext_lazy("Supervision is late: the level above was told"), "arrow-up", "red"),
    "supervision.reprojected":      (gettext_lazy("Moved by a holiday notice"), "calendar-time", "blue"),
    "supervision.listed":           (gettext_lazy("Put on the list of supervised cases"), "list-details", "red"),
    "supervision.listing_extended": (gettext_lazy("Listing extended"), "calendar-plus", "yellow"),
    "supervision.unlisted":         (gettext_lazy("Taken off the list of supervised cases"), "list-check", "green"),
    "supervision.exported":         (gettext_lazy("Register of supervision exported"), "table-export", "grey"),
}
CODES: dict[str, str | Promise] = {
    "petition_withdrawn": gettext_lazy("the petition was withdrawn"),
    **dict(Dismissal.choices),
    **dict(Removal.choices),
}
# fmt: on


def end_words(note: str) -> str:
    """Why an order or a listing ended: what a person wrote, or in words what the system put as a code."""
    return str(CODES.get(note, note))


def detail_of(*, name: str, payload: dict[str, Any], unit: str, told: str) -> str:
    """The second line of an entry of the timeline, from the codes that the log holds. `told`: name of who was told."""
    if name == "supervision.urged":
        return _("%(unit)s, time %(n)s") % {"unit": unit, "n": payload["number"]}
    if name == "supervision.issued":
        level, reason = Level(payload["level"]).label, Reason(payload["reason"]).label
        return f"{unit} · {level} · {reason}"
    if name == "supervision.escalated":
        said = {"told": told, "what": Told(payload["what"]).label, "rung": payload["rung"]}
        return _("%(told)s was told: %(what)s (step %(rung)s)") % said
    if name == "supervision.listed":
        return f"{unit} · {Ground(payload['ground']).label}"
    if name in ("supervision.dismissed", "supervision.unlisted"):
        return end_words(payload["why"])
    if "on_time" in payload:
        return f"{unit} · {_('in time') if payload['on_time'] else _('late')}"
    return unit


def history_of(*, subject: SupervisionOrder | Listing) -> list[dict[str, Any]]:
    """The entries of the timeline of one order or listing, the latest first. Three queries."""
    found = Event.objects.filter(case_id=subject.petition_id, subject_id=str(subject.pk))
    return timeline_of(found=found, words=WORDS, detail=_second_line, units=("unit", "told"))


def _second_line(event: Event, names: Names) -> str:
    said = event.payload
    unit, told = names.unit(said.get("unit")), names.unit(said.get("told"))
    return detail_of(name=event.name, payload=said, unit=unit, told=told)
