"""The import and the export of the registry over HTTP, and what is kept of an import when its draft is decided."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from kernel import clock
from kernel.sheets.limits import Limits
from kernel.sheets.reading import opened
from registry.models import Draft, SheetImport
from registry.services import drafts, publishing
from registry.services.sheet_sweeping import KEPT
from registry.services.sheet_sweeping import sweep_sheets as sweep_sheets_at
from registry.tasks import continue_sheets, sweep_sheets
from tests.api.conftest import enter  # noqa: F401
from tests.api.test_budgets import budget as cheap
from tests.registry.steps import duty, found
from tests.registry.workbooks import cell, changed, exported, handed_in, imported
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
WORDS = {"title": "年度调整", "reason": "机构改革", "effective": "2026-12-01"}


def sent(path) -> BytesIO:
    file = BytesIO(path.read_bytes())
    file.name = path.name
    return file


def renamed(tmp_path):
    """The registry with another name of one item."""
    return changed(
        exported(tmp_path / "a.xlsx"),
        tmp_path / "b.xlsx",
        lambda content: cell(content, "unit_duty", "D-GS-1", "事项名称", "管网维护"),
    )


def test_a_workbook_becomes_rows_with_verdicts_and_a_draft(enter, registry, tmp_path):  # noqa: F811
    keeper, path = enter("keeper"), renamed(tmp_path)
    first = keeper.upload("/sheets/", sent(path), key="one", **WORDS)
    again = keeper.upload("/sheets/", sent(path), key="one", **WORDS)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    other = keeper.upload("/sheets/", sent(path), key="one", **{**WORDS, "title": "别的"})
    assert other.status_code == 422
    here = f"/sheets/{first.json()['id']}/"
    assert SheetImport.objects.count() == 1
    assert (first.json()["stage"], keeper.get(f"{here}rows/").json()["results"]) == ("running", [])
    continue_sheets()
    told = keeper.get(here).json()
    assert (told["stage"], told["counts"]["changed"], told["counts"]["same"]) == ("drafted", 1, 2)
    assert told["draft"] == str(Draft.objects.get(origin="sheet").pk)
    (row,) = keeper.get(f"{here}rows/", verdict="changed").json()["results"]
    assert (row["item_code"], row["row"], row["changes"][0]["after"]) == ("D-GS-1", 2, "管网维护")
    assert len(keeper.get(f"{here}rows/", page_size=2).json()["results"]) == 2
    assert keeper.get(f"{here}rows/", verdict="odd").status_code == 400
    assert keeper.get("/sheets/").json()["results"][0]["id"] == first.json()["id"]
    assert keeper.deed(f"{here}discard/").status_code == 409  # a draft has come of it


def test_a_bad_file_is_refused_with_its_faults_and_kept_by_nobody(enter, registry, tmp_path):  # noqa: F811
    keeper, path = enter("keeper"), tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04rubbish")
    refused = keeper.upload("/sheets/", sent(path), **WORDS)
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (400, ["file"])
    for wrong in ({"title": ""}, {"effective": "soon"}, {"colour": "red"}):
        answer = keeper.upload("/sheets/", sent(exported(tmp_path / "b.xlsx")), **{**WORDS, **wrong})
        assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, list(wrong))
    assert keeper.create("/sheets/", WORDS).status_code == 415
    assert not SheetImport.objects.exists()


def test_an_import_is_stopped_goes_on_and_is_discarded(enter, registry, tmp_path):  # noqa: F811
    keeper, sheet = enter("keeper"), handed_in(registry, renamed(tmp_path))
    here = f"/sheets/{sheet.pk}/"
    assert keeper.deed(f"{here}start/").status_code == 409
    assert keeper.deed(f"{here}stop/").json()["stage"] == "stopped"
    assert keeper.deed(f"{here}start/").json()["stage"] == "running"
    assert keeper.deed(f"{here}discard/").status_code == 204
    assert keeper.get(here).status_code == 404


def test_the_list_at_hand_is_exported_and_comes_back(enter, registry, tmp_path):  # noqa: F811
    citizen, path = enter("citizen"), tmp_path / "a.xlsx"
    path.write_bytes(b"".join(citizen.get("/items/export/", kind="unit_duty").streaming_content))
    with opened(path, limits=Limits()) as book:
        counts = {sheet.name: sheet.count for sheet in book.sheets}
    assert (counts["属地管理事项"], counts["部门职责事项"]) == (1, 3)
    assert citizen.get("/items/export/", colour="red").status_code == 400
    assert imported(registry, path).stage == "same"


def exporting(caller) -> bytes:
    """The whole of an export, as it goes over the line."""
    return b"".join(caller.get("/items/export/").streaming_content)


def test_requests_cost_the_same_however_many_rows(enter, registry, tmp_path):  # noqa: F811
    found(*((f"D-{number:03}", duty()) for number in range(30)))
    keeper, path = enter("keeper"), exported(tmp_path / "a.xlsx")
    exporting(keeper)
    with cheap("hand in a workbook"):
        here = f"/sheets/{keeper.upload('/sheets/', sent(path), **WORDS).json()['id']}/"
    continue_sheets()
    for name, address in (("imports of sheets", "/sheets/"), ("an import of a sheet", here)):
        with cheap(name):
            assert keeper.get(address).status_code == 200
    with cheap("rows of a sheet"):
        assert len(keeper.get(f"{here}rows/").json()["results"]) == 33
    with cheap("export items"):
        exporting(keeper)


def test_pages_cost_the_same_however_many_rows(budget, page, registry, tmp_path):
    found(*((f"D-{number:03}", duty()) for number in range(30)))
    sheet = imported(registry, exported(tmp_path / "a.xlsx"))
    budget("page: imports of the registry", "keeper", "/registry/import/")
    budget("page: an import of the registry", "keeper", f"/registry/import/{sheet.pk}/?verdict=same")
    budget("page: export of the registry", "keeper", "/registry/export/")


def sweep(days: int) -> int:
    """How many rows a sweep so many days from now takes away."""
    return sweep_sheets_at(at=MONDAY + timedelta(days=days))


def test_rows_go_when_their_draft_was_decided_long_ago_and_the_import_stays(page, registry, tmp_path):
    sheet = imported(registry, renamed(tmp_path))
    unused = imported(registry, exported(tmp_path / "c.xlsx"))
    drafts.submit(draft_id=sheet.draft.pk, actor=registry.actor("keeper"), at=MONDAY)
    assert sweep(KEPT.days) == 0
    assert sweep(KEPT.days + 1) == 3
    assert set(SheetImport.objects.values_list("pk", flat=True)) == {sheet.pk}, unused.pk
    assert sheet.rows.count() == 3, "its draft is not decided yet"
    publishing.approve(draft_id=sheet.draft.pk, actor=registry.actor("director"), at=MONDAY)
    assert sweep(KEPT.days) == 0
    assert sweep(KEPT.days + 1) == 3
    shown = page("keeper", f"/registry/import/{sheet.pk}/")
    assert "no longer kept" in shown
    assert str(sheet.draft.pk) in shown


def test_the_beat_sweeps_by_the_clock(registry, tmp_path):
    sheet = imported(registry, exported(tmp_path / "a.xlsx"))
    SheetImport.objects.filter(pk=sheet.pk).update(started_at=clock.now() - KEPT - timedelta(hours=1))
    assert sweep_sheets() == 3
    assert not SheetImport.objects.exists()
