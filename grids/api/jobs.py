"""Endpoints of jobs on the map: whoever asked for an audit or handed in a file sees here how far it is."""

from __future__ import annotations

from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from grids.choices import JobState, JobWhat
from grids.models import MapJob
from grids.policies import KEEP, RUN
from grids.queries.jobs import why_stopped
from kernel.api.viewsets import DeedViewSet


class MapJobOutput(serializers.ModelSerializer[MapJob]):
    """One job: `audit` or `map_import` is what came of it once it is done, `fault` why it failed."""

    state = serializers.ChoiceField(choices=JobState.choices)
    what = serializers.ChoiceField(choices=JobWhat.choices)
    why = serializers.SerializerMethodField(help_text="`fault` in the language of the request.")
    audit = serializers.PrimaryKeyRelatedField[MapJob](read_only=True, allow_null=True)
    map_import = serializers.PrimaryKeyRelatedField[MapJob](source="found", read_only=True, allow_null=True)

    class Meta:
        model = MapJob
        fields: tuple[str, ...] = (
            "id", "what", "state", "name", "asked_at", "begun_at", "finished_at", "stopped_at", "fault", "why",
            "audit", "map_import",
        )  # fmt: skip

    def get_why(self, job: MapJob) -> str:
        """Empty unless it failed."""
        return why_stopped(job)


def accepted(request: Request, answer: Response) -> Response:
    """The answer with the address at which the job is asked for."""
    address = reverse("api-map-job-detail", kwargs={"pk": answer.data["id"]})
    answer.headers["Location"] = request.build_absolute_uri(address)
    return answer


@extend_schema(tags=["map"])
@extend_schema_view(
    list=extend_schema(summary="Jobs on the map, the latest first"),
    retrieve=extend_schema(summary="One job: how far it is"),
)
class JobViewSet(ListModelMixin, RetrieveModelMixin, DeedViewSet):
    """Audits for whoever may start one, files for whoever keeps the map. Ask again until `done` or `failed`."""

    model = MapJob
    serializer_class = MapJobOutput
    filter_backends = ()
    orderings = ("-asked_at", "asked_at")
    capabilities = {"list": (RUN, KEEP), "retrieve": (RUN, KEEP)}
