"""An item for the agenda; and the minutes, with rows for tasks: as many as are needed, without JavaScript too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.models import Unit
from whistles.forms.base import LONG, SHORT, OnWhistle, lines
from whistles.services.recording import LARGEST_LIMIT, MOST, TASK_UNITS, Minutes, Order

FEWEST, MORE = 3, 3
PARTS = ("what", "unit", "helpers", "limit_value", "limit_unit")
LIMITS = [(one.value, one.label) for one in TASK_UNITS]


class ItemForm(OnWhistle):
    text = forms.CharField(label=_("Item"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class MinutesForm(OnWhistle):
    """Text, decisions one on each line, and tasks; a row that says nothing is no task."""

    rows = forms.IntegerField(min_value=FEWEST, max_value=MOST, widget=forms.HiddenInput)
    minutes = forms.CharField(label=_("Minutes"), max_length=8000, widget=forms.Textarea(attrs=LONG))
    decisions = forms.CharField(
        label=_("Decisions"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("One on each line; they are numbered."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = self._wanted()
        self.initial["rows"] = self.count
        units = self._units()
        for number in range(1, self.count + 1):
            self._row(number, units)

    def _wanted(self) -> int:
        """How many rows the page at hand has; anything odd is the usual number."""
        said = self.data.get("rows", "") if self.is_bound else ""
        wanted = int(said) if said.isascii() and said.isdigit() and len(said) < len("100") else FEWEST
        more = MORE if self.is_bound and "more" in self.data else 0
        return min(max(wanted, FEWEST) + more, MOST)

    def _units(self) -> list[tuple[int, str]]:
        whistle = self.whistle
        ids = {whistle.asker_id, whistle.issuer_id or 0, *(one.unit_id for one in self.called())}
        return [(unit.pk, str(unit)) for unit in Unit.objects.filter(pk__in=ids).order_by("name")]

    def _row(self, number: int, units: list[tuple[int, str]]) -> None:
        key = f"task{number}_"
        self.fields[f"{key}what"] = forms.CharField(label=_("What is to be done"), required=False, max_length=300)
        self.fields[f"{key}unit"] = forms.TypedChoiceField(
            label=_("Lead"), required=False, coerce=int, empty_value=None, choices=[("", "—"), *units]
        )
        self.fields[f"{key}helpers"] = forms.TypedMultipleChoiceField(
            label=_("Cooperating"), required=False, coerce=int, choices=units, widget=forms.CheckboxSelectMultiple
        )
        self.fields[f"{key}limit_value"] = forms.IntegerField(
            label=_("Within"), required=False, min_value=1, max_value=LARGEST_LIMIT, initial=3
        )
        self.fields[f"{key}limit_unit"] = forms.ChoiceField(
            label=_("Unit of time"), required=False, choices=LIMITS, initial=LimitUnit.WORKDAY
        )

    def task_rows(self) -> list[tuple[int, list[BoundField]]]:
        """The rows with their number, as the page lays them out."""
        return [(number, [self[f"task{number}_{part}"] for part in PARTS]) for number in range(1, self.count + 1)]

    def clean(self) -> dict[str, Any]:
        """A task that says what is to be done says also who leads and until when."""
        cleaned = super().clean()
        for number in range(1, self.count + 1):
            if cleaned.get(f"task{number}_what"):
                for part in ("unit", "limit_value"):
                    if not cleaned.get(f"task{number}_{part}"):
                        self.add_error(f"task{number}_{part}", _("Required."))
        return cleaned

    def given(self) -> dict[str, Any]:
        """What the deed is called with."""
        said = self.cleaned_data
        tasks = [
            Order(**{part: said[f"task{number}_{part}"] for part in PARTS})
            for number in range(1, self.count + 1)
            if said[f"task{number}_what"]
        ]
        return {"minutes": Minutes(text=said["minutes"], decisions=lines(said["decisions"]), tasks=tasks)}
