"""Filters that take a value of one plain form, and a set of them that answers in our own shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, Filter, FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from kernel import clock
from kernel.errors import Invalid


@extend_schema_field(OpenApiTypes.INT)
class NumberFilter(CharFilter):
    """A whole number in ASCII digits."""

    field_class = forms.RegexField

    def __init__(self, **kwargs: Any) -> None:
        said = {"invalid": gettext_lazy("Enter a whole number.")}
        super().__init__(regex=r"\A[0-9]{1,9}\Z", error_messages=said, **kwargs)


@extend_schema_field(OpenApiTypes.STR)
class CodeFilter(CharFilter):
    """A code of digits, such as an area's or a category's."""

    field_class = forms.RegexField

    def __init__(self, *, digits: str = "1,15", **kwargs: Any) -> None:
        said = {"invalid": gettext_lazy("Enter a code of digits.")}
        super().__init__(regex=rf"\A[0-9]{{{digits}}}\Z", error_messages=said, **kwargs)


@extend_schema_field(OpenApiTypes.BOOL)
class FlagFilter(Filter):
    """true or false; false is as if nothing had been said, unless a method decides otherwise."""

    field_class = forms.TypedChoiceField

    def __init__(self, **kwargs: Any) -> None:
        choices = [("true", "true"), ("false", "false")]
        super().__init__(choices=choices, coerce=lambda said: said == "true", empty_value=None, **kwargs)


class StrictFilterSet(FilterSet):
    """A set whose errors come in our own shape. Of its filters only those that were asked for are set up.

    A request names one or two; copying and naming all of them took a third of the time of a list.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        asked = data or {}
        declared: dict[str, Filter] = type(self).base_filters  # type: ignore[misc, has-type]
        self.base_filters = {name: one for name, one in declared.items() if name in asked}
        super().__init__(data, *args, **kwargs)

    def is_valid(self) -> bool:
        if super().is_valid():
            return True
        fields = {name: [str(one) for one in said] for name, said in self.form.errors.items()}
        raise Invalid(_("Some parameters are not right."), fields=fields)


class OpenFilters(StrictFilterSet):
    """For lists whose rows are open or not, and late while they are: `?open=true`, `?overdue=true`."""

    open = FlagFilter(method="are_open")
    overdue = FlagFilter(method="are_overdue")

    def are_open(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        running: QuerySet[Any] = rows.open()
        return running if wanted else rows

    def are_overdue(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        late: QuerySet[Any] = rows.open().filter(stage_due_at__lt=clock.now())
        return late if wanted else rows
