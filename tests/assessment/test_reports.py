"""From closed cases to a published month that nothing touches."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from assessment.models import CaseFact, OrderFact, Report, ReportLine
from assessment.queries import drill, lines_of
from assessment.services import facts, reporting
from dispatch.services import opening, verifying, working
from kernel.actors import SYSTEM
from kernel.errors import Conflict, Invalid, NotAllowed, Stale
from kernel.models import Event
from kernel.relay import deliver_everything
from petitions.models import Petition
from petitions.services import closing
from tests.journeys.steps import dispatched, filed
from tests.refusals import refused
from tests.world import at

FIFTH, TENTH = at("2026-11-05 09:00"), at("2026-11-10 10:00")
DECEMBER = at("2026-12-02 09:00")


SIXTH = at("2026-11-06 10:00")


def closed(world, *, completed=SIXTH, satisfaction="satisfied"):
    """A case of the urban department: signed at once, completed, verified, rated on the tenth."""
    order = dispatched(world, at=FIFTH)
    handler, verifier = world.actor("urban_handler", on=FIFTH), world.actor("verifier", on=FIFTH)
    working.sign(order_id=order.pk, actor=handler, at=FIFTH)
    working.complete(order_id=order.pk, result="已清理", actor=handler, at=completed)
    verifying.verify(order_id=order.pk, passed=True, actor=verifier, at=max(completed, TENTH))
    when = max(completed, TENTH)
    closing.rate(petition_id=order.petition_id, satisfaction=satisfaction, resolved=True, actor=verifier, at=when)
    deliver_everything(at=when)
    return order


def november(world, *, by="director") -> Report:
    return reporting.build(month="2026-11", actor=world.actor(by, on=DECEMBER), at=DECEMBER)


def figure(report: Report, indicator: str, unit) -> tuple[int, int, int | None, str]:
    line = report.lines.get(indicator=indicator, unit=unit)
    return line.numerator, line.denominator, line.rank, line.unranked


def test_facts_come_by_the_relay_and_the_same_fact_twice_is_one_row(world):
    order = closed(world)
    fact = OrderFact.objects.get()
    assert (fact.order_id, fact.unit, fact.handler) == (order.pk, world.units["urban"], world.users["urban_handler"])
    assert (fact.completed_at, fact.returned, fact.reworks) == (at("2026-11-06 10:00"), False, 0)
    before = CaseFact.objects.values().get()
    facts.refresh(petition_ids=[order.petition_id])
    facts.refresh(petition_ids=[order.petition_id])
    assert CaseFact.objects.values().get() == before
    assert before["satisfaction"] == "satisfied"
    assert before["first_unit_id"] == before["last_unit_id"] == world.units["urban"].pk


def test_a_month_of_twelve_cases_is_counted_and_ranked(world):
    for _ in range(10):
        closed(world)
    closed(world, completed=at("2026-11-20 10:00"))  # five working days were over on the twelfth
    closed(world, satisfaction="basically")
    report = november(world)
    urban = world.units["urban"]
    assert figure(report, "close_on_time", urban) == (11, 12, 1, "")
    assert figure(report, "sign_on_time", urban) == (12, 12, 1, "")
    assert figure(report, "rework", urban) == (0, 12, 1, "")
    assert figure(report, "satisfy", urban) == (12, 12, 1, "")
    assert figure(report, "dispatch_accurate", world.units["county"]) == (12, 12, 1, "")


def test_too_few_cases_are_shown_and_not_ranked(world):
    closed(world)
    assert figure(november(world), "close_on_time", world.units["urban"]) == (1, 1, None, "few")


def test_a_township_that_only_assists_has_no_figure(world):
    order = closed(world)
    assert world.units["east_town"].pk in order.assists
    assert not ReportLine.objects.filter(report=november(world), unit=world.units["east_town"]).exists()


def test_what_is_open_and_overdue_at_the_end_of_the_month_counts(world):
    dispatched(world, at=FIFTH)
    report = november(world)
    assert figure(report, "close_on_time", world.units["urban"]) == (0, 1, None, "few")
    assert figure(report, "sign_on_time", world.units["urban"])[:2] == (0, 1)


def test_a_case_given_to_another_unit_was_not_dispatched_right(world):
    order = dispatched(world, at=FIFTH)
    director = world.actor("director", on=FIFTH)
    again = opening.reassign(
        order_id=order.pk, unit_id=world.units["water"].pk, note="管线破裂", actor=director, at=SIXTH
    )
    handler = world.actor("water_handler", on=FIFTH)
    working.sign(order_id=again.pk, actor=handler, at=SIXTH)
    working.complete(order_id=again.pk, result="已修复", actor=handler, at=SIXTH)
    verifying.verify(order_id=again.pk, passed=True, actor=world.actor("verifier"), at=SIXTH)
    closing.rate(petition_id=order.petition_id, satisfaction="satisfied", actor=world.actor("verifier"), at=TENTH)
    deliver_everything(at=TENTH)
    report = november(world)
    assert figure(report, "dispatch_accurate", world.units["county"])[:2] == (0, 1)
    assert figure(report, "satisfy", world.units["water"])[:2] == (1, 1)
    assert not report.lines.filter(unit=world.units["urban"], indicator="close").exists()


def test_a_gridworker_is_counted_by_reports_and_own_orders(world):
    from petitions.services.reception import accept

    petition = filed(world, by="gridworker", channel="gridworker", reporter=None, at=FIFTH)
    accept(petition_id=petition.pk, category_code="010103", actor=world.actor("dispatcher"), at=FIFTH)
    deliver_everything(at=FIFTH)
    order = OrderFact.objects.get(petition=petition).order
    worker = world.actor("gridworker", on=FIFTH)
    working.sign(order_id=order.pk, actor=worker, at=FIFTH)
    working.complete(order_id=order.pk, result="已清扫", actor=worker, at=FIFTH)
    lines = november(world).lines.filter(person=world.users["gridworker"])
    assert {line.indicator: (line.numerator, line.denominator) for line in lines} == {
        "grid_reports": (1, 1),
        "grid_valid": (1, 1),
        "grid_on_time": (1, 1),
    }


def test_a_report_catches_up_with_what_no_event_has_told_yet(world):
    dispatched(world, at=FIFTH)
    OrderFact.objects.all().delete()
    CaseFact.objects.all().delete()
    assert figure(november(world), "close", world.units["urban"])[:2] == (0, 1)


def test_a_draft_is_made_anew_and_a_published_month_is_not(world):
    closed(world)
    director = world.actor("director", on=DECEMBER)
    draft = november(world)
    again = november(world)
    assert (again.pk, again.version, again.digest) == (draft.pk, 2, draft.digest)
    published = reporting.publish(report_id=draft.pk, actor=director, at=DECEMBER, version=2)
    assert published.published_at == DECEMBER
    with refused(Conflict):
        november(world)
    with refused(Conflict):
        reporting.publish(report_id=draft.pk, actor=director, at=DECEMBER)
    names = Event.objects.filter(case_id=draft.pk).order_by("seq").values_list("name", flat=True)
    assert list(names) == ["report.built", "report.built", "report.published"]


def test_publishing_from_an_older_version_is_refused(world):
    draft = november(world)
    november(world)
    with refused(Stale):
        reporting.publish(report_id=draft.pk, actor=world.actor("director"), at=DECEMBER, version=1)


def test_what_happens_later_does_not_touch_the_snapshot(world):
    order = closed(world)
    report = november(world)
    reporting.publish(report_id=report.pk, actor=world.actor("director"), at=DECEMBER)
    before = list(ReportLine.objects.filter(report=report).order_by("pk").values())
    Petition.objects.filter(pk=order.petition_id).update(satisfaction="dissatisfied", resolved=False)
    facts.refresh(petition_ids=[order.petition_id])
    assert CaseFact.objects.get().satisfaction == "dissatisfied"
    assert list(ReportLine.objects.filter(report=report).order_by("pk").values()) == before
    lines = list(ReportLine.objects.filter(report=report))
    assert reporting.digest_of(lines) == Report.objects.get().digest


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE assessment_report SET digest = ''",
        "UPDATE assessment_report SET published_at = NULL",
        "DELETE FROM assessment_report",
        "UPDATE assessment_reportline SET numerator = denominator",
        "DELETE FROM assessment_reportline",
        "INSERT INTO assessment_reportline SELECT (r).* FROM (SELECT r FROM assessment_reportline r LIMIT 1) one",
    ],
)
def test_the_database_refuses_to_change_what_is_published(world, attempt):
    closed(world)
    report = november(world)
    reporting.publish(report_id=report.pk, actor=world.actor("director"), at=DECEMBER)
    with refused(DatabaseError, match="is refused"), connection.cursor() as cursor:
        cursor.execute(attempt)


def test_a_month_that_is_not_over_is_not_published(world):
    report = reporting.build(month="2026-11", actor=world.actor("director"), at=TENTH)
    with refused(Invalid):
        reporting.publish(report_id=report.pk, actor=world.actor("director"), at=TENTH)
    with refused(Invalid):
        reporting.build(month="2026-12", actor=world.actor("director"), at=TENTH)


@pytest.mark.parametrize("name", ["dispatcher", "urban_handler", "administrator", "citizen"])
def test_only_directors_and_supervisors_make_and_publish_reports(world, name):
    report = november(world)
    with refused(NotAllowed):
        november(world, by=name)
    with refused(NotAllowed):
        reporting.publish(report_id=report.pk, actor=world.actor(name), at=DECEMBER)


def test_drafts_are_seen_by_those_who_publish_and_reports_by_those_who_read_them(world):
    report = november(world)
    seen = {name for name in world.users if Report.objects.visible_to(world.actor(name)).exists()}
    assert seen == {"director", "supervisor"}
    reporting.publish(report_id=report.pk, actor=SYSTEM, at=DECEMBER)
    seen = {name for name in world.users if Report.objects.visible_to(world.actor(name)).exists()}
    assert {"citizen", "neighbour", "gridworker", "mediator", "administrator"}.isdisjoint(seen)
    assert {"urban_handler", "east_officer", "verifier", "east_villager"} <= seen


def test_the_figures_of_a_gridworker_are_seen_by_superiors_only(world):
    filed(world, by="gridworker", channel="gridworker", reporter=None, at=FIFTH)
    report = november(world)

    def sees(name: str) -> bool:
        return lines_of(report=report, actor=world.actor(name)).filter(person=world.users["gridworker"]).exists()

    assert [name for name in ("east_villager", "east_officer", "director", "gridworker") if not sees(name)] == []
    assert [name for name in ("west_officer", "urban_handler", "citizen") if sees(name)] == []


def test_each_figure_leads_to_exactly_its_cases(world):
    late = closed(world, completed=at("2026-11-20 10:00"))
    good = closed(world)
    line = november(world).lines.get(indicator="close_on_time", unit=world.units["urban"])
    shown, hidden = drill(line=line, actor=world.actor("director"))
    assert [(one.petition.pk, one.hit) for one in shown] == [(late.petition_id, False), (good.petition_id, True)]
    assert hidden == 0
    assert drill(line=line, actor=world.actor("west_officer")) == ([], 2)


def test_the_nightly_question_makes_the_draft_once(world):
    made = reporting.ensure_last_month(at=DECEMBER)
    assert made is not None
    assert made.month == "2026-11"
    assert reporting.ensure_last_month(at=DECEMBER) is None


def test_the_command_makes_a_month(world, capsys):
    call_command("build_report", month="2026-10")
    assert capsys.readouterr().out.startswith("2026-10: 0 figures, scheme 2026-2, digest ")
