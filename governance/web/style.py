"""A living page with every part on it: what a part looks like, light and dark, before it is used anywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel import clock
from kernel.errors import NotAllowed
from kernel.http import ActorRequest

COLOURS = ("grey", "blue", "teal", "violet", "yellow", "red", "green")
LIGHTS = ("green", "blue", "yellow", "red", "grey")


class SampleForm(forms.Form):
    """One field of each kind."""

    words = forms.CharField(label=gettext_lazy("Words"), help_text=gettext_lazy("Help stands under the field."))
    text = forms.CharField(label=gettext_lazy("Longer text"), widget=forms.Textarea(attrs={"rows": 3}))
    choice = forms.ChoiceField(label=gettext_lazy("Choice"), choices=[(name, name) for name in COLOURS])
    one = forms.ChoiceField(
        label=gettext_lazy("One of"), choices=[(name, name) for name in LIGHTS[:3]], widget=forms.RadioSelect
    )
    yes = forms.BooleanField(label=gettext_lazy("Agreed"), required=False)


def _clocks(at: datetime) -> list[dict[str, Any]]:
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


def _timeline(at: datetime) -> list[dict[str, Any]]:
    """Three entries."""
    return [
        {"at": at - timedelta(hours=5), "title": _("Filed"), "who": _("gridworker"), "icon": "flag", "colour": "blue"},
        {"at": at - timedelta(hours=4), "title": _("Accepted"), "icon": "check", "colour": "teal"},
        {"at": at - timedelta(hours=1), "title": _("Returned"), "detail": _("Not ours."), "icon": "x", "colour": "red"},
    ]


def _charts() -> dict[str, dict[str, Any]]:
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


@login_required
def style(request: ActorRequest) -> HttpResponse:
    """Every part, for those who run the system and for developers."""
    if not (settings.DEBUG or request.actor.holds("operations.view")):
        raise NotAllowed(_("This page is for those who run the system."))
    at = clock.now()
    form = SampleForm({"words": "", "text": _("Some words"), "choice": "blue", "one": "blue"})
    context = {"colours": COLOURS, "lights": LIGHTS, "clocks": _clocks(at), "events": _timeline(at), "at": at}
    return render(request, "governance/style.html", {**context, "form": form, "charts": _charts()})
