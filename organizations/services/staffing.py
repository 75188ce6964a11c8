"""Postings: who takes one up, moves to another, or leaves."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import instant, record
from kernel.permissions import require
from organizations.choices import Role
from organizations.events import Appointed, PostingEnded, person
from organizations.models import Posting, Unit, User
from organizations.queries import may_anywhere
from organizations.roles import OVER_CELL


@deed
def appoint(
    *,
    user_id: int,
    unit_id: int,
    role: str,
    cell_code: str = "",
    valid_from: datetime,
    valid_until: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> Posting:
    """Post somebody to a unit in a role for [valid_from, valid_until).

    Raises NotAllowed, Missing (user or unit), Invalid (role, grid or period), Conflict where the person already holds
    this very posting in part of the period.
    """
    require(may_anywhere(actor, capability="account.manage"))
    _check(role=role, cell_code=cell_code, valid_from=valid_from, valid_until=valid_until)
    # The row of the person is the lock under which postings are compared.
    if User.objects.select_for_update().filter(pk=user_id).first() is None:
        raise Missing(_("There is no such person."))
    if not Unit.objects.working().filter(pk=unit_id).exists():
        raise Missing(_("There is no such unit."))
    posting = Posting(
        user_id=user_id, unit_id=unit_id, role=role, cell_code=cell_code, valid_from=valid_from, valid_until=valid_until
    )
    if held := _overlapping(posting):
        raise Conflict(_("The person already holds this posting in that period."), details={"posting": held.pk})
    posting.save()
    happened = Appointed(
        case_id=person(user_id=user_id),
        subject_id=f"posting:{posting.pk}",
        user_id=user_id,
        unit_id=unit_id,
        role=role,
        cell_code=cell_code,
        valid_from=instant(valid_from),
        valid_until=instant(valid_until) if valid_until else "",
    )
    record(happened, actor=actor, at=at)
    return posting


@deed
def end_posting(*, posting_id: int, until: datetime, actor: Actor, at: datetime) -> Posting:
    """End a posting at an instant after its start. Raises NotAllowed, Missing, Invalid, Conflict (already ended)."""
    require(may_anywhere(actor, capability="account.manage"))
    posting = Posting.objects.select_for_update().filter(pk=posting_id).first()
    if posting is None:
        raise Missing(_("There is no such posting."))
    if posting.valid_until is not None and posting.valid_until <= until:
        raise Conflict(_("The posting has ended already."))
    if until <= posting.valid_from:
        raise Invalid(_("A posting ends after it began."), fields={"until": [_("Earlier than the start.")]})
    posting.valid_until = until
    posting.save(update_fields=["valid_until"])
    happened = PostingEnded(
        case_id=person(user_id=posting.user_id),
        subject_id=f"posting:{posting.pk}",
        user_id=posting.user_id,
        posting_id=posting.pk,
        valid_until=instant(until),
    )
    record(happened, actor=actor, at=at)
    return posting


@deed
def transfer(
    *, posting_id: int, unit_id: int, role: str, cell_code: str = "", on: datetime, actor: Actor, at: datetime
) -> Posting:
    """End one posting and begin another of the same person at the same instant. Raises as the two deeds do."""
    ended = end_posting(posting_id=posting_id, until=on, actor=actor, at=at)
    return appoint(
        user_id=ended.user_id, unit_id=unit_id, role=role, cell_code=cell_code, valid_from=on, actor=actor, at=at
    )


def _check(*, role: str, cell_code: str, valid_from: datetime, valid_until: datetime | None) -> None:
    fields: dict[str, list[str]] = {}
    if role not in Role.values or role == Role.CITIZEN:
        fields["role"] = [_("Nobody is posted as this.")]
    elif (role in OVER_CELL) != bool(cell_code):
        fields["cell_code"] = [_("A grid is named for gridworkers and grid leaders, and for nobody else.")]
    if cell_code and not (len(cell_code) == 15 and cell_code.isascii() and cell_code.isdigit()):
        fields["cell_code"] = [_("A grid code has 15 digits.")]
    if valid_until is not None and valid_until <= valid_from:
        fields["valid_until"] = [_("The period ends before it begins.")]
    if fields:
        raise Invalid(_("This posting is not possible."), fields=fields)


def _overlapping(posting: Posting) -> Posting | None:
    before_end = Q() if posting.valid_until is None else Q(valid_from__lt=posting.valid_until)
    return (
        Posting.objects.filter(
            before_end,
            Q(valid_until__isnull=True) | Q(valid_until__gt=posting.valid_from),
            user_id=posting.user_id,
            unit_id=posting.unit_id,
            role=posting.role,
            cell_code=posting.cell_code,
        )
        .order_by("id")
        .first()
    )
