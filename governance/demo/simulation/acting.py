"""What follows a whistle in the play: receipts, check-ins, minutes, tasks, scores. Each act names those after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from governance.demo.chance import chance
from governance.demo.simulation.plans import Mind
from governance.demo.simulation.stage import Nobody, Stage
from kernel.actors import Actor
from organizations.choices import Role
from organizations.models import Unit
from whistles.choices import GATHERING, Attendance, Form, Side, State, TaskState
from whistles.deadlines import ABSENT_AFTER
from whistles.models import Rating, Summons, Task, Whistle
from whistles.services import answering, arriving, recording, scoring, tasks
from whistles.services.arriving import Spot
from whistles.services.recording import Minutes, Order

Act = Callable[[datetime], "Acts"]
Acts = list[tuple[datetime, Act]]

AWAY, EXCUSED, UNSIGNED, TARDY = 0.06, 0.06, 0.08, 0.15
TASK_LATE, SENT_BACK, UNSCORED = 0.12, 0.1, 0.1
LONGEST_DAYS = {"emergency": 2, "enforcement": 4, "key_work": 8}
LEAVE = "同一时段参加上级会议，已另派人员对接。"
TEXT = "会议听取了情况汇报，研究了存在的问题，明确了责任单位和完成时限。"
DECISIONS = (
    "限期完成现场整治",
    "建立日常巡查和信息共享机制",
    "问题清单由主责单位逐项销号",
    "完成情况向吹哨单位书面反馈",
)
TASKS = (
    "清理占道摊点和杂物",
    "排查隐患点位并建立台账",
    "完成管线修复和路面恢复",
    "对涉事单位立案查处",
    "向周边群众公示整改情况",
)
FOUND = {
    "清理占道摊点和杂物": "占道经营回潮，消防通道堆放杂物",
    "排查隐患点位并建立台账": "隐患台账不全，点位与现场不符",
    "完成管线修复和路面恢复": "管线开挖后路面长期未恢复",
    "对涉事单位立案查处": "涉事单位被投诉多次未立案",
    "向周边群众公示整改情况": "办理结果未向群众公示",
}
SITES = ("农贸市场东门", "老旧小区3号院", "校园周边道路", "沿街商铺后巷")
DONE = ("已按要求完成，现场照片已留存。", "已完成整改并安排专人巡查。")
LACKING = "现场仍有遗留，请继续处置。"


@dataclass(frozen=True, slots=True)
class Follow:
    """One whistle that goes on; `key` names its chances."""

    stage: Stage
    mind: Mind
    whistle_id: UUID
    key: str

    def random(self, *names: str | int) -> Random:
        """The generator of one decision about this whistle."""
        return chance(self.stage.seed, "whistle", self.key, *names)

    def about(self, deed: str, *, unit: int) -> Random:
        """The generator of one decision of a unit, named by its code: ids differ from database to database."""
        return self.random(deed, Unit.objects.values_list("code", flat=True).get(pk=unit))

    def now(self) -> Whistle:
        """The whistle as it stands."""
        return Whistle.objects.get(pk=self.whistle_id)

    def writer(self, whistle: Whistle) -> Actor:
        """The head of the township that called, or the director of the county's centre."""
        random = self.random("writer")
        found = self.stage.cast.one(unit_id=whistle.issuer_id or 0, role=Role.TOWNSHIP_HEAD, random=random)
        return found or self.stage.cast.director(random=random)

    def of_unit(self, unit_id: int, random: Random) -> Actor:
        """Somebody who may answer for a unit."""
        found = self.stage.cast.worker(unit_id=unit_id, random=random)
        found = found or self.stage.cast.one(unit_id=unit_id, role=Role.DEPARTMENT_HEAD, random=random)
        if found is None:
            raise Nobody
        return found


def following(follow: Follow) -> Acts:
    """What is still to happen to a whistle that was blown, as it stands."""
    whistle = follow.now()
    if whistle.state in GATHERING:
        return _gathering(follow, whistle)
    if whistle.state == State.RECORDED:
        return _carrying_out(follow, whistle)
    return []


def _gathering(follow: Follow, whistle: Whistle) -> Acts:
    found: Acts = []
    for summons in whistle.summonses.order_by("unit__code"):
        found += _of_unit(follow, whistle, summons)
    begun = whistle.meets_at + ABSENT_AFTER[whistle.kind]
    written = begun + timedelta(minutes=follow.random("write").uniform(25, 80))
    return [*found, (written, lambda at: _write(follow, at))]


