"""What the list of findings is asked, and what the deeds on one are told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grids.choices import FindingKind, FindingState
from grids.querysets import FindingQuerySet
from kernel.forms import Day, Over, PlainForm
from kernel.list_filters import any_of, words_field
from organizations.choices import AreaLevel
from organizations.models import Area, Unit, User

STANDING = "standing"
STATES = [(STANDING, _("Still there")), *FindingState.choices]


class FindingFilter(PlainForm):
    """Each field narrows the list; without a state, what is still there."""

    q = words_field(_("Name or code"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=any_of(_("All kinds"), FindingKind.choices))
    state = forms.ChoiceField(label=_("State"), required=False, choices=any_of(_("All states"), STATES))
    area = forms.ChoiceField(label=_("Township"), required=False)
    mine = forms.BooleanField(label=_("Assigned to my unit"), required=False)
    place = forms.RegexField(r"^[0-9]{2,15}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Area.objects.inside(settings.HOME_AREA).filter(level=AreaLevel.TOWNSHIP).order_by("code")
        area: Any = self.fields["area"]
        area.choices = any_of(_("All townships"), [(one.prefix, one.name) for one in rows])

    def narrow(self, rows: FindingQuerySet, *, unit_ids: frozenset[int], kind: bool = True) -> FindingQuerySet:
        """The findings that fit, without `kind` those of all kinds; what is not valid narrows to nothing."""
        if not self.is_valid():
            return rows.none()
        said = self.cleaned_data
        if said["state"] == STANDING:
            rows = rows.standing()
        elif said["state"]:
            rows = rows.filter(state=said["state"])
        if kind and said["kind"]:
            rows = rows.filter(kind=said["kind"])
        for name in ("area", "place"):
            if said[name]:
                rows = rows.filter(place__startswith=said[name])
        if said["mine"]:
            rows = rows.filter(unit_id__in=unit_ids)
        words = said["q"].strip()
        return rows.filter(Q(name__icontains=words) | Q(place__startswith=words)) if words else rows


class Assign(Over):
    """Who is to put it right, by when."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.none(), required=False,
        help_text=_("Nobody in particular: whoever deals with it in the unit."),
    )  # fmt: skip
    due_on = Day(label=_("Put right by"))

    def __init__(self, *args: Any, units: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["unit"].queryset, chosen["person"].queryset = units, people


class Accept(Over):
    """Why it may stay as it is."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class Withdraw(Over):
    """Nothing but the version."""


class Comment(PlainForm):
    """What is said about it."""

    text = forms.CharField(label=_("Comment"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
