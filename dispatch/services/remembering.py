"""The counts of what was dispatched: added to by every case, faded by time, swept when nothing is left of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from dispatch.models import TriageCount
from dispatch.models.triage import Subject
from dispatch.recalling import area_contexts, case_of, day_of, place_names
from dispatch.triage.contexts import EVERYWHERE, contexts_of
from dispatch.triage.examples import Case
from dispatch.triage.memory import HALF_LIVES, faded, role_of
from kernel.deeds import deed
from organizations.queries import unit_names
from petitions.models import Petition

FORGOTTEN_AFTER = 6  # half-lives of the long memory: less than two hundredths of a single case are left
LONGEST_ROLE = 80
DAY_SECONDS = 86_400
Key = tuple[str, str, str]

FADED = "held.{0} * power(0.5, greatest(0, extract(epoch FROM %s - held.counted_at)) / %s)"
ADD = f"""
INSERT INTO dispatch_triagecount AS held (subject, context, answer, weight, fresh, counted_at)
SELECT t.subject, t.context, t.answer, t.weight, t.fresh, %s
  FROM unnest(%s::text[], %s::text[], %s::text[], %s::float8[], %s::float8[])
       AS t(subject, context, answer, weight, fresh)
ON CONFLICT (subject, context, answer) DO UPDATE SET
  weight = {FADED.format("weight")} + excluded.weight,
  fresh = {FADED.format("fresh")} + excluded.fresh,
  counted_at = greatest(held.counted_at, excluded.counted_at)
"""  # noqa: S608  (names of columns, nothing from outside)
TAKE = f"""
UPDATE dispatch_triagecount AS held SET
  weight = greatest(0, {FADED.format("weight")} - t.weight),
  fresh = greatest(0, {FADED.format("fresh")} - t.fresh),
  counted_at = greatest(held.counted_at, %s)
  FROM unnest(%s::text[], %s::text[], %s::text[], %s::float8[], %s::float8[])
       AS t(subject, context, answer, weight, fresh)
 WHERE (held.subject, held.context, held.answer) = (t.subject, t.context, t.answer)
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Sent:
    """A petition that went to a unit at an instant."""

    petition_id: UUID
    unit_id: int
    at: datetime


@deed
def remember(*, given: Sequence[tuple[Petition, Sent]], taken_back: datetime | None = None) -> None:
    """Count cases in each of their contexts; `taken_back`: take what is left of them away at that instant."""
    if not given:
        return
    names = place_names([petition for petition, _ in given])
    units = unit_names(unit_ids={sent.unit_id for _, sent in given})
    sums: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for petition, sent in given:
        left = faded(max(0.0, day_of(taken_back) - day_of(sent.at))) if taken_back else (1.0, 1.0)
        for key in _keys(petition, case_of(petition=petition, at=sent.at, names=names), sent, units):
            sums[key][0] += left[0]
            sums[key][1] += left[1]
    _write(sums, at=taken_back or max(sent.at for _, sent in given), add=taken_back is None)


def _keys(petition: Petition, case: Case, sent: Sent, units: dict[int, str]) -> list[Key]:
    """Everything that remembers this case."""
    role = role_of(unit=units.get(sent.unit_id, ""), names=case.names)[:LONGEST_ROLE]
    keys: list[Key] = [(Subject.UNIT.value, EVERYWHERE, str(sent.unit_id))]
    for context in contexts_of(case).values():
        keys.append((Subject.UNIT.value, context, str(sent.unit_id)))
        keys.append((Subject.ROLE.value, context, role))
    if petition.category_id:
        for area in area_contexts(township=petition.township_code, village=petition.village_code):
            keys.append((Subject.CATEGORY.value, area, petition.category_id))
    return keys


def _write(sums: dict[Key, list[float]], *, at: datetime, add: bool) -> None:
    """One statement, its rows in order: two workers take them alike."""
    rows = sorted(sums.items())
    columns: list[list[str]] = [[key[part] for key, _ in rows] for part in range(3)]
    counts = [[pair[0] for _, pair in rows], [pair[1] for _, pair in rows]]
    fading: list[datetime | float] = [at, HALF_LIVES[0] * DAY_SECONDS, at, HALF_LIVES[1] * DAY_SECONDS]
    with connection.cursor() as cursor:
        if add:
            cursor.execute(ADD, [at, *columns, *counts, *fading])
        else:
            cursor.execute(TAKE, [*fading, at, *columns, *counts])


@deed
def forget(*, at: datetime) -> int:
    """Sweep what has faded away; returns how many rows."""
    gone, _ = TriageCount.objects.filter(counted_at__lt=at - timedelta(days=HALF_LIVES[0] * FORGOTTEN_AFTER)).delete()
    return gone
