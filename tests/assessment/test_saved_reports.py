"""Saved reports changed by their owner, from the page and through the API; exports through the API."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from assessment import tasks
from assessment.models import SavedReport, SavedRun, Taken
from assessment.services import saving
from assessment.services.saving import Wanted
from kernel.models import Event
from tests.api.cases import case_in
from tests.api.conftest import Caller, callers
from tests.world import at

HERE = "/assessment/statistics/saved/"
MONDAY = at("2026-11-16 08:30")
QUESTION = {"of": "filed", "by": "township", "period": "week"}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def report(world) -> SavedReport:
    """The director's, shared with the county's centre and asked on Mondays, since three days before one."""
    wanted = Wanted(name="每周", query=QUESTION, unit_id=world.units["county"].pk, rhythm="weekly")
    return saving.save(wanted=wanted, actor=world.actor("director", on=MONDAY), at=MONDAY - timedelta(days=3))


@pytest.fixture
def api(world) -> dict[str, Caller]:
    return callers(world, ["director", "supervisor", "west_officer", "citizen"])


def typed(shown) -> dict:
    """What the form of a page holds, as a browser would send it."""
    form = shown.context["form"]
    return {name: form[name].value() for name in form.fields}


def test_the_owner_changes_a_report_on_its_page_and_the_question_only_where_another_is_asked(client, world, report):
    client.force_login(world.users["director"])
    page = f"{HERE}{report.pk}/change/"
    shown = client.get(page)
    assert shown.context["anew"] is None
    said = {
        name: shown.context["form"][name].value() for name in ("name", "rhythm", "hour", "unit", "query", "version")
    }
    assert client.post(page, {**said, "name": "每周一"}).status_code == 302
    report.refresh_from_db()
    assert (report.name, report.query, report.version) == ("每周一", QUESTION, 2)
    assert report.since == MONDAY - timedelta(days=3)  # what is due stays due
    late = client.post(page, {**said, "name": "迟到"})
    assert (late.status_code, late.context["form"]["name"].value()) == (412, "迟到")
    other = {"of": "closed,on_time", "by": "unit", "period": "month"}
    shown = client.get(f"{page}?{urlencode({'query': urlencode(other)})}")
    said = {
        **said,
        "version": shown.context["form"]["version"].value(),
        "query": shown.context["form"]["query"].value(),
    }
    assert shown.context["anew"]
    assert client.post(page, {**said, "rhythm": "daily"}).status_code == 302
    report.refresh_from_db()
    assert (report.query["of"], report.query["by"], report.rhythm) == ("closed,on_time", "unit", "daily")
    assert report.since > MONDAY
    assert Event.objects.filter(case_id=report.pk, name="statistics.saved").count() == 3
    kept = client.get(f"{HERE}new/?{urlencode({'query': urlencode(other)})}")
    assert [one for one, _href in kept.context["instead"]] == [report]
    client.force_login(world.users["supervisor"])
    assert client.get(page).status_code == 403
    client.force_login(world.users["west_officer"])
    assert client.get(page).status_code == 404


def test_a_report_is_kept_changed_and_given_up_through_the_api(world, api):
    director = api["director"]
    said = {"name": "本月", "query": {"of": "filed", "by": "unit", "period": "month"}, "rhythm": "monthly", "hour": 7}
    made = director.create("/saved-reports/", said, key="k1")
    assert (made.status_code, made.json()["own"], made.headers["Location"].endswith(f"{made.json()['id']}/")) == (
        201,
        True,
        True,
    )
    assert director.create("/saved-reports/", said, key="k1").json() == made.json()
    assert SavedReport.objects.count() == 1
    here = f"/saved-reports/{made.json()['id']}/"
    assert director.deed(f"{here}change/", {**said, "name": "改名"}).status_code == 428
    shared = {**said, "name": "改名", "unit": world.units["county"].pk}
    changed = director.deed(f"{here}change/", shared, version=1)
    assert (changed.status_code, changed.json()["name"], changed.headers["ETag"]) == (200, "改名", '"2"')
    assert director.deed(f"{here}change/", said, version=1).status_code == 412
    for wrong in (
        {"name": ""},
        {"query": {"of": "x"}},
        {"query": 1},
        {"rhythm": "hourly"},
        {"hour": 24},
        {"unit": 999999},
    ):
        assert director.deed(f"{here}change/", {**shared, **wrong}, version=2).status_code == 400, wrong
    seen = api["supervisor"].get(here)
    assert (seen.status_code, seen.json()["own"]) == (200, False)
    assert api["supervisor"].deed(f"{here}change/", said, version=2).status_code == 403
    assert api["west_officer"].deed(f"{here}change/", said, version=2).status_code == 404
    assert api["citizen"].get("/saved-reports/").status_code == 403
    assert director.deed(f"{here}end/", version=2).status_code == 204
    assert director.get(here).status_code == 404
    assert director.get("/saved-reports/").json()["results"] == []


def test_what_was_answered_is_told_to_its_owner_alone(world, api, report):
    case_in(world, ["accept"])
    assert saving.ask_due(at=MONDAY) == 1
    here = f"/saved-reports/{report.pk}/runs/"
    (row,) = api["director"].get(here).json()["results"]
    run = SavedRun.objects.get()
    assert (row["id"], row["digest"]) == (str(run.pk), run.digest)
    told = api["director"].get(f"{here}{row['id']}/").json()
    assert [one["value"] for one in told["figures"]] == [one["value"] for one in run.figures]
    assert api["supervisor"].get(here).json()["results"] == []
    assert api["supervisor"].get(f"{here}{row['id']}/").status_code == 404
    other = saving.save(wanted=Wanted(name="另一", query=QUESTION), actor=world.actor("director", on=MONDAY), at=MONDAY)
    assert api["director"].get(f"/saved-reports/{other.pk}/runs/{row['id']}/").status_code == 404


def test_an_export_is_asked_for_made_and_fetched_through_the_api(world, api):
    case_in(world, ["accept"])
    director, said = api["director"], {"what": "figures", "form": "csv", "query": {"of": "filed", "by": "township"}}
    made = director.create("/statistics-exports/", said, key="k2")
    assert (made.status_code, made.json()["ready"]) == (201, False)
    assert director.create("/statistics-exports/", said, key="k2").json()["id"] == made.json()["id"]
    assert Taken.objects.count() == 1
    here = f"/statistics-exports/{made.json()['id']}/"
    assert director.get(f"{here}file/").status_code == 404
    assert tasks.make_exports() == 1
    done = director.get(here).json()
    file = director.get(f"{here}file/")
    content = b"".join(file.streaming_content)
    assert (done["ready"], done["size"], file.headers["Cache-Control"]) == (True, len(content), "private, no-store")
    assert director.deed(f"{here}stop/").status_code == 409
    assert api["supervisor"].get(here).status_code == 404
    assert api["west_officer"].get(f"{here}file/").status_code == 404
    for wrong in ({"what": "all"}, {"form": "pdf"}, {"query": {"of": "x"}}, {"query": {"moon": "1"}}, {"more": 1}):
        assert director.create("/statistics-exports/", {**said, **wrong}).status_code == 400, wrong
    assert len(api["director"].get("/statistics-exports/").json()["results"]) == 1
    assert api["supervisor"].get("/statistics-exports/").json()["results"] == []
