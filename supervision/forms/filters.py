"""The filters of the register: all of them stand in its address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from supervision.choices import Level, Origin, Reason, State
from supervision.querysets import OrderQuerySet

OPEN = "open"
LAST_DAY = date.max - timedelta(days=2)


def _any(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *choices]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(date(1970, 1, 1)), MaxValueValidator(LAST_DAY)],
    )


class RegisterFilter(PlainForm):
    """Each field narrows the list; an empty one does not."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Number of the order or of the petition")}),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=_any(_("All states"), [(OPEN, _("All open")), *State.choices])
    )
    level = forms.ChoiceField(label=_("Level"), required=False, choices=_any(_("All levels"), Level.choices))
    reason = forms.ChoiceField(label=_("Reason"), required=False, choices=_any(_("All reasons"), Reason.choices))
    origin = forms.ChoiceField(label=_("Origin"), required=False, choices=_any(_("Any way"), Origin.choices))
    since = _day(_("From"))
    until = _day(_("Until"))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def narrow(self, orders: OrderQuerySet, *, at: datetime) -> OrderQuerySet:
        """The orders that fit what is said; a field that is not valid narrows to nothing at all."""
        if not self.is_valid():
            return orders.none()
        said = self.cleaned_data
        found = orders.filter(**{name: said[name] for name in ("level", "reason", "origin", "unit") if said[name]})
        if said["state"]:
            found = found.open() if said["state"] == OPEN else found.filter(state=said["state"])
        if said["late"]:
            found = found.open().filter(stage_due_at__lt=at)
        if said["since"]:
            found = found.filter(opened_at__gte=_midnight(said["since"]))
        if said["until"]:
            found = found.filter(opened_at__lt=_midnight(said["until"] + timedelta(days=1)))
        words = said["q"].strip()
        return found.filter(Q(number__icontains=words) | Q(petition__number=words.upper())) if words else found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
