"""The filing form: short for citizens, a little longer in the field, whole at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.forms import FilesField, FilesInput, PlainForm
from kernel.widgets import LongSelect
from organizations.choices import Role
from petitions.choices import Channel, Nature, Urgency
from petitions.forms.categories import CategoryField
from petitions.forms.places import area_choices
from petitions.policies import may_use_channel, usual_channel
from petitions.services.filing import ReporterData

IN_THE_FIELD = frozenset({Role.GRIDWORKER, Role.GRID_LEADER})
PHONE = RegexValidator(r"^[0-9+\- ]{5,24}$", _("A telephone number has digits only."))
IDENTITY = RegexValidator(r"^[0-9]{17}[0-9Xx]$", _("An identity number has 18 characters."))


def desk_of(actor: Actor) -> str:
    """Which of the three forms somebody gets: "citizen", "field" or "desk"."""
    if not actor.roles or actor.roles == {Role.CITIZEN}:
        return "citizen"
    return "field" if actor.roles <= IN_THE_FIELD else "desk"


def channels_of(actor: Actor) -> list[tuple[str, Any]]:
    """The channels that somebody takes petitions in by, the usual one first."""
    usual = usual_channel(actor=actor)
    mine = [one for one in Channel if may_use_channel(channel=one, actor=actor)]
    return [(one.value, one.label) for one in sorted(mine, key=lambda one: one != usual)]


class FilingForm(PlainForm):
    """What is reported, where, and by whom."""

    nature = forms.ChoiceField(label=_("What is it?"), choices=Nature.choices)
    title = forms.CharField(label=_("In one line"), max_length=120, min_length=2)
    description = forms.CharField(
        label=_("What happened"), max_length=8000, min_length=2, widget=forms.Textarea(attrs={"rows": 5})
    )
    category = CategoryField(required=False)
    urgency = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("As the category says")), *Urgency.choices]
    )
    photos = FilesField(
        label=_("Pictures"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB each."),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    area_code = forms.ChoiceField(
        label=_("Village or community"), required=False, choices=area_choices, widget=LongSelect
    )
    lng = forms.FloatField(
        label=_("Longitude"), required=False, widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    )
    lat = forms.FloatField(
        label=_("Latitude"), required=False, widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    )
    channel = forms.ChoiceField(label=_("Channel"))
    source_no = forms.CharField(label=_("Number at the source"), required=False, max_length=64)
    name = forms.CharField(label=_("Name"), required=False, max_length=40)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=24, validators=[PHONE])
    identity = forms.CharField(label=_("Identity number"), required=False, max_length=18, validators=[IDENTITY])
    home = forms.CharField(label=_("Home address"), required=False, max_length=200)
    confidential = forms.BooleanField(label=_("Keep the identity from the units that handle it"), required=False)

    DESK_ONLY = ("urgency", "source_no", "identity", "home")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.desk = actor, desk_of(actor)
        channels = channels_of(actor)
        self.fields["channel"] = forms.ChoiceField(label=_("Channel"), choices=channels, initial=channels[0][0])
        if len(channels) == 1:
            self.fields["channel"].widget = forms.HiddenInput()
        if self.desk != "desk":
            for name in self.DESK_ONLY:
                del self.fields[name]
        category = self.fields["category"]
        assert isinstance(category, CategoryField)
        category.none = _("I do not know") if self.desk == "citizen" else category.none
        category.load()
        self.fields["nature"].initial = Nature.COMPLAINT.value if self.desk == "desk" else Nature.HELP.value

    def clean(self) -> dict[str, Any]:
        """Half a point is no point, and without any word of where nobody can go there."""
        said = super().clean()
        if (said.get("lng") is None) != (said.get("lat") is None) and not self.errors:
            self.add_error("lng", _("A point needs longitude and latitude."))
        if not self.errors and said.get("lng") is None and not said.get("address") and not said.get("area_code"):
            self.add_error("address", _("Say where: an address, a village, or a point on the map."))
        return said

    def given(self) -> dict[str, Any]:
        """What the deed is called with, besides who and when."""
        said = dict(self.cleaned_data)
        about = {name: said.pop(name, "") for name in ("name", "phone", "identity", "home")}
        said["category_code"] = said.pop("category")
        said.pop("photos")
        own = self.actor.user_id if self.desk == "citizen" else None
        return {**said, "reporter": ReporterData(**about), "reporter_user_id": own, "source": self._source(said)}

    def _source(self, said: dict[str, Any]) -> str:
        return said["channel"] if said.get("source_no") else ""
