"""Stories of key work, with the real relay and a moved clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kernel.chains import verify_case
from kernel.errors import Conflict, Invalid, NotAllowed, Stale, WrongState
from kernel.relay import deliver_everything
from kernel.timers import fire_everything
from organizations.choices import Role
from organizations.models import Posting
from projects.models import Escalation, Milestone, MonthReport, Project
from projects.services import drafting, ending, milestones, months, moving, stopping, tasks
from tests.projects import steps
from tests.world import MONDAY, START, at

pytestmark = pytest.mark.django_db
LATE = at("2026-11-21 00:30")  # the milestone was due on the 20th, a Friday


def go(on):
    """The clocks strike up to an instant, and what they caused is delivered."""
    fire_everything(at=on)
    deliver_everything(at=on)


def test_a_project_from_the_draft_to_done(world):
    project = steps.running(world, date(2026, 11, 20), date(2026, 12, 20))
    assert steps.armed(project.pk) == ["project.finish", "project.milestone", "project.milestone"]
    one, two = project.milestones.order_by("number")
    on = MONDAY + timedelta(days=2)
    steps.reached(world, one, on=on)
    assert steps.told(world, "dispatcher") == ["to_check"]
    with pytest.raises(NotAllowed):  # nobody confirms for the centre but the centre
        steps.confirmed(world, one, by="urban_handler", on=on)
    steps.confirmed(world, one, on=on)
    with pytest.raises(Conflict) as refused:  # not before every milestone is confirmed
        ending.ask_done(project_id=project.pk, note="完工", actor=world.actor("urban_handler", on=on), at=on)
    assert refused.value.code == "milestones_open"
    steps.reached(world, two, on=on)
    steps.confirmed(world, two, on=on)
    ending.ask_done(project_id=project.pk, note="完工", actor=world.actor("urban_handler", on=on), at=on)
    back = ending.send_back(project_id=project.pk, note="缺验收报告", actor=world.actor("verifier", on=on), at=on)
    assert (back.state, back.sent_back) == ("running", 1)
    ending.ask_done(project_id=project.pk, note="已补", actor=world.actor("urban_handler", on=on), at=on)
    over = ending.accept(project_id=project.pk, actor=world.actor("verifier", on=on), at=on)
    assert over.state == "done"
    assert steps.armed(project.pk) == []
    assert steps.names(project.pk)[-4:] == ["asked_done", "sent_back", "asked_done", "done"]
    assert "decided" in steps.told(world, "urban_head")
    assert verify_case(case_id=project.pk).intact


def test_it_begins_with_a_milestone_only_and_with_a_person_of_the_owner(world):
    project = steps.drafted(world)
    with pytest.raises(Invalid):
        drafting.begin(project_id=project.pk, actor=world.actor("dispatcher"), at=MONDAY)
    with pytest.raises(Invalid) as wrong:
        steps.drafted(world, project.plan, code="A-2", person=world.users["water_handler"].pk)
    assert "person" in wrong.value.fields
    with pytest.raises(Invalid) as wrong:
        steps.drafted(world, project.plan, code="A-2", leader=world.users["urban_handler"].pk)
    assert "leader" in wrong.value.fields
    with pytest.raises(Conflict) as taken:
        steps.drafted(world, project.plan)
    assert taken.value.code == "code_taken"


def test_a_milestone_that_is_late_climbs_each_rung_once(world):
    project = steps.running(world)
    go(LATE)
    milestone = project.milestones.get()
    assert (milestone.late, milestone.rung) == (True, 1)
    assert "late" in steps.told(world, "urban_head")
    assert "late" not in steps.told(world, "leader")
    go(LATE + timedelta(hours=1))
    assert Escalation.objects.filter(subject=milestone.pk).count() == 1
    go(at("2026-11-26 23:00"))  # three working days later
    assert steps.told(world, "leader").count("late") == 1
    go(at("2026-12-20 12:00"))
    assert list(Escalation.objects.filter(subject=milestone.pk).values_list("rung", flat=True)) == [1, 2]
    reported = steps.reached(world, milestone, on=at("2026-12-20 13:00"), since=date(2026, 11, 19))
    assert reported.late  # it was told as late, whatever is said of the day afterwards


def test_another_day_is_granted_by_somebody_else_and_the_first_stays(world):
    project = steps.running(world)
    milestone = project.milestones.get()
    steps.asked_move(world, milestone, to=date(2026, 12, 10), on=MONDAY)
    assert "to_check" in steps.told(world, "leader")
    with pytest.raises(NotAllowed):  # once is enough
        steps.asked_move(world, milestone, to=date(2026, 12, 11), on=MONDAY)
    with pytest.raises(NotAllowed):
        steps.granted(world, milestone, on=MONDAY, by="urban_handler")
    moved = steps.granted(world, milestone, on=MONDAY, by="leader")
    assert (moved.first_due, moved.due_on, moved.moved) == (date(2026, 11, 20), date(2026, 12, 10), 1)
    go(LATE)
    assert Milestone.objects.get().late is False
    go(at("2026-12-11 00:10"))
    assert Milestone.objects.get().late is True


def test_a_refused_day_changes_nothing(world):
    project = steps.running(world)
    milestone = project.milestones.get()
    steps.asked_move(world, milestone, to=date(2026, 12, 10), on=MONDAY)
    moving.refuse(milestone_id=milestone.pk, note="工期不变", actor=world.actor("director"), at=MONDAY)
    milestone.refresh_from_db()
    assert (milestone.due_on, milestone.moved) == (date(2026, 11, 20), 0)
    with pytest.raises(NotAllowed):
        steps.granted(world, milestone, on=MONDAY)


def test_what_is_sent_back_keeps_its_day(world):
    project = steps.running(world)
    milestone = steps.reached(world, project.milestones.get(), on=MONDAY)
    back = milestones.send_back(milestone_id=milestone.pk, note="无公示", actor=world.actor("dispatcher"), at=MONDAY)
    assert (back.state, back.due_on, back.sent_back) == ("planned", date(2026, 11, 20), 1)
    go(LATE)
    assert "late" in steps.told(world, "urban_head")


def test_a_month_is_reported_reminded_missed_and_held(world):
    of = steps.ready(world)
    first = steps.running(world, date(2027, 1, 20), of=of)
    second = steps.running(world, date(2027, 1, 20), of=of, code="A-002")
    go(at("2026-12-01 00:01"))
    month = of.months.get()
    assert (month.month, month.reports.count()) == (date(2026, 11, 1), 2)
    assert f"{month.due_at.astimezone(MONDAY.tzinfo):%m-%d}" == "12-07"  # the fifth working day
    steps.filed(world, month.reports.get(project=first), on=at("2026-12-02 10:00"))
    go(at("2026-12-04 09:00"))
    assert steps.told(world, "urban_handler").count("owed") == 1  # of one project; the other has reported
    go(at("2026-12-08 00:01"))
    missing = month.reports.get(project=second)
    assert missing.missed_at is not None
    assert month.reports.get(project=first).missed_at is None
    assert "late" in steps.told(world, "urban_head")
    assert "late" not in steps.told(world, "leader")
    go(at("2026-12-11 23:00"))
    assert steps.told(world, "leader").count("late") == 1
    late = steps.filed(world, missing, on=at("2026-12-12 10:00"))
    assert late.missed_at == missing.missed_at
    with pytest.raises(Conflict):
        steps.filed(world, missing, on=at("2026-12-12 10:05"))
    month.refresh_from_db()
    held = months.hold(
        month_id=month.pk, remarks="总体平稳", actor=world.actor("dispatcher"), at=at("2026-12-12 15:00")
    )
    assert held.state == "held"
    with pytest.raises(WrongState):
        months.hold(month_id=month.pk, remarks="再次", actor=world.actor("dispatcher"), at=at("2026-12-12 16:00"))
    assert steps.names(second.pk).count("report_missing") == 1
    go(at("2027-01-01 00:01"))
    assert of.months.count() == 2


def test_a_report_says_what_is_asked_of_whom_or_neither(world):
    project = steps.running(world)
    month = steps.opened(project.plan, on=at("2026-12-01 00:01"))
    report = month.reports.get()
    with pytest.raises(Invalid) as wrong:
        steps.filed(world, report, on=at("2026-12-02 09:00"), wanted="协调用地")
    assert "wanted_unit" in wrong.value.fields
    with pytest.raises(NotAllowed):
        steps.filed(world, report, on=at("2026-12-02 09:00"), by="water_handler")
    steps.filed(world, report, on=at("2026-12-02 09:00"), wanted="协调用地", wanted_unit=world.units["east_town"].pk)
    assert MonthReport.objects.get().wanted_unit == world.units["east_town"]


def test_an_instruction_is_replied_to_checked_and_late(world):
    project = steps.running(world)
    on = MONDAY
    task = steps.instructed(world, project, on=on, due=date(2026, 11, 18))
    assert "instructed" in steps.told(world, "east_officer")
    with pytest.raises(NotAllowed):  # it is asked of the township, not of the owner
        tasks.reply(task_id=task.pk, reply="已办", actor=world.actor("urban_handler"), at=on)
    go(at("2026-11-19 00:01"))
    assert "late" in steps.told(world, "east_head")
    assert "late" not in steps.told(world, "urban_head")
    done = tasks.reply(task_id=task.pk, reply="已办", actor=world.actor("east_officer"), at=at("2026-11-19 09:00"))
    assert done.late
    back = tasks.send_back(task_id=task.pk, note="缺清单", actor=world.actor("dispatcher"), at=at("2026-11-19 10:00"))
    assert (back.state, back.late) == ("given", True)
    tasks.reply(task_id=task.pk, reply="附清单", actor=world.actor("east_officer"), at=at("2026-11-19 11:00"))
    over = tasks.settle(task_id=task.pk, actor=world.actor("director"), at=at("2026-11-19 12:00"))
    assert over.state == "settled"
    assert steps.armed(project.pk) == ["project.finish", "project.milestone"]


def test_a_suspended_project_owes_nothing_and_is_not_late(world):
    project = steps.running(world)
    with pytest.raises(NotAllowed):
        stopping.suspend(
            project_id=project.pk, note="停", until=date(2026, 12, 20), actor=world.actor("dispatcher"), at=MONDAY
        )
    stopping.suspend(
        project_id=project.pk, note="等待规划调整", until=date(2026, 12, 20), actor=world.actor("leader"), at=MONDAY
    )
    assert steps.armed(project.pk) == ["project.resume"]
    go(at("2026-12-08 00:01"))
    assert Milestone.objects.get().late is False
    assert project.plan.months.get().reports.count() == 0
    go(at("2026-12-21 00:01"))
    assert "late" in steps.told(world, "director")
    on = at("2026-12-21 10:00")
    stopping.resume(project_id=project.pk, note="规划已批", actor=world.actor("leader", on=on), at=on)
    go(on + timedelta(minutes=1))
    assert Milestone.objects.get().late is True  # the day that was promised has passed
    ended = stopping.end(project_id=project.pk, note="取消立项", actor=world.actor("director", on=on), at=on)
    assert ended.state == "ended"
    assert steps.armed(project.pk) == []


def test_who_has_seen_another_version_is_told(world):
    project = steps.running(world)
    with pytest.raises(Stale):
        stopping.end(project_id=project.pk, note="停", actor=world.actor("director"), at=MONDAY, version=1)


def test_other_people_are_named_with_a_trace(world):
    project = steps.running(world)
    head = world.users["urban_head"].pk
    actor = world.actor("dispatcher")
    drafting.replace(
        project_id=project.pk, person=head, leader=world.users["leader"].pk, note="调岗", actor=actor, at=MONDAY
    )
    assert Project.objects.get().person_id == head
    assert steps.names(project.pk)[-1] == "replaced"


def test_a_drafted_project_that_does_not_begin_is_told(world):
    project = steps.drafted(world)
    assert steps.armed(project.pk) == ["project.begin"]
    go(MONDAY)
    assert "late" in steps.told(world, "urban_head")
    assert list(Escalation.objects.values_list("what", flat=True)) == ["not_begun"]


@pytest.fixture
def both(world):
    """The department's handler sits at the centre as well, and may check there and rule."""
    for role in (Role.VERIFIER, Role.CENTER_DIRECTOR):
        Posting.objects.create(
            user=world.users["urban_handler"], unit=world.units["county"], role=role, valid_from=START
        )
    return world


def test_nobody_checks_what_he_reported_nor_what_his_unit_owns(both):
    project = steps.running(both, date(2026, 11, 20), date(2026, 12, 20))
    one, two = project.milestones.order_by("number")
    steps.reached(both, one, on=MONDAY)
    with pytest.raises(NotAllowed) as refused:
        steps.confirmed(both, one, by="urban_handler", on=MONDAY)
    assert refused.value.message == "申报或申请人不得自行决定。"
    steps.reached(both, two, by="urban_head", on=MONDAY)
    with pytest.raises(NotAllowed) as refused:  # a colleague of the owner has reported
        steps.confirmed(both, two, by="urban_handler", on=MONDAY)
    assert refused.value.message == "单位不得核验自己的项目。"
    with pytest.raises(NotAllowed):
        stopping.end(project_id=project.pk, note="停", actor=both.actor("urban_handler"), at=MONDAY)
    assert steps.confirmed(both, two, on=MONDAY).state == "confirmed"
