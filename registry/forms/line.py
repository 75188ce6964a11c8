"""One item as a whole form: what it says, who cooperates, its filing conditions and its process chart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.forms import DeedForm
from organizations.choices import AreaLevel, LeadRule
from organizations.models import Area, Matter, Unit
from petitions.models import Category
from registry.choices import ListKind, Part, TownshipRole
from registry.forms.filters import Day
from registry.forms.rows import (
    CONDITIONS,
    COOPERATIONS,
    NO_UNIT,
    STEPS,
    initial_steps,
    limit_fields,
    limit_is_whole,
    said,
)

LONG, SHORT = {"rows": 4}, {"rows": 2}
MORE_ROWS = 2
FIXED = ("kind", "part", "matter", "unit", "area")
BLOCKS: dict[str, tuple[Any, Any]] = {
    "cooperations": (_("Cooperating bodies"), _("The township of the place has its own fields above.")),
    "conditions": (_("Filing conditions"), _("One matter may be filed under several, each with its own limit.")),
    "chart": (
        _("Process chart"),
        _("Steps stand in the order of their numbers; “Then No.” names the steps that may follow, none for the last."),
    ),
}
TEXTS = (
    "name", "domain", "lead_rule", "lead_unit", "lead_duty", "township_role", "township_duty", "basis", "safeguards",
    "limit_unit",
)  # fmt: skip


class LineForm(DeedForm):
    """What a line of a draft says about an item. Where the item exists, what is fixed for its life is not asked."""

    code = forms.RegexField(
        r"\A[A-Za-z0-9._-]{1,40}\Z",
        label=_("Code"),
        max_length=40,
        error_messages={"invalid": _("Letters, digits, points, hyphens and underscores.")},
    )
    kind = forms.ChoiceField(label=_("List"), choices=ListKind.choices)
    part = forms.ChoiceField(label=_("Part"), required=False, choices=[*NO_UNIT, *Part.choices])
    matter = forms.ChoiceField(label=_("Matter"), required=False)
    unit = forms.ChoiceField(label=_("Whose duty or power"), required=False)
    area = forms.ChoiceField(label=_("Area"))
    name = forms.CharField(label=pgettext_lazy("item", "Name"), max_length=160)
    domain = forms.CharField(label=_("Field"), max_length=64)
    lead_rule = forms.ChoiceField(label=_("Who leads"), choices=LeadRule.choices, initial=LeadRule.UNIT)
    lead_unit = forms.ChoiceField(label=_("Lead unit"), required=False)
    lead_duty = forms.CharField(label=_("Duty of the lead"), max_length=4000, widget=forms.Textarea(attrs=LONG))
    township_role = forms.ChoiceField(label=_("Role of the township"), choices=TownshipRole.choices)
    township_duty = forms.CharField(
        label=_("Duty of the township"), max_length=4000, required=False, widget=forms.Textarea(attrs=SHORT)
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=255)
    safeguards = forms.CharField(
        label=_("Safeguards"), max_length=4000, required=False, widget=forms.Textarea(attrs=SHORT)
    )
    limit_value, limit_unit = limit_fields()
    categories = forms.MultipleChoiceField(
        label=_("Attached categories"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, given: Mapping[str, Any], existing: bool, **kwargs: Any) -> None:
        self.existing, self.given_first = existing, given
        kwargs["initial"] = {**given, **(kwargs.get("initial") or {})}
        super().__init__(data, **kwargs)
        self.units = _units()
        self.rows = {
            "cooperations": self._rows(COOPERATIONS, "cooperations", given.get("cooperations") or []),
            "conditions": self._rows(CONDITIONS, "conditions", given.get("conditions") or []),
            "chart": self._rows(STEPS, "chart", initial_steps(given.get("chart") or [])),
        }
        self._offer()

    def _rows(self, kind: Any, prefix: str, rows: list[dict[str, Any]]) -> Any:
        known = {"prefix": prefix, "initial": rows, "form_kwargs": {"units": self.units}}
        # The management form counts what was sent; an untouched form ends with one empty row.
        held = kind(self.data, **known) if self.is_bound else kind(**known)
        held.extra = 1
        return held

    def _offer(self) -> None:
        choices: dict[str, Iterable[tuple[str, Any]]] = {
            "matter": [*NO_UNIT, *_matters()],
            "unit": [*NO_UNIT, *self.units],
            "lead_unit": [*NO_UNIT, *self.units],
            "area": _areas(self.initial.get("area", "")),
            "categories": _categories(self.initial.get("categories") or ()),
        }
        for name, offered in choices.items():
            self.fields[name].choices = list(offered)  # type: ignore[attr-defined]
        for name in ("code", *FIXED) if self.existing else ():
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """The rows belong to the whole: what is wrong in one is wrong in the line."""
        cleaned = super().clean()
        limit_is_whole(self, cleaned)
        if not all([rows.is_valid() for rows in self.rows.values()]):
            self.add_error(None, _("Some rows below cannot be taken over yet; each says why."))
        return cleaned

    def with_more(self, name: str) -> LineForm:
        """The form with some more empty rows of one kind; everything that was typed is kept, and nothing judged yet."""
        typed: Any = self.data.copy()  # type: ignore[attr-defined]
        if (rows := self.rows.get(name)) is not None:
            typed[f"{name}-TOTAL_FORMS"] = str(min(rows.total_form_count() + MORE_ROWS, rows.absolute_max))
        form = type(self)(typed, given=self.given_first, existing=self.existing)
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        for held in form.rows.values():
            held.unchecked()
        return form

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The kinds of rows, with what to know about each."""
        return [
            {"name": name, "label": label, "hint": hint, "rows": self.rows[name]}
            for name, (label, hint) in BLOCKS.items()
        ]

    def payload(self) -> dict[str, Any]:
        """The line as it is handed to the service: codes and texts, "" for nothing."""
        cleaned = self.cleaned_data
        row_names = {
            "cooperations": ("rule", "unit", "duty"),
            "conditions": ("code", "text", "closing", "limit_value", "limit_unit"),
        }
        rows = {
            name: [{field: said(row.cleaned_data[field]) for field in fields} for row in self.rows[name].kept()]
            for name, fields in row_names.items()
        }
        return {
            **{name: cleaned[name] for name in (*FIXED, *TEXTS)},
            "limit_value": said(cleaned["limit_value"]),
            "categories": sorted(cleaned["categories"]),
            **rows,
            "chart": self.rows["chart"].chart(),
        }


