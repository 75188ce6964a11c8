"""Forms of plans: a plan, its batches and groups, a project, its milestones, its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.forms import Day, PlainForm
from organizations.choices import AreaLevel, Role
from organizations.models import Area, User
from projects.choices import Kind
from projects.forms.base import SHORT, Chosen, OnRow, Units, working_units
from projects.models import ActionPlan

WORKERS = (Role.HANDLER, Role.TOWNSHIP_OFFICER, Role.TOWNSHIP_HEAD, Role.DEPARTMENT_HEAD)


def leaders() -> Any:
    """The county leaders."""
    return _people([Role.COUNTY_LEADER])


def workers(**where: Any) -> Any:
    """Those who may answer for a project."""
    return _people(WORKERS, **where)


def _people(roles: Any, **where: Any) -> Any:
    posted = User.objects.filter(is_active=True, postings__role__in=roles, postings__valid_until=None, **where)
    return posted.distinct().order_by("display_name", "pk")


class PlanForm(PlainForm):
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=80)
    area_code = forms.ChoiceField(label=_("Area"))
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("Until"))

    def __init__(self, *args: Any, prefixes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(level__in=[AreaLevel.COUNTY, AreaLevel.TOWNSHIP]).order_by("code")
        found = [one for one in areas if any(one.prefix.startswith(prefix) for prefix in prefixes)]
        self.fields["area_code"].choices = [(one.code, one.name) for one in found]  # type: ignore[attr-defined]


class BatchForm(OnRow):
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=60)
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("Until"))


class GroupForm(OnRow):
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=60)
    lead = Chosen(label=_("Lead"))
    head = Chosen(label=pgettext_lazy("task group", "Head of the group"))
    members = Units()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units, fields = list(working_units()), self.fields
        fields["lead"].offer(units)  # type: ignore[attr-defined]
        fields["members"].offer(units)  # type: ignore[attr-defined]
        fields["head"].offer([*leaders(), *workers()])  # type: ignore[attr-defined]


class MilestoneForm(OnRow):
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=120)
    due_on = Day(label=_("Due"))
    weight = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=100, initial=10, help_text=_("How much of the whole it is.")
    )


class PeopleForm(OnRow):
    person = Chosen(label=_("Who answers for it"))
    leader = Chosen(label=_("County leader in charge"))
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(workers(postings__unit=self.row.owner_id))  # type: ignore[attr-defined]
        self.fields["leader"].offer(leaders())  # type: ignore[attr-defined]
        self.initial["person"], self.initial["leader"] = self.row.person_id, self.row.leader_id


class ProjectForm(PlainForm):
    """A project of the plan at hand."""

    code = forms.CharField(label=_("Code"), max_length=20)
    name = forms.CharField(label=pgettext_lazy("of a plan", "Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    batch = Chosen(label=_("Batch"))
    group = Chosen(label=_("Task group"))
    owner = Chosen(label=_("Owner"))
    person = Chosen(label=_("Who answers for it"), help_text=_("Somebody who works for the owner."))
    leader = Chosen(label=_("County leader in charge"))
    starts_on = Day(label=_("Planned from"))
    ends_on = Day(label=_("Planned until"))
    done_means = forms.CharField(label=_("What counts as done"), max_length=300, widget=forms.Textarea(attrs=SHORT))
    area_code = forms.ChoiceField(label=_("Area"), required=False)
    helpers = Units()

    def __init__(self, *args: Any, plan: ActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        units = list(working_units())
        fields["batch"].offer(plan.batches.order_by("number"))
        fields["group"].offer(plan.groups.order_by("number"))
        fields["owner"].offer(units)
        fields["helpers"].offer(units)
        fields["person"].offer(workers())
        fields["leader"].offer(leaders())
        areas = Area.objects.inside(plan.place).exclude(level=AreaLevel.VILLAGE).order_by("code")
        fields["area_code"].choices = [("", _("the whole area of the plan")), *((one.code, one.name) for one in areas)]
