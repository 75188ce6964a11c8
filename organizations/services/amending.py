"""Bringing single matters of the responsibility list in line: what the registry decides, cases are routed by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import NotAllowed, Unprocessable
from kernel.events import record
from organizations.events import LIST, ListPublished
from organizations.models import ListVersion, ResponsibilityEntry
from organizations.queries.amendments import Amending, Amendment, amending_of

# Whoever approves a draft of the registry or signs a hand-over changes the rows that follow from it.
AMENDERS = ("reference.edit", "registry.approve", "registry.sign")


@deed
def amend_entries(*, amendments: Sequence[Amendment], effective: date, actor: Actor, at: datetime) -> Amending:
    """Give each named matter and area exactly the rows of its amendment from `effective` on; others stay as they are.

    Entries that already say so stay; others end on the day and are followed under the same code. Raises NotAllowed,
    Unprocessable with the faults by stem, and then nothing is written.
    """
    if not any(actor.holds(name) for name in AMENDERS):
        raise NotAllowed(_("Your role does not include this."))
    # Two versions are published one after the other: the stamp's row is their lock.
    list(ListVersion.objects.select_for_update())
    change = amending_of(amendments=amendments, effective=effective)
    if change.faults:
        raise Unprocessable(
            _("The list has faults; nothing was published."),
            code="list_has_faults",
            fields={stem: list(why) for stem, why in change.faults.items()},
        )
    # Periods are closed before others open, or the one-lead constraint would see both.
    if change.closes:
        ResponsibilityEntry.objects.filter(pk__in=change.closes).update(valid_until=effective)
    codes = _codes(change)
    ResponsibilityEntry.objects.bulk_create(_rows(change, codes, effective))
    if change.closes or change.opens:
        happened = ListPublished(
            case_id=LIST,
            subject_id="responsibility-list",
            effective=effective.isoformat(),
            added=[code for code, one in zip(codes, change.opens, strict=True) if not one.code],
            changed=[one.code for one in change.opens if one.code],
            gone=list(change.ended),
        )
        record(happened, actor=actor, at=at)
    return change


def _codes(change: Amending) -> list[str]:
    """A code for every row that opens: that of the entry it follows, or the next free one of its stem."""
    taken: set[str] = set()
    stems = sorted({one.amendment.stem for one in change.opens if not one.code})
    for start in range(0, len(stems), 500):
        wanted = r"^(" + "|".join(stem.replace(".", r"\.") for stem in stems[start : start + 500]) + r")-[0-9]+$"
        taken |= set(ResponsibilityEntry.objects.filter(code__regex=wanted).values_list("code", flat=True))
    codes = []
    for one in change.opens:
        number = 1
        code = one.code or f"{one.amendment.stem}-{number:02d}"
        while not one.code and code in taken:
            number += 1
            code = f"{one.amendment.stem}-{number:02d}"
        taken.add(code)
        codes.append(code)
    return codes


def _rows(change: Amending, codes: Sequence[str], effective: date) -> list[ResponsibilityEntry]:
    return [
        ResponsibilityEntry(
            code=code,
            matter_id=one.amendment.matter_id,
            area_id=one.amendment.area_code,
            duty=one.wanted.duty,
            rule=one.wanted.rule,
            unit_id=one.wanted.unit_id,
            limit_value=one.wanted.limit_value,
            limit_unit=one.wanted.limit_unit,
            basis=one.wanted.basis,
            duty_text=one.wanted.duty_text,
            valid_from=effective,
        )
        for code, one in zip(codes, change.opens, strict=True)
    ]
