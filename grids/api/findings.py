"""Endpoints of the map audit: what it found, and what is done about it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from grids.api.jobs import MapJobOutput, accepted
from grids.choices import FindingKind, FindingState
from grids.models import Audit, Finding
from grids.policies import ACCEPT, ASSIGN, RUN, VIEW
from grids.queries.findings import in_words
from grids.services import findings, jobs
from kernel import clock
from kernel.api.fields import StrictInput, Text, Whole
from kernel.api.filters import CodeFilter, FlagFilter, NumberFilter, StrictFilterSet
from kernel.api.once import answer_once
from kernel.api.outputs import PersonRef, UnitRef
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet

TAGS = ["map audit"]
LARGEST = 2_147_483_647


class FindingOutput(serializers.ModelSerializer[Finding]):
    """One thing that is wrong with the map or with who serves a grid."""

    words = serializers.SerializerMethodField(help_text="What exactly, with its figures.")
    unit = UnitRef(allow_null=True)
    person = PersonRef(allow_null=True)

    class Meta:
        model = Finding
        fields = [
            "id", "version", "state", "kind", "place", "name", "other", "lacks", "value", "limit", "words", "lng",
            "lat", "first_seen_at", "seen_at", "closed_at", "times", "unit", "person", "due_on", "reason",
        ]  # fmt: skip

    def get_words(self, one: Finding) -> str:
        """In the language of the request."""
        return in_words(one)


class AuditOutput(serializers.ModelSerializer[Audit]):
    """One run: how many findings stand, and what changed."""

    class Meta:
        model = Audit
        fields = ["id", "ran_at", "stood", "opened", "reopened", "closed"]


class FindingNoteOutput(serializers.Serializer[Any]):
    """A comment that was kept."""

    id = serializers.IntegerField()


class AssignFindingInput(StrictInput):
    """Who puts it right by when."""

    unit = Whole(min_value=1, max_value=LARGEST)
    person = Whole(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)
    due_on = serializers.DateField()


class AcceptFindingInput(StrictInput):
    """Why it may stay as it is."""

    reason = Text(max_length=400)


class WithdrawFindingInput(StrictInput):
    """Nothing: the address says it all."""


class CommentFindingInput(StrictInput):
    """What is said about it."""

    text = Text(max_length=1000)


class RunAuditInput(StrictInput):
    """Nothing: the audit looks at everything."""


class FindingFilters(StrictFilterSet):
    """Findings by kind, state and place."""

    kind = filters.ChoiceFilter(choices=FindingKind.choices)
    state = filters.ChoiceFilter(choices=FindingState.choices)
    inside = CodeFilter(field_name="place", lookup_expr="startswith", help_text="Prefix of the code of the place.")
    unit = NumberFilter(field_name="unit_id")
    standing = FlagFilter(method="still_there", help_text="Seen by the last audit.")

    class Meta:
        model = Finding
        fields: list[str] = []

    def still_there(self, queryset: Any, _name: str, wanted: bool) -> QuerySet[Any]:
        """Those that are not gone."""
        found: QuerySet[Any] = queryset.standing() if wanted else queryset
        return found


@extend_schema(tags=TAGS)
@extend_schema_view(
    list=extend_schema(summary="Findings of the map audit"),
    retrieve=extend_schema(summary="One finding"),
)
class FindingViewSet(ListModelMixin, RetrieveModelMixin, DeedViewSet):
    """What the audit found. Only the audit closes a finding: what is still there is not closed by saying so."""

    model = Finding
    serializer_class = FindingOutput
    filterset_class = FindingFilters
    orderings = ("-first_seen_at", "first_seen_at", "place")
    capabilities = {
        "list": VIEW, "retrieve": VIEW, "assign": ASSIGN, "accept": ACCEPT, "withdraw": ASSIGN, "comment": VIEW,
    }  # fmt: skip

    def get_queryset(self) -> Any:
        """With whom they are assigned to."""
        return super().get_queryset().select_related("unit", "person")

    @extend_schema(
        request=AssignFindingInput, parameters=[IF_MATCH], responses=FindingOutput, summary="Assign a finding",
        filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """To a unit, or to somebody who works for it; they are told."""
        said = self.read(AssignFindingInput)
        findings.assign(
            finding_id=pk, unit_id=said["unit"], person_id=said["person"], due_on=said["due_on"], **self.seen()
        )
        return self._shown(pk)

    @extend_schema(
        request=AcceptFindingInput, parameters=[IF_MATCH], responses=FindingOutput, summary="Accept a finding",
        filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """It stays as it is, with the reason."""
        findings.accept(finding_id=pk, **self.read(AcceptFindingInput), **self.seen())
        return self._shown(pk)

    @extend_schema(
        request=WithdrawFindingInput, parameters=[IF_MATCH], responses=FindingOutput,
        summary="Take an assignment or an acceptance back", filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """It is open again."""
        self.read(WithdrawFindingInput)
        findings.withdraw(finding_id=pk, **self.seen())
        return self._shown(pk)

    @extend_schema(
        request=CommentFindingInput, parameters=[IDEMPOTENCY_KEY], responses={201: FindingNoteOutput},
        summary="Comment on a finding", filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def comment(self, request: Request, pk: str) -> Response:
        """Kept with the finding; the same key again says nothing twice."""
        said, at = self.read(CommentFindingInput), clock.now()
        held = self.get_object()

        def work() -> tuple[int, dict[str, Any]]:
            return 201, {"id": findings.comment(finding_id=held.pk, actor=self.actor, at=at, **said).pk}

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    def _shown(self, pk: str) -> Response:
        return Response(FindingOutput(self.get_queryset().get(pk=pk)).data)


@extend_schema(tags=TAGS)
@extend_schema_view(list=extend_schema(summary="Runs of the map audit"))
class AuditViewSet(ListModelMixin, DeedViewSet):
    """When the map was looked over, and what each run came to."""

    model = Audit
    serializer_class = AuditOutput
    orderings = ("-ran_at",)
    capabilities = {"list": VIEW, "create": RUN}

    def get_queryset(self) -> Any:
        """All of them: counts, and no places."""
        return Audit.objects.all()

    @extend_schema(
        request=RunAuditInput, parameters=[IDEMPOTENCY_KEY], responses={202: MapJobOutput}, summary="Look over the map"
    )
    def create(self, request: Request) -> Response:
        """By a worker, now; it happens every night too. While it is done, asking again gives the same job."""
        self.read(RunAuditInput)
        at = clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            job = jobs.ask_audit(language=get_language() or "", actor=self.actor, at=at)
            return 202, dict(MapJobOutput(job).data)

        return accepted(request, answer_once(request, actor_key=self.actor.key, at=at, work=work))
