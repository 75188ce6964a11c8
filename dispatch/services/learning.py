"""Learning from what was dispatched, case by case, and keeping what was suggested beside what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.models import TriageTrial, WorkOrder
from dispatch.services.remembering import Sent, remember
from dispatch.suggestions import Suggestions, suggestions_for
from kernel.deeds import deed
from petitions.models import Petition


@deed
def learn_from(*, sent: Sequence[Sent], at: datetime) -> None:
    """Note first what would have been suggested, then what was decided, then count it: tested before it is learnt."""
    petitions = Petition.objects.in_bulk([one.petition_id for one in sent])
    known = [one for one in sent if one.petition_id in petitions]
    tried = TriageTrial.objects.in_bulk(list(petitions))
    fresh = [petition for pk, petition in petitions.items() if pk not in tried or not tried[pk].units]
    found = suggestions_for(petitions=fresh, at=at) if fresh else {}
    trials = [_trial(petitions[one.petition_id], one, found, tried, at) for one in known]
    TriageTrial.objects.bulk_create(
        trials,
        update_conflicts=True,
        unique_fields=["petition"],
        update_fields=["units", "unit_sure", "decided_category", "decided_unit", "decided_at"],
    )
    remember(given=[(petitions[one.petition_id], one) for one in known])


def _trial(
    petition: Petition, sent: Sent, found: dict[UUID, Suggestions], tried: dict[Any, TriageTrial], at: datetime
) -> TriageTrial:
    """The row of one petition: what stood there stays, only the decision is the newest."""
    trial = tried.get(petition.pk) or TriageTrial(petition=petition, suggested_at=at)
    if (said := found.get(petition.pk)) is not None:
        if trial.pk not in tried:
            put_categories(trial, said)
        trial.units = [int(one.unit) for one in said.units]
        trial.unit_sure = [round(one.sure, 4) for one in said.units]
    trial.decided_category = petition.category_id or ""
    trial.decided_unit, trial.decided_at = sent.unit_id, sent.at
    return trial


def put_categories(trial: TriageTrial, said: Suggestions) -> None:
    """Write down which categories were suggested."""
    trial.model = said.model
    trial.categories = [one.label for one in said.categories]
    trial.category_sure = [round(one.sure, 4) for one in said.categories]
    trial.certain = said.certain


@deed
def note_shown(*, petition_id: Any, at: datetime) -> None:
    """Somebody decides with the suggestion before their eyes: keep what it is, once."""
    petition = Petition.objects.filter(pk=petition_id).first()
    if petition is None:
        return
    trial = TriageTrial(petition=petition, suggested_at=at, shown=True)
    if not TriageTrial.objects.filter(pk=petition.pk).exists():
        put_categories(trial, suggestions_for(petitions=[petition], at=at)[petition.pk])
    TriageTrial.objects.bulk_create([trial], update_conflicts=True, unique_fields=["petition"], update_fields=["shown"])


@deed
def note_units_shown(*, petition: Petition, units: Sequence[tuple[int, float]], at: datetime) -> None:
    """Somebody names the unit with these before their eyes, each with how sure: what was seen is what is kept."""
    trial = TriageTrial(petition=petition, suggested_at=at, unit_shown=True)
    trial.units, trial.unit_sure = [unit for unit, _ in units], [sure for _, sure in units]
    if not TriageTrial.objects.filter(pk=petition.pk).exists():
        put_categories(trial, suggestions_for(petitions=[petition], at=at)[petition.pk])
    TriageTrial.objects.bulk_create(
        [trial], update_conflicts=True, unique_fields=["petition"], update_fields=["unit_shown", "units", "unit_sure"]
    )


@deed
def unlearn(*, order_ids: Sequence[UUID], at: datetime) -> None:
    """Units gave these back: what was counted for them is taken away again, as far as it has not faded."""
    orders = WorkOrder.objects.filter(pk__in=order_ids).select_related("petition").order_by("petition_id")
    given = [(one.petition, Sent(one.petition_id, one.unit_id, one.assigned_at)) for one in orders]
    remember(given=given, taken_back=at)
