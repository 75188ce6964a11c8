"""The filters of a list: all of them stand in its address, and what several lists ask alike is asked here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kernel.days import midnight
from kernel.forms import PlainForm

OPEN = "open"
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date.max - timedelta(days=40)
BIGGEST_KEY = 2**31 - 1

Rows = TypeVar("Rows", bound=QuerySet[Any])


def any_of(label: Any, choices: Iterable[Any]) -> list[tuple[str, Any]]:
    """The choices of a filter: first the one that narrows nothing."""
    return [("", label), *choices]


def day_field(label: Any, **attributes: Any) -> forms.DateField:
    """A day of a filter, within what a calendar of ours can hold."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
        **attributes,
    )


def words_field(hint: Any, **attributes: Any) -> forms.CharField:
    """Where words are looked for; the hint says in what."""
    box = forms.TextInput(attrs={"type": "search", "placeholder": hint})
    return forms.CharField(label=_("Search"), required=False, max_length=60, widget=box, **attributes)


def unit_field() -> forms.IntegerField:
    """A unit that links ask for; it is not shown."""
    return forms.IntegerField(required=False, min_value=1, max_value=BIGGEST_KEY, widget=forms.HiddenInput)


class ListFilter(PlainForm):
    """Each field narrows the list; an empty one does not.

    A subclass declares the fields and names in EQUAL those that a column is compared with; `looked_for` says where
    words are looked for, and `further` narrows by what is its own. The rows know open(), and the column DATED.
    """

    EQUAL: ClassVar[tuple[str, ...]] = ()
    DATED: ClassVar[str] = "opened_at"

    def narrow(self, rows: Rows, *, at: datetime) -> Rows:
        """The rows that fit what is said; a field that is not valid narrows to nothing at all."""
        if not self.is_valid():
            return rows.none()
        said = self.cleaned_data
        found = rows.filter(**{name: said[name] for name in self.EQUAL if said[name]})
        found = self.further(self._dated(self._by_state(found, at)))
        words = said["q"].strip()
        return found.filter(self.looked_for(words)) if words else found

    def further(self, rows: Rows) -> Rows:
        """What only this list can be asked for."""
        return rows

    def looked_for(self, words: str) -> Q:
        """Where words are looked for: in the number, where a list does not say more."""
        return Q(number__icontains=words)

    def _by_state(self, rows: Rows, at: datetime) -> Rows:
        among: Any = rows  # a queryset of ours, which knows what is open
        said = self.cleaned_data
        if said["state"]:
            among = among.open() if said["state"] == OPEN else among.filter(state=said["state"])
        found: Rows = among.open().filter(stage_due_at__lt=at) if said["late"] else among
        return found

    def _dated(self, rows: Rows) -> Rows:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since:
            rows = rows.filter(**{f"{self.DATED}__gte": midnight(since)})
        return rows.filter(**{f"{self.DATED}__lt": midnight(until + timedelta(days=1))}) if until else rows
