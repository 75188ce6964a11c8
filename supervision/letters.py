"""The supervision order on paper (督办单)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Kind, Subject, declare
from documents.paper import Paper, date_words, heading, moment_words, table, text
from kernel.actors import Actor
from kernel.errors import Missing, NotAllowed
from kernel.permissions import Allowed, Denied, Verdict
from petitions.letters import place_words
from supervision.choices import NEVER_ISSUED
from supervision.models import SupervisionOrder
from supervision.reasons import REASONS

WITH = ("unit", "issuer", "petition")


def _found(subject: UUID, actor: Actor) -> Subject:
    issued = SupervisionOrder.objects.visible_to(actor).exclude(state__in=NEVER_ISSUED)
    order = issued.select_related(*WITH).filter(pk=subject).first()
    if order is None:
        raise Missing(_("This does not exist, or not for you."))
    return Subject(
        case_id=order.petition_id, issuer_id=order.issuer_id, row=order, verdict=may_print(order=order, actor=actor)
    )


def may_print(*, order: SupervisionOrder, actor: Actor) -> Verdict:
    """Whoever issues here, and the unit that it was issued to."""
    if order.unit_id in actor.unit_ids:
        return Allowed()
    if actor.may("supervision.order", place=order.place):
        return Allowed()
    return Denied(_("Who issues supervision orders and the unit concerned print it."))


def _order(*, row: Any, language: str, opened: Mapping[str, str]) -> Paper:
    order: SupervisionOrder = row
    petition, reason = order.petition, REASONS[order.reason]
    issued_at, receive_by, answer_by = order.issued_at, order.receive_due_at, order.answer_due_at
    if issued_at is None or receive_by is None or answer_by is None:  # the database keeps this from happening
        raise Missing(_("This does not exist, or not for you."))
    facts = table(
        (_("Petition"), f"{petition.number} {petition.title}"),
        (_("Place"), place_words(petition)),
        (_("Level"), str(order.get_level_display())),
        (_("Reason"), str(order.get_reason_display())),
        (_("Basis"), reason.basis),
        (_("Receipt until"), moment_words(receive_by, language=language)),
        (_("Answer until"), moment_words(answer_by, language=language)),
    )
    duty = _("Sign for receipt, and answer in writing, with the state of the matter and the measures taken, in time.")
    return Paper(
        language=language,
        issuer=order.issuer.name,
        title=_("Supervision order"),
        number=order.number,
        date=date_words(timezone.localtime(issued_at).date(), language=language),
        addressee=_("%(name)s:") % {"name": order.unit.name},
        blocks=(facts, heading(_("What is asked")), text(order.content), text(duty)),
        signed=order.issuer.name,
    )


def _nothing_to_open(*, row: Any, purpose: str, actor: Actor, at: datetime) -> Mapping[str, str]:
    raise NotAllowed(_("No personal data stands on a supervision order."))


ORDER = declare(
    Kind(
        code="supervision-order",
        label=gettext_lazy("Supervision order"),
        number="督印〔{year}〕{serial}号",  # zh: documents are numbered so
        found=_found,
        seen_by=lambda actor: SupervisionOrder.objects.visible_to(actor).exclude(state__in=NEVER_ISSUED).values("pk"),
        compose=_order,
        reveal=_nothing_to_open,
        purposes=list,
    )
)
