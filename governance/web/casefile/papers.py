"""The documents of a case: what was issued, and what this person may issue."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from dispatch import letters as dispatching
from dispatch.models import WorkOrder
from documents.kinds import Kind
from documents.models import Issued
from kernel.actors import Actor
from petitions import letters as replying
from petitions.models import Petition
from supervision import letters as supervising
from supervision.choices import NEVER_ISSUED
from supervision.models import SupervisionOrder

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One document that can be issued now."""

    label: str | Promise
    href: str
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What the panel shows."""

    issued: list[Issued]
    buttons: list[Button]


def papers_of(
    *, petition: Petition, order: WorkOrder | None, supervised: list[SupervisionOrder], replied: bool, actor: Actor
) -> Papers:
    """The documents that the actor sees, newest first, and a button for each that may be issued. One query."""
    buttons = []
    if order is not None and dispatching.may_print(order=order, actor=actor):
        buttons.append(_button(dispatching.SHEET, order.pk, str(order.unit)))
    for one in supervised:
        if one.state not in NEVER_ISSUED and supervising.may_print(order=one, actor=actor):
            buttons.append(_button(supervising.ORDER, one.pk, one.number))
    if replied and replying.may_print(petition=petition, actor=actor):
        buttons.append(_button(replying.REPLY, petition.pk))
    found = Issued.objects.visible_to(actor).filter(case_id=petition.pk).select_related("by")
    return Papers(issued=list(found.order_by("-at", "-pk")[:SHOWN]), buttons=buttons)


def _button(kind: Kind, subject: UUID, of: str = "") -> Button:
    return Button(label=kind.label, href=reverse("documents:new", args=[kind.code, subject]), of=of)
