"""Triage: lead, cooperating units with their tasks, and the limit, filled in by the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.forms.base import SHORT
from calls.services.triaging import Assist
from kernel.forms import Moment, Over
from organizations.models import Unit


class TriageForm(Over):
    """Whoever is ticked gets the task that stands beside its name, or what the list says where nothing stands there."""

    unit_id = forms.TypedChoiceField(label=_("Lead"), coerce=int)
    until = Moment(label=_("Result until"))
    assists = forms.TypedMultipleChoiceField(
        label=_("Cooperating units"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    task = forms.CharField(
        label=_("Task of the cooperating units"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("One line for each, in their order, or one line for all."),
    )
    instruction = forms.CharField(
        label=_("Instruction"), required=False, max_length=500, widget=forms.Textarea(attrs=SHORT)
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.pk, str(one)) for one in units]
        self.fields["unit_id"].choices = offered  # type: ignore[attr-defined]
        self.fields["assists"].choices = offered  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """As the deed takes it: each cooperating unit with its line."""
        said = super().given()
        lines = [line.strip() for line in said.pop("task").splitlines() if line.strip()]
        units = said["assists"]
        alike = len(lines) != len(units)
        tasks = [" ".join(lines)] * len(units) if alike else lines
        said["assists"] = [Assist(unit_id=unit, task=task) for unit, task in zip(units, tasks, strict=True)]
        return said
