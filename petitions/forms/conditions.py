"""Choosing a filing condition: those of one matter under its name, and only those once the category is chosen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.choices import LimitUnit
from kernel.forms import PlainForm
from kernel.widgets import LongSelect
from organizations.models import FilingCondition
from organizations.queries import conditions_of
from petitions.models import Category

Choice = tuple[str, str]
CHANGED = "change from:#id_category"
AT_ONCE = f"load, {CHANGED}"
# There are hundreds, asked for with every form: only what is said of them is read.
SAID = ("code", "text", "limit_value", "limit_unit", "matter_id", "matter__code", "matter__name")


def any_condition(*, at: datetime) -> bool:
    """Whether there is any condition in force to choose."""
    return FilingCondition.objects.in_force(timezone.localtime(at).date()).exists()


def condition_choices(*, first: int | None, at: datetime) -> list[tuple[str, str | list[Choice]]]:
    """Every condition in force, by matter; that of `first` before the others. One query."""
    rows = FilingCondition.objects.in_force(timezone.localtime(at).date()).values_list(*SAID, named=True)
    groups: dict[str, list[Choice]] = {}
    for row in sorted(rows, key=lambda row: (row.matter_id != first, row.matter__code, row.code)):
        groups.setdefault(f"{row.matter__code} {row.matter__name}", []).append(_choice(row))
    return [("", _("None")), *groups.items()]


def matter_of(*, category: str) -> int | None:
    """The matter that a category belongs to, by its code; None where it has none or is unknown."""
    return Category.objects.filter(code=category).values_list("matter_id", flat=True).first() if category else None


def condition_field() -> forms.ChoiceField:
    """The field of a condition. Where there is JavaScript, choosing a category fetches it anew, narrowed."""
    attrs = {
        "hx-get": reverse_lazy("petitions:conditions"),
        "hx-include": "#id_category",
        "hx-trigger": CHANGED,
        "hx-target": "closest .field",
        "hx-swap": "outerHTML",
    }
    return forms.ChoiceField(
        label=gettext_lazy("Filing condition"),
        required=False,
        widget=LongSelect(attrs=attrs),
        help_text=gettext_lazy(
            "Decides the limit where the matter has several. It must be one of the matter of the category."
        ),
    )


def searched(field: forms.Field) -> None:
    """Put a search above a long list."""
    field.widget.attrs |= {"data-search": "", "data-search-hint": _("Type a word of the condition")}


class ConditionForm(PlainForm):
    """The conditions of one category's matter; every condition where no category is chosen yet."""

    condition = condition_field()

    def __init__(self, *args: Any, category: str, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["condition"]
        assert isinstance(field, forms.ChoiceField)
        if not category:
            field.choices = condition_choices(first=None, at=at)
            searched(field)
            return
        matter = matter_of(category=category)
        rows = conditions_of(matter_id=matter, at=at) if matter is not None else []
        field.choices = [("", _("None")), *map(_choice, rows)]
        field.help_text = (
            _("Decides the limit where the matter has several.")
            if rows
            else _("None is laid down for this category: the limit is that of the list.")
        )


def _choice(row: Any) -> Choice:
    """One condition with its limit; a row of the table, or only what is SAID of it."""
    limit = f"{row.limit_value.normalize():f} {LimitUnit(row.limit_unit).label}"
    return row.code, f"{row.text} ({limit})"
