"""A handful of admissions and one-off tasks, one in each state, made by the deeds themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from django.utils import timezone

from governance.demo import files
from kernel.actors import Actor
from organizations.models import Matter, Unit, User
from organizations.queries import actor_of
from registry.admission.choices import Outcome, Stance, State, TaskState
from registry.admission.proposals import Money, Proposal, Side, Step, TaskProposal
from registry.models import AdHocTask, Admission
from registry.services.adhoc import applying as task_applying
from registry.services.adhoc import deciding as task_deciding
from registry.services.admission import applying, consulting, deciding, opining, reviewing

Row = Mapping[str, str]
COUNTY_CODE = "370404"
ANSWERED = 2  # townships that have answered so far where the rest is still waited for
DOCUMENT = "峄政办字〔{year}〕{number}号"  # zh: documents of the district are numbered so
FINDING = "依据明确，权责清楚，确有必要，同意征求镇街意见。"  # zh: what the keeper of the list writes
REFUSAL = "属部门法定专业职责，不得转由镇街承担，不予通过。"  # zh: what the keeper of the list writes
MINUTES = "经会商，部门同意增加经费并承担夜间保障，镇街同意承接。"  # zh: what the minutes say
PEOPLE = "部门分管负责人、镇街分管负责人、编办负责人"  # zh: who sits together
FOUND, ACTED = "巡查发现并登记", "核实处置并反馈"  # zh: steps of a process


def make_admissions(*, at: datetime) -> None:
    """Admissions on their way, in force and refused, and one-off tasks, as the last two months left them."""
    units = dict(Unit.objects.values_list("code", "pk"))
    for row in files.rows(files.WORDS / "admissions.csv"):
        _admission(row, units, start=at - timedelta(days=int(row["days_ago"])))
    for row in files.rows(files.WORDS / "adhoc_tasks.csv"):
        _task(row, units, start=at - timedelta(days=int(row["days_ago"])))


def _actor(username: str, at: datetime) -> Actor:
    return actor_of(User.objects.get(username=username), at=at)


def _handler(code: str, at: datetime) -> Actor:
    """Whoever works for a department of the county."""
    return _actor(code.split("-")[-1].lower(), at)


def _officer(township: Unit, at: datetime) -> Actor:
    return _actor(f"officer{township.area_id.removeprefix(COUNTY_CODE)[:3]}", at)


def _admission(row: Row, units: Mapping[str, int], *, start: datetime) -> None:
    case = applying.apply(proposal=_proposal(row, units), actor=_handler(row["applicant"], start), at=start)
    reviewed, ending = start + timedelta(days=1), row["ending"]
    keeper = _actor("keeper", reviewed)
    if ending == State.REFUSED:
        reviewing.reject(admission_id=case.pk, reason=REFUSAL, actor=keeper, at=reviewed)
    if ending in (State.REFUSED, State.APPLIED):
        return
    reviewing.review(admission_id=case.pk, finding=FINDING, actor=keeper, at=reviewed)
    _opinions(case, objected=ending in (State.DISPUTED, State.READY), every=ending != State.ASKED, at=reviewed)
    if ending == State.READY:
        _consult(case, units[row["applicant"]], at=reviewed + timedelta(days=14))
    if ending == State.IN_FORCE:
        _approve(case, at=reviewed + timedelta(days=10))


def _proposal(row: Row, units: Mapping[str, int]) -> Proposal:
    plain = ("into", "grid_work", "name", "domain", "lead_duty", "township_duty", "safeguards", "powers", "basis")
    said: dict[str, Any] = {name: row[name] for name in plain}
    sides = (Side(unit_id=units[row["side"]], duty=row["side_duty"]),) if row["side"] else ()
    place = "village_of_place" if row["into"] == "grid" else "township_of_place"
    return Proposal(
        applicant_id=units[row["applicant"]],
        lead_unit_id=units[row["applicant"]],
        matter_id=Matter.objects.get(code=row["matter"]).pk if row["matter"] else None,
        sides=sides,
        township_role="assist",
        steps=(Step(title=FOUND, who=place), Step(title=ACTED, who="lead", limit_value=3, limit_unit="workday")),
        limit_value=int(row["limit_value"]),
        limit_unit="workday",
        money=_money(row, per=row["money_per"]),
        reason=row["reason"],
        **said,
    )


def _money(row: Row, *, per: str) -> Money:
    return Money(amount=Decimal(row["money_amount"]), per=per, source=row["money_source"])


def _opinions(case: Admission, *, objected: bool, every: bool, at: datetime) -> None:
    """One township after the other, a few hours apart; the first objects where anybody does."""
    texts = files.words_by("township_opinions", key="stance", column="text")
    willing = cycle([(stance, text) for stance in (Stance.AGREES, Stance.CONDITIONS) for text in texts[stance]])
    townships = list(Unit.objects.filter(pk__in=case.townships).order_by("area_id"))
    for number, township in enumerate(townships if every else townships[:ANSWERED], start=1):
        moment = at + timedelta(hours=6 * number)
        said = (Stance.OBJECTS, texts[Stance.OBJECTS][0]) if objected and number == 1 else next(willing)
        officer = _officer(township, moment)
        opining.opine(admission_id=case.pk, stance=said[0], text=said[1], actor=officer, at=moment)


def _consult(case: Admission, department: int, *, at: datetime) -> None:
    consulting.consult(
        admission_id=case.pk,
        held_on=timezone.localtime(at).date(),
        present=[department, *case.townships],
        people=PEOPLE,
        minutes=MINUTES,
        outcome=Outcome.AGREED,
        changes={"money_amount": case.money_amount * 2},
        actor=_actor("keeper", at),
        at=at,
    )


def _approve(case: Admission, *, at: datetime) -> None:
    today = timezone.localtime(at).date()
    deciding.approve(
        admission_id=case.pk,
        document=DOCUMENT.format(year=today.year, number=18),
        effective=today + timedelta(days=1),
        review_on=today + timedelta(days=366),
        actor=_actor("director", at),
        at=at,
    )


def _task(row: Row, units: Mapping[str, int], *, start: datetime) -> None:
    begins = timezone.localtime(start).date() + timedelta(days=2)
    prose = ("name", "content", "reason", "basis", "powers")
    said = TaskProposal(
        applicant_id=units[row["applicant"]],
        township_id=units[row["township"]],
        matter_id=None,
        money=_money(row, per="once"),
        begins_on=begins,
        ends_on=begins + timedelta(days=int(row["lasts"])),
        **{name: row[name] for name in prose},
    )
    case = task_applying.apply(task=said, actor=_handler(row["applicant"], start), at=start)
    if row["ending"] != TaskState.ASKED:
        _decided(case, row["ending"], at=start + timedelta(hours=20))


def _decided(case: AdHocTask, ending: str, *, at: datetime) -> None:
    texts = files.words_by("township_opinions", key="stance", column="text")
    officer = _officer(Unit.objects.get(pk=case.township_id), at)
    task_applying.opine(task_id=case.pk, stance=Stance.AGREES, text=texts[Stance.AGREES][0], actor=officer, at=at)
    if ending == TaskState.IN_FORCE:
        moment = at + timedelta(hours=8)
        document = DOCUMENT.format(year=timezone.localtime(moment).year, number=21)
        task_deciding.approve(task_id=case.pk, document=document, actor=_actor("director", moment), at=moment)
