"""A played history has its months assessed."""

from datetime import date

from assessment.models import Report
from governance.demo.reports import report_months
from tests.assessment.test_reports import DECEMBER, closed


def test_months_that_are_over_are_published_and_the_present_one_is_a_draft(world):
    closed(world)
    assert report_months(since=date(2026, 10, 20), at=DECEMBER) == 3
    found = Report.objects.order_by("month").values_list("month", "published_at")
    assert list(found) == [("2026-10", DECEMBER), ("2026-11", DECEMBER), ("2026-12", None)]
    assert report_months(since=date(2026, 10, 20), at=DECEMBER) == 0
