"""A lead signs for the whole: what must be so with the units beside it before an order is complete."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dispatch.joint.choices import ReleaseWhy, TaskState
from dispatch.models import JointTask, WorkOrder
from dispatch.services.joint.releasing import end_tasks
from kernel.actors import Actor
from kernel.errors import Invalid, WrongState

NOTE_LENGTH = 500


def finish_tasks(*, order: WorkOrder, without: str, actor: Actor, at: datetime) -> None:
    """Every unit that was asked has replied and was accepted, was released, or is late, and the lead says why it goes
    on `without` it.

    Raises WrongState while a reply waits for the lead or a unit still has time, Invalid without the grounds. The
    caller holds the lock of the order.
    """
    if not order.assists:
        return
    owing = list(JointTask.objects.owing().filter(order=order).select_for_update(of=("self",)).select_related("unit"))
    if waiting := [one for one in owing if one.state == TaskState.REPLIED]:
        said = _("A reply waits for you first: %(units)s. Accept it, or send it back.")
        raise WrongState(said % {"units": _names(waiting)}, code="reply_waits", details=_which(waiting))
    if having_time := [one for one in owing if one.due_at is not None and one.due_at >= at]:
        said = _("These units still have time to reply: %(units)s. Wait, or release them.")
        raise WrongState(said % {"units": _names(having_time)}, code="units_have_time", details=_which(having_time))
    if owing and not without.strip():
        said = _("Not replied: %(units)s. Say why you finish without them.") % {"units": _names(owing)}
        raise Invalid(said, code="without_whom", fields={"without": [said]}, details=_which(owing))
    end_tasks(tasks=owing, why=ReleaseWhy.WITHOUT, note=without.strip()[:NOTE_LENGTH], actor=actor, at=at)


def _names(tasks: list[JointTask]) -> str:
    return ", ".join(str(one.unit) for one in tasks)


def _which(tasks: list[JointTask]) -> dict[str, list[int]]:
    return {"units": [one.unit_id for one in tasks]}
