"""What each deed on a petition asks for. Names of fields are those that the deeds name in their refusals."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.forms import DeedForm, FilesField, FilesInput
from kernel.widgets import LongSelect
from petitions.choices import PetitionKind, ReplyKind, Satisfaction, Urgency
from petitions.forms.categories import CategoryField
from petitions.forms.conditions import AT_ONCE, any_condition, condition_choices, condition_field, matter_of, searched
from petitions.forms.places import area_choices
from petitions.models import DeclineReason, Petition

LONG = {"rows": 4}
ANSWERS = [("", _("not said")), ("yes", _("yes")), ("no", _("no"))]
RESOLVED = {"": None, "yes": True, "no": False}


class PetitionDeed(DeedForm):
    """A deed on one petition by one person."""

    def __init__(self, *args: Any, petition: Petition, actor: Actor, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": petition.version, **self.seen(petition), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.petition, self.actor, self.at = petition, actor, at
        self.prepare()

    @classmethod
    def seen(cls, petition: Petition) -> dict[str, Any]:
        """What the form begins with."""
        return {}

    def prepare(self) -> None:
        """Read what the form offers."""


class Confirm(PetitionDeed):
    """Nothing to say but yes."""


class Classified(PetitionDeed):
    """Category, and kind and urgency where they differ from the category's own."""

    category = CategoryField()
    condition = condition_field()
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("As the category says")), *PetitionKind.choices]
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("As the category says")), *Urgency.choices]
    )

    @classmethod
    def seen(cls, petition: Petition) -> dict[str, Any]:
        """The category that it has; kind and urgency only where they are not the category's."""
        category = petition.category
        own_kind = petition.kind if category and petition.kind != category.kind else ""
        own_urgency = petition.urgency if category and petition.urgency != category.urgency else ""
        return {
            "category": petition.category_id or "",
            "condition": petition.condition,
            "kind": own_kind,
            "urgency": own_urgency,
        }

    def prepare(self) -> None:
        """Read the categories, and the conditions: those of the category's own matter stand first."""
        field = self.fields["category"]
        assert isinstance(field, CategoryField)
        field.load(chosen=self.petition.category)
        chosen = self.data.get("category") or self.initial.get("category") or ""
        own = self.petition.category
        if not any_condition(at=self.at):
            del self.fields["condition"]
            return

        def offered() -> list[Any]:
            """Read when they are drawn: most of what is sent names none."""
            first = own.matter_id if own is not None and own.code == chosen else matter_of(category=chosen)
            return condition_choices(first=first, at=self.at)

        self.fields["condition"].choices = cache(offered)  # type: ignore[attr-defined]
        searched(self.fields["condition"])
        if chosen and not self.is_bound:  # one that came back keeps what was said about it
            self.fields["condition"].widget.attrs["hx-trigger"] = AT_ONCE

    def given(self) -> dict[str, Any]:
        """The deed calls the category's code by its full name."""
        said = super().given()
        said["category_code"] = said.pop("category")
        return said


class Accept(Classified):
    """Taking up needs the category; dispatching follows by it."""


class Classify(Classified):
    """Category and place put right."""

    category = CategoryField(required=False)
    area_code = forms.ChoiceField(
        label=_("Village or community"), required=False, choices=area_choices, widget=LongSelect
    )


class Ask(PetitionDeed):
    question = forms.CharField(label=_("What is missing?"), max_length=1000, widget=forms.Textarea(attrs=LONG))


class Supply(PetitionDeed):
    answer = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs=LONG))


class Decline(PetitionDeed):
    reason = forms.ChoiceField(
        label=_("Reason"),
        widget=forms.RadioSelect,
        help_text=_("The citizen is told the reason and the channel that is the right one."),
    )

    def prepare(self) -> None:
        """The reasons in use, each with its channel and its law."""
        rows = DeclineReason.objects.filter(active=True).order_by("code")
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (row.code, f"{row.name} → {row.channel}" + (f" ({row.basis})" if row.basis else "")) for row in rows
        ]

    def given(self) -> dict[str, Any]:
        """The deed takes the code."""
        return {"reason_code": self.cleaned_data["reason"]}


class Join(PetitionDeed):
    main = forms.CharField(
        label=_("Number of the main petition"),
        max_length=24,
        help_text=_("This one keeps its own text and log, and ends when the main one does."),
    )

    def clean_main(self) -> Any:
        """The petition behind the number, as far as this person sees."""
        number = self.cleaned_data["main"].strip().upper()
        found = Petition.objects.visible_to(self.actor).filter(number=number).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no such petition, or not for you."))
        return found

    def given(self) -> dict[str, Any]:
        """The deed takes the id."""
        return {"main_id": self.cleaned_data["main"]}


class Rate(PetitionDeed):
    satisfaction = forms.ChoiceField(
        label=_("How satisfied are you?"), choices=Satisfaction.choices, widget=forms.RadioSelect
    )
    resolved = forms.ChoiceField(label=_("Is it solved?"), required=False, choices=ANSWERS)
    note = forms.CharField(label=_("Remark"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_resolved(self) -> bool | None:
        """Yes, no or not said."""
        return RESOLVED[self.cleaned_data["resolved"]]


class Callback(PetitionDeed):
    reached = forms.ChoiceField(
        label=_("Was the person reached?"), choices=[("yes", _("yes")), ("no", _("no"))], widget=forms.RadioSelect
    )
    satisfaction = forms.ChoiceField(
        label=_("How satisfied?"), required=False, choices=[("", _("not said")), *Satisfaction.choices]
    )
    resolved = forms.ChoiceField(label=_("Is it solved?"), required=False, choices=ANSWERS)
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_reached(self) -> bool:
        """Yes or no."""
        return bool(RESOLVED[self.cleaned_data["reached"]])

    def clean_resolved(self) -> bool | None:
        """Yes, no or not said."""
        return RESOLVED[self.cleaned_data["resolved"]]


class Reply(PetitionDeed):
    kind = forms.ChoiceField(label=_("What it is"), choices=ReplyKind.choices)
    text = forms.CharField(label=_("Text"), max_length=4000, widget=forms.Textarea(attrs=LONG))

    def given(self) -> dict[str, Any]:
        """With the unit that writes: the one that leads where the writer works there, else the writer's own."""
        mine = sorted(self.actor.unit_ids)
        lead = self.petition.lead_unit_id
        return {**super().given(), "unit_id": lead if lead in mine else next(iter(mine), None)}


class Attach(PetitionDeed):
    purpose = forms.ChoiceField(label=_("When it was taken"))
    file = FilesField(
        label=_("Files"),
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB each."),
    )

    def prepare(self) -> None:
        """A citizen adds to the report; those who handle say when."""
        purposes = self.petition.attachments.model._meta.get_field("purpose").choices
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
