"""What the living page shows: made-up clocks, figures, entries and a form. None of it stands for anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.web.style.tokens import TONES
from kernel.permissions import Allowed, Denied, Verdict
from kernel.workflow import WORKFLOWS, Transition
from petitions.choices import State

LIGHTS = ("green", "blue", "yellow", "red", "grey")


class SampleForm(forms.Form):
    """One field of each kind."""

    words = forms.CharField(label=gettext_lazy("Words"), help_text=gettext_lazy("Help stands under the field."))
    text = forms.CharField(label=gettext_lazy("Longer text"), widget=forms.Textarea(attrs={"rows": 3}))
    choice = forms.ChoiceField(label=gettext_lazy("Choice"), choices=[(name, name) for name in TONES])
    one = forms.ChoiceField(
        label=gettext_lazy("One of"), choices=[(name, name) for name in LIGHTS[:3]], widget=forms.RadioSelect
    )
    yes = forms.BooleanField(label=gettext_lazy("Agreed"), required=False)


def clocks(at: datetime) -> list[dict[str, Any]]:
    """A clock in time, one nearly over, one overdue, one that stands still."""
    lasting = timedelta(hours=9)
    named = {"name": _("Handling"), "holder": _("a unit"), "why": _("Three working days by the responsibility list")}
    return [
        {**named, "colour": "green", "left": 555, "share": 30, "due_at": at + lasting},
        {**named, "colour": "yellow", "left": 80, "share": 86, "due_at": at + lasting, "next_step": _("one level up")},
        {**named, "colour": "red", "left": -190, "share": 100, "due_at": at - lasting, "provisional": True},
        {
            **named,
            "colour": "grey",
            "share": 44,
            "paused_since": at - lasting,
            "paused_by": _("approved by the centre"),
        },
    ]


def timeline(at: datetime) -> list[dict[str, Any]]:
    """Three entries."""
    return [
        {"at": at - timedelta(hours=5), "title": _("Filed"), "who": _("gridworker"), "icon": "flag", "colour": "blue"},
        {"at": at - timedelta(hours=4), "title": _("Accepted"), "icon": "check", "colour": "teal"},
        {"at": at - timedelta(hours=1), "title": _("Returned"), "detail": _("Not ours."), "icon": "x", "colour": "red"},
    ]


def charts() -> dict[str, dict[str, Any]]:
    """Figures that stand for nothing."""
    days = [f"11-{day:02}" for day in range(8, 22)]
    waves = [12, 18, 15, 22, 19, 8, 6, 17, 21, 24, 20, 18, 9, 14]
    return {
        "line": {
            "kind": "line",
            "x": days,
            "series": [{"name": "A", "data": waves}, {"name": "B", "data": waves[::-1], "colour": "green"}],
        },
        "rank": {"kind": "rank", "x": list("ABCDE"), "series": [{"name": "A", "data": [31, 24, 22, 9, 4]}]},
        "ring": {"kind": "ring", "x": list("ABC"), "series": [{"name": "A", "data": [31, 24, 12]}]},
    }


def filled(*, theme: str) -> SampleForm:
    """The form as it comes back with a fault; each theme has ids of its own."""
    return SampleForm({"words": "", "text": _("Some words"), "choice": "blue", "one": "blue"}, auto_id=f"{theme}_%s")


def moves() -> dict[str, list[dict[str, Any]]]:
    """The buttons of a petition that was just filed, for somebody who may do all but one: the table of moves itself."""
    buttons = [
        {
            "href": "#buttons",
            "label": one.label,
            "allowed": one.allowed,
            "reason": one.reason,
            "icon": "arrow-right",
            "primary": one.move == "accept",
            "danger": one.move == "decline",
        }
        for one in WORKFLOWS["petition"].moves(state=State.FILED, verdict=_verdict)
    ]
    return {
        "offers": [one for one in buttons if one["allowed"]],
        "refused": [one for one in buttons if not one["allowed"]],
    }


def _verdict(row: Transition) -> Verdict:
    return Denied(_("Your role does not include this.")) if row.move == "withdraw" else Allowed()
