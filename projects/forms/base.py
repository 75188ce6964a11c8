"""What the forms of key work have in common: days, units, people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DeedForm
from organizations.choices import UnitKind
from organizations.models import Unit

LONG, SHORT = {"rows": 6}, {"rows": 3}
# Whoever a project can belong to or be helped by.
WORKING = (
    UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.STATIONED_AGENCY, UnitKind.UTILITY, UnitKind.ENTERPRISE,
)  # fmt: skip


class Chosen(forms.TypedChoiceField):
    """One of some rows, by number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, rows: Any) -> None:
        """These and no others."""
        self.choices = [("", "—"), *((one.pk, str(one)) for one in rows)]


class Units(forms.TypedMultipleChoiceField):
    """Units as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Cooperating"), coerce=int, required=False, **kwargs)

    def offer(self, rows: Any) -> None:
        """These and no others."""
        self.choices = [(one.pk, str(one)) for one in rows]


def working_units() -> Any:
    """The units that a page offers."""
    return Unit.objects.working().filter(kind__in=WORKING).order_by("kind", "name", "pk")


class OnRow(DeedForm):
    """A deed over the version of a row that was seen."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": row.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.row = row
