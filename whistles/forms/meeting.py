"""An item for the agenda; and the minutes, with rows for tasks: as many as are needed, without JavaScript too."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import CharField
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.models import Unit
from whistles.choices import Form
from whistles.forms.base import LONG, SHORT, OnWhistle, lines
from whistles.models import Task
from whistles.services.recording import LARGEST_LIMIT, MOST, TASK_UNITS, Minutes, Order
from whistles.terms import terms_of

FEWEST, MORE = 3, 3
WHO_AND_WHEN = ("unit", "helpers", "limit_value", "limit_unit")
TEXTS, FOUND = ("what",), ("found", "where", "what")
LONGEST = {name: cast("CharField[Any, Any]", Task._meta.get_field(name)).max_length for name in FOUND}
LIMITS = [(one.value, one.label) for one in TASK_UNITS]


class ItemForm(OnWhistle):
    text = forms.CharField(label=_("Item"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class MinutesForm(OnWhistle):
    """Text, decisions one on each line, and tasks or findings; a row that says nothing is none."""

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
        self.terms = terms_of(form=self.whistle.form)
        self.texts = FOUND if self.whistle.form == Form.INSPECTION else TEXTS
        self.fields["decisions"].label = str(self.terms.decisions)
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
        for text in self.texts:
            self.fields[f"{key}{text}"] = forms.CharField(
                label=str(self.terms.labels[text]), required=False, max_length=LONGEST[text]
            )
        self.fields[f"{key}unit"] = forms.TypedChoiceField(
            label=str(self.terms.labels["unit"]),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "—"), *units],
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

    def task_rows(self) -> list[tuple[str, list[BoundField]]]:
        """The rows with their heading, as the page lays them out."""
        return [
            (str(self.terms.numbered) % {"number": number}, [self[f"task{number}_{part}"] for part in self._parts()])
            for number in range(1, self.count + 1)
        ]

    def _parts(self) -> tuple[str, ...]:
        return (*self.texts, *WHO_AND_WHEN)

    def clean(self) -> dict[str, Any]:
        """A row that says anything says all of it, who leads and until when."""
        cleaned = super().clean()
        for number in range(1, self.count + 1):
            if any(cleaned.get(f"task{number}_{text}") for text in self.texts):
                for part in (*self.texts, "unit", "limit_value"):
                    if not cleaned.get(f"task{number}_{part}"):
                        self.add_error(f"task{number}_{part}", _("Required."))
        return cleaned

    def given(self) -> dict[str, Any]:
        """What the deed is called with."""
        said = self.cleaned_data
        tasks = [
            Order(**{part: said[f"task{number}_{part}"] for part in self._parts()})
            for number in range(1, self.count + 1)
            if said[f"task{number}_what"]
        ]
        return {"minutes": Minutes(text=said["minutes"], decisions=lines(said["decisions"]), tasks=tasks)}
