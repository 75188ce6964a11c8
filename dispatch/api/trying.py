"""What would happen to a case with this category at this place and hour. Nothing is changed."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.api.decision import DecisionOutput, decision_of
from dispatch.models import WorkOrder
from dispatch.queries import imagined, route_of
from dispatch.routing import Nowhere
from kernel import clock
from kernel.api.parameters import refuse_unknown
from kernel.api.viewsets import DeedViewSet
from kernel.errors import Invalid
from petitions.choices import Urgency
from petitions.queries import category_of

ASKED = ("category", "place", "condition", "urgency", "at")
MOST_DIGITS = 15


@extend_schema(tags=["orders"])
@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("category", str, required=True),
            OpenApiParameter("place", str, required=True, description="An area or grid code, or the beginning of one."),
            OpenApiParameter("condition", str, description="A filing condition of the category's matter."),
            OpenApiParameter("urgency", str, enum=Urgency.values, description="The category's own unless told."),
            OpenApiParameter("at", datetime, description="Now unless told."),
        ],
        responses=DecisionOutput,
        summary="What would happen to such a case",
    )
)
class DryRun(DeedViewSet):
    """The whole decision for a case that nobody filed."""

    model = WorkOrder
    pagination_class = None
    filter_backends = ()
    capabilities = {"list": "order.assign"}

    def list(self, request: Request) -> Response:
        """A dry run: nothing is changed."""
        refuse_unknown(request, known=ASKED)
        said = {name: request.query_params.get(name, "") for name in ASKED}
        category = category_of(code=said["category"])
        trial = imagined(
            category=category,
            place=_place(said["place"]),
            urgency=_urgency(said["urgency"]),
            condition=said["condition"],
        )
        decided = route_of(petition=trial, at=_instant(said["at"]))
        lacking = str(decided.reason) if isinstance(decided, Nowhere) else ""
        return Response(decision_of(decided.record(), on=clock.today(), lacking=lacking))


def _place(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Invalid(_("Some parameters are not right."), fields={"place": [_("Enter a code of digits.")]})
    return text


def _urgency(text: str) -> str:
    if text and text not in Urgency.values:
        raise Invalid(_("Some parameters are not right."), fields={"urgency": [", ".join(Urgency.values)]})
    return text


def _instant(text: str) -> datetime:
    if not text:
        return clock.now()
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise Invalid(_("Some parameters are not right."), fields={"at": [_("Not a time.")]}) from error
    return found if found.tzinfo else timezone.make_aware(found)
