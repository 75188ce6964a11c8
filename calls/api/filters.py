"""What the list of calls can be asked for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter, UUIDFilter

from calls.choices import Kind, State
from calls.models import Call
from kernel.api.filters import NumberFilter, OpenFilters
from petitions.models import Petition


class CallFilters(OpenFilters):
    """All of them narrow; none of them widens what the person may see."""

    state = MultipleChoiceFilter(choices=State.choices, help_text=_("May be given several times."))
    kind = ChoiceFilter(choices=Kind.choices)
    caller = NumberFilter(field_name="caller_id", help_text=_("The unit that calls."))
    lead = NumberFilter(field_name="lead_id", help_text=_("The unit that leads."))
    petition = UUIDFilter(method="are_of_petition", help_text=_("Only a petition that you see yourself."))

    class Meta:
        model = Call
        fields: tuple[str, ...] = ()

    def are_of_petition(self, rows: Any, name: str, wanted: Any) -> QuerySet[Any]:
        """Whoever does not see a petition does not learn by asking whether somebody called for it (F17)."""
        seen = Petition.objects.visible_to(self.request.actor).filter(pk=wanted)
        found: QuerySet[Any] = rows.filter(petition_id__in=seen.values("pk"))
        return found
