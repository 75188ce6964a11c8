"""Forms of the deeds on time."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from dispatch.forms import LONG, OrderDeed
from dispatch.models import TimeRule
from dispatch.services.time_rules import MOST_ORDERS, Said, bounds_of
from dispatch.times import EXTENSIONS, FIGURES, PAUSES, PauseReason
from kernel.days import midnight
from kernel.forms import PlainForm
from kernel.list_filters import LAST_DAY
from organizations.choices import UnitKind


class AskExtension(OrderDeed):
    days = forms.IntegerField(
        label=_("Calendar days"), min_value=1, max_value=30, help_text=_("Counted from the day after the limit ends.")
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=500,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("The citizen is told them if the extension is granted."),
    )


class AskPause(OrderDeed):
    reason = forms.ChoiceField(label=_("Reason"), choices=PauseReason.choices, widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until and including"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("From tomorrow on.")
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=500, widget=forms.Textarea(attrs=LONG))


class DecideTime(OrderDeed):
    granted = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Grant")), ("no", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Grounds"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Needed where it is refused."),
    )
    notice = forms.CharField(
        label=_("What the citizen is told"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Empty: the reason and the new date in one sentence."),
    )

    def clean_granted(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["granted"] == "yes")


class Resume(OrderDeed):
    """Nothing to say but yes."""


class SetTimeRule(PlainForm):
    """A whole rule: for which area and kind, from which day on, every figure, and why."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    unit_kind = forms.ChoiceField(
        label=_("Kind of unit"), required=False, choices=[("", _("Every kind")), *UnitKind.choices]
    )
    valid_from = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MaxValueValidator(LAST_DAY)],
        help_text=_("Empty: from now on."),
    )
    quota_number = forms.IntegerField(label=_("Suspended at once: orders"), min_value=0, max_value=MOST_ORDERS)
    quota_share = forms.IntegerField(
        label=_("or percent of the open orders, where that is more"), min_value=0, max_value=100
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=500, widget=forms.Textarea(attrs=LONG))

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        columns = {**EXTENSIONS, **PAUSES}.values()
        self.fields |= {name: self._days(name) for name in columns}
        self.order_fields(["area", "unit_kind", "valid_from", *columns, "quota_number", "quota_share", "grounds"])

    def _days(self, name: str) -> forms.IntegerField:
        label = TimeRule._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        least, most = bounds_of(name)
        unit = _("calendar days, at most %(most)s") % {"most": most}
        return forms.IntegerField(label=str(label).capitalize(), min_value=least, max_value=most, help_text=unit)

    def said(self, *, at: datetime) -> Said:
        """The deed takes shares and an instant."""
        given = self.cleaned_data
        day = given["valid_from"]
        figures = {name: given[name] for name in FIGURES} | {"quota_share": Decimal(given["quota_share"]) / 100}
        return Said(
            area_code=given["area"],
            unit_kind=given["unit_kind"],
            valid_from=midnight(day) if day else at,
            figures=figures,
            grounds=given["grounds"],
        )


class SetLights(PlainForm):
    """Shares in percent, as people say them."""

    area = forms.ChoiceField(label=_("Area"))
    half = forms.IntegerField(label=_("Blue from, percent of the limit"), min_value=1, max_value=98, initial=50)
    warn = forms.IntegerField(label=_("Yellow from, percent of the limit"), min_value=2, max_value=99, initial=80)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The deed takes shares."""
        said = self.cleaned_data
        return {
            "area_code": said["area"],
            "half": Decimal(said["half"]) / 100,
            "warn": Decimal(said["warn"]) / 100,
        }
