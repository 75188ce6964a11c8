"""From report to rating, by requests alone."""

from __future__ import annotations

import pytest

from kernel import clock
from kernel.relay import deliver_everything
from tests.api.conftest import REPORT

pytestmark = pytest.mark.django_db


def test_a_report_goes_all_the_way_to_a_rating(enter):
    citizen, dispatcher, handler, verifier = (
        enter(name) for name in ("citizen", "dispatcher", "urban_handler", "verifier")
    )
    filed = citizen.create("/petitions/", REPORT)
    assert filed.status_code == 201, filed.json()
    assert filed["ETag"] == '"1"'
    case = f"/petitions/{filed.json()['id']}/"
    assert filed["Location"].endswith(case)
    assert filed.json()["state"] == "filed"
    accepted = dispatcher.deed(f"{case}accept/", {"category": "010101"}, version=1)
    assert accepted.status_code == 200, accepted.json()
    assert (accepted.json()["state"], accepted["ETag"]) == ("accepted", '"2"')
    deliver_everything(at=clock.now())
    row = handler.get("/orders/", mine="true", open="true").json()["results"]
    assert [one["state"] for one in row] == ["assigned"]
    order = f"/orders/{row[0]['id']}/"
    assert handler.get(order).json()["decision"]["entry"] == "M-CG-L"
    assert [one["unit"] for one in dispatcher.get(f"{case}orders/").json()["results"]] == [row[0]["unit"]]
    assert handler.deed(f"{order}sign/", version=1).json()["state"] == "signed"
    assert handler.deed(f"{order}progress/", {"text": "已到现场"}, version=2).status_code == 200
    done = handler.deed(f"{order}complete/", {"result": "已清理"}, version=3)
    assert done.json()["state"] == "completed", done.json()
    passed = verifier.deed(f"{order}verify/", {"passed": True, "reply": "已清理,请放心。"}, version=4)
    assert passed.json()["state"] == "closed", passed.json()
    mine = citizen.get(case)
    assert mine.status_code == 200, mine.content
    assert mine.json()["state"] == "verified"
    assert {one["action"] for one in mine.json()["moves"] if one["allowed"]} == {"rate"}
    rated = citizen.deed(
        f"{case}rate/", {"satisfaction": "satisfied", "resolved": True}, version=mine.json()["version"]
    )
    assert rated.json()["state"] == "closed", rated.json()
    names = [one["name"] for one in dispatcher.get(f"{case}timeline/").json()["results"]]
    assert names[0] == "petition.filed"
    assert names[-1] == "petition.closed"
    ledger = dispatcher.get(f"{case}ledger/").json()
    assert ledger["minutes"] == sum(one["minutes"] for one in ledger["segments"])
    assert dispatcher.get(f"{case}chain/").json() == {"intact": True, "length": len(names), "broken": None}


def test_the_list_says_of_each_row_what_it_promises(enter):
    citizen = enter("citizen")
    citizen.create("/petitions/", REPORT)
    (row,) = citizen.get("/petitions/").json()["results"]
    assert row["title"] == REPORT["title"]
    assert row["overdue"] is False
