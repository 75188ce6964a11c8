"""Enforcement teams: listed with powers and strength, shown with their roster, changed by the township."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import Code, StrictInput, Text, Whole
from kernel.api.filters import StrictFilterSet
from kernel.api.once import answer_once
from kernel.api.outputs import PersonRef, UnitRef
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from organizations.choices import TeamKind
from organizations.models import Membership, Team
from organizations.queries.teams import rosters, teams_with_matters
from organizations.services import teams

LARGEST = 2_147_483_647
VIEW, MANAGE = "team.view", "team.manage"


class PowerRef(serializers.Serializer[Any]):
    """A matter that the team may act in."""

    code = serializers.CharField()
    name = serializers.CharField()


class MemberOutput(serializers.ModelSerializer[Membership]):
    """Somebody posted down; `home` leads the profession, `command` commands and assesses."""

    person = PersonRef()
    home = UnitRef()
    command = UnitRef()

    class Meta:
        model = Membership
        fields = ["id", "person", "home", "command", "valid_from", "valid_until"]


class TeamRow(serializers.ModelSerializer[Team]):
    """A team in a list; `people` counts who is posted down today, `valid_until` is the first day without it."""

    sign = serializers.CharField(help_text="Its part of 1+X+Y.")
    kind_label = serializers.CharField()
    township = UnitRef()
    area = serializers.CharField(help_text="Code of the township's area.")
    powers = PowerRef(many=True)
    people = serializers.IntegerField()

    class Meta:
        model = Team
        fields = [
            "id", "code", "name", "kind", "kind_label", "sign", "township", "area", "powers", "people", "valid_from",
            "valid_until", "version",
        ]  # fmt: skip

    def to_representation(self, instance: Team) -> dict[str, Any]:
        """With township and powers by name."""
        return row_of(instance)


class TeamOutput(TeamRow):
    """A team with its roster: who is or will be in it."""

    members = MemberOutput(many=True)

    class Meta(TeamRow.Meta):
        fields = [*TeamRow.Meta.fields, "members"]


class FoundInput(StrictInput):
    """A team to be; `powers` are codes of matters."""

    code = Code(max_length=32)
    name = Text(max_length=64)
    township = Whole(min_value=1, max_value=LARGEST)
    kind = serializers.ChoiceField(TeamKind.choices)
    powers = serializers.ListField(child=Code(max_length=32), max_length=200, required=False)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)


class PostInput(StrictInput):
    """Who is posted down, whence and when."""

    person = Whole(min_value=1, max_value=LARGEST)
    home = Whole(min_value=1, max_value=LARGEST)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)


class RecallInput(StrictInput):
    """Who is back from which day on."""

    membership = Whole(min_value=1, max_value=2**53)
    on = serializers.DateField()


class EndInput(StrictInput):
    """The first day without the team."""

    on = serializers.DateField()


class TeamFilters(StrictFilterSet):
    """Teams by township, kind and day."""

    township = filters.CharFilter(field_name="township__code", help_text="Code of the township.")
    kind = filters.ChoiceFilter(choices=TeamKind.choices)
    on = filters.DateFilter(method="in_force", help_text="A day, such as 2026-03-03: teams that exist on it.")

    class Meta:
        model = Team
        fields: list[str] = []

    def in_force(self, queryset: Any, _name: str, value: date) -> Any:
        """Teams whose period holds the day."""
        return queryset.in_force(value)


def _unit(unit: Any) -> dict[str, Any]:
    return {"id": unit.pk, "name": str(unit)}


def row_of(team: Any) -> dict[str, Any]:
    """A team as a list shows it; `people` was counted with it."""
    plain = ("id", "code", "name", "kind", "sign", "people", "valid_from", "valid_until", "version")
    return {
        **{name: getattr(team, name) for name in plain},
        "kind_label": team.get_kind_display(),
        "township": _unit(team.township),
        "area": team.township.area_id,
        "powers": [{"code": one.code, "name": one.name} for one in team.powers.all()],
    }


def member_of(member: Membership, *, team: Team) -> dict[str, Any]:
    """Somebody with his two superiors."""
    return {
        "id": member.pk,
        "person": {"id": member.user_id, "name": str(member.user)},
        "home": _unit(member.home),
        "command": _unit(team.township),
        "valid_from": member.valid_from,
        "valid_until": member.valid_until,
    }


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a team."""
    return extend_schema(
        tags=["teams"], request=request, parameters=[IF_MATCH], responses=TeamOutput, summary=summary, filters=False
    )


@extend_schema(tags=["teams"])
@extend_schema_view(
    list=extend_schema(responses=TeamRow(many=True), summary="Enforcement teams"),
    create=extend_schema(
        request=FoundInput, parameters=[IDEMPOTENCY_KEY], responses={201: TeamOutput}, summary="Found a team"
    ),
    retrieve=extend_schema(responses=TeamOutput, summary="One team with its roster"),
)
class TeamViewSet(DeedViewSet):
    """The teams of townships (1+X+Y)."""

    model = Team
    serializer_class = TeamRow
    filterset_class = TeamFilters
    orderings = ("code", "-code")
    capabilities = {
        "list": VIEW, "retrieve": VIEW, "create": MANAGE, "post_down": MANAGE, "recall": MANAGE, "end": MANAGE,
    }  # fmt: skip

    def get_queryset(self) -> Any:
        """With township, powers, and how many are posted down today."""
        day = clock.today()
        now = Q(members__valid_from__lte=day) & (Q(members__valid_until__isnull=True) | Q(members__valid_until__gt=day))
        return teams_with_matters(found=super().get_queryset()).annotate(people=Count("members", filter=now))

    def answered(self, pk: Any) -> dict[str, Any]:
        """How it stands now, with its roster."""
        team = self.get_queryset().get(pk=pk)
        members = rosters(team_ids=[team.pk], on=clock.today())[team.pk]
        return {**row_of(team), "members": [member_of(one, team=team) for one in members]}

    def list(self, request: Request) -> Response:
        """In the order of their codes."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([row_of(row) for row in rows])

    def create(self, request: Request) -> Response:
        """For a township, by itself or by whoever keeps the reference. The same key again gives the same answer."""
        said, at = self.read(FoundInput), clock.now()
        township = said.pop("township")

        def work() -> tuple[int, dict[str, Any]]:
            made = teams.found_team(township_id=township, actor=self.actor, at=at, **said)
            return 201, self.answered(made.pk)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(self.answered(self.get_object().pk))

    @deed_schema(PostInput, "Post somebody down to a team")
    @action(detail=True, methods=["post"], url_path="post-down")
    def post_down(self, request: Request, pk: str) -> Response:
        """Somebody of a department, who is in one team at a time."""
        said = self.read(PostInput)
        teams.post_down(team_id=pk, user_id=said.pop("person"), home_id=said.pop("home"), **said, **self.seen())
        return Response(self.answered(pk))

    @deed_schema(RecallInput, "Send somebody back to the department")
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str) -> Response:
        """From a day on."""
        said = self.read(RecallInput)
        teams.recall(team_id=pk, membership_id=said["membership"], on=said["on"], **self.seen())
        return Response(self.answered(pk))

    @deed_schema(EndInput, "End a team")
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Its people are back on that day."""
        teams.end_team(team_id=pk, **self.read(EndInput), **self.seen())
        return Response(self.answered(pk))
