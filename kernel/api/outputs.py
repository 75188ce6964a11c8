"""Parts of answers that several apps share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.drainage import set_override
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from kernel.workflow import Move


class MoveOutput(serializers.Serializer[Any]):
    """What this person may do now, and why not where not."""

    move = serializers.CharField()
    # Declared fields are taken off the class: it keeps Field.label, which the stubs see hidden here.
    label = serializers.CharField()  # type: ignore[assignment]
    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    needs = serializers.ListField(child=serializers.CharField())
    basis = serializers.CharField(allow_blank=True)
    action = serializers.CharField(help_text="The last part of the address to POST to.")


class PersonRef(serializers.Serializer[Any]):
    """Somebody of the office by number and name."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="__str__")


class UnitRef(serializers.Serializer[Any]):
    """A unit by number and name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


def results_of(output: type[serializers.Serializer[Any]]) -> Any:
    """The schema of a short list that comes whole: {"results": [...]}, the shape of a page."""
    shape = inline_serializer(f"{output.__name__.removesuffix('Output')}Results", {"results": output(many=True)})
    set_override(shape, "many", False)  # an action named list is taken for a bare array otherwise
    return shape


def moves_shown(moves: Iterable[Move], *, actions: dict[str, str]) -> list[dict[str, Any]]:
    """Moves as answers show them; one that has no action here is nobody's to call and is left out."""
    return [
        {
            "move": one.move,
            "label": str(one.label),
            "allowed": one.allowed,
            "reason": str(one.reason),
            "needs": list(one.needs),
            "basis": one.basis,
            "action": actions[one.move],
        }
        for one in moves
        if one.move in actions
    ]
