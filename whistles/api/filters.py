"""What the lists of whistles and of their tasks can be asked for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter, UUIDFilter

from kernel import clock
from kernel.api.filters import CodeFilter, FlagFilter, NumberFilter, OpenFilters, StrictFilterSet
from whistles.choices import OPEN_TASKS, Form, Kind, State, TaskState
from whistles.models import Summons, Task, Whistle


class WhistleFilters(OpenFilters):
    """All of them narrow; none of them widens what the person may see."""

    state = MultipleChoiceFilter(choices=State.choices, help_text=_("May be given several times."))
    kind = ChoiceFilter(choices=Kind.choices)
    form = ChoiceFilter(choices=Form.choices)
    place = CodeFilter(lookup_expr="startswith", help_text=_("Beginning of the code of the place."))
    unit = NumberFilter(method="of_unit", help_text=_("A unit that is called."))
    issuer = NumberFilter(field_name="issuer_id")
    petition = UUIDFilter(field_name="petition_id")

    class Meta:
        model = Whistle
        fields: tuple[str, ...] = ()

    def of_unit(self, rows: Any, name: str, wanted: str) -> QuerySet[Any]:
        called: QuerySet[Any] = rows.filter(pk__in=Summons.objects.filter(unit=int(wanted)).values("whistle"))
        return called


class TaskFilters(StrictFilterSet):
    """By whistle, its form, unit, state, or lateness."""

    state = MultipleChoiceFilter(choices=TaskState.choices, help_text=_("May be given several times."))
    whistle = UUIDFilter(field_name="whistle_id")
    form = ChoiceFilter(field_name="whistle__form", choices=Form.choices)
    unit = NumberFilter(field_name="unit_id", help_text=_("The unit that leads."))
    late = FlagFilter(method="are_late")

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()

    def are_late(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        late: QuerySet[Any] = rows.filter(state__in=OPEN_TASKS, stage_due_at__lt=clock.now())
        return late if wanted else rows
