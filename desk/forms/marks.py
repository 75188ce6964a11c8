"""Forms of what one person marks: a filter to keep, a case to put aside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.choices import SnoozeReason
from kernel.actors import Actor
from kernel.forms import Moment, Over, PlainForm
from organizations.queries import unit_names


class SharedForm(PlainForm):
    """With whom a filter is shared: with nobody, or with a unit that the person works for."""

    unit = forms.TypedChoiceField(label=_("For whom"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = sorted(unit_names(unit_ids=actor.unit_ids).items())
        choices = [(str(pk), _("For everybody in %(unit)s") % {"unit": name}) for pk, name in units]
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("For me alone")), *choices]


class SaveFilterForm(SharedForm):
    """The list as it stands, under a name."""

    name = forms.CharField(
        label=_("Name of the filter"), max_length=40, widget=forms.TextInput(attrs={"autofocus": True})
    )
    list_key = forms.CharField(max_length=24, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    field_order = ("name", "unit")


class RenameForm(SharedForm):
    """Name and sharing of a filter that is there, over the version that was seen."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the filter"), max_length=40)
    field_order = ("name", "unit")


class SnoozeForm(PlainForm):
    """Until when a case is put aside, and why."""

    until = Moment(
        label=_("Until"),
        required=False,
        help_text=_("Empty: until somebody does something on it. At the latest it is back when it is due."),
    )
    reason = forms.ChoiceField(label=_("Why"), choices=SnoozeReason.choices)
    note = forms.CharField(label=_("Remark"), required=False, max_length=120)


class AsideForm(SnoozeForm, Over):
    """The same on the desk, over the version of the case that lies open."""
