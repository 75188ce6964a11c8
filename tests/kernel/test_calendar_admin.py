"""Publishing a calendar in the browser."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from kernel import calendars
from kernel.calendar_notices import SEED, publish, read_days
from kernel.models import CalendarDay, CalendarVersion
from tests.kernel.seeded_calendar import at

pytestmark = pytest.mark.django_db
ADD = "admin:kernel_calendarversion_add"


@pytest.fixture(autouse=True)
def _published() -> Iterator[None]:
    with SEED.open(encoding="utf-8", newline="") as lines:
        publish(days=read_days(lines=lines), at=at("2026-11-21 12:00"))
    yield
    calendars.forget()


def test_the_form_begins_with_what_holds_now(admin_client: Client) -> None:
    page = admin_client.get(reverse(ADD)).content.decode()
    assert "2026-10-10,makeup,国庆节调休上班" in page
    assert "08:30-12:00, 14:00-17:30" in page


def test_a_new_version_is_published_and_shown(admin_client: Client) -> None:
    days = SEED.read_text(encoding="utf-8").replace("2027-02-05,statutory", "2027-02-05,holiday").replace("\n", "\r\n")
    given = {"spans": "09:00-12:00,13:00-17:00", "note": "2027", "days": days}
    answer = admin_client.post(reverse(ADD), given, follow=True)
    assert answer.status_code == 200
    version = CalendarVersion.objects.get(number=2)
    assert (version.note, version.announced_until.year, version.days.count()) == ("2027", 2027, 121)
    assert calendars.current(at=version.published_at).version == 2
    page = admin_client.get(reverse("admin:kernel_calendarversion_change", args=[version.pk]))
    assert "国庆节调休上班" in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"spans": "9-5"}, {"days": "date,kind,name,notice\n2026-02-30,holiday,a,b\n"}, {}],
    ids=["hours", "day", "nothing new"],
)
def test_what_cannot_be_published_is_a_form_error(admin_client: Client, wrong: dict[str, str]) -> None:
    given = {"spans": "08:30-12:00, 14:00-17:30", "note": "", "days": SEED.read_text(encoding="utf-8")} | wrong
    answer = admin_client.post(reverse(ADD), given)
    assert answer.status_code == 200
    assert answer.context["adminform"].errors or answer.context["errors"]
    assert CalendarVersion.objects.count() == 1


def test_a_published_version_cannot_be_changed_or_deleted(admin_client: Client) -> None:
    pk = CalendarVersion.objects.get().pk
    for action in ("change", "delete"):
        url = reverse(f"admin:kernel_calendarversion_{action}", args=[pk])
        assert admin_client.post(url, {"post": "yes", "spans": "09:00-10:00"}).status_code == 403
    assert CalendarDay.objects.count() == 121
    assert CalendarVersion.objects.get().spans == "08:30-12:00, 14:00-17:30"
