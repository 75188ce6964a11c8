"""What waits for a person's signature or decision in the registry: drafts, hand-overs, admissions, one-off tasks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.actors import Actor
from registry.admission.choices import COLOURS, State, TaskState
from registry.choices import DraftState
from registry.models import AdHocTask, Admission
from registry.queries.admission import waiting, waiting_tasks
from registry.queries.waiting import waiting_drafts, waiting_hand_overs

LISTED = 8
# The state in which an admission or a one-off task stands → what it waits for.
FOR: dict[str, str | Promise] = {
    State.APPLIED: gettext_lazy("Admission to review"),
    State.ASKED: gettext_lazy("Opinion of the township"),
    State.DISPUTED: gettext_lazy("Admission to consult on"),
    State.READY: gettext_lazy("Admission to decide"),
    State.IN_FORCE: gettext_lazy("Admission to reassess"),
    TaskState.HEARD: gettext_lazy("One-off task to decide"),
}
DECIDES = ("registry.propose", "registry.review", "registry.approve")
OPINES = ("registry.review", "registry.approve", "registry.opinion")


def papers(*, actor: Actor) -> list[dict[str, Any]]:
    """The oldest of each kind first; at most one statement a kind, none for those who have no part in it."""
    found: list[dict[str, Any]] = []
    if any(actor.holds(name) for name in DECIDES):
        found += [_draft(one) for one in waiting_drafts(actor=actor).order_by("opened_at", "pk")[:LISTED]]
    if actor.holds("registry.sign"):
        rows = waiting_hand_overs(actor=actor).select_related("item", "from_unit", "to_unit")
        found += [_hand_over(one) for one in rows.order_by("proposed_at", "pk")[:LISTED]]
    if any(actor.holds(name) for name in OPINES):
        found += _admissions(actor)
    return found


def _draft(draft: Any) -> dict[str, Any]:
    own = draft.state == DraftState.PREPARING
    return {
        "what": _("Draft to submit") if own else _("Draft to decide"),
        "colour": "grey" if own else "blue",
        "title": draft.title,
        "under": draft.number,
        "at": draft.opened_at if own else draft.submitted_at,
        "href": reverse("registry:draft", args=[draft.pk]),
    }


def _hand_over(made: Any) -> dict[str, Any]:
    return {
        "what": _("Hand-over to sign"),
        "colour": "violet",
        "title": f"{made.from_unit} → {made.to_unit}",
        "under": made.item.code,
        "at": made.proposed_at,
        "href": reverse("registry:hand_over", args=[made.pk]),
    }


def _admissions(actor: Actor) -> list[dict[str, Any]]:
    """Admissions and one-off tasks that wait for this person."""
    cases = Admission.objects.visible_to(actor).filter(waiting(actor)).order_by("stage_due_at", "pk")[:LISTED]
    tasks = AdHocTask.objects.visible_to(actor).filter(waiting_tasks(actor)).order_by("stage_due_at", "pk")[:LISTED]
    kinds = ((cases, "registry:admission"), (tasks, "registry:task"))
    return [
        {
            "what": FOR[one.state],
            "colour": COLOURS[one.state],
            "title": one.name,
            "under": one.number,
            "at": one.filed_at,
            "href": reverse(address, args=[one.pk]),
        }
        for rows, address in kinds
        for one in rows
    ]