def _of_unit(follow: Follow, whistle: Whistle, summons: Summons) -> Acts:
    """A unit signs and comes in time, late, with leave, or not at all."""
    unit, random = summons.unit_id, follow.about("unit", unit=summons.unit_id)
    lot, since = random.random(), whistle.issued_at or whistle.opened_at
    assert summons.receipt_due_at is not None  # it is blown
    span = summons.receipt_due_at - since
    sign = since + span * random.uniform(0.05, 0.95)
    found: Acts = []
    if random.random() >= UNSIGNED and summons.received_at is None:
        found.append((sign, lambda at: _receive(follow, unit, at)))
    if lot < AWAY:
        return found
    if lot < AWAY + EXCUSED and whistle.form != Form.WHISTLE:
        return [*found, (sign + span * 0.02, lambda at: _excuse(follow, unit, at))]
    tardy = random.random() < TARDY
    come = whistle.meets_at + timedelta(minutes=random.uniform(1, 24) if tardy else -random.uniform(1, 20))
    return [*found, (max(come, sign), lambda at: _arrive(follow, unit, at))]


def _receive(follow: Follow, unit: int, at: datetime) -> Acts:
    if _awaited(follow, unit, received_at=None):
        random = follow.about("receive", unit=unit)
        who = f"分管负责人等{random.randint(2, 5)}人"
        answering.receive(
            whistle_id=follow.whistle_id, attendees=who, actor=follow.of_unit(unit, random), at=at, unit_id=unit
        )
    return []


def _excuse(follow: Follow, unit: int, at: datetime) -> Acts:
    whistle = follow.now()
    if at < whistle.meets_at and _awaited(follow, unit, leave_asked_at=None):
        person = follow.of_unit(unit, follow.about("leave", unit=unit))
        answering.ask_leave(whistle_id=whistle.pk, reason=LEAVE, actor=person, at=at, unit_id=unit)
        answering.excuse(whistle_id=whistle.pk, unit=unit, actor=follow.writer(whistle), at=at)
    return []


def _awaited(follow: Follow, unit: int, **lacking: None) -> bool:
    """Whether a unit is awaited still, and has not done this already."""
    summonses = Summons.objects.filter(whistle=follow.whistle_id, unit_id=unit, attendance=Attendance.AWAITED)
    return follow.now().state == State.ISSUED and summonses.filter(**lacking).exists()


def _arrive(follow: Follow, unit: int, at: datetime) -> Acts:
    whistle, random = follow.now(), follow.about("arrive", unit=unit)
    summons = Summons.objects.get(whistle=whistle, unit_id=unit)
    if whistle.state in GATHERING and summons.arrived_at is None and summons.attendance != Attendance.EXCUSED:
        near = whistle.lng is not None and whistle.lat is not None
        spot = Spot(lng=whistle.lng, lat=whistle.lat) if near else Spot()
        person = follow.of_unit(unit, random)
        arriving.check_in(whistle_id=whistle.pk, spot=spot, actor=person, at=at, unit_id=unit)
    return []


def _write(follow: Follow, at: datetime) -> Acts:
    whistle, random = follow.now(), follow.random("minutes")
    if whistle.state != State.ASSEMBLED:
        return []
    called = whistle.summonses.exclude(attendance=Attendance.EXCUSED).order_by("unit__code")
    units = list(called.values_list("unit_id", flat=True))
    longest = LONGEST_DAYS[whistle.kind]
    given = [
        Order(
            what=what,
            unit=random.choice(units),
            limit_value=random.randint(1, longest),
            limit_unit="workday",
        )
        for what in random.sample(TASKS, random.randint(1, 3))
    ]
    with_help = [replace(one, helpers=_helpers(one, units, random), **_found(whistle, one, random)) for one in given]
    minutes = Minutes(text=TEXT, decisions=random.sample(DECISIONS, random.randint(1, 3)), tasks=with_help)
    recording.write(whistle_id=whistle.pk, minutes=minutes, actor=follow.writer(whistle), at=at)
    return following(follow)


def _found(whistle: Whistle, one: Order, random: Random) -> dict[str, Any]:
    """What an inspection found, and where, before it is put right."""
    return {"found": FOUND[one.what], "where": random.choice(SITES)} if whistle.form == Form.INSPECTION else {}


