"""The filters of the board: all of them stand in its address, and a tab takes those that mean something to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from grids.models import Cell
from kernel.forms import PlainForm
from kernel.list_filters import any_of, unit_field, words_field
from liaisons.choices import Became, Outcome
from liaisons.queries.board import cells_without, communities_without
from liaisons.queries.figures import STILL_OPEN, in_month, month_of
from liaisons.querysets import AssignmentQuerySet, VisitQuerySet
from organizations.choices import AreaLevel
from organizations.models import Area, User

OUTCOMES = [*Outcome.choices, (Became.OPEN.value, _("passed on, still open"))]
MONTH = forms.TextInput(attrs={"type": "month"})


class BoardFilter(PlainForm):
    """Each field narrows the list; an empty one does not. Without a month the figures are of the present one."""

    q = words_field(_("Name, code, or what was found"))
    township = forms.ChoiceField(label=_("Township"), required=False)
    month = forms.RegexField(r"^20[0-9]{2}-(0[1-9]|1[0-2])$", label=_("Month"), required=False, widget=MONTH)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=any_of(_("Every outcome"), OUTCOMES))
    missing = forms.BooleanField(label=_("Without anybody"), required=False)
    place = forms.RegexField(r"^[0-9]{12}([0-9]{3})?$", required=False, widget=forms.HiddenInput)
    official = unit_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Area.objects.inside(settings.HOME_AREA).filter(level=AreaLevel.TOWNSHIP).order_by("code")
        township: Any = self.fields["township"]
        township.choices = any_of(_("All townships"), [(one.prefix, one.name) for one in rows])
        self.ok = self.is_valid()
        self.said: dict[str, Any] = self.cleaned_data if self.ok else {}

    def first(self, *, today: date) -> date:
        """The first day of the month that the figures are of."""
        return month_of(self.said.get("month", ""), today=today)

    def communities(self, rows: QuerySet[Area], *, on: date) -> QuerySet[Area]:
        """By name or code, township, and whether anybody looks after it."""
        found = self._placed(rows, "code", Q(name__icontains=self._words()))
        return communities_without(found, on=on) if self.said.get("missing") else found

    def cells(self, rows: QuerySet[Cell], *, on: date) -> QuerySet[Cell]:
        """The same for grids."""
        found = self._placed(rows, "code", Q(name__icontains=self._words()) | Q(village__name__icontains=self._words()))
        return cells_without(found, on=on) if self.said.get("missing") else found

    def officials(self, held: AssignmentQuerySet) -> QuerySet[User]:
        """Those who have the assignments, by name or unit."""
        words = self._words()
        named = (
            Q(user__display_name__icontains=words)
            | Q(unit__name__icontains=words)
            | Q(unit__short_name__icontains=words)
        )
        return User.objects.filter(pk__in=self._placed(held, "place", named).values("user_id"))

    def visits(self, rows: VisitQuerySet, *, today: date) -> VisitQuerySet:
        """Of the month, by what was found, outcome, official and place."""
        words = self._words()
        found = self._placed(rows, "place", Q(found__icontains=words) | Q(solved__icontains=words))
        if official := self.said.get("official"):
            found = found.filter(user_id=official)
        outcome = self.said.get("outcome")
        if outcome:
            found = found.filter(STILL_OPEN) if outcome == Became.OPEN else found.filter(outcome=outcome)
        return found if official and not self.said["month"] else in_month(found, first=self.first(today=today))

    def _words(self) -> str:
        return str(self.said.get("q", "")).strip()

    def _placed(self, rows: Any, column: str, words: Q) -> Any:
        if not self.ok:
            return rows.none()
        for name in ("township", "place"):
            if prefix := self.said[name]:
                rows = rows.filter(**{f"{column}__startswith": prefix})
        said = self._words()
        return rows.filter(words | Q(**{f"{column}__startswith": said})) if said else rows
