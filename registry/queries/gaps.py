"""Questions about gaps: which there are, and which cases stand behind one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from kernel.actors import Actor
from petitions.models import Petition
from registry.models import Draft, Gap, GapCase


def gaps_of(*, actor: Actor, state: str = "", kind: str = "") -> QuerySet[Gap]:
    """The gaps that the actor may see, by state and kind."""
    found: QuerySet[Gap] = Gap.objects.visible_to(actor).select_related("category", "matter", "closed_by")
    if state:
        found = found.filter(state=state)
    return found.filter(kind=kind) if kind else found


def open_gaps_count(*, actor: Actor) -> int:
    """How many gaps the list has now, for the workbench of whoever keeps it."""
    return Gap.objects.visible_to(actor).open().count()


def cases_of(*, gap: Gap, actor: Actor) -> QuerySet[Petition]:
    """The petitions that met a gap, as far as the actor may see them."""
    met = GapCase.objects.filter(gap=gap, petition__isnull=False).values("petition_id")
    seen: QuerySet[Petition] = Petition.objects.visible_to(actor)
    return seen.filter(pk__in=met).defer("description")


def calls_of(*, gap: Gap) -> int:
    """How many calls without a petition met a gap; who sees one of them is decided where calls are."""
    return GapCase.objects.filter(gap=gap, call_id__isnull=False).count()


def lacking(gap: Gap) -> dict[str, Any]:
    """What an item that fills the gap says to begin with: the matter, and the category that has none."""
    return {
        "matter": gap.matter.code if gap.matter else "",
        "categories": [gap.category_id] if gap.category_id else [],
    }


def drafts_for(*, gap: Gap, actor: Actor) -> list[Draft]:
    """Approved drafts that may have filled a gap: those made for it first, then the latest decided after it opened."""
    decided = Draft.objects.visible_to(actor).filter(state="approved", decided_at__gte=gap.first_at)
    rows = list(decided.order_by("-decided_at")[:50])
    return sorted(rows, key=lambda row: row.gap_id != gap.pk)
