"""What the list of petitions can be asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, IsoDateTimeFilter, MultipleChoiceFilter

from kernel import clock
from kernel.api.filters import CodeFilter, FlagFilter, NumberFilter, StrictFilterSet
from kernel.days import midnight
from petitions.choices import Channel, Nature, PetitionKind, State, Urgency
from petitions.models import Petition
from petitions.searching import found_by_words
from petitions.words import refuse_phone


class PetitionFilters(StrictFilterSet):
    """All of them narrow; none of them widens what the person may see."""

    state = MultipleChoiceFilter(choices=State.choices, help_text=_("May be given several times."))
    kind = ChoiceFilter(choices=PetitionKind.choices)
    nature = ChoiceFilter(choices=Nature.choices)
    channel = ChoiceFilter(choices=Channel.choices)
    urgency = ChoiceFilter(choices=Urgency.choices)
    category = CodeFilter(
        digits="2,6", field_name="category__code", lookup_expr="startswith", help_text=_("Two, four or six digits.")
    )
    township = CodeFilter(digits="9", field_name="township_code")
    village = CodeFilter(digits="12", field_name="village_code")
    cell = CodeFilter(digits="15", field_name="cell_code")
    unit = NumberFilter(field_name="lead_unit_id", help_text=_("The unit that leads."))
    filed_from = DateFilter(method="since_day")
    filed_to = DateFilter(method="up_to_day", help_text=_("This day included."))
    due_before = IsoDateTimeFilter(field_name="stage_due_at", lookup_expr="lt")
    overdue = FlagFilter(method="are_overdue")
    unroutable = FlagFilter(method="are_unroutable")
    mine = FlagFilter(method="are_mine", help_text=_("Reported or registered by myself."))
    q = CharFilter(
        method="worded",
        min_length=2,
        max_length=60,
        validators=[refuse_phone],
        help_text=_("A number or its last digits, or words of title, address and description."),
    )

    class Meta:
        model = Petition
        fields: tuple[str, ...] = ()

    def since_day(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(filed_at__gte=midnight(day))

    def up_to_day(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(filed_at__lt=midnight(day + timedelta(days=1)) if day < date.max else midnight(day))

    def are_overdue(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        late: QuerySet[Any] = rows.overdue(at=clock.now())
        return late if wanted else rows

    def are_unroutable(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        return rows.exclude(unroutable="") if wanted else rows.filter(unroutable="")

    def are_mine(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        own: QuerySet[Any] = rows.own_of(self.request.actor)
        return own if wanted else rows

    def worded(self, rows: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return found_by_words(rows=rows, words=words)
