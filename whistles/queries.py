"""Questions about whistles: what may be done, who is still expected, what is owed before one can be closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from kernel.actors import Actor
from kernel.permissions import Allowed, Verdict
from kernel.workflow import Move
from organizations.choices import DIGITS, AreaLevel, UnitKind
from organizations.models import Area, Unit
from whistles.choices import GATHERING, OPEN_TASKS, Attendance, Side, State, TaskState
from whistles.models import Rating, Summons, Task, Whistle
from whistles.policies import task_verdict, verdict
from whistles.workflow import ANSWER, BY_BOTH, BY_ITSELF, TASKS, WHISTLES

NOT_CALLED = (UnitKind.COMMAND_CENTER, UnitKind.MEDIATION_COMMITTEE, UnitKind.ENTERPRISE)
TOWNSHIP_DIGITS = DIGITS[AreaLevel.TOWNSHIP]
EXPECTED = frozenset({Attendance.AWAITED, Attendance.ABSENT})


def called_for(*, move: str, summonses: Iterable[Summons]) -> list[int]:
    """The units of which somebody may make a move: whom it still concerns."""
    wanted = {
        "receive": lambda one: one.received_at is None and one.attendance == Attendance.AWAITED,
        "ask_leave": lambda one: one.leave_asked_at is None and one.attendance == Attendance.AWAITED,
        "check_in": lambda one: one.attendance != Attendance.EXCUSED,
        "rate_whistle": lambda one: one.attendance != Attendance.EXCUSED,
    }.get(move, lambda one: True)
    return [one.unit_id for one in summonses if wanted(one)]


def move_verdict(*, move: str, whistle: Whistle, actor: Actor, summonses: Iterable[Summons] | None = None) -> Verdict:
    """Whether the actor may make a move of the table now."""
    row = next(row for row in WHISTLES.table if row.move == move)
    called: list[int] = []
    if row.capability == ANSWER or move in BY_BOTH:
        known = list(whistle.summonses.all()) if summonses is None else summonses
        called = called_for(move=move, summonses=known)
    if move in BY_BOTH and actor.may(ANSWER, units=called):
        return Allowed()
    return verdict(capability=row.capability, whistle=whistle, actor=actor, called=called)


def moves_of(*, whistle: Whistle, actor: Actor, summonses: Iterable[Summons] | None = None) -> list[Move]:
    """What the actor may do with a whistle now, and why not where not."""
    known = list(whistle.summonses.all()) if summonses is None else list(summonses)
    offered = WHISTLES.moves(
        state=whistle.state,
        verdict=lambda row: move_verdict(move=row.move, whistle=whistle, actor=actor, summonses=known),
    )
    return [move for move in offered if move.move not in BY_ITSELF]


def task_move_verdict(*, move: str, task: Task, actor: Actor) -> Verdict:
    """Whether the actor may make a move on a task now. The whistle of the task is read with it."""
    row = next(row for row in TASKS.table if row.move == move)
    whistle = task.whistle
    return task_verdict(
        capability=row.capability,
        move=move,
        task=task,
        place=whistle.place,
        issuer=whistle.issuer_id,
        actor=actor,
    )


def task_moves(*, task: Task, actor: Actor) -> list[Move]:
    """What the actor may do with a task now, and why not where not."""
    return TASKS.moves(state=task.state, verdict=lambda row: task_move_verdict(move=row.move, task=task, actor=actor))


def expected(*, whistle: Whistle) -> QuerySet[Summons]:
    """The summonses of those of whom nobody has come yet, excused ones left out."""
    return Summons.objects.filter(whistle=whistle, attendance__in=EXPECTED)


def open_tasks(*, whistle: Whistle) -> QuerySet[Task]:
    """The tasks that are neither confirmed nor dropped."""
    return Task.objects.filter(whistle=whistle, state__in=OPEN_TASKS)


def unscored(*, whistle: Whistle, side: str) -> QuerySet[Summons]:
    """The summonses, excused ones left out, that one side has not scored yet."""
    scored = Rating.objects.filter(summons__whistle=whistle, side=side).values("summons")
    return Summons.objects.filter(whistle=whistle).exclude(attendance=Attendance.EXCUSED).exclude(pk__in=scored)


def waiting_for(actor: Actor) -> Q:
    """The whistles that wait for something from a person: sign, attend, write, score. A condition on whistles."""
    mine = Q(pk__in=[])
    if actor.holds("whistle.issue"):
        mine |= to_decide(actor)
    if actor.holds("whistle.record"):
        mine |= to_write(actor)
    if actor.holds(ANSWER):
        mine |= to_sign_for(actor) | to_attend(actor) | to_score(actor)
    return mine


def to_decide(_actor: Actor) -> Q:
    """What was asked for and nobody has decided."""
    return Q(state=State.ASKED)


def to_write(_actor: Actor) -> Q:
    """What has begun and has no minutes."""
    return Q(state=State.ASSEMBLED)


def to_sign_for(actor: Actor) -> Q:
    """What one's units are called to and have not signed for."""
    return Q(state=State.ISSUED, pk__in=_summonses(actor).filter(received_at=None, attendance=Attendance.AWAITED))


