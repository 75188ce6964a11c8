"""Jobs on the map: pressed twice they are one, a dead worker is followed by another, and each says how it ended."""

import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from grids.importing import limits, spool
from grids.models import Audit, MapImport, MapJob
from grids.services import doing, jobs
from grids.services.importing import KEEP_IMPORTS, sweep_imports
from grids.tasks import do_jobs
from kernel import clock
from kernel.actors import SYSTEM
from kernel.errors import Conflict, Invalid, NotAllowed, Unprocessable
from kernel.models import Event
from tests.api.test_budgets import budget
from tests.grids.test_audit import enter
from tests.grids.test_importing import collection
from tests.races import at_once
from tests.world import CELL, MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return spool.folder()


def reading(world, tmp_path, *, body=None, by="administrator", **said):
    path = tmp_path / "in.json"
    path.write_bytes(collection(({"code": CELL, "name": "N"}, None)) if body is None else body)
    given = {"name": "地图.geojson", "of": "cells", "system": "auto", "language": "en", "at": MONDAY} | said
    return jobs.ask_reading(file=path, actor=world.actor(by), **given)


def test_the_page_of_an_audit_says_how_far_it_is_and_asks_again_by_itself(world):
    director = enter(world, "director")
    at = director.post("/grids/findings/run/").headers["Location"]
    assert enter(world, "administrator").post("/grids/findings/run/").headers["Location"] == at
    assert (MapJob.objects.count(), Audit.objects.count()) == (1, 0)
    with budget("page: a job on the map"):
        waiting = director.get(at).content.decode()
    for words in ("It waits for its turn.", f'hx-get="{at}"', '<noscript><meta http-equiv="refresh" content="4">'):
        assert words in waiting
    assert f'href="{at}"' in director.get("/grids/findings/").content.decode()
    assert do_jobs() == 1
    done = director.get(at).content.decode()
    assert "6 findings: 6 new, 0 back again, 0 gone." in done
    assert "http-equiv" not in done
    assert "hx-trigger" not in director.get(at, headers={"hx-request": "true"}).content.decode()
    assert "Look over now" in director.get("/grids/findings/").content.decode()
    assert enter(world, "east_officer").post("/grids/findings/run/").status_code == 403
    assert enter(world, "east_officer").get(at).status_code == 404


def test_a_file_is_read_in_the_language_it_came_in_and_its_page_leads_on(world):
    admin = enter(world, "administrator")
    file = SimpleUploadedFile("map.json", collection(({"code": CELL, "name": "N"}, None)))
    at = admin.post("/grids/import/", {"file": file, "system": "auto"}).headers["Location"]
    with budget("page: import grids"):
        assert f'href="{at}"' in admin.get("/grids/import/").content.decode()
    assert enter(world, "director").get(at).status_code == 404
    assert (do_jobs(), do_jobs()) == (1, 0)
    made = MapImport.objects.get()
    assert made.lines[0]["reasons"] == ["No polygon."]
    assert not list(spool.folder().iterdir())
    swapped = admin.get(at, headers={"hx-request": "true"})
    assert swapped.headers["HX-Redirect"] == f"/grids/import/{made.pk}/"
    assert admin.get(at).headers["Location"] == f"/grids/import/{made.pk}/"
    bad = SimpleUploadedFile("x.zip", b"PK\x03\x04 broken")
    at = admin.post("/grids/import/", {"file": bad, "system": "auto"}).headers["Location"]
    do_jobs()
    assert "The file is damaged." in admin.get(at).content.decode()
    assert "failed" in admin.get("/grids/import/").content.decode()
    told = list(Event.objects.filter(name__startswith="map_job.").order_by("pk").values_list("name", flat=True))
    assert told == ["map_job.asked", "map_job.asked", "map_job.stopped"]


def test_what_is_not_taken_is_refused_before_it_waits(world, tmp_path, monkeypatch):
    for wrong in ({"of": "roads"}, {"system": "3857"}):
        with pytest.raises(Invalid):
            reading(world, tmp_path, **wrong)
    with pytest.raises(NotAllowed):
        reading(world, tmp_path, by="director")
    with pytest.raises(NotAllowed):
        jobs.ask_audit(language="en", actor=world.actor("east_officer"), at=MONDAY)
    for number in range(3):
        reading(world, tmp_path, body=b"%d" % number)
    with pytest.raises(Conflict):
        reading(world, tmp_path, body=b"one more")
    assert reading(world, tmp_path, body=b"1").sha256 == spool.digest(tmp_path / "in.json")
    assert (MapJob.objects.count(), len(list(spool.folder().iterdir()))) == (3, 3)
    monkeypatch.setattr(limits, "FILE_BYTES", 3)
    with pytest.raises(Unprocessable) as refused:
        reading(world, tmp_path, body=b"1234")
    assert refused.value.code == "too_large"


