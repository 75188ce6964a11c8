"""The rows of an item's form: cooperating bodies, filing conditions, steps of the process chart.

A row is left out where its box is ticked or nothing is said in it. Steps stand in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import DELETION_FIELD_NAME, BaseFormSet, formset_factory
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from kernel.forms import PlainForm
from organizations.choices import LeadRule

MOST = 60
STRIDE = 10  # numbers of steps leave room for one between two others
NO_UNIT = [("", "—")]
BESIDE = [one for one in LeadRule.choices if one[0] != LeadRule.TOWNSHIP_OF_PLACE]


def limit_fields() -> tuple[forms.DecimalField, forms.ChoiceField]:
    """A limit: its number and what it counts."""
    return (
        forms.DecimalField(label=_("Limit"), required=False, min_value=0, max_digits=6, decimal_places=2),
        forms.ChoiceField(label=_("counted in"), required=False, choices=[*NO_UNIT, *LimitUnit.choices]),
    )


def limit_is_whole(form: PlainForm, cleaned: Mapping[str, Any]) -> None:
    """A limit is a number above zero with its unit, or neither."""
    value, unit = cleaned.get("limit_value"), cleaned.get("limit_unit")
    if bool(value) != bool(unit) and not form.has_error("limit_value"):
        form.add_error("limit_value", _("A limit is a number above zero with its unit."))


def said(value: Any) -> str:
    """A value as it stands in the payload of a line: text, "" for nothing."""
    return "" if value is None else f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


class Row(PlainForm):
    """One row; `units` are the choices of units by code, `widths` how many of twelve columns a field takes."""

    widths: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.prepare()

    @property
    def placed(self) -> list[tuple[BoundField, str]]:
        """The fields with their widths."""
        return [(bound, self.widths.get(bound.name, "of-12")) for bound in self]

    def prepare(self) -> None:
        """Read what the row offers."""

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Give a field its choices."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class CooperationRow(Row):
    widths = {"rule": "of-3", "unit": "of-3", "duty": "of-6"}
    # The township of the place has its own fields in the item.
    rule = forms.ChoiceField(label=_("Who"), choices=BESIDE, initial=LeadRule.UNIT)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    duty = forms.CharField(label=_("Its duty"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        """Units by name."""
        self.offer("unit", [*NO_UNIT, *self.units])

    def clean(self) -> dict[str, Any]:
        """A unit is named exactly where the rule says so."""
        cleaned = super().clean()
        if (cleaned.get("rule") == LeadRule.UNIT) != bool(cleaned.get("unit")):
            self.add_error("unit", _("A unit is named exactly where the rule is “the named unit”."))
        return cleaned


class ConditionRow(Row):
    widths = {"code": "of-2", "text": "of-3", "closing": "of-3", "limit_value": "of-2 half", "limit_unit": "of-2 half"}
    code = forms.CharField(label=_("Code"), max_length=48)
    text = forms.CharField(label=_("Filing condition"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    closing = forms.CharField(
        label=_("Closing condition"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    limit_value = forms.DecimalField(label=_("Limit"), min_value=0, max_digits=6, decimal_places=2)
    limit_unit = forms.ChoiceField(label=_("counted in"), choices=LimitUnit.choices, initial=LimitUnit.WORKDAY)


class StepRow(Row):
    widths = {
        "number": "of-1 half",
        "title": "of-3",
        "who": "of-2",
        "limit_value": "of-2 half",
        "limit_unit": "of-2 half",
        "next": "of-2 half",
    }
    key = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(label=_("No."), min_value=1, max_value=9999)
    title = forms.CharField(label=_("Step"), max_length=60)
    who = forms.ChoiceField(label=_("Who"), required=False)
    limit_value, limit_unit = limit_fields()
    next = forms.RegexField(
        r"\A[0-9]+([,，、 ]+[0-9]+)*[,，、 ]*\Z",
        label=_("Then No."),
        max_length=60,
        required=False,
        error_messages={"invalid": _("Numbers of steps with commas between them.")},
    )

    def prepare(self) -> None:
        """Bodies by rule, then units by name."""
        rules = [one for one in LeadRule.choices if one[0] != LeadRule.UNIT]
        self.offer("who", [*NO_UNIT, *rules, *self.units])

    def clean(self) -> dict[str, Any]:
        """The limit is whole."""
        cleaned = super().clean()
        limit_is_whole(self, cleaned)
        return cleaned

    def follows(self) -> list[int]:
        """The numbers that were given as the next ones."""
        text = self.cleaned_data.get("next") or ""
        return [int(word) for word in text.replace("，", " ").replace("、", " ").replace(",", " ").split()]


class Rows(BaseFormSet):
    """Rows of one kind, those that say something."""

    def add_fields(self, form: Row, index: int | None) -> None:
        """Beside what a row asks: a box to leave it out."""
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = _("Leave this row out")

    def kept(self) -> list[Any]:
        """The rows that count: those that were there and stay, and new ones that say something."""
        there = self.initial_form_count()
        return [
            one
            for place, one in enumerate(self.forms)
            if (place < there or one.has_changed()) and not one.cleaned_data.get(DELETION_FIELD_NAME)
        ]

    def unchecked(self) -> None:
        """Show what was typed without a word about it."""
        self._errors: list[Any] = []
        self._non_form_errors = ErrorList()
        for one in self.forms:
            one._errors = ErrorDict()


class Steps(Rows):
    """The steps of a chart: every number once, and arrows lead to steps that are there."""

    def clean(self) -> None:
        """Check the chart as a whole."""
        if any(self.errors):
            return
        rows = self.kept()
        numbers = [row.cleaned_data["number"] for row in rows]
        for row in rows:
            if numbers.count(row.cleaned_data["number"]) > 1:
                row.add_error("number", _("This number stands twice."))
            missing = [number for number in row.follows() if number not in numbers]
            if missing:
                row.add_error("next", _("There is no step %(number)s.") % {"number": missing[0]})
        if any(row.errors for row in rows):
            raise forms.ValidationError(_("The process chart does not hang together."))

    def chart(self) -> list[dict[str, Any]]:
        """The steps as the payload holds them. A step keeps its key, so that versions can be compared."""
        rows = sorted(self.kept(), key=lambda row: row.cleaned_data["number"])
        keys = _keys([row.cleaned_data["key"] for row in rows])
        key_of = {row.cleaned_data["number"]: key for row, key in zip(rows, keys, strict=True)}
        return [
            {
                "key": key,
                "title": row.cleaned_data["title"],
                "who": row.cleaned_data["who"],
                "limit_value": said(row.cleaned_data["limit_value"]),
                "limit_unit": row.cleaned_data["limit_unit"],
                "next": [key_of[number] for number in row.follows()],
            }
            for row, key in zip(rows, keys, strict=True)
        ]


def _keys(given: list[str]) -> list[str]:
    """A key for every step: its own where it has one that no other step has."""
    keys: list[str] = []
    taken = {key for key in given if key}
    fresh = (f"s{number}" for number in range(1, len(given) + len(taken) + 2) if f"s{number}" not in taken)
    for key in given:
        keys.append(key if key and key not in keys else next(fresh))
    return keys


def initial_steps(chart: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A chart as rows of the form."""
    numbers = {str(one.get("key", "")): place * STRIDE for place, one in enumerate(chart, start=1)}
    return [
        {
            **{name: one.get(name, "") for name in ("key", "title", "who", "limit_value", "limit_unit")},
            "number": place * STRIDE,
            "next": ", ".join(str(numbers[key]) for key in map(str, one.get("next") or ()) if key in numbers),
        }
        for place, one in enumerate(chart, start=1)
    ]


def _factory(form: type[Row], kind: type[Rows] = Rows) -> Any:
    limits: dict[str, Any] = {"max_num": MOST, "absolute_max": MOST}
    return formset_factory(form, formset=kind, extra=0, can_delete=True, can_delete_extra=False, **limits)


COOPERATIONS, CONDITIONS, STEPS = _factory(CooperationRow), _factory(ConditionRow), _factory(StepRow, Steps)
