"""The import as pages: nothing is filed before one has seen what would happen."""

from __future__ import annotations

import csv

import pytest
from django.urls import reverse

from organizations.models import User
from petitions.intake.reasons import reason
from petitions.models import ImportBatch, Petition
from petitions.services import intake_files
from petitions.tasks import continue_imports
from tests.petitions.exports import HEADING, csv_file, row, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def desk(world, client):
    client.force_login(world.users["dispatcher"])
    return client


def handed_in(client, path, **said):
    with path.open("rb") as stream:
        return client.post(
            reverse("petitions:import"), {"file": stream, "source": "hotline", "channel": "hotline", **said}
        )


def test_a_file_is_handed_in_looked_at_imported_and_its_verdicts_taken_away(desk, tmp_path):
    answer = handed_in(
        desk, csv_file(tmp_path / "export.csv", [row(1), row(2, 来电时间="某日"), row(3, 工单编号="=9")])
    )
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("petitions:import-batch", args=[batch.pk])
    page = desk.get(answer.url).content.decode()
    assert "GD00001" in page
    assert str(reason("no_time")) in page
    assert not Petition.objects.exists()
    desk.post(reverse("petitions:import-deed", args=[batch.pk, "start"]))
    progress = reverse("petitions:import-progress", args=[batch.pk])
    assert (
        "0 / 3" in desk.get(progress).content.decode().replace(" of ", " / ") or desk.get(progress).status_code == 200
    )
    assert continue_imports() == 3
    assert desk.get(progress).headers["HX-Refresh"] == "true"
    assert Petition.objects.count() == 2
    answer = desk.get(reverse("petitions:import-verdicts", args=[batch.pk]))
    lines = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert [line[1] for line in lines[1:]] == ["GD00001", "GD00002", "'=9"]
    assert desk.get(reverse("petitions:import")).status_code == 200
    assert desk.get(reverse("petitions:import-batch", args=[batch.pk])).status_code == 200


def test_columns_without_a_known_name_are_assigned_by_hand(desk, tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("甲,乙\n1,停水三天\n", encoding="utf-8")
    handed_in(desk, path)
    batch = ImportBatch.objects.get()
    assign = reverse("petitions:import-deed", args=[batch.pk, "columns"])
    assert desk.post(assign, {"source_no": "甲"}).status_code == 422
    assert desk.post(assign, {"source_no": "甲", "text": "甲"}).status_code == 422
    assert desk.post(assign, {"source_no": "甲", "text": "没有"}).status_code == 422
    assert desk.post(assign, {"source_no": "甲", "text": "乙"}).status_code == 302
    batch.refresh_from_db()
    assert batch.mapping == {"source_no": "甲", "text": "乙"}


@pytest.mark.django_db(transaction=True)
def test_stopped_by_a_person_or_because_the_right_is_gone(desk, world, tmp_path):
    handed_in(desk, csv_file(tmp_path / "export.csv", [row(1), row(2)]))
    batch = ImportBatch.objects.get()
    for name, state in (("start", "running"), ("stop", "stopped"), ("start", "running")):
        desk.post(reverse("petitions:import-deed", args=[batch.pk, name]))
        batch.refresh_from_db()
        assert batch.stage == state
    User.objects.filter(username="dispatcher").update(is_active=False)
    assert continue_imports() == 0
    batch.refresh_from_db()
    assert (batch.stage, batch.done, batch.note) == ("stopped", 0, "rights")


def test_a_running_import_whose_file_is_gone_stops_and_says_so(desk, tmp_path):
    handed_in(desk, csv_file(tmp_path / "export.csv", [row(1)]))
    batch = ImportBatch.objects.get()
    desk.post(reverse("petitions:import-deed", args=[batch.pk, "start"]))
    intake_files.spooled(batch=batch).unlink()
    continue_imports()
    batch.refresh_from_db()
    assert (batch.stage, batch.note) == ("stopped", "file_gone")
    assert str(reason("file_gone")) in desk.get(reverse("petitions:import-batch", args=[batch.pk])).content.decode()


def test_discarding_removes_batch_and_file(desk, tmp_path):
    handed_in(desk, csv_file(tmp_path / "export.csv", [row(1)]))
    desk.post(reverse("petitions:import-deed", args=[ImportBatch.objects.get().pk, "discard"]))
    assert not ImportBatch.objects.exists()
    assert not list(intake_files.folder().iterdir())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", {}),
        (b"PK\x03\x04rubbish", {}),
        (text([HEADING]).encode(), {"source": "no spaces please"}),
        (text([HEADING]).encode(), {"channel": "pigeon"}),
        (text([HEADING]).encode(), {"source": "a\x00b"}),
    ],
)
def test_a_bad_file_or_word_is_a_form_error_and_nothing_is_kept(desk, tmp_path, content, said):
    path = tmp_path / "export.xlsx"
    path.write_bytes(content)
    assert handed_in(desk, path, **said).status_code == 422
    assert not ImportBatch.objects.exists()


def test_pages_are_for_those_who_may_import_and_a_batch_for_its_owner(desk, world, client, tmp_path):
    handed_in(desk, csv_file(tmp_path / "export.csv", [row(1)]))
    batch = ImportBatch.objects.get()
    pages = [reverse(f"petitions:import-{name}", args=[batch.pk]) for name in ("batch", "progress", "verdicts")]
    client.force_login(world.users["dispatcher2"])
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(reverse("petitions:import-deed", args=[batch.pk, "start"])).status_code == 404
    client.force_login(world.users["urban_handler"])
    assert client.get(reverse("petitions:import")).status_code == 403
    assert {client.get(page).status_code for page in pages} == {403}
    client.logout()
    assert client.get(reverse("petitions:import")).status_code == 302
    client.force_login(world.users["dispatcher"])
    assert client.get(reverse("petitions:import-batch", args=[10**17])).status_code == 404
    assert client.get(f"/petitions/import/{10**40}/").status_code == 404
