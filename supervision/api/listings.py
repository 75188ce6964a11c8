"""The list of supervised cases: public inside of the house, changed by those who put cases on it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from supervision.api import inputs
from supervision.api.filters import ListingFilters
from supervision.api.outputs import ListingOutput, listing_of
from supervision.models import Listing
from supervision.services import listing

ORDER = "supervision.order"


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a listed case."""
    return extend_schema(
        tags=["supervision"], request=request, parameters=[IF_MATCH], responses=ListingOutput, summary=summary
    )


@extend_schema(tags=["supervision"])
@extend_schema_view(
    list=extend_schema(responses=ListingOutput(many=True), summary="Listed cases with their ages"),
    create=extend_schema(
        request=inputs.ListInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: ListingOutput},
        summary="Put a case on the list",
    ),
    retrieve=extend_schema(responses=ListingOutput, summary="One listed case"),
)
class ListingViewSet(DeedViewSet):
    """Cases under listed supervision."""

    model = Listing
    case_field = "petition_id"
    filterset_class = ListingFilters
    orderings = ("listed_at", "-listed_at")
    capabilities = {"list": "", "retrieve": "", "create": ORDER, "extend": ORDER, "remove": ORDER}

    def get_queryset(self) -> Any:
        """With the names of unit and township."""
        return super().get_queryset().select_related("unit", "township")

    def answered(self, pk: Any) -> Response:
        """How it stands now."""
        return Response(listing_of(self.get_queryset().get(pk=pk), actor=self.actor, at=clock.now()))

    def list(self, request: Request) -> Response:
        """The oldest first. No number of a petition, no text of a citizen, nobody's name."""
        at, found = clock.now(), self.filter_queryset(self.get_queryset())
        rows = self.paginate_queryset(found) or []
        return self.get_paginated_response([listing_of(row, actor=self.actor, at=at) for row in rows])

    def create(self, request: Request) -> Response:
        """Overdue by more than its whole limit, or red twice. The same key again gives the same answer."""
        said, at = self.read(inputs.ListInput), clock.now()
        petition_id = said.pop("petition")

        def work() -> tuple[int, dict[str, Any]]:
            made = listing.list_case(petition_id=petition_id, actor=self.actor, at=at, **said)
            return 201, listing_of(self.get_queryset().get(pk=made.pk), actor=self.actor, at=at)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(listing_of(self.get_object(), actor=self.actor, at=clock.now()))

    @deed_schema(inputs.ExtendListingInput, "More time on the list, once")
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """It is looked at again on the last day."""
        listing.extend(listing_id=pk, **self.read(inputs.ExtendListingInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.RemoveInput, "Take a case off the list")
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str) -> Response:
        """With the reason."""
        listing.remove(listing_id=pk, **self.read(inputs.RemoveInput), **self.seen())
        return self.answered(pk)
