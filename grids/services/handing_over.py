"""Who served a grid that ends serves the new ones from the same moment on. Part of a deed on the grids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from grids.choices import Part
from grids.models import Cell, CellStaff
from grids.queries.reshaping import serving
from grids.services.staffing import staffed
from kernel.actors import Actor
from kernel.errors import Conflict, Invalid
from kernel.events import record
from organizations.models import Posting
from organizations.services.staffing import appoint, end_posting

News = Mapping[str, Cell]


def hand_over(olds: Sequence[Cell], news: News, *, staff: Mapping[str, str] | None, actor: Actor, at: datetime) -> None:
    """Move everybody who serves the old grids. `staff` names the part by the key of each; None: there is but one.

    Raises Invalid where somebody is forgotten, or somebody named who does not serve the grid; NotAllowed where the
    actor may not post people.
    """
    codes = [one.code for one in olds]
    said = _complete({one.key for one in serving(codes, at=at)}, staff=staff)
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
    _move_postings(
        list(Posting.objects.filter(lasting, cell_code__in=codes).order_by("pk")), news, said, actor=actor, at=at
    )
    _move_cards(olds, news, said, actor=actor, at=at)


def _complete(keys: set[str], *, staff: Mapping[str, str] | None) -> dict[str, str]:
    if staff is None:
        return dict.fromkeys(keys, Part.FIRST)
    if missing := sorted(keys - set(staff)):
        why = _("Say of everybody who serves the grid where they go on.")
        raise Invalid(why, fields={"staff": [why], **{one: [why] for one in missing}})
    if set(staff) - keys or not set(staff.values()) <= set(Part.values):
        why = _("Somebody named here does not serve this grid.")
        raise Invalid(why, fields={"staff": [why]})
    return dict(staff)


def _parts(said: str, news: News) -> list[Cell]:
    return list(news.values()) if said == Part.BOTH else [news[said]]


def _move_postings(
    postings: Sequence[Posting], news: News, said: Mapping[str, str], *, actor: Actor, at: datetime
) -> None:
    """End each posting now, and begin it anew; who served both of two grids serves their one successor once."""
    begun: dict[tuple[Any, ...], Posting] = {}
    for one in postings:
        if one.valid_from >= at:
            raise Conflict(_("Somebody is to be posted here from a later day on; end that first."))
        until = one.valid_until
        end_posting(posting_id=one.pk, until=at, actor=actor, at=at)
        # Whoever cannot sign in any more serves nobody: the posting ends, and that is all.
        for new in _parts(said[f"posting-{one.pk}"], news) if f"posting-{one.pk}" in said else []:
            key = (one.user_id, one.unit_id, one.role, new.code)
            if key not in begun:
                begun[key] = appoint(
                    user_id=one.user_id, unit_id=one.unit_id, role=one.role, cell_code=new.code, valid_from=at,
                    valid_until=until, actor=actor, at=at,
                )  # fmt: skip


def _move_cards(olds: Sequence[Cell], news: News, said: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    today = timezone.localtime(at).date()
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=today)
    rows = CellStaff.objects.select_for_update(of=("self",)).select_related("cell").filter(lasting, cell__in=olds)
    begun: set[tuple[Any, ...]] = set()
    for one in rows.order_by("pk"):
        until, parts = one.valid_until, _parts(said[f"staff-{one.pk}"], news)
        if one.valid_from < today:
            one.valid_until = today
            one.save(update_fields=["valid_until"])
            record(staffed(one), actor=actor, at=at)
        else:
            one.delete()  # served not a day of the old grid
        for new in parts:
            key = (one.kind, one.name, one.phone, new.code)
            if key in begun:
                continue
            begun.add(key)
            begins = max(one.valid_from, today)
            made = CellStaff.objects.create(
                cell=new, kind=one.kind, name=one.name, phone=one.phone, valid_from=begins, valid_until=until
            )
            record(staffed(made), actor=actor, at=at)
