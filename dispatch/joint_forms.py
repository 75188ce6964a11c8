"""What the deeds on joint orders ask for. Names of fields are those that the deeds name in their refusals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dispatch.forms import LONG, OrderDeed, UnitField, load_units
from dispatch.joint.queries import people_of
from dispatch.models import JointTask
from dispatch.services.joint.giving import MOST_DAYS, Part

FURTHER = (2, 3)


class AskUnits(OrderDeed):
    """Up to three parts at once, for one unit each."""

    unit = UnitField()
    text = forms.CharField(
        label=_("What the unit is asked for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.IntegerField(
        label=_("Working days for the reply"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("Empty: a share of the order's own limit, so that the lead has time to sum up."),
    )

    def prepare(self) -> None:
        """The bodies that work on cases, and room for two further parts. One query."""
        load_units(self)
        offered = self.fields["unit"].choices  # type: ignore[attr-defined]
        for number in FURTHER:
            unit = UnitField(label=_("Another unit"), required=False)
            unit.choices = offered
            self.fields[f"unit_{number}"] = unit
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("What is asked of it"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """A further unit is asked for something."""
        said = super().clean() or self.cleaned_data
        for number in FURTHER:
            if said.get(f"unit_{number}") and not said.get(f"text_{number}"):
                self.add_error(f"text_{number}", _("Say what is asked of the unit."))
        return said

    def given(self) -> dict[str, Any]:
        """The deed takes parts."""
        said = self.cleaned_data
        days = said["days"]
        parts = [Part(unit_id=int(said["unit"]), text=said["text"], days=days)]
        parts += [
            Part(unit_id=int(said[f"unit_{number}"]), text=said[f"text_{number}"], days=days)
            for number in FURTHER
            if said.get(f"unit_{number}")
        ]
        return {"parts": parts}


class Refer(OrderDeed):
    """The unit that may see and work."""

    unit = UnitField()

    def prepare(self) -> None:
        """The bodies that work on cases. One query."""
        load_units(self)

    def given(self) -> dict[str, Any]:
        """The deed takes the id."""
        return {"unit_id": int(self.cleaned_data["unit"])}


class OfferOrder(Refer):
    """The unit that would take it over, and why."""

    grounds = forms.CharField(label=_("Grounds"), max_length=500, widget=forms.Textarea(attrs=LONG))

    def given(self) -> dict[str, Any]:
        """The deed takes the id."""
        return {"unit_id": int(self.cleaned_data["unit"]), "grounds": self.cleaned_data["grounds"]}


class TaskDeed(OrderDeed):
    """A deed on one task, over the version that was seen."""

    def __init__(self, *args: Any, task: JointTask, at: datetime, **kwargs: Any) -> None:
        self.task, self.at = task, at
        super().__init__(*args, **kwargs)


class ReceiveTask(TaskDeed):
    officer = forms.ChoiceField(label=_("Who does it"), required=False)

    def prepare(self) -> None:
        """The people of the unit. Two queries."""
        people = people_of(unit_id=self.task.unit_id, at=self.at)
        rows = [(str(one.pk), one.display_name or one.username) for one in people]
        self.fields["officer"].choices = [("", _("I do it myself")), *rows]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The deed takes the id; nobody named is whoever receives it."""
        return {"officer_id": int(said)} if (said := self.cleaned_data["officer"]) else {}


class ReplyTask(TaskDeed):
    text = forms.CharField(
        label=_("What your unit did"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("The lead unit reads this, and sums up for the citizen."),
    )


class AcceptReply(TaskDeed):
    """Nothing to say but yes."""


class SendReplyBack(TaskDeed):
    note = forms.CharField(label=_("What is lacking"), max_length=500, widget=forms.Textarea(attrs=LONG))


class ReleaseUnit(TaskDeed):
    note = forms.CharField(label=_("Why it is not needed any more"), max_length=500, widget=forms.Textarea(attrs=LONG))


class AnswerOffer(OrderDeed):
    """Nothing to say but yes."""


class RefuseOffer(OrderDeed):
    note = forms.CharField(label=_("Grounds"), max_length=500, widget=forms.Textarea(attrs=LONG))
