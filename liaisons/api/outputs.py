"""What the API shows of assignments, visits and communities."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.api.outputs import PersonRef, UnitRef
from liaisons.choices import Became
from liaisons.models import Assignment, Visit
from liaisons.queries.figures import Tally


class AssignmentOutput(serializers.ModelSerializer[Assignment]):
    """An official for a place; `valid_until` is the first day without."""

    official = PersonRef()
    unit = UnitRef()
    community = serializers.CharField()
    grid = serializers.CharField(allow_blank=True)
    assigned_by = PersonRef(allow_null=True)

    class Meta:
        model = Assignment
        fields = [
            "id", "version", "official", "unit", "place", "community", "grid", "valid_from", "valid_until", "reason",
            "assigned_by", "assigned_at", "ended_because", "end_reason",
        ]  # fmt: skip

    def to_representation(self, instance: Assignment) -> dict[str, Any]:
        """With names."""
        return assignment_of(instance)


class PetitionRef(serializers.Serializer[Any]):
    """The petition, for whoever may open it."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    state = serializers.CharField()


class VisitOutput(serializers.ModelSerializer[Visit]):
    """A visit; `became` says what became of what was passed on, to those too who do not see the petition."""

    official = PersonRef()
    unit = UnitRef()
    assignment = serializers.UUIDField()
    became = serializers.ChoiceField(choices=Became.choices, allow_null=True)
    petition = PetitionRef(allow_null=True)

    class Meta:
        model = Visit
        fields = [
            "id", "assignment", "official", "unit", "place", "spot", "visited_at", "found", "solved", "outcome",
            "became", "petition", "recorded_at",
        ]  # fmt: skip


class VisitTallyOutput(serializers.Serializer[Any]):
    """What the visits of the month came to."""

    visits = serializers.IntegerField()
    solved = serializers.IntegerField()
    passed = serializers.IntegerField()
    open = serializers.IntegerField()


class AssignedRef(serializers.Serializer[Any]):
    """Who looks after it."""

    id = serializers.UUIDField()
    official = PersonRef()
    unit = UnitRef()


class CommunityOutput(serializers.Serializer[Any]):
    """A community with its officials, its grids, and how many of them have an official of their own."""

    code = serializers.CharField()
    name = serializers.CharField()
    officials = AssignedRef(many=True)
    grids = serializers.IntegerField()
    grids_with_own = serializers.IntegerField()
    month = VisitTallyOutput()


def person_of(user: Any) -> dict[str, Any] | None:
    """Somebody by number and name."""
    return {"id": user.pk, "name": str(user)} if user is not None else None


def unit_of(unit: Any) -> dict[str, Any]:
    """A unit by number and name."""
    return {"id": unit.pk, "name": str(unit)}


def assignment_of(one: Assignment) -> dict[str, Any]:
    """An assignment as the API shows it."""
    plain = ("id", "version", "place", "valid_from", "valid_until", "reason", "assigned_at")
    return {
        **{name: getattr(one, name) for name in plain},
        "official": person_of(one.user),
        "unit": unit_of(one.unit),
        "community": str(one.area),
        "grid": str(one.cell or ""),
        "assigned_by": person_of(one.assigned_by),
        "ended_because": one.ended_because,
        "end_reason": one.end_reason,
    }


def visit_of(one: Visit, *, seen: set[Any]) -> dict[str, Any]:
    """A visit as the API shows it; `seen` are the petitions that the reader may open."""
    plain = ("id", "place", "spot", "visited_at", "found", "solved", "outcome", "recorded_at")
    petition = one.petition if one.petition_id in seen else None
    return {
        **{name: getattr(one, name) for name in plain},
        "assignment": one.assignment_id,
        "official": person_of(one.user),
        "unit": unit_of(one.unit),
        "became": one.became,
        "petition": petition and {"id": petition.pk, "number": petition.number, "state": petition.state},
    }


def community_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the board as the API shows it."""
    tally: Tally = row["tally"]
    held = [{"id": one.pk, "official": person_of(one.user), "unit": unit_of(one.unit)} for one in row["officials"]]
    return {
        "code": row["code"],
        "name": row["name"],
        "officials": held,
        "grids": row["grids"][0],
        "grids_with_own": row["grids"][1],
        "month": {name: getattr(tally, name) for name in ("visits", "solved", "passed", "open")},
    }