def test_a_job_whose_worker_died_is_done_by_the_next_and_given_up_after_two(world, tmp_path, monkeypatch):
    def dies(**_given):
        raise KeyboardInterrupt

    job = reading(world, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(doing, "do", dies)
        with pytest.raises(KeyboardInterrupt):
            do_jobs()
    job.refresh_from_db()
    assert (job.state, job.tries) == ("running", 1)
    assert do_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.tries) == ("done", 2)
    other = reading(world, tmp_path, body=b"{}")
    with monkeypatch.context() as patched:
        patched.setattr(doing, "do", dies)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                do_jobs()
    assert do_jobs() == 0
    other.refresh_from_db()
    assert (other.state, other.fault) == ("failed", "lost")


def test_whoever_comes_back_too_late_ends_nothing(world, tmp_path):
    reading(world, tmp_path)
    late = jobs.claim(at=MONDAY, actor=SYSTEM)
    jobs.claim(at=MONDAY, actor=SYSTEM)  # another worker has taken it up since
    with pytest.raises(Conflict):
        doing.do(job=late, actor=world.actor("administrator"), at=MONDAY)
    assert not MapImport.objects.exists()
    with pytest.raises(Conflict):
        jobs.stop(job=late, fault="x", actor=SYSTEM, at=MONDAY)


def leaves(job):
    type(job.asked_by).objects.filter(pk=job.asked_by_id).update(is_active=False)


@pytest.mark.parametrize(("breaks", "fault"), [(leaves, "not_allowed"), (lambda job: spool.drop(job.pk), "file_gone")])
def test_what_changed_while_it_waited_stops_it_for_good(world, tmp_path, breaks, fault):
    job = reading(world, tmp_path)
    breaks(job)
    do_jobs()
    job.refresh_from_db()
    assert (job.state, job.fault) == ("failed", fault)
    job.stopped_at, job.finished_at = None, MONDAY
    with pytest.raises(IntegrityError), transaction.atomic():
        job.save()


def test_a_fault_of_ours_is_said_and_the_next_job_goes_on(world, tmp_path, monkeypatch):
    first = reading(world, tmp_path)
    jobs.ask_audit(language="en", actor=world.actor("director"), at=MONDAY + timedelta(seconds=1))
    monkeypatch.setattr(doing, "read_map", lambda *_a, **_k: 1 / 0)
    assert do_jobs() == 2
    assert MapJob.objects.get(pk=first.pk).fault == "ZeroDivisionError"
    assert Audit.objects.count() == 1
    page = enter(world, "administrator").get(f"/grids/jobs/{first.pk}/").content.decode()
    assert "It failed: a fault of ours." in page


def test_old_jobs_and_left_files_are_forgotten(world, tmp_path):
    at = clock.now()
    job = reading(world, tmp_path, at=at - KEEP_IMPORTS - timedelta(days=1))
    waiting = reading(world, tmp_path, body=b"{}", at=at)
    do_jobs()
    MapImport.objects.update(made_at=at - KEEP_IMPORTS - timedelta(hours=1))
    again = reading(world, tmp_path, body=b"[]", at=at)
    stray = spool.folder() / "left"
    for path in (stray, spool.spooled(again.pk)):
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    assert sweep_imports(at=at) == 1
    assert not MapJob.objects.filter(pk=job.pk).exists()
    assert MapJob.objects.filter(pk__in=[waiting.pk, again.pk]).count() == 2
    assert [one.name for one in spool.folder().iterdir()] == [str(again.pk)]


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_get_one_audit(world):
    def press(actor):
        return lambda: jobs.ask_audit(language="en", actor=actor, at=MONDAY).pk

    found = at_once([press(world.actor(name)) for name in ("director", "administrator")])
    assert len(set(found)) == 1
    assert MapJob.objects.count() == 1


def test_one_worker_at_a_time_does_jobs(world, monkeypatch):
    jobs.ask_audit(language="en", actor=world.actor("director"), at=MONDAY)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [jobs._DOING])
        assert do_jobs() == 0
    finally:
        other.close()  # as when a worker dies
    with connection.cursor() as cursor:  # the server lets go of its lock when it has seen that, not before
        cursor.execute("SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)", [jobs._DOING, jobs._DOING])
    assert do_jobs() == 1