class NewLine(LineForm):
    """A line together with the draft that holds nothing else."""

    field_order = ("title", "reason", "effective")
    title = forms.CharField(label=_("What is proposed"), max_length=120)
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs=SHORT))
    effective = Day(label=_("In force from"))


def _units() -> list[tuple[str, str]]:
    rows = Unit.objects.working().order_by("level", "kind", "code").values_list("code", "short_name", "name")
    return [(code, short or name) for code, short, name in rows]


def _matters() -> list[tuple[str, str]]:
    rows = Matter.objects.order_by("code").values_list("code", "name")
    return [(code, f"{code} {name}") for code, name in rows]


def _areas(own: str) -> list[tuple[str, str]]:
    """Counties and townships, and the area that the item has."""
    wide = Area.objects.filter(level__in=[AreaLevel.COUNTY, AreaLevel.TOWNSHIP]) | Area.objects.filter(pk=own)
    return list(wide.order_by("code").values_list("code", "name"))


def _categories(chosen: Collection[str]) -> list[tuple[str, str]]:
    """Those of the item first: nobody has to look for them in the whole list."""
    rows = Category.objects.filter(level=3, active=True).values_list("code", "name")
    ordered = sorted(rows, key=lambda row: (row[0] not in chosen, row[0]))
    return [(code, f"{code} {name}") for code, name in ordered]
