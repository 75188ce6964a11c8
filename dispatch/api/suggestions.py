"""What is suggested for a petition: category and unit, each with how sure and why. The list decides."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.suggestions import suggestions_for
from dispatch.unit_hints import named
from kernel import clock
from kernel.api.outputs import UnitRef
from kernel.api.viewsets import DeedViewSet
from petitions.hinting import Grade, hints_for
from petitions.models import Petition


class CategorySuggestionOutput(serializers.Serializer[Any]):
    """A category; `sure` is null where only key words speak for it."""

    code = serializers.CharField()
    name = serializers.CharField()
    sure = serializers.IntegerField(allow_null=True, help_text="In percent.")
    grade = serializers.ChoiceField(choices=Grade.choices)
    words = serializers.ListField(child=serializers.CharField(), help_text="The words of the text that decided.")


class UnitSuggestionOutput(serializers.Serializer[Any]):
    """A unit, and how many of how many like cases it got lately."""

    unit = UnitRef()
    sure = serializers.IntegerField(help_text="In percent.")
    grade = serializers.ChoiceField(choices=Grade.choices)
    why = serializers.CharField(allow_blank=True)
    went = serializers.IntegerField()
    of = serializers.IntegerField()


class SuggestionsOutput(serializers.Serializer[Any]):
    """Suggestions only: nothing is decided by them, and the list is not asked."""

    model = serializers.IntegerField(allow_null=True, help_text="Number of the model; null: key words only.")
    categories = CategorySuggestionOutput(many=True)
    units = UnitSuggestionOutput(many=True)


class SuggestionViewSet(DeedViewSet):
    """For those who accept and dispatch."""

    model = Petition
    pagination_class = None
    filter_backends = ()
    capabilities = {"retrieve": "order.assign"}

    @extend_schema(tags=["orders"], responses=SuggestionsOutput, summary="What is suggested for a petition")
    def retrieve(self, request: Request, pk: str) -> Response:
        """Changes nothing. Units are suggested for the category that the petition has."""
        petition, at = self.get_object(), clock.now()
        said = suggestions_for(petitions=[petition], at=at, with_texts=False)[petition.pk]
        hints = hints_for(title=petition.title, text=petition.description, place=petition.place, at=at)
        return Response(
            {
                "model": said.model,
                "categories": [
                    {
                        "code": one.code,
                        "name": one.name,
                        "sure": one.percent,
                        "grade": one.grade.value,
                        "words": list(one.words),
                    }
                    for one in hints
                ],
                "units": [
                    {
                        "unit": {"id": int(one.key), "name": one.name},
                        "sure": one.percent,
                        "grade": one.grade.value,
                        "why": one.why,
                        "went": one.went,
                        "of": one.of,
                    }
                    for one in named(said.units)
                ],
            }
        )
