"""Keeping the first unit of each case beside its last, as orders are written."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch.models import FirstUnit, WorkOrder


def count_first_units(*, written: Sequence[WorkOrder]) -> None:
    """Note the unit of each new order: as the first one where the case had none, as the last one otherwise.

    One statement for any number. The caller holds the locks of the petitions, so that nobody else writes these rows.
    """
    FirstUnit.objects.bulk_create(
        [
            FirstUnit(
                petition_id=order.petition_id,
                place=order.place,
                category=order.petition.category_id or "",
                entry=str(order.decision.get("entry", "")),
                reason=order.reason,
                first_unit_id=order.unit_id,
                last_unit_id=order.unit_id,
                first_at=order.assigned_at,
            )
            for order in written
        ],
        update_conflicts=True,
        unique_fields=["petition"],
        update_fields=["last_unit"],
    )
