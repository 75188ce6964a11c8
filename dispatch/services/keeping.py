"""Keeping learnt models: sealed, the newest few."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from dispatch.learnt import TRUST, seal_of
from dispatch.models import TriageModel
from dispatch.triage.model import TextModel
from dispatch.triage.packing import pack
from kernel.deeds import deed

KEPT = 5


@deed
def keep_model(
    *, texts: TextModel, trust: list[list[float]] | None, origin: str, cases: int, figures: dict[str, Any], at: datetime
) -> TriageModel:
    """Store a model as the newest; every process takes it up at its next suggestion. Older ones beyond five go."""
    body = pack(replace(texts, notes={**texts.notes, TRUST: trust}))
    kept = TriageModel.objects.create(
        trained_at=at,
        origin=origin,
        cases=cases,
        labels=len(set(texts.labels) - set(texts.sharpness)),
        figures=figures,
        body=body,
        seal=seal_of(body),
    )
    held = TriageModel.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    TriageModel.objects.exclude(pk__in=list(held)).delete()
    return kept