def _helpers(one: Order, units: list[int], random: Random) -> list[int]:
    others = [unit for unit in units if unit != one.unit]
    return random.sample(others, min(len(others), random.randint(0, 2)))


def _carrying_out(follow: Follow, whistle: Whistle) -> Acts:
    found: Acts = []
    for task in whistle.tasks.filter(state__in=(TaskState.GIVEN, TaskState.REPORTED)).order_by("number"):
        found += _of_task(follow, task)
    return found or _to_score(follow, whistle)


def _of_task(follow: Follow, task: Task) -> Acts:
    """The next thing that happens to a task: its report, or the look at what was reported."""
    random = follow.random("task", task.number, task.sent_back, task.state)
    if task.state == TaskState.REPORTED:
        when = follow.mind.office(task.changed_at, minutes=random.uniform(10, 300))
        return [(when, lambda at: _look(follow, task.pk, at))]
    late = random.random() < TASK_LATE
    whole = task.stage_due_at - task.changed_at
    when = task.stage_due_at + timedelta(hours=2) if late else task.changed_at + whole * random.uniform(0.2, 0.9)
    return [(follow.mind.office(when, minutes=random.uniform(1, 20)), lambda at: _report(follow, task.pk, at))]


def _report(follow: Follow, task_id: UUID, at: datetime) -> Acts:
    task = Task.objects.get(pk=task_id)
    if task.state != TaskState.GIVEN:
        return []
    random = follow.random("report", task.number, task.sent_back)
    made = tasks.report(task_id=task_id, report=random.choice(DONE), actor=follow.of_unit(task.unit_id, random), at=at)
    return _of_task(follow, made)


def _look(follow: Follow, task_id: UUID, at: datetime) -> Acts:
    task, whistle = Task.objects.get(pk=task_id), follow.now()
    if task.state != TaskState.REPORTED:
        return []
    random, writer = follow.random("look", task.number, task.sent_back), follow.writer(whistle)
    if not task.sent_back and random.random() < SENT_BACK:
        return _of_task(follow, tasks.send_back(task_id=task_id, note=LACKING, actor=writer, at=at))
    tasks.confirm(task_id=task_id, actor=writer, at=at)
    whistle = follow.now()
    return _to_score(follow, whistle) if whistle.scoring_from is not None else []


def _to_score(follow: Follow, whistle: Whistle) -> Acts:
    """Both sides score within two working days; some units never do."""
    found: Acts = []
    since = whistle.scoring_from or whistle.changed_at
    for summons in whistle.summonses.exclude(attendance=Attendance.EXCUSED).order_by("unit__code"):
        random, unit = follow.about("score", unit=summons.unit_id), summons.unit_id
        found.append((follow.mind.office(since, minutes=random.uniform(5, 400)), _scorer(follow, unit)))
        if random.random() >= UNSCORED:
            found.append((follow.mind.office(since, minutes=random.uniform(5, 800)), _scorer_back(follow, unit)))
    return found


def _scorer(follow: Follow, unit: int) -> Act:
    def act(at: datetime) -> Acts:
        whistle, random = follow.now(), follow.about("marks", unit=unit)
        summons = Summons.objects.get(whistle=whistle, unit_id=unit)
        if whistle.state == State.RECORDED and not _scored(summons, Side.ISSUER):
            came = summons.attendance != Attendance.ABSENT
            marks = (random.randint(3, 5), random.randint(3, 5)) if came else (1, random.randint(1, 3))
            writer = follow.writer(whistle)
            scoring.rate_unit(whistle_id=whistle.pk, unit=unit, response=marks[0], result=marks[1], actor=writer, at=at)
        return []

    return act


def _scorer_back(follow: Follow, unit: int) -> Act:
    def act(at: datetime) -> Acts:
        whistle, random = follow.now(), follow.about("marks back", unit=unit)
        summons = Summons.objects.get(whistle=whistle, unit_id=unit)
        if whistle.state == State.RECORDED and not _scored(summons, Side.UNIT):
            marks = (random.randint(2, 5), random.randint(3, 5))
            person = follow.of_unit(unit, random)
            scoring.rate_whistle(
                whistle_id=whistle.pk, needed=marks[0], prepared=marks[1], actor=person, at=at, unit_id=unit
            )
        return []

    return act


def _scored(summons: Summons, side: str) -> bool:
    return Rating.objects.filter(summons=summons, side=side).exists()
