"""What the lists are asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid
from kernel.forms import Moment, PlainForm
from kernel.list_filters import any_of, words_field
from organizations.choices import AbsenceReason, AreaLevel, Role, UnitKind
from organizations.models import Area, Unit, User
from organizations.querysets import PostingQuerySet

ANY = [("", _("All"))]
POSTED_AS = [one for one in Role.choices if one[0] != Role.CITIZEN]


class UnitForm(PlainForm):
    """Filters of the directory of units."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": _("Name or code"), "type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *UnitKind.choices])
    inside = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(level__in=[AreaLevel.COUNTY, AreaLevel.TOWNSHIP]).order_by("code")
        inside: Any = self.fields["inside"]
        inside.choices = [*ANY, *((area.prefix, area.name) for area in areas)]


class UnitChoice(PlainForm):
    """The unit whose people an administrator chooses among."""

    unit = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class AbsenceForm(PlainForm):
    """Who is away from which unit, who sits in meanwhile, and when; the two are chosen among the people of one unit."""

    person = forms.ChoiceField(label=_("Who is away"))
    stand_in = forms.ChoiceField(label=_("Who stands in"))
    begins_at = Moment(label=_("From"))
    ends_at = Moment(label=_("Until"))
    reason = forms.ChoiceField(label=_("Reason"), choices=AbsenceReason.choices)

    def __init__(self, *args: Any, people: list[tuple[int, int, str, str]], own: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: dict[str, list[tuple[str, str]]] = {}
        for user_id, unit_id, name, unit in people:
            units.setdefault(unit, []).append((f"{user_id}-{unit_id}", name))
        for name in ("person", "stand_in"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(units.items())
        self.fields["person"].initial = next((f"{one}-{unit}" for one, unit, _n, _u in people if one == own), None)
        others = [(one, unit) for one, unit, _n, _u in people if one != own]
        self.fields["stand_in"].initial = next((f"{one}-{unit}" for one, unit in others), None)

    def clean(self) -> dict[str, Any]:
        """Both of one unit."""
        cleaned = super().clean()
        person, stand_in = cleaned.get("person", ""), cleaned.get("stand_in", "")
        if person and stand_in and person.partition("-")[2] != stand_in.partition("-")[2]:
            self.add_error("stand_in", _("Somebody who works for the same unit then."))
        return cleaned

    def given(self) -> dict[str, Any]:
        """What the deed is called with."""
        said = self.cleaned_data
        user_id, _dash, unit_id = said["person"].partition("-")
        return {
            "user_id": int(user_id),
            "unit_id": int(unit_id),
            "stand_in_id": int(said["stand_in"].partition("-")[0]),
            **{name: said[name] for name in ("begins_at", "ends_at", "reason")},
        }


class PostingFilter(PlainForm):
    """Which postings are listed: those that run, unless all are asked for."""

    q = words_field(_("Person, unit or grid"))
    role = forms.ChoiceField(label=_("Role"), required=False, choices=any_of(_("All roles"), POSTED_AS))
    past = forms.BooleanField(label=_("Also those that are over"), required=False)

    def narrow(self, rows: PostingQuerySet, *, at: datetime) -> PostingQuerySet:
        """The postings that fit; what is not valid narrows nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        if not said.get("past"):
            rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=at))
        if said.get("role"):
            rows = rows.filter(role=said["role"])
        if words := said.get("q", "").strip():
            named = Q(user__display_name__icontains=words) | Q(user__username__icontains=words)
            rows = rows.filter(named | Q(unit__name__icontains=words) | Q(cell_code__startswith=words))
        return rows


class PostingForm(PlainForm):
    """Who is posted where, as what, from when until when."""

    account = forms.CharField(label=_("Account"), max_length=150, help_text=_("The name the person signs in with."))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=POSTED_AS)
    cell_code = forms.CharField(
        label=_("Grid"),
        max_length=15,
        required=False,
        help_text=_("15 digits; for gridworkers and grid leaders alone."),
    )
    valid_from = Moment(label=_("From"))
    valid_until = Moment(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.working().order_by("code")

    def given(self) -> dict[str, Any]:
        """What the deed is called with. Raises Invalid where there is no such account."""
        said = dict(self.cleaned_data)
        user = User.objects.filter(username=said.pop("account"), is_active=True).first()
        if user is None:
            raise Invalid.field("account", _("There is no such account, or it is switched off."))
        unit = said.pop("unit")
        return said | {"user_id": user.pk, "unit_id": unit.pk}


class EndPostingForm(PlainForm):
    """Until when."""

    until = Moment(label=_("Ends"))
