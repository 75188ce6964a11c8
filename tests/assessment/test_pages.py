"""The pages of assessment and the spreadsheet, by real requests."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from assessment.indicators import TABLE
from assessment.models import Report, ReportLine
from assessment.services import reporting
from assessment.workbooks import workbook_of
from kernel import clock
from kernel.text import harmless_cell as harmless
from tests.assessment.test_reports import DECEMBER, closed, november


@pytest.fixture
def page(client, world):
    """Somebody's browser: page(name, path) reads, page(name, path, data) posts."""

    def call(name: str, path: str, said: dict | None = None):
        client.force_login(world.users[name])
        return client.get(path) if said is None else client.post(path, said)

    return call


def text(response) -> str:
    return response.content.decode()


def published(world) -> Report:
    closed(world)
    report = november(world)
    return reporting.publish(report_id=report.pk, actor=world.actor("director", on=DECEMBER), at=DECEMBER)


def test_a_month_is_drafted_and_published_on_pages(page, world):
    month = f"{timezone.localtime(clock.now()).date().replace(day=1) - timedelta(days=1):%Y-%m}"
    made = page("director", "/assessment/build/", {"month": month})
    report = Report.objects.get(month=month)
    assert made.headers["Location"] == f"/assessment/{report.pk}/"
    assert month in text(page("director", "/assessment/"))
    assert page("director", f"/assessment/{report.pk}/publish/", {"version": report.version}).status_code == 302
    again = page("director", "/assessment/build/", {"month": month})
    assert again.status_code == 409
    assert page("director", "/assessment/build/", {"month": "2026-13"}).status_code == 422
    assert page("director", "/assessment/build/", {"month": "2096-01"}).status_code == 400


def test_a_report_shows_numerator_denominator_range_and_reason(page, world):
    report = published(world)
    shown = text(page("urban_handler", f"/assessment/{report.pk}/"))
    assert "1 / 1" in shown
    assert "100.00%" in shown
    assert "20.65% – 100.00%" in shown
    whole = page("urban_handler", f"/assessment/{report.pk}/?all=1")
    assert [str(label) for label, _sections in whole.context["shown"]] == [
        str(label) for _value, label, _here in whole.context["groups"]
    ]


def test_a_chart_leads_to_the_cases_and_no_two_things_share_an_id(page, world):
    closed(world)
    report = november(world)
    line = report.lines.get(indicator="close_on_time", unit=world.units["urban"])
    first = line.pk
    line.pk, line.unit, line.name = None, world.units["water"], "自来水公司"
    line.save(force_insert=True)
    response = page("director", f"/assessment/{report.pk}/")
    ids = re.findall(r' id="([^"]+)"', text(response))
    assert len(ids) == len(set(ids))
    assert 'data-chart="chart-departments-close_on_time"' in text(response)
    ((_label, sections),) = response.context["shown"]
    picture = next(one.picture for one in sections if one.indicator.code == "close_on_time")
    assert picture["links"] == [f"/assessment/lines/{pk}/" for pk in (first, line.pk)]
    assert picture["series"][0]["data"] == [100.0, 100.0]


def test_each_figure_opens_its_cases(page, world):
    report = published(world)
    line = report.lines.get(indicator="close_on_time", unit=world.units["urban"])
    shown = page("director", f"/assessment/lines/{line.pk}/")
    assert [(one.petition.title, one.hit) for one, _colour in shown.context["rows"]] == [("门前占道经营", True)]
    elsewhere = page("west_officer", f"/assessment/lines/{line.pk}/")
    assert (elsewhere.status_code, elsewhere.context["rows"], elsewhere.context["hidden"]) == (200, [], 1)


@pytest.mark.parametrize("name", ["citizen", "administrator", "mediator"])
def test_who_does_not_assess_finds_no_report(page, world, name):
    report = published(world)
    line = ReportLine.objects.filter(report=report).first()
    assert page(name, "/assessment/").status_code == 403
    for path in (f"/assessment/{report.pk}/", f"/assessment/{report.pk}/report.xlsx", f"/assessment/lines/{line.pk}/"):
        assert page(name, path).status_code == 404


def test_a_handler_makes_and_publishes_nothing(page, world):
    report = november(world)
    assert page("urban_handler", "/assessment/build/").status_code == 403
    assert page("urban_handler", f"/assessment/{report.pk}/publish/").status_code == 404


def test_the_spreadsheet_opened_again_has_the_same_figures(page, world):
    report = published(world)
    response = page("director", f"/assessment/{report.pk}/report.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    names = {str(row.name): row.code for row in TABLE}
    read = {}
    for sheet in book.sheet_names[1:]:
        for row in book.get_sheet_by_name(sheet).to_python()[1:]:
            read[names[row[0]], row[1]] = (row[2], row[3], round(row[4], 6))
    lines = ReportLine.objects.filter(report=report)
    assert read == {(line.indicator, line.name): (line.numerator, line.denominator, float(line.rate)) for line in lines}
    said = book.get_sheet_by_index(0).to_python()
    assert said[0][1] == "2026-11"
    assert {row[2] for row in said[9:]} == {str(row.denominator) for row in TABLE}


def test_no_name_becomes_a_formula(world):
    report = published(world)
    lines = list(report.lines.all())
    for line in lines:
        line.name = '=HYPERLINK("http://evil/","x")'
    book = CalamineWorkbook.from_filelike(workbook_of(report=report, lines=lines))
    cells = {row[1] for name in book.sheet_names[1:] for row in book.get_sheet_by_name(name).to_python()[1:]}
    assert cells == {'\'=HYPERLINK("http://evil/","x")'}
    assert [harmless(one)[:1] for one in ("+1", "-1", "@a", "\tb")] == ["'"] * 4
    assert harmless("综合执法局") == "综合执法局"
