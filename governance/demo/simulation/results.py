"""What a play has come to: figures, and one digest over everything that is no random identifier."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, Q, QuerySet

from kernel.events import instant
from kernel.models import Event
from petitions.choices import Satisfaction
from petitions.models import Petition

# Salted commitments and numbers of rows differ from one database to another; what happened does not.
RANDOM = {
    "content", "reporter", "main", "unit", "from_unit", "told", "progress", "attachment", "sha256", "identity",
    "committee", "from_committee", "mediator", "before", "party", "parties", "present", "session", "agreement",
    "promise", "urging", "issuer", "request", "task", "offer", "petition", "check_in", "person", "caller", "asker",
    "asked", "referred", "helpers", "assists", "units", "officer", "center", "to", "serial",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Results:
    """Figures over the petitions of one play."""

    states: dict[str, int]
    filed: int
    handled: int
    on_time: int
    rated: int
    satisfied: int
    reworked: int
    digest: str


def results_of(*, petitions: QuerySet[Petition]) -> Results:
    """Count what has become of some petitions."""
    states = dict(petitions.values_list("state").annotate(n=Count("pk")).order_by("state"))
    content = (Satisfaction.SATISFIED, Satisfaction.BASICALLY)
    sums = petitions.aggregate(
        handled=Count("pk", filter=Q(on_time__isnull=False)),
        on_time=Count("pk", filter=Q(on_time=True)),
        rated=Count("pk", filter=~Q(satisfaction="")),
        satisfied=Count("pk", filter=Q(satisfaction__in=content)),
        reworked=Count("pk", filter=Q(round=2)),
    )
    return Results(states=states, filed=sum(states.values()), digest=digest_of(petitions=petitions), **sums)


def digest_of(*, petitions: QuerySet[Petition]) -> str:
    """SHA-256 over the events of every case, case by case in the order of filing. Equal plays have equal digests."""
    whole = hashlib.sha256()
    for number, case_id in _cases(petitions):
        whole.update(number.encode())
        rows = Event.objects.filter(case_id=case_id).order_by("seq")
        for seq, name, occurred_at, payload in rows.values_list("seq", "name", "occurred_at", "payload"):
            whole.update(orjson.dumps([seq, name, instant(occurred_at), _codes(payload)], option=orjson.OPT_SORT_KEYS))
    return whole.hexdigest()


def _cases(petitions: QuerySet[Petition]) -> Iterator[tuple[str, UUID]]:
    yield from petitions.order_by("source", "source_no", "filed_at", "pk").values_list("source_no", "pk")


def _codes(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in RANDOM}
