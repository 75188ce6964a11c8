"""What the lists are asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import Moment, PlainForm
from organizations.choices import AbsenceReason, AreaLevel, UnitKind
from organizations.models import Area

ANY = [("", _("All"))]


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
