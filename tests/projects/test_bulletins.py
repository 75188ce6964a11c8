"""Bulletins: every figure counts frozen rows, and what is published stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from python_calamine import CalamineWorkbook

from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.periods import period_of
from projects.figures import COUNTED, line_of, lines_by
from projects.models import Bulletin, BulletinRow, DateChange, Milestone, MonthReport, Project
from projects.services import bulletins
from projects.services.bulletins import MONTHS, digest_of
from projects.services.exporting import bulletin_book
from tests.projects import steps
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
JANUARY = at("2027-01-04 09:00")


def drawn(world, of, *, day, on, by="director", span="quarter"):
    return bulletins.draw(plan_id=of.pk, span=span, day=day, actor=world.actor(by, on=on), at=on)


def published(world, bulletin, *, on, by="director"):
    return bulletins.publish(
        bulletin_id=bulletin.pk, remarks="总体可控，个别项目滞后。", actor=world.actor(by, on=on), at=on
    )


@pytest.fixture
def quarter(world):
    """One project done, one behind, one moved and on course."""
    of = steps.ready(world)
    steps.done(world, steps.running(world, date(2026, 11, 20), of=of), on=MONDAY)
    steps.running(world, date(2026, 11, 20), of=of, code="A-002")
    third = steps.running(world, date(2026, 11, 25), of=of, code="A-003", kind="industry")
    milestone = third.milestones.get()
    steps.asked_move(world, milestone, to=date(2027, 6, 1), on=MONDAY)
    steps.granted(world, milestone, on=MONDAY)
    return of


def lights(bulletin):
    return dict(bulletin.rows.values_list("code", "light"))


def test_periods():
    assert period_of(months=MONTHS["quarter"], day=date(2026, 11, 16)).first == date(2026, 10, 1)
    assert period_of(months=MONTHS["quarter"], day=date(2026, 11, 16)).last == date(2026, 12, 31)
    assert period_of(months=MONTHS["half"], day=date(2026, 5, 1)).last == date(2026, 6, 30)


def test_it_shows_the_board_of_its_last_day_and_proves_every_figure(world, quarter):
    made = drawn(world, quarter, day=date(2026, 12, 1), on=JANUARY)
    assert lights(made) == {"A-001": "done", "A-002": "behind", "A-003": "on_course"}
    rows = list(made.rows.select_related("group", "batch"))
    whole = line_of(rows, name="", key="")
    assert (whole.total, whole.done, whole.lights["behind"], whole.moved) == (3, 1, 1, 1)
    for by in ("group", "batch", "owner"):
        assert sum(line.total for line in lines_by(rows, by=by)) == 3
    assert [row.code for row in rows if COUNTED["moved"](row)] == ["A-003"]
    assert made.digest == digest_of(rows)


def test_only_the_director_or_the_supervisor_publishes(world, quarter):
    made = drawn(world, quarter, day=date(2026, 12, 1), on=JANUARY, by="supervisor")
    for name in ("dispatcher", "urban_head", "leader"):
        with pytest.raises(NotAllowed):
            published(world, made, on=JANUARY, by=name)
    with pytest.raises(Invalid):
        bulletins.publish(bulletin_id=made.pk, remarks=" ", actor=world.actor("director", on=JANUARY), at=JANUARY)
    assert Bulletin.objects.visible_to(world.actor("urban_handler")).count() == 0  # a draft
    published(world, made, on=JANUARY)
    assert Bulletin.objects.visible_to(world.actor("urban_handler")).count() == 1
    assert Bulletin.objects.visible_to(world.actor("water_handler")).count() == 0  # has no part in the plan
    assert "published" in steps.told(world, "urban_handler")


def test_a_draft_is_drawn_anew_and_a_published_one_is_not(world, quarter):
    first = drawn(world, quarter, day=date(2026, 12, 1), on=at("2026-12-30 09:00"))
    again = drawn(world, quarter, day=date(2026, 10, 2), on=JANUARY)
    assert (again.pk, again.version, again.rows.count()) == (first.pk, 2, 3)
    published(world, again, on=JANUARY)
    with pytest.raises(Conflict):
        drawn(world, quarter, day=date(2026, 12, 1), on=JANUARY)


def refused(sql, *said):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, said)


def test_the_database_keeps_what_was_published(world, quarter):
    made = published(world, drawn(world, quarter, day=date(2026, 12, 1), on=JANUARY), on=JANUARY)
    refused("UPDATE projects_bulletin SET remarks = 'x' WHERE id = %s", made.pk)
    refused("DELETE FROM projects_bulletin WHERE id = %s", made.pk)
    refused("UPDATE projects_bulletinrow SET light = 'done' WHERE bulletin_id = %s", made.pk)
    refused("DELETE FROM projects_bulletinrow WHERE bulletin_id = %s", made.pk)
    row = BulletinRow.objects.filter(bulletin=made).first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_keeps_what_was_promised(world, quarter):
    milestone = Milestone.objects.get(project__code="A-002")
    refused("UPDATE projects_milestone SET first_due = '2027-01-01' WHERE id = %s", milestone.pk)
    refused("UPDATE projects_milestone SET due_on = '2027-01-01', moved = 1 WHERE id = %s", milestone.pk)
    refused("DELETE FROM projects_milestone WHERE id = %s", milestone.pk)
    refused("UPDATE projects_datechange SET granted = false WHERE id = %s", DateChange.objects.get().pk)
    refused("UPDATE projects_project SET ends_on = '2028-01-01' WHERE code = %s", "A-002")
    refused("UPDATE projects_project SET note = 'x' WHERE code = %s", "A-001")  # done is done
    refused("UPDATE projects_milestone SET state = 'confirmed' WHERE id = %s", milestone.pk)  # nobody reported it
    month = steps.opened(quarter, on=at("2026-12-01 00:01"))
    report = steps.filed(world, MonthReport.objects.get(project__code="A-002"), on=at("2026-12-02 09:00"))
    refused("UPDATE projects_monthreport SET percent = 90 WHERE id = %s", report.pk)
    assert month.reports.count() == 2  # what is done owes nothing


def test_the_next_one_says_what_has_changed(world, quarter):
    published(world, drawn(world, quarter, day=date(2026, 11, 16), on=MONDAY + timedelta(hours=1)), on=MONDAY)
    second = Project.objects.get(code="A-002")
    later = at("2027-04-02 09:00")
    made = drawn(world, quarter, day=date(2027, 3, 1), on=later)
    rows = {row.code: row for row in made.rows.all()}
    assert made.previous is not None
    assert (rows["A-002"].before, rows["A-002"].light) == ("near", "behind")
    assert COUNTED["newly_behind"](rows["A-002"])
    assert not COUNTED["newly_done"](rows["A-001"])  # it was done before
    assert rows["A-003"].moved == 0  # moved in the quarter before
    assert second.state == "running"


def test_the_spreadsheet_holds_the_rows(world, quarter):
    made = drawn(world, quarter, day=date(2026, 12, 1), on=JANUARY)
    sheet = CalamineWorkbook.from_filelike(bulletin_book(bulletin=made)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:4]] == ["A-001", "A-002", "A-003"]
