"""The pages of the import and the export."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kernel.sheets.limits import Limits
from kernel.sheets.reading import opened
from organizations.models import User
from registry.choices import DraftOrigin
from registry.models import Draft, SheetImport
from registry.tasks import continue_sheets
from tests.registry.workbooks import (
    cell,
    changed,
    exported,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(registry, client):
    client.force_login(registry.users["keeper"])
    return client


def test_the_pages_take_a_file_show_its_rows_and_lead_to_the_draft(desk, tmp_path):
    path = changed(
        exported(tmp_path / "a.xlsx"),
        tmp_path / "b.xlsx",
        lambda content: cell(content, "unit_duty", "D-GS-1", "事项名称", "管网维护"),
    )
    answer = desk.post(reverse("registry:import"), upload(path))
    sheet = SheetImport.objects.get()
    assert answer.url == reverse("registry:sheet", args=[sheet.pk])
    progress = reverse("registry:sheet-progress", args=[sheet.pk])
    assert "progress" in desk.get(progress).content.decode()
    continue_sheets()
    assert desk.get(progress).headers["HX-Refresh"] == "true"
    shown = desk.get(answer.url).content.decode()
    assert "管网维护" in shown
    assert str(Draft.objects.get(origin=DraftOrigin.SHEET).pk) in shown
    assert "D-GS-2" in desk.get(answer.url, {"verdict": "same"}).content.decode()
    lines = b"".join(desk.get(reverse("registry:sheet-verdicts", args=[sheet.pk])).streaming_content).decode()
    assert "管网维护" in lines
    assert desk.get(reverse("registry:import")).status_code == 200


def test_a_bad_file_is_a_fault_of_the_form(desk, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04rubbish")
    assert desk.post(reverse("registry:import"), upload(path)).status_code == 422
    path = exported(tmp_path / "b.xlsx")
    assert desk.post(reverse("registry:import"), upload(path, title="")).status_code == 422
    assert not SheetImport.objects.exists()


def test_stopping_going_on_and_discarding_are_buttons(desk, registry, client, tmp_path):
    desk.post(reverse("registry:import"), upload(exported(tmp_path / "a.xlsx")))
    sheet = SheetImport.objects.get()
    for name, stage in (("stop", "stopped"), ("start", "running")):
        desk.post(reverse("registry:sheet-deed", args=[sheet.pk, name]))
        sheet.refresh_from_db()
        assert sheet.stage == stage
    client.force_login(registry.users["water_handler"])
    assert client.post(reverse("registry:sheet-deed", args=[sheet.pk, "stop"])).status_code in (403, 404)
    client.force_login(registry.users["gridworker"])
    assert client.get(reverse("registry:import")).status_code == 403
    client.force_login(registry.users["keeper"])
    desk.post(reverse("registry:sheet-deed", args=[sheet.pk, "discard"]))
    assert not SheetImport.objects.exists()


def test_an_import_ends_with_the_rights_of_who_began_it(desk, tmp_path):
    desk.post(reverse("registry:import"), upload(exported(tmp_path / "a.xlsx")))
    User.objects.filter(username="keeper").update(is_active=False)
    assert continue_sheets() == 0
    sheet = SheetImport.objects.get()
    assert sheet.stage == "stopped"
    assert sheet.note


def test_the_export_page_gives_what_the_filters_show(desk, tmp_path):
    answer = desk.get(reverse("registry:export"), {"kind": "unit_duty"})
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    with opened(path, limits=Limits()) as book:
        counts = {sheet.name: sheet.count for sheet in book.sheets}
    assert (counts["属地管理事项"], counts["部门职责事项"]) == (1, 3)
    assert desk.get(reverse("registry:template")).status_code == 200
    desk.logout()
    assert desk.get(reverse("registry:export")).status_code == 302
