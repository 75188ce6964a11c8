"""The dispatch sheet of a work order (交办单): what the unit gets on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dispatch.choices import OrderState
from dispatch.models import WorkOrder
from documents.kinds import Kind, Subject, declare
from documents.paper import Paper, heading, moment_words, table, text
from kernel.actors import Actor
from kernel.choices import LimitUnit
from kernel.errors import Missing
from kernel.permissions import Allowed, Denied, Verdict
from organizations.queries import unit_names
from petitions.choices import RevealPurpose
from petitions.letters import masked_note, place_words, reporter_words, reveal_reporter

WITH = ("unit", "petition__center", "petition__category", "petition__reporter")


def _found(subject: UUID, actor: Actor) -> Subject:
    order = WorkOrder.objects.visible_to(actor).select_related(*WITH).filter(pk=subject).first()
    if order is None:
        raise Missing(_("This does not exist, or not for you."))
    petition = order.petition
    return Subject(
        case_id=petition.pk, issuer_id=petition.center_id, row=order, verdict=may_print(order=order, actor=actor)
    )


def may_print(*, order: WorkOrder, actor: Actor) -> Verdict:
    """Whoever dispatches here, and the unit that has the order, for its own files."""
    if order.state == OrderState.RECALLED:
        return Denied(_("This order was taken back: there is nothing to hand over."))
    if order.unit_id in actor.unit_ids:
        return Allowed()
    if actor.may("order.assign", place=order.place):
        return Allowed()
    return Denied(_("The centre that dispatches and the unit of the order print it."))


def _sheet(*, row: Any, language: str, opened: Mapping[str, str]) -> Paper:
    order: WorkOrder = row
    petition = order.petition
    limit = f"{order.limit_value.normalize():f} {LimitUnit(order.limit_unit).label}"
    until = moment_words(order.handle_due_at, language=language)
    facts = table(
        (_("Number"), petition.number),
        (_("Subject"), petition.title),
        (_("Kind"), f"{petition.get_nature_display()} · {petition.get_channel_display()}"),
        (_("Category"), str(petition.category or "")),
        (_("Urgency"), str(petition.get_urgency_display())),
        (_("Reporter"), reporter_words(petition=petition, full=opened)),
        (_("Place"), place_words(petition)),
        (_("Filed"), moment_words(petition.filed_at, language=language)),
        (_("Limit"), _("%(limit)s, until %(until)s") % {"limit": limit, "until": until}),
        (_("Cooperating units"), _assists(order)),
        (_("Why this unit"), " · ".join(one for one in (str(order.get_reason_display()), _basis(order)) if one)),
    )
    said = (heading(_("What was said")), text(petition.description))
    asked = order.instruction or _(
        "Look into the matter on the spot, handle it within the limit, enter measures and result in the system, and "
        "answer the citizen."
    )
    return Paper(
        language=language,
        issuer=petition.center.name,
        title=pgettext("letter", "Dispatch sheet"),
        addressee=_("%(name)s:") % {"name": order.unit.name},
        blocks=(facts, *said, heading(pgettext("dispatch sheet", "What is asked")), text(asked)),
        signed=petition.center.name,
        note=masked_note(opened),
    )


def _assists(order: WorkOrder) -> str:
    names = unit_names(unit_ids=set(order.assists))
    return pgettext("between names", ", ").join(names[unit] for unit in order.assists if unit in names)


def _basis(order: WorkOrder) -> str:
    return str(order.decision.get("entry") or "")


SHEET = declare(
    Kind(
        code="dispatch-sheet",
        label=gettext_lazy("Dispatch sheet"),
        number="交办〔{year}〕{serial}号",  # zh: documents are numbered so
        found=_found,
        seen_by=lambda actor: WorkOrder.objects.visible_to(actor).values("pk"),
        compose=_sheet,
        reveal=lambda *, row, purpose, actor, at: reveal_reporter(
            petition=row.petition, purpose=purpose, actor=actor, at=at
        ),
        purposes=lambda: [(code, str(label)) for code, label in RevealPurpose.choices],
    )
)
