"""What each deed of an admission and of a one-off task asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.forms import DeedForm
from organizations.models import Unit
from registry.admission import policies
from registry.admission.choices import Outcome, Per, Stance
from registry.admission.deadlines import FEWEST_OPINION_DAYS, MOST_OPINION_DAYS, OPINION_DAYS
from registry.forms.filters import Day
from registry.models import AdHocTask, Admission

LONG, SHORT = {"rows": 5}, {"rows": 3}
A_YEAR = timedelta(days=365)


def prose(label: Any, *, most: int = 4000, rows: dict[str, int] | None = None, **kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs=rows or SHORT), **kwargs)


class CaseDeed(DeedForm):
    """A deed on one admission or task, over the version that was seen."""

    def __init__(self, *args: Any, case: Admission | AdHocTask, actor: Actor, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": case.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.case, self.actor, self.at, self.today = case, actor, at, timezone.localtime(at).date()
        self.prepare()

    def prepare(self) -> None:
        """Read what the form offers."""

    def offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Give a field its choices."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class Reason(CaseDeed):
    reason = prose(_("Reason"), most=2000)


class Review(CaseDeed):
    finding = prose(_("Why it is lawful and needed"), rows=LONG, help_text=_("Basis, powers and money are looked at."))
    days = forms.IntegerField(
        label=_("Working days for the opinions"),
        min_value=FEWEST_OPINION_DAYS,
        max_value=MOST_OPINION_DAYS,
        initial=OPINION_DAYS,
    )


class TaskOpine(CaseDeed):
    stance = forms.ChoiceField(label=_("The township"), choices=Stance.choices, widget=forms.RadioSelect)
    text = prose(_("Opinion in writing"), rows=LONG, help_text=_("Signed with your name; it stands."))


class Opine(TaskOpine):
    township_id = forms.TypedChoiceField(label=_("For"), coerce=int, empty_value=None, required=False)

    def prepare(self) -> None:
        """Asked only of somebody who sits in two of the townships."""
        mine = policies.own_township(townships=self.case.townships, actor=self.actor)
        if len(mine) < 2:
            del self.fields["township_id"]
        else:
            self.offer("township_id", [(one.pk, str(one)) for one in Unit.objects.filter(pk__in=mine).order_by("pk")])


class Consult(CaseDeed):
    held_on = Day(label=_("Held on"))
    present = forms.TypedMultipleChoiceField(label=_("Units present"), coerce=int, widget=forms.CheckboxSelectMultiple)
    people = forms.CharField(label=_("Who took part"), max_length=400)
    minutes = prose(_("Minutes and result"), most=8000, rows=LONG)
    outcome = forms.ChoiceField(label=_("It ended with"), choices=Outcome.choices, widget=forms.RadioSelect)
    township_duty = prose(_("New duty of the township"), required=False, help_text=_("Empty: unchanged."))
    safeguards = prose(_("New safeguards"), required=False)
    powers = prose(_("New powers that follow"), required=False)
    money_amount = forms.DecimalField(
        label=_("New amount of money"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    money_per = forms.ChoiceField(label=_("paid for"), required=False, choices=[("", "—"), *Per.choices])
    money_source = forms.CharField(label=_("New source of the money"), required=False, max_length=200)

    def prepare(self) -> None:
        """The units concerned; the day is today unless told."""
        self.initial.setdefault("held_on", self.today)
        concerned = [*self.case.townships, *self.case.sides]
        self.offer("present", [(one.pk, str(one)) for one in Unit.objects.filter(pk__in=concerned).order_by("pk")])

    def given(self) -> dict[str, Any]:
        """What was changed as one value."""
        said = super().given()
        names = ("township_duty", "safeguards", "powers", "money_amount", "money_per", "money_source")
        changes = {name: said.pop(name) for name in names}
        return {**said, "changes": changes}


class TaskApprove(CaseDeed):
    document = forms.CharField(label=_("Number of the document"), max_length=64)
    grounds = prose(_("Grounds of the decision"), most=2000, required=False)


class Approve(CaseDeed):
    document = forms.CharField(label=_("Number of the document"), max_length=64)
    effective = Day(label=_("In force from"))
    review_on = Day(label=_("To be reassessed on"), help_text=_("Within three years."))
    grounds = prose(_("Grounds of the decision"), most=2000, required=False)

    def prepare(self) -> None:
        """From tomorrow, and for a year."""
        tomorrow = self.today + timedelta(days=1)
        self.initial.setdefault("effective", tomorrow)
        self.initial.setdefault("review_on", tomorrow + A_YEAR)


class Reassess(CaseDeed):
    finding = prose(_("Finding"), rows=LONG)
    next_on = Day(label=_("Next reassessment"))

    def prepare(self) -> None:
        """In a year unless told."""
        self.initial.setdefault("next_on", self.today + A_YEAR)


class End(CaseDeed):
    reason = prose(_("Reason"), most=1000)
    document = forms.CharField(label=_("Number of the document"), max_length=64)
    effective = Day(label=_("Ends on"))
