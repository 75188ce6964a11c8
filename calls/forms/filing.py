"""Filing a call: one screen on a telephone. Kind, what is asked, by when; everything else has its usual value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls.choices import Kind
from calls.forms.base import SHORT, files_field
from calls.services.drawing import Wanted
from kernel.calendars import current
from kernel.forms import PlainForm
from organizations.models import Area, Team
from petitions.models import Category

HOUR, TODAY, THREE, WEEK, LIST = "hour", "today", "three", "week", "list"
# What the form offers as "by when"; "list": the limit that the list has for the matter.
WHEN = [
    (LIST, _("as the list says")),
    (HOUR, _("within an hour")),
    (TODAY, pgettext_lazy("by when", "today")),
    (THREE, _("in three days")),
    (WEEK, _("in a week")),
]
DEPARTMENT, TEAM, BOTH = "department", "team", "both"
WHO = [
    (DEPARTMENT, _("a department")),
    (TEAM, _("our own team")),
    (BOTH, _("our own team at once, and a department")),
]
DAYS = {TODAY: 0, THREE: 3, WEEK: 7}


class FilingForm(PlainForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.LIVELIHOOD)
    asked = forms.CharField(
        label=pgettext_lazy("call", "What is asked"),
        max_length=2000,
        widget=forms.Textarea(attrs={**SHORT, "autofocus": True}),
        help_text=_("The called units read this: name no reporter."),
    )
    when = forms.ChoiceField(label=_("By when"), choices=WHEN, widget=forms.RadioSelect, initial=LIST)
    category_code = forms.ChoiceField(label=_("Category"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    spot = forms.CharField(label=_("Where exactly"), required=False, max_length=200)
    team_id = forms.ChoiceField(label=_("Our team"), required=False)
    who = forms.ChoiceField(
        label=pgettext_lazy("call", "Who is to come"), choices=WHO, widget=forms.RadioSelect, initial=DEPARTMENT
    )
    file = files_field()

    def __init__(
        self, *args: Any, prefix_of_unit: str, on_petition: bool, teams: Iterable[Team] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(one.pk), f"{one.sign} · {one.name}") for one in teams]
        self.fields["team_id"].choices = offered  # type: ignore[attr-defined]
        if not offered:  # without a team of its own a township calls, and is asked nothing more
            del self.fields["team_id"], self.fields["who"]
        rows = Category.objects.filter(active=True, level=3).order_by("code").values_list("code", "name")
        areas = Area.objects.inside(prefix_of_unit).order_by("code").values_list("code", "name")
        own = _("that of the petition") if on_petition else None
        first = [("", own)] if own else []
        self.fields["category_code"].choices = [  # type: ignore[attr-defined]
            ("", own or _("not known")),
            *((code, f"{code} {name}") for code, name in rows),
        ]
        self.fields["place"].choices = [*first, *areas]  # type: ignore[attr-defined]

    def given(self, *, at: datetime, petition_id: UUID | None) -> dict[str, Any]:
        """As the deed takes it."""
        said = dict(self.cleaned_data)
        team, who, files = said.pop("team_id", ""), said.pop("who", DEPARTMENT), said.pop("file")
        wanted = Wanted(petition_id=petition_id, wanted_by=wanted_by(said.pop("when"), at), **said)
        team_id = team if who != DEPARTMENT else None
        return {"wanted": wanted, "team_id": team_id, "only_team": who == TEAM, "file": files}


def wanted_by(when: str, at: datetime) -> datetime | None:
    """The moment that a chip means: the end of the office's day, or an hour from now; None leaves it to the list."""
    if when == LIST:
        return None
    if when == HOUR:
        return at + timedelta(hours=1)
    here = timezone.localtime(at)
    closing = current(at=at).hours[-1][1]
    end = datetime.combine(here.date() + timedelta(days=DAYS[when]), time.min, tzinfo=here.tzinfo) + timedelta(
        microseconds=closing
    )
    return end if end > at else at + timedelta(hours=2)
