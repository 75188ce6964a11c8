"""Development petitions over the API: the way of one, what is sent wrongly, the same key twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from developments.models import Development, Enterprise
from kernel import clock
from tests.api.conftest import enter
from tests.api.planned import document, published
from tests.developments.steps import SITE, companies

__all__ = ["enter"]
pytestmark = pytest.mark.django_db
DEVELOPMENTS = "/developments/"


@pytest.fixture
def ready(world):
    companies(world, at=clock.now() - timedelta(days=9))
    return world


def test_a_plan_goes_its_way_over_the_api(ready, enter):
    company, dispatcher, urban = enter("company"), enter("dispatcher"), enter("urban_handler")
    said = {"template": "2335", "title": "泵阀项目", "asked": "请并联办理", "promise": "按期补交"}
    made, again = (company.create(DEVELOPMENTS, said, key="k") for _ in range(2))
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert made.json() == again.json()
    assert company.create(DEVELOPMENTS, {**said, "title": "别的"}, key="k").status_code == 422
    case = made.json()
    path = f"{DEVELOPMENTS}{case['id']}/"
    assert [one["state"] for one in case["papers"]] == ["missing"] * 3
    refused = dispatcher.deed(f"{path}accept/", version=1)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "papers_missing")
    licence = case["papers"][0]
    handed = [company.upload(f"{path}papers/{licence['id']}/hand-in/", document(), key="p") for _ in range(2)]
    assert [one.status_code for one in handed] == [201, 201]
    assert handed[0].json()["state"] == "handed"

    assert dispatcher.deed(f"{path}accept/").status_code == 428
    assert dispatcher.deed(f"{path}accept/", version=9).status_code == 412
    taken = dispatcher.deed(f"{path}accept/", version=1)
    assert (taken.status_code, taken.json()["state"], taken.json()["tolerant"]) == (200, "running", True)
    steps = {one["code"]: one for one in taken.json()["steps"]}
    assert {code: one["state"] for code, one in steps.items()} == {
        "site": "started", "water": "started", "permit": "waiting",
    }  # fmt: skip
    site = f"{path}steps/{steps[SITE]['id']}/"
    signed = urban.deed(f"{site}sign/", version=steps[SITE]["version"])
    assert (signed.status_code, signed.json()["state"]) == (200, "signed")
    lacking = urban.deed(f"{site}finish/", {"document_no": "1", "result": "准予"}, version=signed.json()["version"])
    assert (lacking.status_code, lacking.json()["error"]["code"]) == (409, "paper_missing")
    assert "petition" not in str(lacking.json()["error"]["details"])  # nothing of the petition's chain (F17)
    opened = company.get(path).json()
    assert {one["move"] for one in opened["moves"] if one["allowed"]} == {"withdraw"}
    assert urban.get(path).json()["petition"] is None
    file = urban.get(f"{path}papers/{licence['id']}/file/")
    assert (file.status_code, file["Content-Disposition"].startswith("attachment")) == (200, True)


def test_nobody_learns_of_anothers_case(ready, enter):
    company, stranger = enter("company"), enter("company2")
    case = company.create(DEVELOPMENTS, {"template": "2335", "title": "项目", "asked": "办理"}).json()
    path = f"{DEVELOPMENTS}{case['id']}/"
    assert stranger.get(path).status_code == 404
    assert stranger.get(DEVELOPMENTS).json()["results"] == []
    assert stranger.deed(f"{path}withdraw/", {"note": "x"}, version=1).status_code == 404
    paper = case["papers"][0]["id"]
    assert stranger.upload(f"{path}papers/{paper}/hand-in/", document()).status_code == 404
    assert stranger.get(f"{path}papers/{paper}/file/").status_code == 404
    other = Enterprise.objects.get(unit=ready.units["plant"]).pk
    assert stranger.get(f"/enterprises/{other}/").status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"template": "2335"},
        {"template": "没有", "title": "x", "asked": "x"},
        {"template": "none", "title": "x", "asked": "x"},
        {"template": "2335", "title": "", "asked": "x"},
        {"template": "2335", "title": "x" * 121, "asked": "x"},
        {"template": "2335", "title": "x", "asked": "x", "more": 1},
        {"template": 2335, "title": "x", "asked": "x"},
        {"template": "2335", "title": "\u0000", "asked": "x"},
    ],
)
def test_what_is_sent_wrongly_is_a_400(ready, enter, said):
    assert enter("company").create(DEVELOPMENTS, said).status_code == 400
    assert not Development.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"steps": []},
        {"code": "新"},
        {"category": "010101"},
        {"valid_from": "2020-01-01"},
        {"valid_from": "nonsense"},
        {"steps": [{"code": "a"}]},
        {"reason": " "},
    ],
)
def test_a_template_that_is_none_is_a_400(ready, enter, changed):
    keeper = enter("keeper")
    assert keeper.create("/plan-templates/", {**published(ready, None), **changed}).status_code == 400
    assert keeper.create("/plan-templates/", published(ready, None)).status_code == 201
    assert keeper.create("/plan-templates/", published(ready, None)).status_code == 409  # that version is there


def test_lists_narrow_and_know_their_parameters(ready, enter):
    company, water = enter("company"), enter("water_handler")
    company.create(DEVELOPMENTS, {"template": "2335", "title": "项目", "asked": "办理"})
    assert len(company.get(DEVELOPMENTS, state="filed").json()["results"]) == 1
    assert company.get(DEVELOPMENTS, green="true").json()["results"] == []
    assert water.get(DEVELOPMENTS).json()["results"] == []  # before the acceptance no unit has a step
    assert company.get(DEVELOPMENTS, nonsense="1").status_code == 400
    assert company.get(DEVELOPMENTS, ordering="-title").status_code == 400
