"""The filters of the desk and of the band: all of them stand in the address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from whistles.choices import Form, Kind, State
from whistles.querysets import WhistleQuerySet

OPEN = "open"
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date.max - timedelta(days=40)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )


class DeskFilter(PlainForm):
    """Each field narrows the list; an empty one does not."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Number or matter")}),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), (OPEN, _("All open")), *State.choices]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    form = forms.ChoiceField(label=_("Form"), required=False, choices=[("", _("All forms")), *Form.choices])
    since = _day(_("From"))
    until = _day(_("Until"))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def narrow(self, whistles: WhistleQuerySet, *, at: datetime) -> WhistleQuerySet:
        """The whistles that fit what is said; a field that is not valid narrows to nothing at all."""
        if not self.is_valid():
            return whistles.none()
        said = self.cleaned_data
        found = whistles.filter(**{name: said[name] for name in ("kind", "form") if said[name]})
        if said["state"]:
            found = found.open() if said["state"] == OPEN else found.filter(state=said["state"])
        if said["late"]:
            found = found.open().filter(stage_due_at__lt=at)
        if said["since"]:
            found = found.filter(opened_at__gte=_midnight(said["since"]))
        if said["until"]:
            found = found.filter(opened_at__lt=_midnight(said["until"] + timedelta(days=1)))
        if said["unit"]:
            found = found.filter(pk__in=found.model.objects.filter(summonses__unit=said["unit"]).values("pk"))
        words = said["q"].strip()
        return found.filter(Q(number__icontains=words) | Q(matter__icontains=words)) if words else found


class MonthFilter(PlainForm):
    """Which month."""

    month = forms.DateField(
        label=_("Month"),
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