def to_attend(actor: Actor) -> Q:
    """What one's units have signed for, or were absent at, and nobody has come to yet."""
    waiting = _summonses(actor).filter(attendance__in=EXPECTED)
    return Q(state__in=GATHERING, pk__in=waiting.exclude(received_at=None, attendance=Attendance.AWAITED))


def to_score(actor: Actor) -> Q:
    """What one's units were called to and have not scored, from the end of the last task on."""
    scored = Rating.objects.filter(side=Side.UNIT).values("summons")
    unscored_ones = _summonses(actor).exclude(attendance=Attendance.EXCUSED).exclude(pk__in=scored)
    return Q(state=State.RECORDED, scoring_from__isnull=False, pk__in=unscored_ones)


def _summonses(actor: Actor) -> QuerySet[Any]:
    """The whistles that the units one answers for are called to, by summons."""
    units = [one.unit_id for one in actor.seats if one.unit_id and ANSWER in one.capabilities]
    return Summons.objects.filter(unit__in=units, summoned_at__isnull=False).values("whistle")


def tasks_for(actor: Actor) -> Q:
    """The tasks that wait for a person: those of one's unit to be done, those at one's places to be looked at."""
    units = [one.unit_id for one in actor.seats if one.unit_id and ANSWER in one.capabilities]
    mine = Q(unit__in=units, state=TaskState.GIVEN)
    return mine | tasks_to_check(actor) if actor.holds("whistle.record") else mine


def tasks_to_do(actor: Actor) -> Q:
    """The tasks that one's units lead and have not done."""
    return Q(unit__in=actor.unit_ids, state=TaskState.GIVEN)


def tasks_to_check(_actor: Actor) -> Q:
    """The tasks that are reported done and nobody has looked at."""
    return Q(state=TaskState.REPORTED)


def tasks_of(*, whistle: Whistle) -> QuerySet[Task]:
    """All tasks of a whistle in order, with their units."""
    rows: QuerySet[Task] = Task.objects.filter(whistle=whistle).select_related("unit", "reported_by")
    return rows.prefetch_related("helpers").order_by("number")


def whistles_of(*, petition_id: Any, actor: Actor) -> QuerySet[Whistle]:
    """The whistles that were blown for a petition and that the actor may see, newest first, counted."""
    found: QuerySet[Whistle] = Whistle.objects.visible_to(actor).counted().filter(petition_id=petition_id)
    return found.order_by("-opened_at")


def areas_for(*, prefix: str) -> QuerySet[Area]:
    """Where one may call to: the areas inside one's own ground, the widest first."""
    return Area.objects.inside(prefix).order_by("code")


def units_for(*, prefix: str, caller: int) -> QuerySet[Unit]:
    """Whom a page offers: everybody who can be called, of villages only those of a township that is named."""
    found = callable_units(caller=caller)
    villages = Q(kind=UnitKind.VILLAGE)
    within = villages & Q(area__code__startswith=prefix) if len(prefix) >= TOWNSHIP_DIGITS else Q(pk__in=[])
    return found.filter(~villages | within).order_by("kind", "name", "pk")


def callable_units(*, caller: int | None) -> QuerySet[Unit]:
    """The units that may be called: whoever calls comes anyway, and centres and committees have nobody to send."""
    found: QuerySet[Unit] = Unit.objects.working().exclude(kind__in=NOT_CALLED).exclude(pk=caller or 0)
    return found
