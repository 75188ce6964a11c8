"""A version of a plan template as a form: one line of fields for each step, its papers a line each."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from developments.forms.base import SHORT
from developments.models import PlanTemplate, TemplateStep
from developments.services.templates import PaperData, StepData
from kernel.choices import LimitUnit
from kernel.forms import PlainForm
from kernel.worktime import Limit
from organizations.choices import LeadRule
from organizations.models import Unit
from petitions.choices import PetitionKind
from petitions.models import Category

SPARE = 3
PLACED = {LeadRule.TOWNSHIP_OF_PLACE.value, LeadRule.VILLAGE_OF_PLACE.value}
TOLERANCE = re.compile(r"\s*[|｜]\s*")  # zh: the bar of a Chinese keyboard


class TemplateForm(PlainForm):
    """What the version says of itself."""

    code = forms.SlugField(label=_("Code"), max_length=20)
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=80)
    basis = forms.CharField(label=_("Legal basis"), max_length=200, required=False)
    category_code = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.filter(active=True, level=3, kind=PetitionKind.DEVELOPMENT),
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, widget=forms.Textarea(attrs=SHORT))

    def given(self) -> dict[str, Any]:
        """As the deed takes it."""
        said = dict(self.cleaned_data)
        return {**said, "category_code": said["category_code"].pk}


class StepForm(PlainForm):
    """One step; a line without a code is left out."""

    code = forms.SlugField(label=_("Code"), max_length=20, required=False)
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=60, required=False)
    who = forms.ChoiceField(label=_("Who"), required=False)
    value = forms.DecimalField(label=_("Limit"), min_value=1, max_value=366, decimal_places=0, required=False)
    unit = forms.ChoiceField(label=_("Unit of time"), choices=LimitUnit.choices, initial=LimitUnit.WORKDAY)
    green = forms.DecimalField(label=_("Green channel"), min_value=1, max_value=366, decimal_places=0, required=False)
    after = forms.CharField(label=pgettext_lazy("of a plan", "After"), max_length=200, required=False)
    papers = forms.CharField(
        label=_("Papers"), max_length=1200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [(code, label) for code, label in LeadRule.choices if code in PLACED]
        self.fields["who"].choices = [("", "—"), *rules, *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A step that has a code has everything else too."""
        said = super().clean()
        if said.get("code"):
            for name in ("name", "who", "value"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Required."))
        return said

    def clean_papers(self) -> tuple[PaperData, ...]:
        """One paper a line; "name | days" may follow within so many days."""
        return tuple(_paper(line) for line in self.cleaned_data["papers"].splitlines() if line.strip())

    def step(self) -> StepData | None:
        """As the deed takes it; None for an empty line."""
        said = self.cleaned_data
        if not said.get("code"):
            return None
        placed = said["who"] in PLACED
        limit = Limit(said["value"], said["unit"])
        return StepData(
            code=said["code"],
            name=said["name"],
            rule=said["who"] if placed else LeadRule.UNIT.value,
            unit_id=None if placed else int(said["who"]),
            limit=limit,
            green=Limit(said["green"], said["unit"]) if said["green"] else limit,
            after=tuple(said["after"].replace(",", " ").split()),
            papers=said["papers"],
        )


def _paper(line: str) -> PaperData:
    name, *days = TOLERANCE.split(line.strip())
    if len(days) > 1 or (days and not (days[0].isascii() and days[0].isdigit() and len(days[0]) < 4)):
        raise ValidationError(_("One paper a line: its name, or its name | days."))
    return PaperData(name=name, days=int(days[0]) if days else 0)


def step_rows(*, data: Any, template: PlanTemplate | None, units: Any) -> list[StepForm]:
    """The lines of a template with some empty ones; those of the page where it was posted."""
    offered = [(str(one.pk), str(one)) for one in units]
    known = list(template.steps.prefetch_related("papers").order_by("order")) if template else []
    count = len(known) + SPARE
    return [
        StepForm(
            data,
            prefix=f"step{number}",
            units=offered,
            initial=_begun(known[number]) if number < len(known) else None,
        )
        for number in range(count)
    ]


def _begun(step: TemplateStep) -> dict[str, Any]:
    papers = [f"{one.name} | {one.days}" if one.days else one.name for one in step.papers.order_by("order")]
    return {
        "code": step.code,
        "name": step.name,
        "who": str(step.unit_id) if step.unit_id else step.rule,
        "value": int(step.limit_value),
        "unit": step.limit_unit,
        "green": int(step.green_value),
        "after": " ".join(step.after),
        "papers": "\n".join(papers),
    }


def units_for_steps(*, exclude: Any) -> Any:
    """The units that may be given a step."""
    return Unit.objects.working().exclude(kind__in=exclude).order_by("name")
