"""Asking for a whistle or blowing it: one page, one screen and a list on a telephone; and what may be changed later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.calendars import current
from kernel.forms import Moment, PlainForm
from organizations.models import Area, Unit
from whistles.choices import Form, Kind
from whistles.forms.base import SHORT, OnWhistle, Units, lines
from whistles.queries import callable_units
from whistles.services.saying import Said

NOW, HOUR, AFTERNOON, MORNING, OTHER = "now", "hour", "afternoon", "morning", "other"
# What the form offers as a time: no calendar has to be opened where one of these is meant.
WHEN = [
    (NOW, _("in half an hour")),
    (HOUR, _("in an hour")),
    (AFTERNOON, _("next working afternoon, 14:30")),
    (MORNING, _("next working morning, 09:00")),
    (OTHER, _("at another time:")),
]
AFTER = {NOW: timedelta(minutes=30), HOUR: timedelta(minutes=60)}
OFFICE = {AFTERNOON: time(14, 30), MORNING: time(9, 0)}


class CallForm(PlainForm):
    """What it is about, where, when, who."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.ENFORCEMENT)
    form = forms.ChoiceField(label=_("Form"), choices=Form.choices, widget=forms.RadioSelect, initial=Form.WHISTLE)
    matter = forms.CharField(
        label=_("Matter"), max_length=200, help_text=_("The called units read this. Name no reporter.")
    )
    when = forms.ChoiceField(label=_("When"), choices=WHEN, widget=forms.RadioSelect, initial=AFTERNOON)
    meets_at = Moment(label=_("Day and hour"), required=False)
    where = forms.CharField(label=_("Where to meet"), max_length=120)
    area_code = forms.ChoiceField(label=_("Area"), required=False)
    units = Units()
    details = forms.CharField(label=_("Details"), required=False, max_length=2000, widget=forms.Textarea(attrs=SHORT))
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("For a consultation or a meeting: one item on each line."),
    )

    def __init__(self, *args: Any, areas: Iterable[Area], units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].choices = [(one.code, one.name) for one in areas]  # type: ignore[attr-defined]
        self.fields["units"].offer(units)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another time needs to be said."""
        cleaned = super().clean()
        if cleaned.get("when") == OTHER and not cleaned.get("meets_at"):
            self.add_error("meets_at", _("Say when."))
        return cleaned

    def said(self, *, at: datetime, petition_id: Any = None) -> Said:
        """What the deed is called with."""
        given = self.cleaned_data
        return Said(
            kind=given["kind"],
            form=given["form"],
            matter=given["matter"],
            details=given["details"],
            where=given["where"],
            area_code="" if petition_id else given["area_code"],
            meets_at=moment_of(when=given["when"], other=given["meets_at"], at=at),
            units=given["units"],
            agenda=lines(given["agenda"]),
            petition_id=petition_id,
        )


def moment_of(*, when: str, other: datetime | None, at: datetime) -> datetime:
    """The instant that is meant: minutes from now, or the next such hour of a working day."""
    if when in AFTER:
        return (at + AFTER[when]).replace(second=0, microsecond=0)
    if when not in OFFICE:
        assert other is not None  # clean() has asked for it
        return other
    calendar, local = current(at=at), timezone.localtime(at)
    day = local.date()
    while True:
        found = timezone.make_aware(datetime.combine(day, OFFICE[when]))
        if found > at and calendar.is_workday(day=day):
            return found
        day += timedelta(days=1)


class IssueAsked(OnWhistle):
    """The head signs: the time and the units can still be changed."""

    meets_at = Moment(label=_("Time to meet"))
    units = Units()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].offer(  # type: ignore[attr-defined]
            callable_units(caller=None).order_by("kind", "name")
        )
        self.initial["meets_at"] = self.whistle.meets_at
        self.initial["units"] = [one.unit_id for one in self.called()]


class SummonForm(OnWhistle):
    units = Units()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        called = [one.unit_id for one in self.called()]
        others = callable_units(caller=self.whistle.issuer_id).exclude(pk__in=called)
        self.fields["units"].offer(others.order_by("kind", "name"))  # type: ignore[attr-defined]


class MoveForm(OnWhistle):
    meets_at = Moment(label=_("Time to meet"))
    where = forms.CharField(label=_("Where to meet"), required=False, max_length=120)
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["meets_at"] = self.whistle.meets_at
        self.initial["where"] = self.whistle.where
