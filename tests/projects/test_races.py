"""Two at once: one deed is done, the other is told so."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.chains import verify_all
from kernel.models import Event
from kernel.timers import fire_due, fire_everything
from projects.models import Bulletin, DateChange, Escalation, MonthReport, Project
from projects.services import bulletins, drafting, milestones, months, moving, reporting
from tests.projects import steps
from tests.projects.steps import DAY
from tests.races import at_once, tried
from tests.world import MONDAY, at, build

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


@pytest.fixture
def county():
    return build()


def test_a_report_is_filed_once(county):
    project = steps.running(county)
    report = steps.opened(project.plan, on=at("2026-12-01 00:01")).reports.get()
    on = at("2026-12-02 09:00")
    people = [county.actor(name, on=on) for name in ("urban_handler", "urban_head") * 2]

    def file(actor):
        return lambda: tried(lambda: reporting.file(report_id=report.pk, account=steps.account(), actor=actor, at=on))

    assert sorted(at_once([file(actor) for actor in people])) == ["done", "filed", "filed", "filed"]


def test_a_milestone_is_confirmed_or_sent_back(county):
    milestone = steps.running(county).milestones.get()
    steps.reached(county, milestone, on=MONDAY)
    actors = [county.actor("dispatcher"), county.actor("verifier")]
    found = at_once(
        [
            lambda: tried(lambda: milestones.confirm(milestone_id=milestone.pk, actor=actors[0], at=MONDAY)),
            lambda: tried(
                lambda: milestones.send_back(milestone_id=milestone.pk, note="x", actor=actors[1], at=MONDAY)
            ),
        ]
    )
    assert sorted(found) == ["done", "wrong_state"]


def test_another_day_is_asked_for_once_and_decided_once(county):
    milestone = steps.running(county).milestones.get()
    owner = [county.actor("urban_handler"), county.actor("urban_head")]

    def ask(actor):
        return lambda: tried(
            lambda: moving.ask_move(
                milestone_id=milestone.pk, to_day=date(2026, 12, 24), reason="雨", actor=actor, at=MONDAY
            )
        )

    assert sorted(at_once([ask(actor) for actor in owner])) == ["done", "not_allowed"]
    judges = [county.actor("director"), county.actor("leader")]
    found = at_once(
        [
            lambda: tried(lambda: moving.grant(milestone_id=milestone.pk, actor=judges[0], at=MONDAY)),
            lambda: tried(lambda: moving.refuse(milestone_id=milestone.pk, note="x", actor=judges[1], at=MONDAY)),
        ]
    )
    assert sorted(found) == ["done", "not_allowed"]
    assert DateChange.objects.count() == 1


def test_a_code_is_given_once(county):
    of = steps.ready(county)
    actors = [county.actor("dispatcher"), county.actor("dispatcher2")]
    deeds = [
        lambda actor=actor: tried(
            lambda: drafting.draft(plan_id=of.pk, said=steps.said(county, of), actor=actor, at=MONDAY)
        )
        for actor in actors
    ]
    assert sorted(at_once(deeds)) == ["code_taken", "done"]
    assert Project.objects.count() == 1


def both(*deeds):
    return at_once([lambda deed=deed: tried(deed) for deed in deeds])


def test_a_milestone_that_is_reported_while_its_day_is_changed_is_judged_by_the_day_that_holds(county):
    of, on, reached = steps.ready(county), at("2026-11-24 09:00"), date(2026, 11, 23)
    for number in range(ROUNDS):
        project = steps.running(county, of=of, code=f"R-{number}")  # promised for the 20th
        milestone = project.milestones.get()
        steps.asked_move(county, milestone, to=date(2026, 12, 24), on=MONDAY)
        owner, director = county.actor("urban_handler", on=on), county.actor("director", on=on)
        said = {"evidence": "中标通知书", "done_on": reached, "actor": owner, "at": on}
        found = both(
            lambda milestone=milestone, said=said: milestones.report(milestone_id=milestone.pk, **said),
            lambda milestone=milestone, director=director: moving.grant(
                milestone_id=milestone.pk, actor=director, at=on
            ),
        )
        assert found in (["done", "done"], ["done", "wrong_state"])
        granted = found[1] == "done"
        milestone.refresh_from_db()
        assert (milestone.state, milestone.moved, milestone.due_on) == (
            ("reported", 1, date(2026, 12, 24)) if granted else ("reported", 0, date(2026, 11, 20))
        )
        assert milestone.late is not granted  # reached on the 23rd
        reported = Event.objects.get(case_id=project.pk, name="project.milestone_reported").payload
        assert reported["on_time"] is granted
        assert steps.armed(project.pk) == ["project.confirm", "project.finish"]
        if not granted:  # what was asked for is open still, and nothing to be decided on a milestone that is reported
            assert DateChange.objects.get(milestone=milestone).granted is None
    assert all(one.intact for one in verify_all())


def test_another_day_is_not_asked_for_a_milestone_that_is_reported(county):
    milestone = steps.running(county).milestones.get()
    found = both(
        lambda: steps.reached(county, milestone, on=MONDAY),
        lambda: steps.asked_move(county, milestone, by="urban_head", to=date(2026, 12, 24), on=MONDAY),
    )
    assert found in (["done", "done"], ["done", "wrong_state"])
    assert DateChange.objects.count() == found.count("done") - 1
    milestone.refresh_from_db()
    assert (milestone.state, milestone.due_on, milestone.late) == ("reported", date(2026, 11, 20), False)


def test_a_report_at_its_last_instant_is_there_or_missing(county):
    of, opens = steps.ready(county), at("2026-12-01 00:01")
    projects = [steps.running(county, date(2027, 1, 20), of=of, code=f"M-{number}") for number in range(6)]
    month = steps.opened(of, on=opens)
    due, filing = month.due_at, projects[:4]
    fire_everything(at=due - DAY)
    reports = {one.pk: month.reports.get(project=one) for one in projects}
    found = both(
        *(lambda one=one: steps.filed(county, reports[one.pk], on=due) for one in filing),
        *[lambda: fire_due(at=due)] * 3,
    )
    assert found == ["done"] * len(found)  # late or not, what is owed is taken
    month.refresh_from_db()
    assert month.closed_at == due
    for one in projects:
        report = reports[one.pk]
        report.refresh_from_db()
        names = steps.names(one.pk)
        assert names.count("report_missing") == (1 if report.missed_at else 0)
        if one not in filing:
            assert (report.filed_at, report.missed_at) == (None, due)
            continue
        told = Event.objects.get(case_id=one.pk, name="project.reported").payload
        assert (report.filed_at, told["on_time"]) == (due, report.missed_at is None)
        # Missing first, and then filed: nobody is told once more.
        assert "project.missing" not in steps.armed(one.pk)
        assert Escalation.objects.filter(subject=report.pk).count() == (1 if report.missed_at else 0)
    assert all(one.intact for one in verify_all())


def drawn(county):
    of, on = steps.ready(county), at("2027-01-04 09:00")
    steps.running(county, of=of)
    return bulletins.draw(plan_id=of.pk, span="quarter", day=date(2026, 12, 1), actor=county.actor("director"), at=on)


def publishing(county, bulletin, who, *, remarks="总体可控。", on=None):
    when = on or at("2027-01-04 10:00")
    actor = county.actor(who, on=when)
    return lambda: bulletins.publish(bulletin_id=bulletin.pk, remarks=remarks, actor=actor, at=when)


def test_a_bulletin_is_published_once(county):
    bulletin = drawn(county)
    people = ("director", "supervisor") * 3
    found = both(*(publishing(county, bulletin, who, remarks=f"{who}意见") for who in people))
    assert sorted(found) == ["done", *["published"] * (len(people) - 1)]
    bulletin.refresh_from_db()
    assert bulletin.remarks == f"{bulletin.published_by.username}意见"
    assert Event.objects.filter(case_id=bulletin.pk, name="project.bulletin_published").count() == 1


def test_a_bulletin_that_is_drawn_anew_while_it_is_published_says_what_its_digest_proves(county):
    bulletin = drawn(county)
    steps.running(county, of=bulletin.plan, code="A-002")
    director, when = county.actor("director"), at("2027-01-04 10:00")
    redrawing = {"plan_id": bulletin.plan_id, "span": "quarter", "day": date(2026, 12, 1), "actor": director}
    found = both(publishing(county, bulletin, "supervisor"), lambda: bulletins.draw(**redrawing, at=when))
    assert found in (["done", "done"], ["done", "published"])
    bulletin.refresh_from_db()
    rows = list(bulletin.rows.all())
    assert len(rows) == found.count("done")  # published with the second project, or before it
    assert bulletin.digest == bulletins.digest_of(rows)
    said = Event.objects.get(case_id=bulletin.pk, name="project.bulletin_published").payload
    assert said["digest"] == bulletin.digest


def test_a_bulletin_is_drawn_up_once_by_two_who_begin_it(county):
    of, on = steps.ready(county), at("2027-01-04 09:00")
    steps.running(county, of=of)
    actor = county.actor("director")
    draw = lambda: bulletins.draw(plan_id=of.pk, span="half", day=date(2026, 12, 1), actor=actor, at=on)  # noqa: E731
    assert both(*[draw] * 4) == ["done"] * 4
    bulletin = Bulletin.objects.get()
    assert (bulletin.version, bulletin.rows.count()) == (4, 1)


def test_a_month_is_opened_once(county):
    project, opens = steps.running(county), at("2026-12-01 00:01")
    found = at_once([lambda: months.open_months(due=[(project.plan_id, opens)], at=opens)] * 4)
    assert sum(found) == 1
    assert MonthReport.objects.count() == 1
