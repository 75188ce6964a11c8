"""What is learnt from in this deployment: its own words, its decided cases, and where they went."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.models import TriageModel, WorkOrder
from dispatch.models.triage import LearntFrom
from dispatch.recalling import case_of, place_names
from dispatch.services.keeping import keep_model
from dispatch.services.remembering import forget
from dispatch.triage.examples import Case, Example
from dispatch.triage.features import plain
from dispatch.triage.training import train
from dispatch.triage.units import UnitLearner
from dispatch.triage.words import KNOWN_FROM
from petitions.models import Category, Petition

MOST_ROUTED = 5_000  # cases from which it is learnt how far each memory of units is believed
OWN_WORDS = KNOWN_FROM  # times that the project's own words are said, so that they are learnt and may be shown


def learn(*, most: int, at: datetime) -> TriageModel:
    """Learn from the newest `most` cases and keep the model as the newest one."""
    real = own_cases(most=most)
    texts = train([*own_words(), *real])
    routed = own_routes(most=MOST_ROUTED)
    forget(at=at)
    return keep_model(
        texts=texts,
        trust=_believed(routed),
        origin=LearntFrom.CASES if real else LearntFrom.START,
        cases=len(real),
        figures={"certain_from": texts.sure_at, "routed": len(routed)},
        at=at,
    )


def own_words() -> list[Example]:
    """What the project itself says about each category: its name, those above it, key words, the matter of the list."""
    rows = Category.objects.filter(active=True, level=3).select_related("matter", "parent__parent").order_by("code")
    found = []
    for row in rows:
        above = [one.name for one in (row.parent, row.parent.parent if row.parent else None) if one]
        words = [row.name, *row.keywords.split("|"), row.matter.name if row.matter else "", *above]
        text = "，".join(dict.fromkeys(word for word in words if word))
        found += [Example(text=text, label=row.code, group=row.code, given=True)] * OWN_WORDS
    return found


def own_cases(*, most: int) -> list[Example]:
    """The newest cases that were accepted with a category. Those that say the same, or were joined, are one group."""
    rows = (
        Petition.objects.filter(category__active=True, category__level=3, accepted_at__isnull=False)
        .order_by("-filed_at", "-pk")
        .values_list("pk", "title", "description", "category_id", "joined_to_id")[:most]
    )
    return [
        Example(text=f"{title} {text}", label=code, group=_group(text, main)) for pk, title, text, code, main in rows
    ]


def _group(text: str, joined_to: UUID | None) -> str:
    if joined_to is not None:
        return str(joined_to)
    return hashlib.sha256(plain(text).encode()).hexdigest()[:24]


def own_routes(*, most: int) -> list[tuple[Case, Any, str]]:
    """The newest orders in the order of time: the case, the unit and its name."""
    rows = WorkOrder.objects.order_by("-assigned_at", "-pk").select_related("petition", "unit")[:most]
    orders = list(reversed(rows))
    names = place_names([one.petition for one in orders])
    return [
        (case_of(petition=one.petition, at=one.assigned_at, names=names), str(one.unit_id), one.unit.name)
        for one in orders
    ]


def _believed(routed: Iterable[tuple[Case, Any, str]]) -> list[list[float]]:
    learner = UnitLearner()
    for case, unit, name in routed:
        learner.learn(case=case, unit=unit, name=name)
    return [[round(float(one), 5) for one in row] for row in learner.trust]
