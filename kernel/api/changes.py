"""What a 409 or a 412 tells: how the thing stands now, and what happened to it last."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Model

from kernel.middleware import actor_of_user
from kernel.models import Event


def changed(*, model: type[Model], pk: Any, case_id: UUID | None) -> dict[str, Any]:
    """Version, state where there is one, and last event of a case; of who did it the role alone, never who they are."""
    columns = {field.name for field in model._meta.concrete_fields} & {"version", "state", "changed_at"}
    row = model._default_manager.filter(pk=pk).values(*sorted(columns)).first()
    if row is None:
        return {}
    said = {"current_version": row["version"]}
    if "state" in row:
        said["state"] = row["state"]
    if "changed_at" in row:
        said["changed_at"] = row["changed_at"].isoformat()
    if case_id is not None:
        last = Event.objects.filter(case_id=case_id).order_by("-seq").values("name", "actor_key").first()
        if last is not None:
            said |= {"last_event": last["name"], "last_actor_role": role_of(actor_key=last["actor_key"])}
    return said


def role_of(*, actor_key: str) -> str:
    """The roles behind an actor's key as they are now, or the key itself for the system and the public."""
    kind, _colon, number = actor_key.partition(":")
    if kind != "user" or not number.isdigit():
        return kind
    user = get_user_model()._default_manager.filter(pk=int(number)).first()
    return "+".join(sorted(actor_of_user(user).roles)) if user is not None else ""
