"""Parameters of lists: one that nobody knows, that comes twice or that is not plain is a 400 and not ignored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import Filter, MultipleChoiceFilter
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from kernel.errors import Invalid
from kernel.text import refuse_hostile

OF_EVERY_LIST = frozenset({"cursor", "page_size"})


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter behind a door that names what it refuses."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Raises Invalid naming every parameter that is unknown, repeated or not of its form."""
        filterset = self.get_filterset_class(view, queryset)
        known = filterset.base_filters if filterset else {}
        refuse_unknown(request, known=known, several=[name for name, one in known.items() if _several(one)], view=view)
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found


def refuse_unknown(request: Request, *, known: Iterable[str], several: Iterable[str] = (), view: Any = None) -> None:
    """Raise Invalid unless every query parameter is known, plain, and given once; `several` may come again."""
    allowed = {*known, *OF_EVERY_LIST, *(("ordering",) if getattr(view, "orderings", ()) else ())}
    wrong: dict[str, list[Any]] = {}
    for name, values in request.query_params.lists():
        if name not in allowed:
            wrong[name[:60]] = [_("There is no such parameter.")]
        elif len(values) > 1 and name not in set(several):
            wrong[name] = [_("Given more than once.")]
        elif fault := _fault(name, values):
            wrong[name] = [fault]
    if wrong:
        raise Invalid(_("Some parameters are not right."), fields=wrong)


def _several(one: Filter) -> bool:
    return isinstance(one, MultipleChoiceFilter)


def _fault(name: str, values: list[str]) -> str:
    for value in values:
        try:
            refuse_hostile(value)
        except ValueError as error:
            return str(error)
        if name != "q" and not value.isascii():
            return _("Only plain letters, digits and signs.")
    return ""
