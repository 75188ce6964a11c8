"""Admissions and one-off tasks for the table of access: of the east township, one in each state that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kernel import clock
from registry.models import AdHocTask, Admission
from registry.services.adhoc import applying as task_applying
from registry.services.adhoc import deciding as task_deciding
from registry.services.admission import applying, deciding, opining, reviewing
from tests.registry.admissions import matter, proposal, task
from tests.world import World

KINDS = (Admission, AdHocTask)
Body = Callable[[World, Any], dict[str, Any]]
CREATING = ("/admissions/", "/adhoc-tasks/")
FOLLOWING = {
    "money_amount": "100.00", "money_per": "once", "money_source": "区级财政", "powers": "无", "basis": "文件",
    "reason": "需要",
}  # fmt: skip
REASON = {"reason": "情况有变"}
OPINION = {"stance": "agrees", "text": "同意"}


def day(*, after: int) -> str:
    return (timezone.localtime(clock.now()).date() + timedelta(days=after)).isoformat()


def admission(world: World, _thing: Any) -> dict[str, Any]:
    urban = world.units["urban"].pk
    return {
        **FOLLOWING, "applicant": urban, "name": "占道检查", "into": "territorial", "domain": "城乡建设",
        "matter": matter().pk, "lead_unit": urban, "lead_duty": "检查", "township_role": "assist",
        "township_duty": "巡查", "steps": [{"title": "巡查", "who": "lead"}], "limit_value": 5,
        "limit_unit": "workday", "safeguards": "培训",
    }  # fmt: skip


def one_task(world: World, _thing: Any) -> dict[str, Any]:
    return {
        **FOLLOWING, "applicant": world.units["urban"].pk, "name": "宣传二", "township": world.units["east_town"].pk,
        "content": "宣传", "begins_on": day(after=0), "ends_on": day(after=9),
    }  # fmt: skip


def consultation(world: World, _thing: Any) -> dict[str, Any]:
    return {
        "held_on": day(after=0), "present": [world.units["east_town"].pk], "people": "双方", "minutes": "一致",
        "outcome": "agreed",
    }  # fmt: skip


def approval(_world: World, _thing: Any) -> dict[str, Any]:
    return {"document": "〔2026〕1号", "effective": day(after=5), "review_on": day(after=300)}


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /admissions/": ("admission_applied", None),
    "POST /admissions/": ("admission_applied", admission),
    "GET /admissions/{pk}/": ("admission_applied", None),
    "POST /admissions/{pk}/review/": ("admission_applied", lambda *_: {"finding": "合法"}),
    "POST /admissions/{pk}/reject/": ("admission_applied", lambda *_: REASON),
    "POST /admissions/{pk}/opinions/": ("admission_asked", lambda *_: OPINION),
    "POST /admissions/{pk}/consultations/": ("admission_disputed", consultation),
    "POST /admissions/{pk}/approve/": ("admission_ready", approval),
    "POST /admissions/{pk}/refuse/": ("admission_ready", lambda *_: REASON),
    "POST /admissions/{pk}/drop/": ("admission_asked", lambda *_: REASON),
    "POST /admissions/{pk}/reassess/": (
        "admission_in_force", lambda *_: {"finding": "仍有必要", "next_on": day(after=300)},
    ),
    "POST /admissions/{pk}/end/": (
        "admission_in_force", lambda *_: {**REASON, "document": "〔2026〕2号", "effective": day(after=60)},
    ),
    "GET /adhoc-tasks/": ("task_asked", None),
    "POST /adhoc-tasks/": ("task_asked", one_task),
    "GET /adhoc-tasks/{pk}/": ("task_asked", None),
    "POST /adhoc-tasks/{pk}/opinions/": ("task_asked", lambda *_: OPINION),
    "POST /adhoc-tasks/{pk}/approve/": ("task_heard", lambda *_: {"document": "〔2026〕3号"}),
    "POST /adhoc-tasks/{pk}/refuse/": ("task_heard", lambda *_: REASON),
    "POST /adhoc-tasks/{pk}/drop/": ("task_asked", lambda *_: REASON),
    "POST /adhoc-tasks/{pk}/stop/": ("task_in_force", lambda *_: REASON),
}  # fmt: skip


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT."""
    found: dict[str, Any] = {"admission_applied": _applied(world, at)}
    for state in ("asked", "disputed", "ready", "in_force"):
        found[f"admission_{state}"] = _reviewed(world, at)
    _opine(world, found["admission_disputed"], "objects", at)
    for state in ("ready", "in_force"):
        _opine(world, found[f"admission_{state}"], "agrees", at)
    today = timezone.localtime(at).date()
    deciding.approve(
        admission_id=found["admission_in_force"].pk, document="〔2026〕1号", effective=today + timedelta(days=2),
        review_on=today + timedelta(days=200), actor=world.actor("director", on=at), at=at,
    )  # fmt: skip
    found |= {f"task_{state}": _task(world, at, state) for state in ("asked", "heard", "in_force")}
    for name in ("heard", "in_force"):
        task_applying.opine(
            task_id=found[f"task_{name}"].pk, actor=world.actor("east_officer", on=at), at=at, **OPINION
        )
    task_deciding.approve(
        task_id=found["task_in_force"].pk, document="〔2026〕4号", actor=world.actor("director", on=at), at=at
    )
    return found


def _applied(world: World, at: datetime) -> Admission:
    said = proposal(world, townships=(world.units["east_town"].pk,), sides=())
    return applying.apply(proposal=said, actor=world.actor("urban_handler", on=at), at=at)


def _reviewed(world: World, at: datetime) -> Admission:
    case = _applied(world, at)
    keeper = world.actor("keeper", on=at)
    return reviewing.review(admission_id=case.pk, finding="合法", actor=keeper, at=at)


def _opine(world: World, case: Admission, stance: str, at: datetime) -> None:
    officer = world.actor("east_officer", on=at)
    opining.opine(admission_id=case.pk, stance=stance, text="意见", actor=officer, at=at)


def _task(world: World, at: datetime, name: str) -> AdHocTask:
    today = timezone.localtime(at).date()
    said = task(world, name=f"入户宣传{name}", begins_on=today, ends_on=today + timedelta(days=20))
    return task_applying.apply(task=said, actor=world.actor("urban_handler", on=at), at=at)
