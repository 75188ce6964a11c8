"""What each deed on a work order asks for. Names of fields are those that the deeds name in their refusals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dispatch.choices import RecallReason
from dispatch.models import ReturnReason
from kernel.forms import DeedForm, FilesField, FilesInput, PlainForm
from kernel.widgets import LongSelect
from organizations.choices import UnitKind
from organizations.models import Unit
from petitions.choices import Urgency
from petitions.forms.categories import CategoryField
from petitions.forms.conditions import AT_ONCE, condition_choices, condition_field, matter_of
from petitions.forms.places import area_choices

LONG = {"rows": 4}
# Bodies that work on cases; centres hand out and committees mediate.
WORKING = (
    UnitKind.DEPARTMENT,
    UnitKind.STATIONED_AGENCY,
    UnitKind.TOWNSHIP,
    UnitKind.VILLAGE,
    UnitKind.ENTERPRISE,
    UnitKind.UTILITY,
)


class UnitField(forms.ChoiceField):
    """A body that works on cases, to be chosen by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Unit"), "widget": LongSelect(attrs={"data-search": ""}), **kwargs})


def load_units(form: forms.Form) -> None:
    """Put the working bodies by kind into the form's field `unit`. One query."""
    form.fields["unit"].widget.attrs["data-search-hint"] = str(_("Type a word of the name"))
    rows = Unit.objects.working().filter(kind__in=WORKING).order_by("kind", "name").values_list("pk", "name", "kind")
    groups: dict[str, list[tuple[str, str]]] = {}
    for pk, name, kind in rows:
        groups.setdefault(str(UnitKind(kind).label), []).append((str(pk), name))
    form.fields["unit"].choices = [("", _("Choose a unit")), *groups.items()]  # type: ignore[attr-defined]


class OrderDeed(DeedForm):
    """A deed on one order, over the version that was seen."""

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Read what the form offers."""


class Sign(OrderDeed):
    """Nothing to say but yes."""


class ReportProgress(OrderDeed):
    text = forms.CharField(label=_("How far is it?"), max_length=2000, widget=forms.Textarea(attrs=LONG))


class Return(OrderDeed):
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Grounds"),
        max_length=500,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Once, and only within the time said above. Until it is decided your clock goes on."),
    )

    def prepare(self) -> None:
        """The reasons in use."""
        rows = ReturnReason.objects.filter(active=True).order_by("code").values_list("code", "name")
        self.fields["reason"].choices = list(rows)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The deed takes the code."""
        return {"reason_code": self.cleaned_data["reason"], "note": self.cleaned_data["note"]}


class Adjudicate(OrderDeed):
    """The director names the unit, with grounds and basis."""

    unit = UnitField()
    note = forms.CharField(
        label=_("Grounds"),
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Both units and the citizen's file keep this."),
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=255)

    def prepare(self) -> None:
        """The bodies that work on cases. One query."""
        load_units(self)

    def given(self) -> dict[str, Any]:
        """The deed takes the id."""
        said = self.cleaned_data
        return {"unit_id": int(said["unit"]), "note": said["note"], "basis": said["basis"]}


class Rule(OrderDeed):
    granted = forms.ChoiceField(
        label=_("Ruling"),
        choices=[("yes", _("Agree: look for another unit")), ("no", _("Refuse: the unit keeps it for good"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Grounds"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Needed where the return is refused."),
    )

    def clean_granted(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["granted"] == "yes")


class Complete(OrderDeed):
    result = forms.CharField(
        label=_("What was done"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("The citizen reads this, unless the check writes another reply."),
    )
    without = forms.CharField(
        label=_("Why you finish without a reply"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only where a cooperating unit is late with its reply; its lateness stays its own."),
    )
    photos = FilesField(
        label=_("Evidence"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("Pictures after handling: JPEG, PNG, WebP or PDF, up to 10 MB each."),
    )


class Verify(OrderDeed):
    passed = forms.ChoiceField(
        label=_("Check"),
        choices=[("yes", _("Passed: it is done")), ("no", _("Send back: it is not done"))],
        widget=forms.RadioSelect,
    )
    reply = forms.CharField(
        label=_("Reply to the citizen"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Empty: the result of the unit is the reply."),
    )
    note = forms.CharField(
        label=_("What is missing"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_passed(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["passed"] == "yes")


class NameUnit(OrderDeed):
    """The centre names a unit; `suggested` is the one that the list names."""

    unit = UnitField()
    instruction = forms.CharField(
        label=_("Instruction"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def prepare(self) -> None:
        """The bodies that work on cases, by kind. One query."""
        load_units(self)

    def given(self) -> dict[str, Any]:
        """The deed takes the id."""
        return {"unit_id": int(self.cleaned_data["unit"]), "instruction": self.cleaned_data["instruction"]}


class Reassign(NameUnit):
    """Another unit gets it, and why."""

    instruction = None  # type: ignore[assignment]
    note = forms.CharField(label=_("Grounds"), max_length=500, widget=forms.Textarea(attrs=LONG))

    def given(self) -> dict[str, Any]:
        """The deed takes the id."""
        return {"unit_id": int(self.cleaned_data["unit"]), "note": self.cleaned_data["note"]}


class Recall(OrderDeed):
    """The dispatch was a mistake."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[one for one in RecallReason.choices if one[0] != RecallReason.UNDONE],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where it is another reason."),
    )


class Trial(PlainForm):
    """A case that nobody filed, to ask where it would go."""

    category = CategoryField()
    place = forms.ChoiceField(label=_("Place"), choices=area_choices, widget=LongSelect)
    condition = condition_field()
    urgency = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("As the category says")), *Urgency.choices]
    )
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: now."),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, CategoryField)
        field.load()
        matter = matter_of(category=self.data.get("category", ""))
        condition = self.fields["condition"]
        condition.choices = condition_choices(first=matter, at=at)  # type: ignore[attr-defined]
        if matter is not None:
            condition.widget.attrs["hx-trigger"] = AT_ONCE
